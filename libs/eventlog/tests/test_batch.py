"""Many commands in one transaction: each is judged alone."""

import time
from collections import deque
from typing import Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import PersistenceError, Tracking

from libs.eventlog.batch import (
    AlreadyRecorded,
    AlreadyTracked,
    Command,
    VersionConflict,
    refusal,
    take,
)
from libs.eventlog.recorder import GroupCommitRecorder
from libs.eventlog.tests.conftest import Database
from libs.eventlog.tests.events import event


def in_one_batch(recorder: GroupCommitRecorder, commands: list[Command]) -> list[Any]:
    """Positions, or the kind of the refusal, of exactly these commands in one transaction."""
    before = recorder.batches
    recorder._commit(take(deque(commands), 1000, 10**7), time.monotonic() + 5)
    assert recorder.batches == before + 1
    return [type(command.error) if command.error else command.ids for command in commands]


def test_only_the_conflicting_command_is_refused(database: Database) -> None:
    recorder = database.recorder()
    a, b, c = uuid4(), uuid4(), uuid4()
    recorder.insert_events([event(b, 1)])
    outcome = in_one_batch(
        recorder,
        [
            Command([event(a, 1), event(a, 2)]),
            Command([event(b, 1)]),
            Command([event(c, 1)]),
        ],
    )
    assert outcome == [[2, 3], VersionConflict, [4]]
    assert database.stored() == [(1, b, 1), (2, a, 1), (3, a, 2), (4, c, 1)]


def test_commands_on_one_stream_are_judged_in_turn(database: Database) -> None:
    a, b = uuid4(), uuid4()
    outcome = in_one_batch(
        database.recorder(),
        [
            Command([event(a, 1)]),
            Command([event(a, 1)]),
            Command([event(b, 1)]),
            Command([event(b, 2), event(b, 3)]),
            Command([event(b, 4)]),
        ],
    )
    assert outcome == [[1], VersionConflict, [2], [3, 4], [5]]
    assert database.stored() == [(1, a, 1), (2, b, 1), (3, b, 2), (4, b, 3), (5, b, 4)]


def test_successor_of_a_refused_command_is_refused(database: Database) -> None:
    recorder = database.recorder()
    a, b = uuid4(), uuid4()
    recorder.insert_events([event(b, 1)])
    outcome = in_one_batch(
        recorder,
        [
            Command([event(a, 1), event(b, 1)]),
            Command([event(a, 2)]),
            Command([event(b, 2)]),
        ],
    )
    assert outcome == [VersionConflict, VersionConflict, [2]]
    assert database.stored() == [(1, b, 1), (2, b, 2)]


def test_hot_stream_does_not_swell_a_batch(database: Database) -> None:
    recorder = database.recorder()
    stream = uuid4()
    queue = deque(Command([event(stream, version)]) for version in range(1, 41))
    sizes = []
    while queue:
        batch = take(queue, 1000, 10**7)
        sizes.append(len(batch))
        recorder._commit(batch, time.monotonic() + 5)
    assert sizes == [16, 16, 8]
    assert database.stored() == [(n, stream, n) for n in range(1, 41)]


def test_batch_is_limited_in_commands_and_bytes() -> None:
    queue = deque(Command([event(state=bytes(900))]) for _ in range(10))
    assert [len(take(queue, 3, 10**6)), len(take(queue, 100, 4000)), len(take(queue, 9, 1))] == [
        3,
        4,
        1,
    ]


@pytest.mark.parametrize(
    "versions",
    [[("a", 1), ("b", 1)], [("b", 3)], [("a", 5)], [("a", 1), ("a", 3)], [("a", 1), ("a", 1)]],
    ids=["one of two streams", "hole", "late start", "hole inside", "same version twice"],
)
def test_command_is_refused_whole(database: Database, versions: list[tuple[str, int]]) -> None:
    recorder = database.recorder()
    streams = {"a": uuid4(), "b": uuid4()}
    recorder.insert_events([event(streams["b"], 1)])
    with pytest.raises(VersionConflict):
        recorder.insert_events([event(streams[name], version) for name, version in versions])
    assert database.stored() == [(1, streams["b"], 1)]


def test_poisoned_command_is_isolated(database: Database) -> None:
    good = [Command([event()]) for _ in range(6)]
    bad = [Command([event(version=2**70)]), Command([event(topic="nul\x00")])]
    commands = [good[0], bad[0], *good[1:4], bad[1], *good[4:]]
    database.recorder()._commit(take(deque(commands), 1000, 10**7), time.monotonic() + 5)
    assert [isinstance(command.error, PersistenceError) for command in bad] == [True, True]
    assert [stream for _, stream, _ in database.stored()] == [
        command.events[0].originator_id for command in good
    ]


def test_key_and_upstream_are_judged_in_turn_too(database: Database) -> None:
    outcome = in_one_batch(
        database.recorder(),
        [
            Command([event()], key="k", fingerprint=b"f"),
            Command([event()], key="k", fingerprint=b"f"),
            Command([event()], tracking=Tracking("up", 1)),
            Command([event()], tracking=Tracking("up", 2)),
            Command([event()], tracking=Tracking("up", 2)),
            Command((), tracking=Tracking("other", 7)),
        ],
    )
    assert outcome == [[1], AlreadyRecorded, [2], [3], AlreadyTracked, []]
    assert database.rows("SELECT key, position FROM log.events_keys") == [("k", 1)]
    tracked = "SELECT * FROM log.tracking WHERE application_name IN ('up', 'other') ORDER BY 1"
    assert database.rows(tracked) == [("other", 7), ("up", 2)]


def test_refusal_tells_a_replay_from_a_key_used_twice() -> None:
    command = Command([event()], key="k", fingerprint=b"f")
    told = [refusal(command, "key", (fingerprint, 7)) for fingerprint in (b"f", b"other")]
    assert [(t.key, t.position, t.same) for t in told if isinstance(t, AlreadyRecorded)] == [
        ("k", 7, True),
        ("k", 7, False),
    ]


def test_batch_keeps_the_order_of_its_commands(database: Database) -> None:
    commands = [
        Command([event(s, v) for v in range(1, n + 1)])
        for n in (1, 3, 1, 2) * 50
        for s in [uuid4()]
    ]
    outcome = in_one_batch(database.recorder(), commands)
    given = [(e.originator_id, e.originator_version) for c in commands for e in c.events]
    assert [position for ids in outcome for position in ids] == list(range(1, len(given) + 1))
    assert [(stream, version) for _, stream, version in database.stored()] == given
