-- One leaf for every event of every service: what the Merkle tree is built over (leaves.py).
CREATE SCHEMA IF NOT EXISTS sealed;
CREATE TABLE IF NOT EXISTS sealed.leaf (
    number   bigint PRIMARY KEY,         -- place in the tree, from 0, without gaps
    service  text   NOT NULL,
    position bigint NOT NULL,
    topic    text   NOT NULL,
    stream   uuid   NOT NULL,
    version  bigint NOT NULL,
    digest   bytea  NOT NULL CHECK (octet_length(digest) = 32),
    UNIQUE (service, position));
CREATE INDEX IF NOT EXISTS leaf_stream ON sealed.leaf (stream, version);

-- Followers of several services write at the same time; the tree has one order, that of commit.
CREATE OR REPLACE FUNCTION sealed.serialise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(TG_RELID::bigint);
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION sealed.count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.number := coalesce((SELECT max(number) + 1 FROM sealed.leaf), 0);
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER a_serialise BEFORE INSERT ON sealed.leaf
    FOR EACH STATEMENT EXECUTE FUNCTION sealed.serialise();
CREATE OR REPLACE TRIGGER b_count BEFORE INSERT ON sealed.leaf
    FOR EACH ROW EXECUTE FUNCTION sealed.count();
CREATE OR REPLACE TRIGGER a_append_only BEFORE UPDATE OR DELETE ON sealed.leaf
    FOR EACH STATEMENT EXECUTE FUNCTION log.append_only();
CREATE OR REPLACE TRIGGER a_no_truncate BEFORE TRUNCATE ON sealed.leaf
    FOR EACH STATEMENT EXECUTE FUNCTION log.append_only();
ALTER TABLE sealed.leaf ENABLE ALWAYS TRIGGER a_serialise;
ALTER TABLE sealed.leaf ENABLE ALWAYS TRIGGER b_count;
ALTER TABLE sealed.leaf ENABLE ALWAYS TRIGGER a_append_only;
ALTER TABLE sealed.leaf ENABLE ALWAYS TRIGGER a_no_truncate;

REVOKE ALL ON sealed.leaf FROM PUBLIC, {app};
GRANT USAGE ON SCHEMA sealed TO {app};
GRANT SELECT ON sealed.leaf TO {app};
GRANT INSERT (service, position, topic, stream, version, digest) ON sealed.leaf TO {app};
