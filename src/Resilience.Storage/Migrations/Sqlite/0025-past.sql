-- Every version a zone ever had, as it was made: the map of a past moment is read from here. The database itself keeps it, so no writer can forget.
-- A version written again (a step that is done anew after a crash) stays as it was first shown; it must never keep a zone from being stored.
CREATE TABLE risk_zone_version (
    id text NOT NULL,
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
    layer_version integer NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;
CREATE INDEX risk_zone_version_changed_at ON risk_zone_version (changed_at);
INSERT INTO risk_zone_version SELECT * FROM risk_zone;

CREATE TRIGGER risk_zone_is_kept_new AFTER INSERT ON risk_zone
BEGIN INSERT OR IGNORE INTO risk_zone_version VALUES (NEW.id, NEW.version, NEW.kind, NEW.severity, NEW.likelihood, NEW.impact, NEW.geometry, NEW.title, NEW.reason, NEW.people, NEW.sites, NEW.exposed, NEW.assumptions, NEW.assessment_id, NEW.station_id, NEW.exercise, NEW.since, NEW.changed_at, NEW.removed, NEW.layer_version); END;
CREATE TRIGGER risk_zone_is_kept AFTER UPDATE OF version ON risk_zone
BEGIN INSERT OR IGNORE INTO risk_zone_version VALUES (NEW.id, NEW.version, NEW.kind, NEW.severity, NEW.likelihood, NEW.impact, NEW.geometry, NEW.title, NEW.reason, NEW.people, NEW.sites, NEW.exposed, NEW.assumptions, NEW.assessment_id, NEW.station_id, NEW.exercise, NEW.since, NEW.changed_at, NEW.removed, NEW.layer_version); END;

-- What the map said of each feed from a moment on; feature is null once the feed is removed.
CREATE TABLE observations_feed_moment (
    feed_id text NOT NULL,
    at integer NOT NULL,
    state text NOT NULL,
    feature text,
    PRIMARY KEY (feed_id, at)
) STRICT;
