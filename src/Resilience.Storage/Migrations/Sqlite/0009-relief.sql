-- Reports that seem to speak of the same event.
CREATE TABLE relief_incident (
    id text PRIMARY KEY,
    kind text NOT NULL,
    title text NOT NULL,
    place text NOT NULL,
    location blob NOT NULL,
    radius_km real NOT NULL,
    reports integer NOT NULL,
    origins integer NOT NULL,
    state text NOT NULL,
    severity text NOT NULL,
    first_at integer NOT NULL,
    last_at integer NOT NULL,
    judged_by text,
    judged_at integer,
    reason text,
    exercise integer NOT NULL,
    layer_version integer NOT NULL
) STRICT;
CREATE INDEX relief_incident_time ON relief_incident (last_at);
CREATE INDEX relief_incident_layer ON relief_incident (layer_version);

-- A report belongs to at most one incident.
CREATE TABLE relief_incident_member (
    report_id text PRIMARY KEY,
    incident_id text NOT NULL,
    origin_id text NOT NULL
) STRICT;
CREATE INDEX relief_incident_member_incident ON relief_incident_member (incident_id);

-- Units of help. One claimer at a time; what is done stays done.
CREATE TABLE relief_task (
    id text PRIMARY KEY,
    incident_id text,
    answer_id text,
    title text NOT NULL,
    detail text NOT NULL,
    place text NOT NULL,
    longitude real NOT NULL,
    latitude real NOT NULL,
    skill text NOT NULL,
    severity text NOT NULL,
    state text NOT NULL,
    claimed_by_id text,
    claimed_by_name text,
    claimed_at integer,
    until integer,
    extensions integer NOT NULL,
    created_at integer NOT NULL,
    done_at integer,
    note text,
    called_off text,
    forgotten_at integer,
    warning text,
    exercise integer NOT NULL,
    version integer NOT NULL,
    layer_version integer NOT NULL,
    CONSTRAINT relief_task_claimed CHECK (state <> 'Claimed' OR (claimed_by_id IS NOT NULL AND until IS NOT NULL))
) STRICT;
CREATE INDEX relief_task_remembered ON relief_task (created_at) WHERE forgotten_at IS NULL;
CREATE INDEX relief_task_state ON relief_task (state, until);
CREATE INDEX relief_task_layer ON relief_task (layer_version);
CREATE INDEX relief_task_incident ON relief_task (incident_id);
CREATE INDEX relief_task_claimer ON relief_task (claimed_by_id, state);

-- What was done to a task, by whom; the key makes a repeated request the same request.
CREATE TABLE relief_task_act (
    key text PRIMARY KEY,
    task_id text NOT NULL,
    person_id text NOT NULL,
    act text NOT NULL,
    at integer NOT NULL,
    note text
) STRICT;
CREATE INDEX relief_task_act_task ON relief_task_act (task_id, at);

-- Members of volunteer groups.
CREATE TABLE relief_volunteer (
    id text PRIMARY KEY,
    name text NOT NULL,
    group_name text NOT NULL,
    joined_at integer NOT NULL
) STRICT;
