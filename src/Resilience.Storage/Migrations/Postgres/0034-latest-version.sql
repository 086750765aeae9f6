-- The newest value carries the version of the map's layer itself: before, every batch rewrote the rows of all its stations with all their indexes.
ALTER TABLE observations_latest ADD COLUMN version bigint NOT NULL DEFAULT 0;
CREATE INDEX observations_latest_version ON observations_latest (version);
