-- What the log adds to the eventsourcing library's own tables {events} and {tracking}.
-- Run by the owner of the database (libs/eventlog/migrate.py), never by the application role.

-- Before anything else: a writer that holds the append lock holds table locks too.
SELECT pg_advisory_xact_lock({events_name}::regclass::oid::bigint);

-- ------------------------------------------------------------------ idempotency keys
CREATE TABLE IF NOT EXISTS {keys} (
    key         text PRIMARY KEY,
    fingerprint bytea NOT NULL,
    position    bigint              -- last position of the command; NULL: it had no events
);

-- ------------------------------------------------------------------ epoch
-- One row. It changes only when the log is restored from a backup, so that followers notice.
CREATE TABLE IF NOT EXISTS {epoch} (
    epoch  uuid NOT NULL DEFAULT gen_random_uuid(),
    single boolean PRIMARY KEY DEFAULT true CHECK (single)
);
INSERT INTO {epoch} DEFAULT VALUES ON CONFLICT DO NOTHING;

-- ------------------------------------------------------------------ append-only, one at a time
CREATE OR REPLACE FUNCTION {schema}.append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only table %.%: % refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

-- Fires before nextval(), so positions are handed out in the order of commit, whoever inserts.
CREATE OR REPLACE FUNCTION {schema}.serialise_appends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(TG_RELID::bigint);
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER a_serialise BEFORE INSERT ON {events}
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.serialise_appends();
CREATE OR REPLACE TRIGGER a_append_only BEFORE UPDATE OR DELETE ON {events}
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.append_only();
CREATE OR REPLACE TRIGGER a_no_truncate BEFORE TRUNCATE ON {events}
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.append_only();
CREATE OR REPLACE TRIGGER a_append_only BEFORE UPDATE OR DELETE ON {keys}
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.append_only();
CREATE OR REPLACE TRIGGER a_no_truncate BEFORE TRUNCATE ON {keys}
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.append_only();
ALTER TABLE {events} ENABLE ALWAYS TRIGGER a_serialise;
ALTER TABLE {events} ENABLE ALWAYS TRIGGER a_append_only;
ALTER TABLE {events} ENABLE ALWAYS TRIGGER a_no_truncate;
ALTER TABLE {keys} ENABLE ALWAYS TRIGGER a_append_only;
ALTER TABLE {keys} ENABLE ALWAYS TRIGGER a_no_truncate;

-- ------------------------------------------------------------------ many commands, one transaction
-- Called as one statement of its own: the lock is never held while a client thinks.
-- A command is accepted whole or refused whole; a refusal never touches its neighbours.
-- Under READ COMMITTED each statement of a volatile function sees a new snapshot, so what is judged
-- after the lock is what the previous holder committed. In one SQL statement, or at a higher
-- isolation level, the snapshot would be older than the lock.
-- Returns one row per round; the first reason given for a command counts.
CREATE OR REPLACE FUNCTION {append}(
    -- one entry per event, commands in order
    e_cmd int[], e_id {id_type}[], e_version bigint[], e_topic text[], e_state bytea[],
    -- one entry per command; commands that share a stream, key or upstream differ in their round
    c_round int[], c_events int[], c_key text[], c_fingerprint bytea[],
    c_upstream text[], c_upstream_id bigint[])
