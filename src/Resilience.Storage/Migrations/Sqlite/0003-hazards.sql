-- What a rule made of a datastream at one moment; rows are only added.
CREATE TABLE hazards_assessment (
    id text PRIMARY KEY,
    station_id text NOT NULL,
    station_name text NOT NULL,
    datastream_id text NOT NULL,
    kind text NOT NULL,
    level text NOT NULL,
    previous_level text NOT NULL,
    trend text NOT NULL,
    onset integer NOT NULL,
    assessed_at integer NOT NULL,
    phenomenon_time integer NOT NULL,
    confidence real NOT NULL,
    silent integer NOT NULL,
    summary text NOT NULL,
    rule_name text NOT NULL,
    rule_version text NOT NULL,
    evidence text NOT NULL,
    exercise integer NOT NULL,
    location blob NOT NULL
) STRICT;
CREATE INDEX hazards_assessment_station ON hazards_assessment (station_id, assessed_at);

-- The assessment that stands for each station.
CREATE TABLE hazards_current (
    station_id text PRIMARY KEY,
    assessment_id text NOT NULL REFERENCES hazards_assessment (id) DEFERRABLE INITIALLY DEFERRED,
    layer_version integer NOT NULL
) STRICT;
CREATE INDEX hazards_current_layer_version ON hazards_current (layer_version);

-- What the rules remember of each datastream between batches.
CREATE TABLE hazards_datastream (
    datastream_id text PRIMARY KEY,
    station_id text NOT NULL,
    assessment_id text REFERENCES hazards_assessment (id) DEFERRABLE INITIALLY DEFERRED,
    state text NOT NULL,
    silent_after integer
) STRICT;
CREATE INDEX hazards_datastream_station ON hazards_datastream (station_id);
CREATE INDEX hazards_datastream_silent_after ON hazards_datastream (silent_after);
