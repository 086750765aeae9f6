-- Every version a zone ever had, as it was made: the map of a past moment is read from here. The database itself keeps it, so no writer can forget.
-- A version written again (a step that is done anew after a crash) stays as it was first shown; it must never keep a zone from being stored.
CREATE TABLE risk_zone_version (
    LIKE risk_zone INCLUDING DEFAULTS,
    PRIMARY KEY (id, version)
);
CREATE INDEX risk_zone_version_changed_at ON risk_zone_version (changed_at);
INSERT INTO risk_zone_version SELECT * FROM risk_zone;

CREATE FUNCTION risk_zone_keeps_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO risk_zone_version SELECT NEW.* ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER risk_zone_is_kept AFTER INSERT OR UPDATE OF version ON risk_zone
FOR EACH ROW EXECUTE FUNCTION risk_zone_keeps_version();

-- What the map said of each feed from a moment on; feature is null once the feed is removed.
CREATE TABLE observations_feed_moment (
    feed_id text NOT NULL,
    at timestamptz NOT NULL,
    state text NOT NULL,
    feature text,
    PRIMARY KEY (feed_id, at)
);
