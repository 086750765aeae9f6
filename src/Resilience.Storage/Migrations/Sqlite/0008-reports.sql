-- Where posts come from, where reading stopped, and how each source is doing.
CREATE TABLE reports_source (
    id text PRIMARY KEY,
    name text NOT NULL,
    format text NOT NULL,
    uri text NOT NULL,
    every_seconds integer NOT NULL,
    credit text NOT NULL,
    licence text NOT NULL,
    countries text NOT NULL,
    shift_seconds integer NOT NULL,
    exercise integer NOT NULL,
    cursor text,
    etag text,
    next_at integer NOT NULL,
    last_good integer,
    last_tried integer,
    last_error text,
    failures integer NOT NULL,
    gaps integer NOT NULL,
    quarantined integer NOT NULL,
    state text NOT NULL,
    layer_version integer NOT NULL
) STRICT;

-- Posts taken in; the text is here only until the post is classified.
CREATE TABLE reports_post (
    id text PRIMARY KEY,
    source_id text NOT NULL,
    origin_id text NOT NULL,
    text text NOT NULL,
    lang text NOT NULL,
    posted_at integer NOT NULL,
    collected_at integer NOT NULL,
    exercise integer NOT NULL,
    shift_seconds integer NOT NULL,
    deleted integer NOT NULL
) STRICT;
CREATE INDEX reports_post_origin ON reports_post (origin_id) WHERE origin_id <> '';

-- What each post was classified as, and roughly where.
CREATE TABLE reports_report (
    id text PRIMARY KEY,
    source_id text NOT NULL,
    origin_id text NOT NULL,
    text text NOT NULL,
    lang text NOT NULL,
    posted_at integer NOT NULL,
    collected_at integer NOT NULL,
    informative integer NOT NULL,
    p_informative real NOT NULL,
    category text NOT NULL,
    p_category real NOT NULL,
    model_version text NOT NULL,
    place_name text,
    location blob,
    radius_km real,
    place_confidence real,
    exercise integer NOT NULL,
    shift_seconds integer NOT NULL,
    on_map integer NOT NULL,
    layer_version integer NOT NULL
) STRICT;
CREATE INDEX reports_report_layer ON reports_report (layer_version);
CREATE INDEX reports_report_on_map ON reports_report (posted_at) WHERE on_map = 1;
CREATE INDEX reports_report_collected ON reports_report (collected_at) WHERE text <> '';

-- Why something could not be read; never what it said.
CREATE TABLE reports_quarantine (
    id integer PRIMARY KEY AUTOINCREMENT,
    source_id text NOT NULL,
    received_at integer NOT NULL,
    reason text NOT NULL,
    detail text NOT NULL,
    bytes integer NOT NULL
) STRICT;
CREATE INDEX reports_quarantine_source ON reports_quarantine (source_id, id);
