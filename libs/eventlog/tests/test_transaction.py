"""What is written together with the events, and appends inside a caller's transaction."""

import threading
import time
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import IntegrityError, Tracking

from libs.eventlog.batch import AlreadyRecorded, AlreadyTracked, VersionConflict
from libs.eventlog.recorder import GroupCommitRecorder
from libs.eventlog.statements import append_within
from libs.eventlog.tests.conftest import APP, Database
from libs.eventlog.tests.events import event


@pytest.mark.parametrize(("fingerprint", "same"), [(b"f", True), (b"g", False)])
def test_key_is_taken_once(database: Database, fingerprint: bytes, same: bool) -> None:
    recorder = database.recorder()
    stream = uuid4()
    recorder.insert_events([event(stream, 1), event(stream, 2)], key="k", fingerprint=b"f")
    with pytest.raises(AlreadyRecorded) as told:
        recorder.insert_events([event(stream, 3)], key="k", fingerprint=fingerprint)
    assert (told.value.key, told.value.position, told.value.same) == ("k", 2, same)
    assert database.stored() == [(1, stream, 1), (2, stream, 2)]


def test_refused_command_leaves_no_key(database: Database) -> None:
    recorder = database.recorder()
    stream = uuid4()
    recorder.insert_events([event(stream, 1)])
    with pytest.raises(VersionConflict):
        recorder.insert_events([event(stream, 1)], key="k", fingerprint=b"f")
    assert recorder.insert_events([event(stream, 2)], key="k", fingerprint=b"f") == [2]


def test_tracking_written_without_the_lock_is_noticed(database: Database) -> None:
    """Somebody moves the row between our judgement and our write: tried again, then refused."""
    recorder = database.recorder()
    outcome: list[Any] = []

    def process() -> None:
        try:
            outcome.append(recorder.insert_events([event()], tracking=Tracking("up", 3)))
        except AlreadyTracked as refused:
            outcome.append(type(refused))

    other = database.superuser()
    other.execute("INSERT INTO log.tracking VALUES ('up', 1)")
    thread = threading.Thread(target=process)
    with other.transaction():
        other.execute("UPDATE log.tracking SET notification_id = 5 WHERE application_name = 'up'")
        thread.start()
        wait_until_blocked(database)
    thread.join(5)
    assert (outcome, database.stored()) == ([AlreadyTracked], [])


class WithNotes(GroupCommitRecorder):
    """Writes a row of its own through the library's hook."""

    def _insert_events(self, curs: Any, stored_events: Any, **kwargs: Any) -> None:
        note = kwargs.pop("note", None)
        super()._insert_events(curs, stored_events, **kwargs)
        curs.execute("INSERT INTO log.notes VALUES (%s)", (note,))


def test_other_keywords_take_the_librarys_road(database: Database) -> None:
    owner = database.superuser()
    owner.execute("CREATE TABLE log.notes (note text PRIMARY KEY)")
    owner.execute(f"GRANT SELECT, INSERT ON log.notes TO {APP}")
    recorder = WithNotes(database.datastore())
    stream = uuid4()
    assert recorder.insert_events([event(stream, 1)], note="n") == [1]
    assert recorder.insert_events([event(stream, 2)]) == [2]
    with pytest.raises(IntegrityError):
        recorder.insert_events([event(stream, 3)], note="n")
    assert database.stored() == [(1, stream, 1), (2, stream, 2)]


def test_both_roads_together_do_not_deadlock(database: Database) -> None:
    """They touch the same tracking row: with different lock orders one of them would be killed."""
    recorder = database.recorder()
    mutex, last = threading.Lock(), [0]

    def write(road: dict[str, int]) -> None:
        for _ in range(40):
            with mutex:
                last[0] += 1
                tracking = Tracking("up", last[0])
            try:
                recorder.insert_events([event()], tracking=tracking, **road)
            except IntegrityError as error:
                assert "tracking" in str(error) or "processed" in str(error)  # noqa: PT017

    roads: list[dict[str, int]] = [{}, {"other": 1}, {}, {"other": 1}]
    threads = [threading.Thread(target=write, args=(road,)) for road in roads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    assert database.rows(deadlocks) == [(0,)]
    assert recorder.max_tracking_id("up") == 160


def test_append_within_the_callers_transaction(database: Database) -> None:
    stream = uuid4()
    connection = database.connect(autocommit=False)
    cursor = connection.cursor()
    assert append_within(cursor, [event(stream, 1)], key="k", fingerprint=b"f") == [1]
    with pytest.raises(AlreadyRecorded):
        append_within(cursor, [event()], key="k", fingerprint=b"f")
    with pytest.raises(VersionConflict):
        append_within(cursor, [event(stream, 1)])
    assert append_within(cursor, [event(stream, 2)]) == [2]
    connection.commit()
    assert append_within(cursor, [event(stream, 3)]) == [3]
    connection.rollback()
    assert database.stored() == [(1, stream, 1), (2, stream, 2)]


def test_a_snapshot_older_than_the_lock_is_refused(database: Database) -> None:
    connection = database.connect(autocommit=False)
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    with pytest.raises(psycopg.errors.InvalidTransactionState):
        append_within(connection.cursor(), [event()])


def wait_until_blocked(database: Database) -> None:
    """Until a session of the application role waits for a lock."""
    observer = database.superuser()
    waiting = "SELECT FROM pg_stat_activity WHERE usename = %s AND wait_event_type = 'Lock'"
    deadline = time.monotonic() + 10
    while observer.execute(waiting, (APP,)).fetchone() is None:
        if time.monotonic() > deadline:
            raise TimeoutError("nobody waits for a lock")
        time.sleep(0.005)
