-- Phones that want to hear of alerts for a place: a coarse cell and a push endpoint, no name.
CREATE TABLE dissemination_subscription (
    id text PRIMARY KEY,
    secret_hash blob NOT NULL,
    endpoint text NOT NULL UNIQUE,
    origin text NOT NULL,
    p256dh blob NOT NULL,
    auth blob NOT NULL,
    longitude real NOT NULL,
    latitude real NOT NULL,
    place_name text NOT NULL,
    language text NOT NULL,
    created_at integer NOT NULL
) STRICT;
CREATE INDEX dissemination_subscription_place ON dissemination_subscription (latitude, longitude);

-- The ledger: one alert, one subscriber, how far it got.
CREATE TABLE dissemination_delivery (
    id text PRIMARY KEY,
    alert_id text NOT NULL,
    thread_id text NOT NULL,
    subscription_id text NOT NULL,
    origin text NOT NULL,
    state text NOT NULL,
    priority integer NOT NULL,
    queued_at integer NOT NULL,
    expires_at integer NOT NULL,
    attempts integer NOT NULL,
    not_before integer NOT NULL,
    leased_until integer,
    doubtful integer NOT NULL,
    accepted_at integer,
    last_answer text
) STRICT;
CREATE INDEX dissemination_delivery_queue ON dissemination_delivery (priority, not_before) WHERE state = 'Queued';
CREATE INDEX dissemination_delivery_alert ON dissemination_delivery (alert_id, state);
CREATE INDEX dissemination_delivery_thread ON dissemination_delivery (thread_id, subscription_id);

-- What citizens say back.
CREATE TABLE dissemination_answer (
    id text PRIMARY KEY,
    key text NOT NULL UNIQUE,
    kind text NOT NULL,
    need text,
    longitude real NOT NULL,
    latitude real NOT NULL,
    place_name text NOT NULL,
    text text NOT NULL,
    alert_id text,
    received_at integer NOT NULL,
    exercise integer NOT NULL
) STRICT;
CREATE INDEX dissemination_answer_received ON dissemination_answer (received_at);
