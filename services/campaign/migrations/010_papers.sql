-- Issued papers as bytes, named by their SHA-256, which the log records: a later release may set the
-- same words otherwise, but what was issued stays as it was. Rows are only ever added.
CREATE SCHEMA IF NOT EXISTS papers;
CREATE TABLE IF NOT EXISTS papers.issued (
    sha256  text PRIMARY KEY,
    content bytea NOT NULL);
GRANT USAGE ON SCHEMA papers TO {app};
GRANT SELECT, INSERT ON papers.issued TO {app};
