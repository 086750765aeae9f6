-- Alerts as issued. What went out never changes; only whether it is still in force does. Two people: author and approver
-- differ, and only a Cancel may do without an approver.
CREATE TABLE warnings_alert (
    id text PRIMARY KEY,
    identifier text NOT NULL UNIQUE,
    sender text NOT NULL,
    sent integer NOT NULL,
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
    onset integer,
    expires integer NOT NULL,
    area_desc text NOT NULL,
    area blob NOT NULL,
    texts text NOT NULL,
    people integer NOT NULL,
    author_id text NOT NULL,
    author_name text NOT NULL,
    approver_id text,
    approver_name text,
    thread_id text NOT NULL,
    zone_id text,
    kind text NOT NULL,
    note text,
    cap_xml text NOT NULL,
    state text NOT NULL,
    ended_at integer,
    end_reason text,
    layer_version integer NOT NULL,
    CONSTRAINT warnings_alert_two_people CHECK (approver_id <> author_id),
    CONSTRAINT warnings_alert_approved CHECK (msg_type = 'Cancel' OR approver_id IS NOT NULL)
) STRICT;
CREATE INDEX warnings_alert_state ON warnings_alert (state, expires);
CREATE INDEX warnings_alert_thread ON warnings_alert (thread_id);
CREATE INDEX warnings_alert_layer ON warnings_alert (layer_version);
CREATE TRIGGER warnings_alert_is_never_edited BEFORE UPDATE OF
    id, identifier, sender, sent, status, msg_type, scope, references_text, event, category,
    urgency, severity, certainty, response_type, onset, expires, area_desc, area, texts, people,
    author_id, author_name, approver_id, approver_name, thread_id, zone_id, kind, note, cap_xml
ON warnings_alert BEGIN SELECT RAISE(ABORT, 'an issued alert is never edited'); END;
CREATE TRIGGER warnings_alert_is_never_removed BEFORE DELETE ON warnings_alert
BEGIN SELECT RAISE(ABORT, 'an issued alert is never removed'); END;

-- Alerts being written. A draft is never deleted; how it ended is its state.
CREATE TABLE warnings_draft (
    id text PRIMARY KEY,
    state text NOT NULL,
    version integer NOT NULL,
    msg_type text NOT NULL,
    status text NOT NULL,
    exercise integer NOT NULL,
    kind text NOT NULL,
    zone_id text,
    zone_version integer,
    zone_since integer,
    inputs_changed integer NOT NULL,
    updates_alert_id text,
    thread_id text NOT NULL,
    event text NOT NULL,
    urgency text NOT NULL,
    severity text NOT NULL,
    certainty text NOT NULL,
    response_type text NOT NULL,
    onset integer,
    expires integer NOT NULL,
    area_desc text NOT NULL,
    area blob NOT NULL,
    people integer NOT NULL,
    texts text NOT NULL,
    evidence text NOT NULL,
    author_id text,
    author_name text NOT NULL,
    approver_id text,
    approver_name text,
    alert_id text,
    reason text,
    content_hash text NOT NULL,
    submitted_at integer,
    created_at integer NOT NULL,
    changed_at integer NOT NULL,
    layer_version integer NOT NULL,
    CONSTRAINT warnings_draft_two_people CHECK (approver_id <> author_id),
    CONSTRAINT warnings_draft_issued CHECK (state <> 'Issued' OR (author_id IS NOT NULL AND approver_id IS NOT NULL AND alert_id IS NOT NULL)),
    CONSTRAINT warnings_draft_submitted CHECK (state <> 'Submitted' OR (author_id IS NOT NULL AND submitted_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX warnings_draft_one_open_per_zone ON warnings_draft (zone_id) WHERE zone_id IS NOT NULL AND state IN ('Draft', 'Submitted', 'Returned');
CREATE INDEX warnings_draft_layer ON warnings_draft (layer_version);
