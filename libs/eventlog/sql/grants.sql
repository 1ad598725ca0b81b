-- The application role reads, adds rows and names no position. Run by the owner, after schema.sql.
REVOKE ALL ON {events}, {tracking}, {keys}, {epoch} FROM PUBLIC, {app};
REVOKE EXECUTE ON FUNCTION {append} FROM PUBLIC;
GRANT USAGE ON SCHEMA {schema} TO {app};
GRANT SELECT ON {events}, {tracking}, {keys}, {epoch} TO {app};
GRANT INSERT (originator_id, originator_version, topic, state) ON {events} TO {app};
GRANT INSERT (key, fingerprint, position) ON {keys} TO {app};
GRANT INSERT, UPDATE ON {tracking} TO {app};   -- the one mutable table: how far we have read
GRANT USAGE ON SEQUENCE {sequence} TO {app};   -- nextval through the default; no setval
GRANT EXECUTE ON FUNCTION {append} TO {app};
