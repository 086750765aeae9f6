-- Where a hazard meets people: one zone per station and kind of hazard, its present version.
CREATE TABLE risk_zone (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    kind text NOT NULL,
    severity text NOT NULL,
    likelihood text NOT NULL,
    impact text NOT NULL,
    geometry geometry(Geometry,4326) NOT NULL,
    title text NOT NULL,
    reason text NOT NULL,
    people bigint NOT NULL,
    sites integer NOT NULL,
    exposed text NOT NULL,
    assumptions text NOT NULL,
    assessment_id uuid NOT NULL,
    station_id text NOT NULL,
    exercise boolean NOT NULL,
    since timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    removed boolean NOT NULL,
    layer_version bigint NOT NULL
);
CREATE INDEX risk_zone_layer_version ON risk_zone (layer_version);
CREATE INDEX risk_zone_geometry ON risk_zone USING gist (geometry);
