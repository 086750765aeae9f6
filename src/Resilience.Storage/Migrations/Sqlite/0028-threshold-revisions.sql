-- A gauge's thresholds as two people set them; rows are never deleted. Who puts thresholds in force is never who proposed them.
CREATE TABLE hazards_threshold_revision (
    id text PRIMARY KEY,
    datastream_id text NOT NULL,
    station_id text NOT NULL,
    number integer NOT NULL,
    state text NOT NULL,
    unit text NOT NULL,
    threshold_values text NOT NULL,
    source text NOT NULL,
    trial text NOT NULL,
    rule_version text NOT NULL,
    proposed_by text NOT NULL,
    proposed_by_name text NOT NULL,
    proposed_at integer NOT NULL,
    decided_by text,
    decided_by_name text,
    decided_at integer,
    note text,
    layer_version integer NOT NULL,
    UNIQUE (datastream_id, number),
    CHECK (state NOT IN ('InForce', 'Superseded') OR (decided_by IS NOT NULL AND decided_by <> proposed_by))
) STRICT;
CREATE UNIQUE INDEX hazards_threshold_revision_in_force ON hazards_threshold_revision (datastream_id) WHERE state = 'InForce';
CREATE UNIQUE INDEX hazards_threshold_revision_proposed ON hazards_threshold_revision (datastream_id) WHERE state = 'Proposed';
CREATE INDEX hazards_threshold_revision_station ON hazards_threshold_revision (station_id);
