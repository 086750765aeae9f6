-- What other authorities announced: one row per message, edition and part; rows are only added, but for when they were last listed.
CREATE TABLE observations_bulletin (
    id text PRIMARY KEY,
    feed_id text NOT NULL,
    thread text NOT NULL,
    identifier text NOT NULL,
    edition integer NOT NULL,
    revised integer NOT NULL,
    content_hash text NOT NULL,
    part integer NOT NULL,
    msg_type text NOT NULL,
    status text NOT NULL,
    replaces_thread integer NOT NULL,
    refers_to text NOT NULL,
    sender text NOT NULL,
    authority text NOT NULL,
    sent integer NOT NULL,
    kind text NOT NULL,
    event text NOT NULL,
    urgency text NOT NULL,
    severity text NOT NULL,
    certainty text NOT NULL,
    effective integer,
    onset integer,
    expires integer,
    texts text NOT NULL,
    area_desc text NOT NULL,
    area blob,
    unknown_codes text NOT NULL,
    magnitude real,
    depth_km real,
    web text,
    findings text NOT NULL,
    exercise integer NOT NULL,
    received_at integer NOT NULL,
    last_listed integer NOT NULL,
    payload_sha256 text,
    raw_sha256 text
) STRICT;
CREATE INDEX observations_bulletin_thread ON observations_bulletin (thread);
CREATE INDEX observations_bulletin_feed ON observations_bulletin (feed_id, identifier);
CREATE INDEX observations_bulletin_received ON observations_bulletin (received_at);

-- Every name a message is known or referred to by, and the thread it belongs to.
CREATE TABLE observations_bulletin_name (
    feed_id text NOT NULL,
    name text NOT NULL,
    since integer NOT NULL,
    thread text NOT NULL,
    PRIMARY KEY (feed_id, name)
) STRICT;
CREATE INDEX observations_bulletin_name_thread ON observations_bulletin_name (thread);

-- Entries of an index whose message was fetched: it is fetched again only when the entry says it was updated.
CREATE TABLE observations_bulletin_entry (
    feed_id text NOT NULL,
    entry text NOT NULL,
    updated text NOT NULL,
    seen_at integer NOT NULL,
    content_hash text NOT NULL,
    failed_at integer,
    PRIMARY KEY (feed_id, entry)
) STRICT;

-- The message as received, gzip-compressed; kept as long as the bulletin.
CREATE TABLE observations_bulletin_raw (
    sha256 text PRIMARY KEY,
    gzip blob NOT NULL
) STRICT;
