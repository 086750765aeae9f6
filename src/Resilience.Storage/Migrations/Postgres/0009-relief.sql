-- Reports that seem to speak of the same event.
CREATE TABLE relief_incident (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    title text NOT NULL,
    place text NOT NULL,
    location geometry(Geometry,4326) NOT NULL,
    radius_km double precision NOT NULL,
    reports integer NOT NULL,
    origins integer NOT NULL,
    state text NOT NULL,
    severity text NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    judged_by text,
    judged_at timestamptz,
    reason text,
    exercise boolean NOT NULL,
    layer_version bigint NOT NULL
);
CREATE INDEX relief_incident_time ON relief_incident (last_at);
CREATE INDEX relief_incident_layer ON relief_incident (layer_version);

-- A report belongs to at most one incident.
CREATE TABLE relief_incident_member (
    report_id uuid PRIMARY KEY,
    incident_id uuid NOT NULL,
    origin_id text NOT NULL
);
CREATE INDEX relief_incident_member_incident ON relief_incident_member (incident_id);

-- Units of help. One claimer at a time; what is done stays done.
CREATE TABLE relief_task (
    id uuid PRIMARY KEY,
    incident_id uuid,
    answer_id uuid,
    title text NOT NULL,
    detail text NOT NULL,
    place text NOT NULL,
    longitude double precision NOT NULL,
    latitude double precision NOT NULL,
    skill text NOT NULL,
    severity text NOT NULL,
    state text NOT NULL,
    claimed_by_id uuid,
    claimed_by_name text,
    claimed_at timestamptz,
    until timestamptz,
    extensions integer NOT NULL,
    created_at timestamptz NOT NULL,
    done_at timestamptz,
    note text,
    called_off text,
    forgotten_at timestamptz,
    warning text,
    exercise boolean NOT NULL,
    version integer NOT NULL,
    layer_version bigint NOT NULL,
    CONSTRAINT relief_task_claimed CHECK (state <> 'Claimed' OR (claimed_by_id IS NOT NULL AND until IS NOT NULL))
);
CREATE INDEX relief_task_remembered ON relief_task (created_at) WHERE forgotten_at IS NULL;
CREATE INDEX relief_task_state ON relief_task (state, until);
CREATE INDEX relief_task_layer ON relief_task (layer_version);
CREATE INDEX relief_task_incident ON relief_task (incident_id);
CREATE INDEX relief_task_claimer ON relief_task (claimed_by_id, state);

-- What was done to a task, by whom; the key makes a repeated request the same request.
CREATE TABLE relief_task_act (
    key text PRIMARY KEY,
    task_id uuid NOT NULL,
    person_id uuid NOT NULL,
    act text NOT NULL,
    at timestamptz NOT NULL,
    note text
);
CREATE INDEX relief_task_act_task ON relief_task_act (task_id, at);

-- Members of volunteer groups.
CREATE TABLE relief_volunteer (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    group_name text NOT NULL,
    joined_at timestamptz NOT NULL
);
CREATE INDEX relief_incident_location ON relief_incident USING gist (location);
