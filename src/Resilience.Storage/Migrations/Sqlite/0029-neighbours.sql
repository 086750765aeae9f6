-- Height above the sea in metres, where a source tells it.
ALTER TABLE observations_station ADD COLUMN elevation real;

-- What neighbours contradict, from when to when. "until" is null while it lasts and equals "since" when late values refuted it.
CREATE TABLE observations_neighbour_finding (
    id text PRIMARY KEY,
    datastream_id text NOT NULL,
    station_id text NOT NULL,
    kind text NOT NULL,
    since integer NOT NULL,
    until integer,
    found_at integer NOT NULL,
    ended_at integer,
    figures text NOT NULL,
    rules_version text NOT NULL
) STRICT;
CREATE INDEX observations_neighbour_finding_datastream ON observations_neighbour_finding (datastream_id);
CREATE INDEX observations_neighbour_finding_station ON observations_neighbour_finding (station_id);

-- How far a datastream was from its neighbours, day by day: what drifts are looked for in.
CREATE TABLE observations_day_departure (
    datastream_id text NOT NULL,
    day text NOT NULL,
    difference real NOT NULL,
    hours integer NOT NULL,
    PRIMARY KEY (datastream_id, day)
) STRICT, WITHOUT ROWID;
