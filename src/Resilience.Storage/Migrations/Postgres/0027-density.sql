-- How many report from where. Crowds: at least five origins published together, nothing says who. Who is in one is kept, apart from it, only as
-- long as it counts.
CREATE TABLE reports_crowd (
    id uuid PRIMARY KEY,
    level integer NOT NULL,
    x integer NOT NULL,
    y integer NOT NULL,
    exercise boolean NOT NULL,
    published_at timestamptz NOT NULL,
    until timestamptz NOT NULL,
    origins integer NOT NULL,
    parts text NOT NULL
);
CREATE INDEX reports_crowd_until ON reports_crowd (until, published_at);

CREATE TABLE reports_counted_origin (
    origin_id text PRIMARY KEY,
    until timestamptz NOT NULL
);

CREATE TABLE reports_density_step (
    at timestamptz PRIMARY KEY
);

CREATE TABLE reports_density_cell (
    id text PRIMARY KEY,
    level integer NOT NULL,
    x integer NOT NULL,
    y integer NOT NULL,
    exercise boolean NOT NULL,
    origins integer NOT NULL,
    parts text NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz NOT NULL,
    layer_version bigint NOT NULL
);
CREATE INDEX reports_density_cell_layer ON reports_density_cell (layer_version);
