-- What a feed's answers held, and what was put right on reading them, by day of receipt (UTC).
CREATE TABLE observations_feed_day (
    feed_id text NOT NULL,
    day text NOT NULL,
    asked integer NOT NULL,
    failed integer NOT NULL,
    usable integer NOT NULL,
    refused integer NOT NULL,
    repaired integer NOT NULL,
    stored integer NOT NULL,
    suspect integer NOT NULL,
    PRIMARY KEY (feed_id, day)
) STRICT, WITHOUT ROWID;

-- One row for a kind of repair, with its last example.
CREATE TABLE observations_finding (
    feed_id text NOT NULL,
    day text NOT NULL,
    kind text NOT NULL,
    times integer NOT NULL,
    before text NOT NULL,
    after text NOT NULL,
    PRIMARY KEY (feed_id, day, kind)
) STRICT, WITHOUT ROWID;

-- 0 to 100; null before there is anything to judge.
ALTER TABLE observations_feed ADD COLUMN score integer;
