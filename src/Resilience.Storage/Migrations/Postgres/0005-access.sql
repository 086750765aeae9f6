-- People who may sign in with a password. name_key is the name as it is compared: trimmed, upper-cased.
CREATE TABLE access_person (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    name_key text NOT NULL UNIQUE,
    role text NOT NULL,
    password_hash text NOT NULL,
    created_at timestamptz NOT NULL
);

-- The one-time link that creates the first two accounts. Only the token's hash is kept.
CREATE TABLE access_setup_token (
    token_hash text PRIMARY KEY,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);

-- Who did what, when. Each row's hash covers the row before it; no row is ever changed or removed.
CREATE TABLE access_audit (
    sequence bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    person_id text,
    person_name text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    detail text NOT NULL,
    previous_hash text NOT NULL UNIQUE,
    hash text NOT NULL UNIQUE
);
CREATE FUNCTION access_audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'access_audit is append-only'; END $$;
CREATE TRIGGER access_audit_is_never_changed BEFORE UPDATE OR DELETE ON access_audit
FOR EACH ROW EXECUTE FUNCTION access_audit_refuses();
CREATE TRIGGER access_audit_is_never_emptied BEFORE TRUNCATE ON access_audit
FOR EACH STATEMENT EXECUTE FUNCTION access_audit_refuses();
