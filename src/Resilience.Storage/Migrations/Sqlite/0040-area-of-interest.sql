-- Where a feed of other authorities' warnings is wanted; what lies outside is kept and counted, but neither relayed nor listed with the others.
ALTER TABLE observations_feed ADD COLUMN area text;
ALTER TABLE observations_feed ADD COLUMN outside_area integer NOT NULL DEFAULT 0;
ALTER TABLE observations_bulletin ADD COLUMN outside integer NOT NULL DEFAULT 0;
