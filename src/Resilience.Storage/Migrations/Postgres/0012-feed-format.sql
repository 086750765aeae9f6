-- What a feed's definition says about its documents: the zone of times that carry none, and the mapping of a table.
ALTER TABLE observations_feed ADD COLUMN zone text;
ALTER TABLE observations_feed ADD COLUMN mapping text;