RETURNS TABLE (accepted int[], ids bigint[], refused int[], reasons text[])
LANGUAGE plpgsql VOLATILE
SET plan_cache_mode = force_generic_plan        -- otherwise arrays are planned anew at every call
SET jit = off
AS $$
#variable_conflict use_variable
DECLARE
    r       int;
    keyed   boolean := EXISTS (SELECT FROM unnest(c_key) x WHERE x IS NOT NULL);
    tracked boolean := EXISTS (SELECT FROM unnest(c_upstream) x WHERE x IS NOT NULL);
    known   int[];
    old     int[];
    misfit  int[];
    due     bigint;
    moved   bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'appends need READ COMMITTED' USING ERRCODE = 'invalid_transaction_state';
    END IF;
    PERFORM pg_advisory_xact_lock({events_name}::regclass::oid::bigint);
    FOR r IN 1 .. coalesce((SELECT max(x) FROM unnest(c_round) x), 0) LOOP

        -- 1. Judge the commands of this round. One big statement would cost more to start than to run.
        IF keyed THEN
            SELECT array_agg(c.no) INTO known
            FROM unnest(c_round, c_key) WITH ORDINALITY AS c(round, key, no)
            JOIN {keys} k ON k.key = c.key
            WHERE c.round = r;
        END IF;
        IF tracked THEN
            SELECT array_agg(c.no) INTO old
            FROM unnest(c_round, c_upstream, c_upstream_id)
                 WITH ORDINALITY AS c(round, upstream, upstream_id, no)
            JOIN {tracking} t
              ON t.application_name = c.upstream AND t.notification_id >= c.upstream_id
            WHERE c.round = r;
        END IF;
        -- A stream must go on exactly where it ends; a new one starts at 0 or 1.
        SELECT array_agg(s.cmd) INTO misfit
        FROM (SELECT e.cmd, e.id, min(e.version) AS lo, max(e.version) AS hi, count(*) AS n
              FROM unnest(e_cmd, e_id, e_version) AS e(cmd, id, version)
              WHERE c_round[e.cmd] = r GROUP BY e.cmd, e.id) s
        CROSS JOIN LATERAL (SELECT max(t.originator_version) AS top
                            FROM {events} t WHERE t.originator_id = s.id) t
        WHERE s.hi - s.lo + 1 <> s.n
           OR CASE WHEN t.top IS NULL THEN s.lo NOT IN (0, 1) ELSE s.lo <> t.top + 1 END;
        refused := known || old || misfit;
        reasons := array_fill('key'::text, ARRAY[coalesce(cardinality(known), 0)])
                || array_fill('tracking'::text, ARRAY[coalesce(cardinality(old), 0)])
                || array_fill('version'::text, ARRAY[coalesce(cardinality(misfit), 0)]);
        SELECT array_agg(c.no ORDER BY c.no) INTO accepted
        FROM unnest(c_round) WITH ORDINALITY AS c(round, no)
        WHERE c.round = r AND c.no <> ALL (coalesce(refused, ARRAY[]::int[]));

        -- 2. The events. ORDER BY is below the nextval() of the id column: ids follow the commands.
        ids := NULL;
        IF accepted IS NOT NULL AND cardinality(e_cmd) > 0 THEN
            WITH stored AS (
                INSERT INTO {events} AS t (originator_id, originator_version, topic, state)
                SELECT e.id, e.version, e.topic, e.state
                FROM unnest(e_cmd, e_id, e_version, e_topic, e_state)
                     WITH ORDINALITY AS e(cmd, id, version, topic, state, ord)
                WHERE e.cmd = ANY (accepted) ORDER BY e.ord
                RETURNING t.notification_id)
            SELECT array_agg(stored.notification_id ORDER BY stored.notification_id) INTO ids
            FROM stored;
        END IF;

        -- 3. What goes into the same transaction.
        IF keyed THEN
            INSERT INTO {keys} (key, fingerprint, position)
            SELECT c.key, c.fingerprint, CASE WHEN c.n > 0 THEN ids[c.last] END
            FROM (SELECT x.no, x.key, x.fingerprint, x.n, sum(x.n) OVER (ORDER BY x.no) AS last
                  FROM unnest(c_key, c_fingerprint, c_events)
                       WITH ORDINALITY AS x(key, fingerprint, n, no)
                  WHERE x.no = ANY (accepted)) c
            WHERE c.key IS NOT NULL;
        END IF;
        IF tracked THEN
            SELECT count(*) INTO due
            FROM unnest(c_upstream) WITH ORDINALITY AS c(upstream, no)
            WHERE c.no = ANY (accepted) AND c.upstream IS NOT NULL;
            INSERT INTO {tracking} AS t (application_name, notification_id)
            SELECT c.upstream, c.upstream_id
            FROM unnest(c_upstream, c_upstream_id) WITH ORDINALITY AS c(upstream, upstream_id, no)
            WHERE c.no = ANY (accepted) AND c.upstream IS NOT NULL
            ON CONFLICT (application_name) DO UPDATE SET notification_id = excluded.notification_id
            WHERE t.notification_id < excluded.notification_id;
            GET DIAGNOSTICS moved = ROW_COUNT;
            -- Somebody wrote the tracking table without the lock: keep nothing, let it be tried again.
            IF moved <> due THEN
                RAISE EXCEPTION 'tracking moved outside the append lock'
                    USING ERRCODE = 'serialization_failure';
            END IF;
        END IF;
        RETURN NEXT;
    END LOOP;
    IF cardinality(e_cmd) > 0 THEN
        PERFORM pg_notify({channel}, '');       -- once per batch
    END IF;
END $$;
