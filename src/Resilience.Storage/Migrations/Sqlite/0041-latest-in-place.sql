-- PostgreSQL alone: SQLite rewrites rows in place anyhow.
SELECT 1;
