"""A whole log read in pages and folded into the states of its streams."""

import os
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from libs.eventlog.log import Log
from libs.eventlog.replay import pages, replay
from libs.eventlog.streams import Streams
from libs.eventlog.tests.test_streams import Box, context, evolve, fill, open_box, shelf
from libs.eventlog.vault import Vault
from libs.serving.tests.databases import service_databases
from tests.infrastructure import Postgres


@pytest.fixture
async def log(postgres: Postgres) -> AsyncIterator[Log]:
    databases = service_databases(postgres, "dossier")
    vault = Vault(databases.keys_dsn, kek=os.urandom(32), schema="dossier")
    log = Log(shelf, dsn=databases.dsn, vault=vault)
    await log.open()
    yield log
    await log.close()


async def test_an_empty_log_has_no_states(log: Log) -> None:
    assert await replay(log, Box(), evolve) == {}


async def test_states_are_those_that_streams_load(log: Log) -> None:
    boxes, ids = Streams(log, Box(), evolve), [uuid4() for _ in range(3)]
    for things in range(3):
        for id in ids:
            decide = open_box if things == 0 else (lambda box, n=things: fill(box, n))
            await boxes.record(id, decide, context())
    states = await replay(log, Box(), evolve)
    assert states == {id: (await boxes.load(id)).state for id in ids}
    assert set(states.values()) == {Box("a", 3)}


async def test_pages_hold_every_row_once_in_order(log: Log) -> None:
    boxes, box = Streams(log, Box(), evolve), uuid4()
    await boxes.record(box, open_box, context())
    for _ in range(6):
        await boxes.record(box, lambda state: fill(state, 1), context())
    read = [[row["originator_version"] for row in page] async for page in pages(log, size=3)]
    assert read == [[1, 2, 3], [4, 5, 6], [7]]
    head = await log.head()
    assert [page async for page in pages(log, after=head)] == []
