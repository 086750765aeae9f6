-- Rasters: what was looked at and when, and where it reaches the classes of the feed's mapping. Values themselves are not kept.
ALTER TABLE observations_feed ADD COLUMN coverage text;

CREATE TABLE observations_coverage (
    id uuid PRIMARY KEY,
    feed_id text NOT NULL REFERENCES observations_feed (id),
    quantity text NOT NULL,
    unit text NOT NULL,
    phenomenon_time timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    payload_sha256 text NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    crs text NOT NULL,
    seen_share double precision NOT NULL,
    frame geometry(Geometry, 4326) NOT NULL,
    mapping text NOT NULL,
    exercise boolean NOT NULL,
    newest boolean NOT NULL,
    version bigint NOT NULL
);
CREATE UNIQUE INDEX observations_coverage_newest ON observations_coverage (feed_id) WHERE newest;
CREATE INDEX observations_coverage_received ON observations_coverage (received_at);

CREATE TABLE observations_extent (
    coverage_id uuid NOT NULL REFERENCES observations_coverage (id),
    class_index integer NOT NULL,
    name text NOT NULL,
    area geometry(Geometry, 4326),
    square_kilometres double precision NOT NULL,
    coarsening integer NOT NULL,
    PRIMARY KEY (coverage_id, class_index)
);
