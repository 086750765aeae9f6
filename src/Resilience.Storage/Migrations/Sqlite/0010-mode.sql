-- What wrote this database, one row: a replay's floods are not the world's, whatever else is in the rows.
CREATE TABLE storage_mode (
    one integer PRIMARY KEY CHECK (one = 1),
    mode text NOT NULL CHECK (mode IN ('live', 'replay'))
) STRICT;
