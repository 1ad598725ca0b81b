"""Positions follow the order of commit: a follower that reads on never passes over an event."""

import threading
import time
from uuid import uuid4

import psycopg

from libs.eventlog.tests.conftest import Database
from libs.eventlog.tests.events import event
from libs.eventlog.tests.test_transaction import wait_until_blocked

BY_HAND = (
    "INSERT INTO log.events (originator_id, originator_version, topic, state) "
    "VALUES (gen_random_uuid(), 1, 'by hand', 'x')"
)


class Follower(threading.Thread):
    """Reads on after the last position it has seen, until told that all is written."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.seen: list[int] = []
        self.all_written = threading.Event()
        self._recorder = database.recorder(pool_size=1)

    def run(self) -> None:
        while True:
            complete = self.all_written.is_set()
            last = self.seen[-1] if self.seen else 0
            page = self._recorder.select_notifications(last, 500, inclusive_of_start=False)
            self.seen += [notification.id for notification in page]
            if not page:
                if complete:
                    return
                time.sleep(0.002)


def test_nobody_overtakes_a_transaction_that_holds_a_position(database: Database) -> None:
    recorder = database.recorder()
    late = database.connect(autocommit=False)
    late.execute(BY_HAND)
    writer = threading.Thread(target=recorder.insert_events, args=([event()],))
    writer.start()
    wait_until_blocked(database)
    assert database.stored() == []
    late.commit()
    writer.join(5)
    assert [topic for (topic,) in database.rows("SELECT topic FROM log.events ORDER BY 1")] == [
        "by hand",
        "t",
    ]
    assert [position for position, _, _ in database.stored()] == [1, 2]


def test_follower_sees_every_event_while_transactions_are_delayed(database: Database) -> None:
    recorder = database.recorder()
    follower = Follower(database)
    delayed_enough = threading.Event()
    acknowledged: list[int] = []

    def write() -> None:
        while not delayed_enough.is_set():
            stream = uuid4()
            acknowledged.extend(recorder.insert_events([event(stream, 1), event(stream, 2)]) or ())

    writers = [threading.Thread(target=write) for _ in range(8)]
    for thread in [follower, *writers]:
        thread.start()
    delay_commits(database.connect(autocommit=False), times=10)
    delayed_enough.set()
    for thread in writers:
        thread.join()
    follower.all_written.set()
    follower.join()

    assert follower.seen == [position for position, _, _ in database.stored()]
    assert len(follower.seen) == len(set(acknowledged)) + 10


def delay_commits(late: psycopg.Connection, times: int) -> None:
    """A stranger, not using our function, holds a position for a while, again and again."""
    for _ in range(times):
        late.execute(BY_HAND)
        time.sleep(0.08)
        late.commit()
        time.sleep(0.02)
