-- Phones that want to hear of alerts for a place: a coarse cell and a push endpoint, no name.
CREATE TABLE dissemination_subscription (
    id uuid PRIMARY KEY,
    secret_hash bytea NOT NULL,
    endpoint text NOT NULL UNIQUE,
    origin text NOT NULL,
    p256dh bytea NOT NULL,
    auth bytea NOT NULL,
    longitude double precision NOT NULL,
    latitude double precision NOT NULL,
    place_name text NOT NULL,
    language text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX dissemination_subscription_place ON dissemination_subscription (latitude, longitude);

-- The ledger: one alert, one subscriber, how far it got.
CREATE TABLE dissemination_delivery (
    id uuid PRIMARY KEY,
    alert_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    origin text NOT NULL,
    state text NOT NULL,
    priority integer NOT NULL,
    queued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    attempts integer NOT NULL,
    not_before timestamptz NOT NULL,
    leased_until timestamptz,
    doubtful boolean NOT NULL,
    accepted_at timestamptz,
    last_answer text
);
CREATE INDEX dissemination_delivery_queue ON dissemination_delivery (priority, not_before) WHERE state = 'Queued';
CREATE INDEX dissemination_delivery_alert ON dissemination_delivery (alert_id, state);
CREATE INDEX dissemination_delivery_thread ON dissemination_delivery (thread_id, subscription_id);

-- What citizens say back.
CREATE TABLE dissemination_answer (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    kind text NOT NULL,
    need text,
    longitude double precision NOT NULL,
    latitude double precision NOT NULL,
    place_name text NOT NULL,
    text text NOT NULL,
    alert_id uuid,
    received_at timestamptz NOT NULL,
    exercise boolean NOT NULL
);
CREATE INDEX dissemination_answer_received ON dissemination_answer (received_at);
