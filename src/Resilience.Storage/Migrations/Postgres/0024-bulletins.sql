-- What other authorities announced: one row per message, edition and part; rows are only added, but for when they were last listed.
CREATE TABLE observations_bulletin (
    id uuid PRIMARY KEY,
    feed_id text NOT NULL,
    thread uuid NOT NULL,
    identifier text NOT NULL,
    edition bigint NOT NULL,
    revised timestamptz NOT NULL,
    content_hash text NOT NULL,
    part integer NOT NULL,
    msg_type text NOT NULL,
    status text NOT NULL,
    replaces_thread boolean NOT NULL,
    refers_to text NOT NULL,
    sender text NOT NULL,
    authority text NOT NULL,
    sent timestamptz NOT NULL,
    kind text NOT NULL,
    event text NOT NULL,
    urgency text NOT NULL,
    severity text NOT NULL,
    certainty text NOT NULL,
    effective timestamptz,
    onset timestamptz,
    expires timestamptz,
    texts text NOT NULL,
    area_desc text NOT NULL,
    area geometry(Geometry,4326),
    unknown_codes text NOT NULL,
    magnitude double precision,
    depth_km double precision,
    web text,
    findings text NOT NULL,
    exercise boolean NOT NULL,
    received_at timestamptz NOT NULL,
    last_listed timestamptz NOT NULL,
    payload_sha256 text,
    raw_sha256 text
);
CREATE INDEX observations_bulletin_thread ON observations_bulletin (thread);
CREATE INDEX observations_bulletin_feed ON observations_bulletin (feed_id, identifier);
CREATE INDEX observations_bulletin_received ON observations_bulletin (received_at);
CREATE INDEX observations_bulletin_area ON observations_bulletin USING gist (area);

-- Every name a message is known or referred to by, and the thread it belongs to.
CREATE TABLE observations_bulletin_name (
    feed_id text NOT NULL,
    name text NOT NULL,
    since timestamptz NOT NULL,
    thread uuid NOT NULL,
    PRIMARY KEY (feed_id, name)
);
CREATE INDEX observations_bulletin_name_thread ON observations_bulletin_name (thread);

-- Entries of an index whose message was fetched: it is fetched again only when the entry says it was updated.
CREATE TABLE observations_bulletin_entry (
    feed_id text NOT NULL,
    entry text NOT NULL,
    updated text NOT NULL,
    seen_at timestamptz NOT NULL,
    content_hash text NOT NULL,
    failed_at timestamptz,
    PRIMARY KEY (feed_id, entry)
);

-- The message as received, gzip-compressed; kept as long as the bulletin.
CREATE TABLE observations_bulletin_raw (
    sha256 text PRIMARY KEY,
    gzip bytea NOT NULL
);
