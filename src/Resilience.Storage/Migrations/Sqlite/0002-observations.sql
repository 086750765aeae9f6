-- Feeds and their health. Durations ("every", "time_shift", "expected_every") are microseconds.
CREATE TABLE observations_feed (
    id text PRIMARY KEY,
    name text NOT NULL,
    format text NOT NULL,
    readings text NOT NULL,
    stations text,
    every integer NOT NULL,
    credit text NOT NULL,
    licence text NOT NULL,
    time_shift integer NOT NULL,
    hold_back_future integer NOT NULL,
    snapshot integer NOT NULL,
    exercise integer NOT NULL,
    station_prefix text,
    state text NOT NULL,
    paused integer NOT NULL,
    next_due integer NOT NULL,
    last_tried integer,
    last_good integer,
    consecutive_failures integer NOT NULL,
    last_error text,
    etag text,
    last_modified text,
    last_sha256 text,
    last_items integer NOT NULL,
    stations_etag text,
    stations_last_modified text,
    stations_good integer,
    station_count integer NOT NULL,
    silent_stations integer NOT NULL,
    quarantined integer NOT NULL,
    version integer NOT NULL
) STRICT;

CREATE TABLE observations_station (
    id text PRIMARY KEY,
    feed_id text NOT NULL REFERENCES observations_feed (id),
    name text NOT NULL,
    location blob NOT NULL,
    river text,
    reference_low real,
    reference_high real,
    reference_record real,
    reference_unit text,
    exercise integer NOT NULL,
    time_shift integer NOT NULL,
    main_datastream_id text,
    version integer NOT NULL
) STRICT;
CREATE INDEX observations_station_version ON observations_station (version);
CREATE INDEX observations_station_feed ON observations_station (feed_id);

CREATE TABLE observations_datastream (
    id text PRIMARY KEY,
    station_id text NOT NULL REFERENCES observations_station (id),
    property text NOT NULL,
    unit text NOT NULL,
    name text NOT NULL,
    expected_every integer NOT NULL,
    source_series text
) STRICT;
CREATE INDEX observations_datastream_station ON observations_datastream (station_id);

-- Every value ever heard: a corrected one is a new revision beside the old. No foreign key, because the bulk path checks
-- its datastreams once per batch instead of once per row.
CREATE TABLE observations_observation (
    datastream_id text NOT NULL,
    phenomenon_time integer NOT NULL,
    revision integer NOT NULL,
    result real NOT NULL,
    result_time integer,
    flags integer NOT NULL,
    qualifier text,
    batch_id text NOT NULL,
    PRIMARY KEY (datastream_id, phenomenon_time, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX observations_observation_batch ON observations_observation (batch_id);

-- The newest value of each datastream.
CREATE TABLE observations_latest (
    datastream_id text PRIMARY KEY,
    phenomenon_time integer NOT NULL,
    result real NOT NULL,
    revision integer NOT NULL,
    flags integer NOT NULL,
    trend_per_hour real,
    unchanged_since integer NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE observations_batch (
    id text PRIMARY KEY,
    feed_id text NOT NULL,
    payload_sha256 text,
    stored_at integer NOT NULL,
    observations integer NOT NULL,
    quality_version text NOT NULL
) STRICT;

-- Answers as received, compressed; pruned after a while.
CREATE TABLE observations_payload (
    feed_id text NOT NULL,
    sha256 text NOT NULL,
    received_at integer NOT NULL,
    last_received_at integer NOT NULL,
    content_type text,
    bytes integer NOT NULL,
    gzip blob NOT NULL,
    complete integer NOT NULL,
    PRIMARY KEY (feed_id, sha256)
) STRICT;
CREATE INDEX observations_payload_age ON observations_payload (last_received_at);

CREATE TABLE observations_quarantine (
    id integer PRIMARY KEY AUTOINCREMENT,
    feed_id text NOT NULL,
    fingerprint text NOT NULL,
    received_at integer NOT NULL,
    last_received_at integer NOT NULL,
    times integer NOT NULL,
    reason text NOT NULL,
    detail text NOT NULL,
    bytes integer NOT NULL,
    payload_sha256 text,
    UNIQUE (feed_id, fingerprint)
) STRICT;
CREATE INDEX observations_quarantine_age ON observations_quarantine (last_received_at);

-- What the quality rules of a version were.
CREATE TABLE observations_quality_version (
    version text PRIMARY KEY,
    parameters text NOT NULL
) STRICT;
