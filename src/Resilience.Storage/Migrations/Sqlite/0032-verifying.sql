-- What came of replaying exactly these thresholds by exactly this version of the rule; thresholds are in force verified, or by a decision of two people without history.
ALTER TABLE hazards_threshold_revision ADD COLUMN without_history text;
CREATE TABLE hazards_verified_set (
    datastream_id text NOT NULL,
    concern text NOT NULL,
    set_version text NOT NULL,
    rule text NOT NULL,
    rule_version text NOT NULL,
    verified_at integer NOT NULL,
    heard_days real NOT NULL,
    result text NOT NULL,
    PRIMARY KEY (datastream_id, concern, set_version)
) STRICT;

-- A verification of a rule on all gauges, gauge by gauge; after a restart it goes on behind its cursor.
CREATE TABLE hazards_verification_run (
    id text PRIMARY KEY,
    rule text NOT NULL,
    rule_version text NOT NULL,
    state text NOT NULL,
    requested_by_name text NOT NULL,
    requested_at integer NOT NULL,
    ended_at integer,
    total integer NOT NULL,
    done integer NOT NULL,
    judged integer NOT NULL,
    at_datastream text NOT NULL,
    verification_id text,
    problem text
) STRICT;
CREATE UNIQUE INDEX hazards_verification_run_open ON hazards_verification_run (rule) WHERE state IN ('Waiting', 'Running');
CREATE TABLE hazards_verification_gauge (
    run_id text NOT NULL,
    datastream_id text NOT NULL,
    result text NOT NULL,
    PRIMARY KEY (run_id, datastream_id)
) STRICT;
