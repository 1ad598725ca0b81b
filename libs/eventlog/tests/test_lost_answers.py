"""The connection is cut after COMMIT: the client cannot know, and must find out."""

import asyncio
from uuid import uuid4

import pytest

from libs.eventlog.batch import AlreadyRecorded, OutcomeUnknown, VersionConflict
from libs.eventlog.recorder import GroupCommitRecorder
from libs.eventlog.tests.conftest import Database
from libs.eventlog.tests.connection_proxy import ConnectionProxy
from libs.eventlog.tests.events import event


def test_recorder_finds_what_was_committed(
    database: Database, connection_proxy: ConnectionProxy
) -> None:
    recorder = through_one_connection(database, connection_proxy)
    stream = uuid4()
    recorder.insert_events([event(stream, 1)])
    connection_proxy.lose_answer()
    assert recorder.insert_events([event(stream, 2)], key="k", fingerprint=b"f") == [2]
    assert database.stored() == [(1, stream, 1), (2, stream, 2)]
    assert connection_proxy.cuts == 1


def test_recorder_asks_again_when_the_question_was_lost(
    database: Database, connection_proxy: ConnectionProxy
) -> None:
    recorder = through_one_connection(database, connection_proxy)
    stream = uuid4()
    recorder.insert_events([event(stream, 1)])
    connection_proxy.lose_question()
    assert recorder.insert_events([event(stream, 2)]) == [2]
    assert database.stored() == [(1, stream, 1), (2, stream, 2)]
    assert connection_proxy.cuts == 1


async def test_every_task_of_a_cut_batch_gets_its_own_answer(
    database: Database, connection_proxy: ConnectionProxy
) -> None:
    taken, free = uuid4(), uuid4()
    async with database.door(database.dsn_through(connection_proxy)) as door:
        await door.append([event(taken, 1)])
        connection_proxy.lose_answer()
        outcomes = await asyncio.gather(
            door.append([event(free, 1), event(free, 2)]),
            door.append([event(taken, 1)]),
            door.append([event()], key="k", fingerprint=b"f"),
            return_exceptions=True,
        )
    assert [o if isinstance(o, list) else type(o) for o in outcomes] == [
        [2, 3],
        VersionConflict,
        [4],
    ]
    assert connection_proxy.cuts == 1


async def test_repeating_an_unknown_command_with_its_key_is_a_replay(
    database: Database, connection_proxy: ConnectionProxy
) -> None:
    stream = uuid4()
    through = database.dsn_through(connection_proxy)
    async with database.door(through, give_up_after=-1) as door:
        await door.append([event(stream, 1)])
        connection_proxy.lose_answer()
        with pytest.raises(OutcomeUnknown):
            await door.append([event(stream, 2)], key="k", fingerprint=b"f")
        with pytest.raises(AlreadyRecorded) as told:
            await door.append([event(stream, 2)], key="k", fingerprint=b"f")
    assert (told.value.position, told.value.same) == (2, True)
    assert database.stored() == [(1, stream, 1), (2, stream, 2)]


def through_one_connection(database: Database, proxy: ConnectionProxy) -> GroupCommitRecorder:
    """What is lost must belong to the append, not to another connection that is being opened."""
    return database.recorder(database.dsn_through(proxy), pool_size=1, max_overflow=0)
