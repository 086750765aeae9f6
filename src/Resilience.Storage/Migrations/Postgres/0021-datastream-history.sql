-- Changes with every change of the datastream's values: a process that remembers the newest values knows by it whether they still hold.
ALTER TABLE observations_latest ADD COLUMN history bigint NOT NULL DEFAULT 0;
