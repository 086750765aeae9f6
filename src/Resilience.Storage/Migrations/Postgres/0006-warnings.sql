-- Alerts as issued. What went out never changes; only whether it is still in force does. Two people: author and approver
-- differ, and only a Cancel may do without an approver.
CREATE TABLE warnings_alert (
    id uuid PRIMARY KEY,
    identifier text NOT NULL UNIQUE,
    sender text NOT NULL,
    sent timestamptz NOT NULL,
    status text NOT NULL,
    msg_type text NOT NULL,
    scope text NOT NULL,
    references_text text,
    event text NOT NULL,
    category text NOT NULL,
    urgency text NOT NULL,
    severity text NOT NULL,
    certainty text NOT NULL,
    response_type text NOT NULL,
    onset timestamptz,
    expires timestamptz NOT NULL,
    area_desc text NOT NULL,
    area geometry(Geometry,4326) NOT NULL,
    texts text NOT NULL,
    people bigint NOT NULL,
    author_id uuid NOT NULL,
    author_name text NOT NULL,
    approver_id uuid,
    approver_name text,
    thread_id uuid NOT NULL,
    zone_id uuid,
    kind text NOT NULL,
    note text,
    cap_xml text NOT NULL,
    state text NOT NULL,
    ended_at timestamptz,
    end_reason text,
    layer_version bigint NOT NULL,
    CONSTRAINT warnings_alert_two_people CHECK (approver_id <> author_id),
    CONSTRAINT warnings_alert_approved CHECK (msg_type = 'Cancel' OR approver_id IS NOT NULL)
);
CREATE INDEX warnings_alert_state ON warnings_alert (state, expires);
CREATE INDEX warnings_alert_thread ON warnings_alert (thread_id);
CREATE INDEX warnings_alert_layer ON warnings_alert (layer_version);
CREATE INDEX warnings_alert_area ON warnings_alert USING gist (area);
CREATE FUNCTION warnings_alert_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'an issued alert is never edited or removed'; END $$;
CREATE TRIGGER warnings_alert_is_never_edited BEFORE UPDATE OF
    id, identifier, sender, sent, status, msg_type, scope, references_text, event, category,
    urgency, severity, certainty, response_type, onset, expires, area_desc, area, texts, people,
    author_id, author_name, approver_id, approver_name, thread_id, zone_id, kind, note, cap_xml
ON warnings_alert FOR EACH ROW EXECUTE FUNCTION warnings_alert_refuses();
CREATE TRIGGER warnings_alert_is_never_removed BEFORE DELETE ON warnings_alert
FOR EACH ROW EXECUTE FUNCTION warnings_alert_refuses();

-- Alerts being written. A draft is never deleted; how it ended is its state.
CREATE TABLE warnings_draft (
    id uuid PRIMARY KEY,
    state text NOT NULL,
    version bigint NOT NULL,
    msg_type text NOT NULL,
    status text NOT NULL,
    exercise boolean NOT NULL,
    kind text NOT NULL,
    zone_id uuid,
    zone_version bigint,
    zone_since timestamptz,
    inputs_changed boolean NOT NULL,
    updates_alert_id uuid,
    thread_id uuid NOT NULL,
    event text NOT NULL,
    urgency text NOT NULL,
    severity text NOT NULL,
    certainty text NOT NULL,
    response_type text NOT NULL,
    onset timestamptz,
    expires timestamptz NOT NULL,
    area_desc text NOT NULL,
    area geometry(Geometry,4326) NOT NULL,
    people bigint NOT NULL,
    texts text NOT NULL,
    evidence text NOT NULL,
    author_id uuid,
    author_name text NOT NULL,
    approver_id uuid,
    approver_name text,
    alert_id uuid,
    reason text,
    content_hash text NOT NULL,
    submitted_at timestamptz,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    layer_version bigint NOT NULL,
    CONSTRAINT warnings_draft_two_people CHECK (approver_id <> author_id),
    CONSTRAINT warnings_draft_issued CHECK (state <> 'Issued' OR (author_id IS NOT NULL AND approver_id IS NOT NULL AND alert_id IS NOT NULL)),
    CONSTRAINT warnings_draft_submitted CHECK (state <> 'Submitted' OR (author_id IS NOT NULL AND submitted_at IS NOT NULL))
);
CREATE UNIQUE INDEX warnings_draft_one_open_per_zone ON warnings_draft (zone_id) WHERE zone_id IS NOT NULL AND state IN ('Draft', 'Submitted', 'Returned');
CREATE INDEX warnings_draft_layer ON warnings_draft (layer_version);
CREATE INDEX warnings_draft_area ON warnings_draft USING gist (area);
