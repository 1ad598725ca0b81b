"""Threads at the recorder: they share transactions, wait for room, and are never left waiting."""

import threading
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any
from uuid import UUID, uuid4

from libs.eventlog.batch import Busy, OutcomeUnknown
from libs.eventlog.recorder import GroupCommitRecorder
from libs.eventlog.tests.conftest import Database
from libs.eventlog.tests.events import event

HOLD_THE_LOCK = "SELECT pg_advisory_xact_lock('log.events'::regclass::oid::bigint)"


def test_threads_share_transactions_and_positions_are_theirs(database: Database) -> None:
    recorder = database.recorder(pool_size=2)
    told: dict[tuple[UUID, int], Any] = {}

    def write(stream: UUID) -> None:
        for version in range(1, 11):
            told[stream, version] = recorder.insert_events([event(stream, version)])

    with ThreadPoolExecutor(32) as threads:
        list(threads.map(write, [uuid4() for _ in range(40)]))
    assert {(stream, version): [p] for p, stream, version in database.stored()} == told
    assert sorted(ids[0] for ids in told.values()) == list(range(1, 401))
    assert recorder.commands == 400 > 3 * recorder.batches


def test_full_queue_turns_callers_away(database: Database) -> None:
    recorder = database.recorder()
    recorder.max_queued, recorder.max_wait, recorder.max_commands = 3, 0.3, 1
    holder = database.superuser()
    with ThreadPoolExecutor(8) as threads, holder.transaction():
        holder.execute(HOLD_THE_LOCK)
        outcomes = [threads.submit(recorder.insert_events, [event()]) for _ in range(8)]
        turned_away = first_done(outcomes, 7)
    assert Counter(type(outcome.exception()) for outcome in turned_away) == {Busy: 7}
    assert len(database.stored()) == 1
    assert recorder.insert_events([event()]) == [2]


def test_interrupted_leader_leaves_nobody_waiting(database: Database) -> None:
    recorder = Interrupted(database.datastore())
    outcomes: list[str] = []

    def write() -> None:
        try:
            recorder.insert_events([event()])
            outcomes.append("recorded")
        except (KeyboardInterrupt, OutcomeUnknown) as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=write) for _ in range(6)]
    threads[0].start()
    recorder.leading.wait(5)
    for thread in threads[1:]:
        thread.start()
    recorder.go_on.set()
    for thread in threads:
        thread.join(5)
    assert sorted(outcomes) == ["KeyboardInterrupt", *["recorded"] * 5]
    assert len(database.stored()) == 5


class Interrupted(GroupCommitRecorder):
    """Its first leader is interrupted as by Ctrl-C, when `go_on` is set."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leading, self.go_on = threading.Event(), threading.Event()

    def _attempt(self, *args: Any) -> None:
        if not self.leading.is_set():
            self.leading.set()
            self.go_on.wait(5)
            raise KeyboardInterrupt
        super()._attempt(*args)


def first_done(futures: list[Future[Any]], number: int) -> list[Future[Any]]:
    done: list[Future[Any]] = []
    while len(done) < number:
        wait(futures, timeout=0.05)
        done = [future for future in futures if future.done()]
    return done
