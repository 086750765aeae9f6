-- The newest values are rewritten with every batch. Without an index on what changes, and with room on each page, PostgreSQL rewrites a row in
-- place (HOT): a third of the time. One row a datastream: whoever looks for versions reads the table through.
DROP INDEX observations_latest_version;
ALTER TABLE observations_latest SET (fillfactor = 50);
