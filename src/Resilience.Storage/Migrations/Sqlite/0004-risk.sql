-- Where a hazard meets people: one zone per station and kind of hazard, its present version.
CREATE TABLE risk_zone (
    id text PRIMARY KEY,
    version integer NOT NULL,
    kind text NOT NULL,
    severity text NOT NULL,
    likelihood text NOT NULL,
    impact text NOT NULL,
    geometry blob NOT NULL,
    title text NOT NULL,
    reason text NOT NULL,
    people integer NOT NULL,
    sites integer NOT NULL,
    exposed text NOT NULL,
    assumptions text NOT NULL,
    assessment_id text NOT NULL,
    station_id text NOT NULL,
    exercise integer NOT NULL,
    since integer NOT NULL,
    changed_at integer NOT NULL,
    removed integer NOT NULL,
    layer_version integer NOT NULL
) STRICT;
CREATE INDEX risk_zone_layer_version ON risk_zone (layer_version);
