-- Rasters: what was looked at and when, and where it reaches the classes of the feed's mapping. Values themselves are not kept.
ALTER TABLE observations_feed ADD COLUMN coverage text;

CREATE TABLE observations_coverage (
    id text PRIMARY KEY,
    feed_id text NOT NULL REFERENCES observations_feed (id),
    quantity text NOT NULL,
    unit text NOT NULL,
    phenomenon_time integer NOT NULL,
    received_at integer NOT NULL,
    payload_sha256 text NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    crs text NOT NULL,
    seen_share real NOT NULL,
    frame blob NOT NULL,
    mapping text NOT NULL,
    exercise integer NOT NULL,
    newest integer NOT NULL,
    version integer NOT NULL
) STRICT;
CREATE UNIQUE INDEX observations_coverage_newest ON observations_coverage (feed_id) WHERE newest = 1;
CREATE INDEX observations_coverage_received ON observations_coverage (received_at);

CREATE TABLE observations_extent (
    coverage_id text NOT NULL REFERENCES observations_coverage (id),
    class_index integer NOT NULL,
    name text NOT NULL,
    area blob,
    square_kilometres real NOT NULL,
    coarsening integer NOT NULL,
    PRIMARY KEY (coverage_id, class_index)
) STRICT;
