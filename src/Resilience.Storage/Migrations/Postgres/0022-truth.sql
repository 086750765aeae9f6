-- What a feed's answers held, and what was put right on reading them, by day of receipt (UTC).
CREATE TABLE observations_feed_day (
    feed_id text NOT NULL,
    day text NOT NULL,
    asked bigint NOT NULL,
    failed bigint NOT NULL,
    usable bigint NOT NULL,
    refused bigint NOT NULL,
    repaired bigint NOT NULL,
    stored bigint NOT NULL,
    suspect bigint NOT NULL,
    PRIMARY KEY (feed_id, day)
);

-- One row for a kind of repair, with its last example.
CREATE TABLE observations_finding (
    feed_id text NOT NULL,
    day text NOT NULL,
    kind text NOT NULL,
    times bigint NOT NULL,
    before text NOT NULL,
    after text NOT NULL,
    PRIMARY KEY (feed_id, day, kind)
);

-- 0 to 100; null before there is anything to judge.
ALTER TABLE observations_feed ADD COLUMN score integer;
