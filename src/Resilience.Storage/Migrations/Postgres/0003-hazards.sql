-- What a rule made of a datastream at one moment; rows are only added.
CREATE TABLE hazards_assessment (
    id uuid PRIMARY KEY,
    station_id text NOT NULL,
    station_name text NOT NULL,
    datastream_id text NOT NULL,
    kind text NOT NULL,
    level text NOT NULL,
    previous_level text NOT NULL,
    trend text NOT NULL,
    onset timestamptz NOT NULL,
    assessed_at timestamptz NOT NULL,
    phenomenon_time timestamptz NOT NULL,
    confidence double precision NOT NULL,
    silent boolean NOT NULL,
    summary text NOT NULL,
    rule_name text NOT NULL,
    rule_version text NOT NULL,
    evidence text NOT NULL,
    exercise boolean NOT NULL,
    location geometry(Geometry,4326) NOT NULL
);
CREATE INDEX hazards_assessment_station ON hazards_assessment (station_id, assessed_at);
CREATE INDEX hazards_assessment_location ON hazards_assessment USING gist (location);

-- The assessment that stands for each station.
CREATE TABLE hazards_current (
    station_id text PRIMARY KEY,
    assessment_id uuid NOT NULL REFERENCES hazards_assessment (id) DEFERRABLE INITIALLY DEFERRED,
    layer_version bigint NOT NULL
);
CREATE INDEX hazards_current_layer_version ON hazards_current (layer_version);

-- What the rules remember of each datastream between batches.
CREATE TABLE hazards_datastream (
    datastream_id text PRIMARY KEY,
    station_id text NOT NULL,
    assessment_id uuid REFERENCES hazards_assessment (id) DEFERRABLE INITIALLY DEFERRED,
    state text NOT NULL,
    silent_after timestamptz
);
CREATE INDEX hazards_datastream_station ON hazards_datastream (station_id);
CREATE INDEX hazards_datastream_silent_after ON hazards_datastream (silent_after);
