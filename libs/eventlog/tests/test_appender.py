"""The asyncio door."""

import asyncio
from uuid import uuid4

import pytest
from eventsourcing.persistence import PersistenceError, Tracking

from libs.eventlog.batch import (
    AlreadyRecorded,
    AlreadyTracked,
    Busy,
    OutcomeUnknown,
    VersionConflict,
)
from libs.eventlog.tests.conftest import Database
from libs.eventlog.tests.events import event
from libs.eventlog.tests.test_queue import HOLD_THE_LOCK
from libs.eventlog.tests.test_transaction import wait_until_blocked


async def test_each_task_gets_its_own_outcome(database: Database) -> None:
    a, b = uuid4(), uuid4()
    async with database.door() as door:
        assert await door.append([event(a, 1)], key="k", fingerprint=b"f") == [1]
        outcomes = await asyncio.gather(
            door.append([event(a, 2)]),
            door.append([event(a, 2)]),
            door.append([event(a, 3)]),
            door.append([event(b, 1)]),
            door.append([event(b, 2)], key="k", fingerprint=b"f"),
            door.append([], tracking=Tracking("up", 4)),
            door.append([event(b, 2)], tracking=Tracking("up", 4)),
            return_exceptions=True,
        )
    kinds = [outcome if isinstance(outcome, list) else type(outcome) for outcome in outcomes]
    assert kinds == [[2], VersionConflict, [4], [3], AlreadyRecorded, [], AlreadyTracked]
    assert database.stored() == [(1, a, 1), (2, a, 2), (3, b, 1), (4, a, 3)]


@pytest.mark.parametrize("poison", [event(topic="nul\x00"), event(version=2**70)])
async def test_poisoned_command_is_isolated(database: Database, poison: object) -> None:
    async with database.door() as door:
        outcomes = await asyncio.gather(
            door.append([event()]),
            door.append([poison]),  # type: ignore[list-item]
            door.append([event()]),
            return_exceptions=True,
        )
    assert [type(outcome) for outcome in outcomes] == [list, PersistenceError, list]
    assert len(database.stored()) == 2


async def test_cancelled_caller_gives_up_only_the_answer(database: Database) -> None:
    async with database.door() as door:
        cancelled = asyncio.create_task(door.append([event()]))
        await asyncio.sleep(0)
        cancelled.cancel()
        await asyncio.gather(*(door.append([event()]) for _ in range(500)))
        assert door.commands == 501 > 100 * door.batches
    assert [position for position, _, _ in database.stored()] == list(range(1, 502))


async def test_full_queue_turns_callers_away(database: Database) -> None:
    holder = database.superuser()
    async with database.door(max_queued=3, max_wait=0.2, max_commands=1) as door:
        with holder.transaction():
            holder.execute(HOLD_THE_LOCK)
            tasks = [asyncio.create_task(door.append([event()])) for _ in range(8)]
            turned_away: set[asyncio.Task[list[int]]] = set()
            while len(turned_away) < 4:
                turned_away, _ = await asyncio.wait(tasks, timeout=0.05)
        assert [type(task.exception()) for task in turned_away] == [Busy] * 4
    assert sorted(task.result()[0] for task in tasks if task not in turned_away) == [1, 2, 3, 4]


async def test_closing_commits_what_is_queued(database: Database) -> None:
    door = database.door()
    with pytest.raises(Busy):
        await door.append([event()])
    await door.open()
    tasks = [asyncio.create_task(door.append([event()])) for _ in range(3)]
    await asyncio.sleep(0)
    await door.close()
    assert [await task for task in tasks] == [[1], [2], [3]]
    with pytest.raises(Busy):
        await door.append([event()])


async def test_stopped_writer_leaves_nobody_waiting(database: Database) -> None:
    holder = database.superuser()
    async with database.door() as door:
        with holder.transaction():
            holder.execute(HOLD_THE_LOCK)
            taken = [asyncio.create_task(door.append([event()])) for _ in range(3)]
            await asyncio.sleep(0)
            await asyncio.to_thread(wait_until_blocked, database)
            queued = [asyncio.create_task(door.append([event()])) for _ in range(3)]
            await asyncio.sleep(0)
            door._tasks[0].cancel()
            outcomes = await asyncio.gather(*taken, *queued, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [OutcomeUnknown] * 3 + [Busy] * 3


async def test_readers_are_woken_once_a_batch(database: Database) -> None:
    listener = database.connect()
    listener.execute('LISTEN "log.events"')
    async with database.door() as door:
        await asyncio.gather(*(door.append([event()]) for _ in range(50)))
        told = [n.channel for n in listener.notifies(timeout=5, stop_after=door.batches)]
        assert told == ["log.events"] * door.batches
