-- What must never stand in an event: password hashes and the sessions' secrets (their hashes).
-- The log says who signed in when; losing these tables signs everybody out, nothing more.
CREATE SCHEMA IF NOT EXISTS private;
CREATE TABLE IF NOT EXISTS private.credential (
    account    uuid PRIMARY KEY,
    hash       text NOT NULL,               -- argon2id, with its parameters and salt
    changed_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE IF NOT EXISTS private.session (
    id          uuid PRIMARY KEY,
    account     uuid NOT NULL,
    official    uuid NOT NULL,
    appointment uuid NOT NULL,
    secret      bytea NOT NULL,             -- SHA-256
    expires_at  timestamptz NOT NULL,
    ended_at    timestamptz);
CREATE TABLE IF NOT EXISTS private.stranger (
    account      uuid PRIMARY KEY,           -- a name that has no account
    failures     integer NOT NULL,
    locked_until timestamptz,
    tried_at     timestamptz NOT NULL);
GRANT USAGE ON SCHEMA private TO {app};
GRANT SELECT, INSERT, UPDATE ON private.credential, private.session TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE ON private.stranger TO {app};
