"""What the application role, and even the owner, cannot do to the log."""

import psycopg
import pytest

from libs.eventlog.tests.conftest import APP, OWNER, Database
from libs.eventlog.tests.events import event

CHANGES = [
    "UPDATE log.events SET topic = 'x'",
    "DELETE FROM log.events",
    "TRUNCATE log.events",
    "UPDATE log.events_keys SET position = 9",
    "DELETE FROM log.events_keys",
    "TRUNCATE log.events_keys",
]
FORBIDDEN = [
    *CHANGES,
    "ALTER TABLE log.events DISABLE TRIGGER ALL",
    "DROP TABLE log.events",
    "DROP FUNCTION log.append_only CASCADE",
    "CREATE TABLE log.other (n int)",
    "SET session_replication_role = replica",
    "INSERT INTO log.events VALUES (gen_random_uuid(), 1, 't', 'x', 99)",  # names the position
    "SELECT setval('log.events_notification_id_seq', 1)",
    "DELETE FROM log.tracking",
    "UPDATE log.epoch SET epoch = gen_random_uuid()",
    "INSERT INTO log.epoch DEFAULT VALUES",
    "DELETE FROM log.epoch",
    "DO $$ BEGIN LOCK TABLE log.events IN EXCLUSIVE MODE; END $$",
    "DROP TABLE following.follower",
]


@pytest.fixture
def recorded(database: Database) -> Database:
    database.recorder().insert_events([event()], key="k", fingerprint=b"f")
    return database


def test_application_role_can_only_add(recorded: Database) -> None:
    app = recorded.connect(APP)
    before = recorded.rows("SELECT * FROM log.events")
    for statement in FORBIDDEN:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(statement)
    assert recorded.rows("SELECT * FROM log.events") == before


def test_triggers_stop_the_owner(recorded: Database) -> None:
    owner = recorded.connect(OWNER)
    before = recorded.rows("SELECT * FROM log.events")
    for statement in CHANGES:
        with pytest.raises(psycopg.errors.RestrictViolation):
            owner.execute(statement)
    assert recorded.rows("SELECT * FROM log.events") == before


def test_log_has_one_epoch(recorded: Database) -> None:
    owner = recorded.connect(OWNER)
    with pytest.raises(psycopg.errors.UniqueViolation):
        owner.execute("INSERT INTO log.epoch DEFAULT VALUES")
    assert recorded.rows("SELECT count(*) FROM log.epoch") == [(1,)]
