-- How good a rule was on a record; rows are only added, the newest of a rule and version is shown.
CREATE TABLE hazards_verification (
    id uuid PRIMARY KEY,
    rule text NOT NULL,
    version text NOT NULL,
    data text NOT NULL,
    verified_at timestamptz NOT NULL,
    result text NOT NULL
);
CREATE INDEX hazards_verification_rule ON hazards_verification (rule, version, verified_at);
