"""Views while others work: appends go on, replicas rebuild at once, a handler fails for a while."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest

from libs.eventlog.log import Log, Recorded
from libs.eventlog.streams import Streams
from libs.eventlog.tests.test_streams import (
    Box,
    Filled,
    Opened,
    context,
    evolve,
    fill,
    open_box,
    projection,
    shelf,
)
from libs.eventlog.views import Db, Projection, Views, combined
from libs.serving.tests.databases import ServiceDatabases, service_databases
from tests.infrastructure import Postgres


@pytest.fixture
def databases(postgres: Postgres) -> ServiceDatabases:
    return service_databases(postgres, "dossier")


@pytest.fixture
async def boxes(databases: ServiceDatabases) -> AsyncIterator[Streams[Box]]:
    log = Log(shelf, dsn=databases.dsn)
    await log.open()
    yield Streams(log, Box(), evolve)
    await log.close()


@asynccontextmanager
async def following(views: Views) -> AsyncIterator[Views]:
    await views.open()
    try:
        yield views
    finally:
        await views.close()


async def still(views: Views) -> None:
    """Stops the projector: from here on the view is behind."""
    views._stopping = True
    views._log.appended.set()
    await views._task


async def test_comparison_is_made_where_the_view_stands(boxes: Streams[Box]) -> None:
    async with following(Views(projection, boxes.log)) as views:
        receipt = await boxes.record(uuid4(), open_box, context())
        await views.at_least(receipt.position)
        await still(views)
        await boxes.record(uuid4(), open_box, context())
        found = await views.compare()
        assert (found.equal, found.position) == (True, receipt.position)


async def test_replicas_that_rebuild_at_once_take_turns(boxes: Streams[Box]) -> None:
    async with (
        following(Views(projection, boxes.log)) as one,
        following(Views(projection, boxes.log)) as other,
    ):
        box = uuid4()
        await boxes.record(box, open_box, context())
        for _ in range(20):
            receipt = await boxes.record(box, lambda state: fill(state, 1), context())
        await asyncio.gather(one.rebuild(), other.rebuild(), one.compare(), other.compare())
        await one.at_least(receipt.position)
        assert (await one.compare()).equal
        assert await one.pool.fetchval("SELECT things FROM views.box WHERE id = $1", box) == 20


class Overtaken(Views):
    """Its projector comes to the door exactly while a rebuild swaps the tables."""

    swapping = False

    async def _catch_up(self, db: Db, schema: str, position: int, upto: int | None = None) -> int:
        if schema == "views_next" and db.is_in_transaction():
            self.swapping = True
            self._log.appended.set()
            self._wanted.set()
            while not await self.pool.fetchval(WAITING):  # noqa: ASYNC110  # it tells nobody
                await asyncio.sleep(0.01)
        return await super()._catch_up(db, schema, position, upto)


WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE wait_event_type = 'Lock' AND datname = current_database() AND query LIKE '%progress%'
"""


async def test_projector_waits_for_the_swap_and_goes_on(
    boxes: Streams[Box], caplog: pytest.LogCaptureFixture
) -> None:
    overtaken = Overtaken(projection, boxes.log)
    async with following(overtaken) as views:
        box = uuid4()
        await boxes.record(box, open_box, context())
        receipt = await boxes.record(box, lambda state: fill(state, 1), context())
        await views.at_least(receipt.position)
        await views.rebuild()
        receipt = await boxes.record(box, lambda state: fill(state, 1), context())
        await views.at_least(receipt.position)
        assert overtaken.swapping
        assert await views.pool.fetchval("SELECT things FROM views.box WHERE id = $1", box) == 2
        assert caplog.messages == []


async def test_handler_that_failed_is_tried_again(boxes: Streams[Box]) -> None:
    failing = Projection("CREATE TABLE box (id uuid PRIMARY KEY)")
    tries: list[int] = []

    @failing.on(Opened)
    async def opened(db: Db, _: Opened, recorded: Recorded) -> None:
        tries.append(recorded.position)
        if len(tries) == 1:
            raise KeyError("not what a database raises")
        await db.execute("INSERT INTO box VALUES ($1)", recorded.stream)

    async with following(Views(failing, boxes.log)) as views:
        receipt = await boxes.record(uuid4(), open_box, context())
        await views.at_least(receipt.position)
        assert len(tries) == 2
        assert views.error is None


async def test_view_of_another_version_is_built_anew(boxes: Streams[Box]) -> None:
    first = Views(projection, boxes.log)
    await first.open()
    receipt = await boxes.record(uuid4(), open_box, context())
    await first.at_least(receipt.position)
    await first.close()
    wider = Projection("CREATE TABLE opened (id uuid PRIMARY KEY, label text NOT NULL)")

    @wider.on(Opened)
    async def opened(db: Db, event: Opened, recorded: Recorded) -> None:
        await db.execute("INSERT INTO opened VALUES ($1, $2)", recorded.stream, event.label)

    views = Views(wider, boxes.log)
    await views.open()
    try:
        await views.at_least(receipt.position)
        assert await views.pool.fetchval("SELECT label FROM views.opened") == "a"
    finally:
        await views.close()


async def test_events_of_one_kind_that_follow_each_other_come_at_once(
    boxes: Streams[Box],
) -> None:
    runs: list[int] = []
    opened, filled = Projection("CREATE TABLE opened (id uuid);"), Projection("")

    @opened.on(Opened)
    async def on_opened(db: Db, _: Opened, recorded: Recorded) -> None:
        await db.execute("INSERT INTO opened VALUES ($1)", recorded.stream)

    @filled.on_run(Filled)
    async def on_filled(_: Db, run: Sequence[Recorded]) -> None:
        runs.append(len(run))

    one, other = uuid4(), uuid4()
    await boxes.record(one, open_box, context())
    for _ in range(3):
        await boxes.record(one, lambda state: fill(state, 1), context())
    await boxes.record(other, open_box, context())
    receipt = await boxes.record(other, lambda state: fill(state, 1), context())
    async with following(Views(combined(opened, filled), boxes.log)) as views:
        await views.at_least(receipt.position)
        rows = await views.pool.fetch("SELECT id FROM views.opened")
    assert ([row["id"] for row in rows], runs) == ([one, other], [3, 1])


def test_parts_of_a_projection_cannot_handle_the_same_event() -> None:
    parts = Projection(""), Projection("")
    for part in parts:
        part.on(Opened)(_nothing)
    with pytest.raises(ValueError, match="Opened has two handlers"):
        combined(*parts)


async def _nothing(_: Db, __: Opened, ___: Recorded) -> None: ...
