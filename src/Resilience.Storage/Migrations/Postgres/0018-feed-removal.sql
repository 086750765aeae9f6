-- A removed feed is asked no more and its stations leave the map; what it brought stays.
ALTER TABLE observations_feed ADD COLUMN removed_at timestamptz;
