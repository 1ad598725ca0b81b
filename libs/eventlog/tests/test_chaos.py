"""Two processes, both doors, backends killed in mid-flight, answers and questions swallowed.

Nothing acknowledged may be lost, nothing applied twice, and a follower sees everything in order.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from libs.eventlog.tests.conftest import APP, Database
from libs.eventlog.tests.connection_proxy import ConnectionProxy
from libs.eventlog.tests.test_order import Follower

ROOT = Path(__file__).parents[3]
DOORS = ["threads", "tasks"]
WRITERS = 8
TROUBLES = 8
BETWEEN = 0.08  # seconds of undisturbed work

KILL_ONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE usename = %s AND state = 'active' AND query LIKE '%%events_append%%' LIMIT 1
"""


def test_backends_killed_in_mid_statement(database: Database) -> None:
    with working(database, database.dsn()) as told:
        observer = database.superuser()
        for _ in range(TROUBLES):
            time.sleep(BETWEEN)
            while observer.execute(KILL_ONE, (APP,)).fetchone() is None:
                time.sleep(0.001)
    check(database, told)


def test_answers_and_questions_swallowed(
    database: Database, connection_proxy: ConnectionProxy
) -> None:
    with working(database, database.dsn_through(connection_proxy)) as told:
        for n in range(TROUBLES):
            time.sleep(BETWEEN)
            if n % 4 == 3:
                connection_proxy.lose_question()
            else:
                connection_proxy.lose_answer()
            connection_proxy.wait_for_cut()
    assert connection_proxy.cuts == TROUBLES
    check(database, told)


@contextmanager
def working(database: Database, dsn: str) -> Iterator[list[dict[str, Any]]]:
    """Writers in two processes and a follower; fills the list with what the writers were told."""
    told: list[dict[str, Any]] = []
    follower = Follower(database)
    workers = [start_worker(dsn, door) for door in DOORS]
    follower.start()
    try:
        wait_until_all_write(database)
        yield told
    finally:
        told += [json.loads(worker.communicate("", timeout=60)[0]) for worker in workers]
        follower.all_written.set()
        follower.join()
    assert follower.seen == [position for position, _, _ in database.stored()]


def start_worker(dsn: str, door: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "libs.eventlog.tests.chaos_worker", dsn, door, str(WRITERS)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def wait_until_all_write(database: Database) -> None:
    """Every writer has a stream of its own sooner or later; three are shared."""
    observer = database.superuser()
    streams = "SELECT count(DISTINCT originator_id) FROM log.events"
    while observer.execute(streams).fetchall()[0][0] < len(DOORS) * WRITERS:
        time.sleep(0.02)


def check(database: Database, told: list[dict[str, Any]]) -> None:
    rows = database.rows(
        "SELECT notification_id, originator_id::text, originator_version, encode(state, 'hex') "
        "FROM log.events"
    )
    acknowledged = [command for worker in told for command in worker["acknowledged"]]
    answered = {tuple(stored) for command in acknowledged for stored in command["events"]}
    unknown = {state for worker in told for state in worker["unknown"]}

    assert [bool(worker["acknowledged"]) for worker in told] == [True, True]
    assert [worker["wrong"] for worker in told] == [[], []], "applied twice"
    assert answered - set(rows) == set(), "acknowledged but not there"
    assert {row[3] for row in set(rows) - answered} - unknown == set(), "stored although refused"
    assert len({row[3] for row in rows}) == len(rows), "applied twice"
    assert holes(database) == []
    assert answered_keys(acknowledged).items() <= stored_keys(database).items()


def holes(database: Database) -> list[tuple[Any, ...]]:
    return database.rows(
        "SELECT originator_id FROM log.events GROUP BY 1 HAVING max(originator_version) <> count(*)"
    )


def answered_keys(acknowledged: list[dict[str, Any]]) -> dict[str, int]:
    """The last position told for each key."""
    return {c["key"]: c["events"][-1][0] for c in acknowledged if c["key"] is not None}


def stored_keys(database: Database) -> dict[str, int]:
    return dict(database.rows("SELECT key, position FROM log.events_keys"))
