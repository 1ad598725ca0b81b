"""Streams, idempotency, personal values and views on a real PostgreSQL."""

import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from libs.eventlog.events import Context, Event, Personal, Refused, Registry, UnknownEvent
from libs.eventlog.log import Change, KeyReused, Log, Recorded, StaleVersion
from libs.eventlog.streams import Streams
from libs.eventlog.vault import ERASED, Vault
from libs.eventlog.views import Db, Projection, Views
from libs.serving.tests.databases import ServiceDatabases, service_databases
from tests.infrastructure import Postgres

T0 = datetime(2024, 4, 5, 8, 0, tzinfo=UTC)
shelf = Registry("shelf")


@shelf.of("box.opened")
class Opened(Event):
    label: str


@shelf.of("box.filled", 2)
class Filled(Event):
    things: int
    colour: str


@shelf.of("box.given")
class Given(Event):
    to: Personal


@shelf.upcast("box.filled", 1)
def coloured(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"colour": "unknown"}


@dataclass(frozen=True)
class Box:
    label: str | None = None
    things: int = 0


def evolve(box: Box, event: Event) -> Box:
    match event:
        case Opened(label=label):
            return Box(label, box.things)
        case Filled(things=things):
            return Box(box.label, box.things + things)
        case _:
            return box


def open_box(box: Box, label: str = "a") -> list[Event]:
    if box.label is not None:
        raise Refused("already-open")
    return [Opened(label)]


def fill(_: Box, things: int) -> list[Event]:
    return [Filled(things, "red")] if things else []


projection = Projection("CREATE TABLE box (id uuid PRIMARY KEY, things int NOT NULL)")


@projection.on(Opened)
async def opened(db: Db, _: Opened, recorded: Recorded) -> None:
    await db.execute("INSERT INTO box VALUES ($1, 0)", recorded.stream)


@projection.on(Filled)
async def filled(db: Db, event: Filled, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE box SET things = things + $2 WHERE id = $1", recorded.stream, event.things
    )


def context(key: str | None = None, fingerprint: bytes = b"", at: datetime = T0) -> Context:
    return Context(
        at=at,
        authority="north",
        command=key or str(uuid4()),
        correlation=uuid4(),
        key=key,
        fingerprint=fingerprint,
    )


@pytest.fixture(scope="module")
def databases(postgres: Postgres) -> ServiceDatabases:
    return service_databases(postgres, "dossier")


@pytest.fixture
async def log(databases: ServiceDatabases) -> AsyncIterator[Log]:
    vault = Vault(databases.keys_dsn, kek=os.urandom(32), schema="dossier")
    log = Log(shelf, dsn=databases.dsn, vault=vault)
    await log.open()
    yield log
    await log.close()


@pytest.fixture
def boxes(log: Log) -> Streams[Box]:
    return Streams(log, Box(), evolve)


async def test_record_decides_on_folded_state(boxes: Streams[Box]) -> None:
    box = uuid4()
    first = await boxes.record(box, open_box, context())
    second = await boxes.record(box, lambda state: fill(state, 3), context())
    assert (first.version, second.version) == (1, 2)
    assert second.position > first.position
    assert (await boxes.load(box)).state == Box("a", 3)


async def test_repeat_of_nothing_names_last_event(boxes: Streams[Box]) -> None:
    box = uuid4()
    first = await boxes.record(box, open_box, context())
    again = await boxes.record(box, lambda state: fill(state, 0), context())
    assert (again.version, again.position, again.replayed) == (1, first.position, True)


async def test_same_key_answers_as_the_first_time(boxes: Streams[Box]) -> None:
    box, key = uuid4(), str(uuid4())
    first = await boxes.record(box, open_box, context(key, b"body"))
    await boxes.record(box, lambda state: fill(state, 1), context())
    again = await boxes.record(box, open_box, context(key, b"body"))
    assert (again.id, again.version, again.position) == (box, first.version, first.position)
    assert again.replayed


async def test_same_key_for_other_body_is_refused(boxes: Streams[Box]) -> None:
    box, key = uuid4(), str(uuid4())
    await boxes.record(box, open_box, context(key, b"one"))
    with pytest.raises(KeyReused):
        await boxes.record(box, lambda state: fill(state, 1), context(key, b"two"))


async def test_stale_version_is_told_the_present_one(boxes: Streams[Box]) -> None:
    box = uuid4()
    await boxes.record(box, open_box, context())
    await boxes.record(box, lambda state: fill(state, 1), context())
    with pytest.raises(StaleVersion) as stale:
        await boxes.record(box, lambda state: fill(state, 1), context(), expected=1)
    assert stale.value.version == 2


async def test_conflict_is_decided_again_on_newer_state(boxes: Streams[Box]) -> None:
    box, seen = uuid4(), []
    await boxes.record(box, open_box, context())

    async def slowly() -> Sequence[Change]:
        change = await boxes.change(box, lambda state: fill(state, 10))
        seen.append(change.version)
        if len(seen) == 1:  # somebody is faster, once
            await boxes.record(box, lambda state: fill(state, 1), context())
        return [change]

    await boxes.log.transact(slowly, context())
    assert seen == [1, 2]
    assert (await boxes.load(box)).state.things == 11


async def test_two_streams_change_together_or_not_at_all(boxes: Streams[Box]) -> None:
    one, other = uuid4(), uuid4()

    async def both() -> Sequence[Change]:
        return [
            Change(one, 0, [Opened("x")]),
            await boxes.change(other, lambda box: fill(box, 0) or open_box(box)),
        ]

    receipt = await boxes.log.transact(both, context())
    assert receipt is not None
    assert (receipt.id, receipt.version) == (other, 1)
    with pytest.raises(Refused):
        await boxes.log.transact(both, context())
    assert [len(await boxes.log.read(box)) for box in (one, other)] == [1, 1]


async def test_past_state_by_version_and_by_instant(boxes: Streams[Box]) -> None:
    box = uuid4()
    for hour, decide in enumerate([open_box, lambda s: fill(s, 1), lambda s: fill(s, 5)]):
        await boxes.record(box, decide, context(at=T0 + timedelta(hours=hour)))
    assert (await boxes.load(box, version=2)).state == Box("a", 1)
    assert (await boxes.load(box, at=T0 + timedelta(minutes=90))).state == Box("a", 1)
    assert (await boxes.load(box, at=T0 - timedelta(seconds=1))).version == 0


async def test_person_is_readable_until_erased(boxes: Streams[Box]) -> None:
    log, box, person = boxes.log, uuid4(), uuid4()
    given = Given(Personal(person, text="Nông Thị Mẫu"))
    await boxes.record(box, lambda _: [given], context())
    (recorded,) = await log.read(box)
    assert "Mẫu" not in recorded.state.decode()
    assert await log.opened(recorded) == Given(Personal(person, text="Nông Thị Mẫu"))
    assert log.vault is not None
    await log.vault.erase(person)
    assert await log.opened(recorded) == Given(Personal(person, text=ERASED))
    assert (await log.read(box))[0].state == recorded.state


def test_old_version_is_upcast_and_foreign_topic_refused() -> None:
    assert shelf.decode("box.filled.v1", b'{"meta":{},"data":{"things":2}}') == Filled(2, "unknown")
    foreign = [
        "box.filled.v3",
        "box.filled.v01",
        "os.system.v1",
        "box.filled",
        "libs.eventlog.log:Log",
    ]
    for topic in foreign:
        with pytest.raises(UnknownEvent):
            shelf.decode(topic, b'{"meta":{},"data":{"things":2}}')


async def test_view_shows_what_was_just_recorded(boxes: Streams[Box]) -> None:
    views = Views(projection, boxes.log)
    await views.open()
    try:
        box = uuid4()
        await boxes.record(box, open_box, context())
        receipt = await boxes.record(box, lambda state: fill(state, 7), context())
        await views.at_least(receipt.position)
        assert await views.pool.fetchval("SELECT things FROM views.box WHERE id = $1", box) == 7
    finally:
        await views.close()


async def test_comparison_finds_a_changed_view_and_rebuild_mends_it(
    boxes: Streams[Box], databases: ServiceDatabases
) -> None:
    views = Views(projection, boxes.log)
    await views.open()
    try:
        box = uuid4()
        receipt = await boxes.record(box, open_box, context())
        await views.at_least(receipt.position)
        assert (await views.compare()).equal
        with psycopg.connect(databases.dsn) as db:
            db.execute("UPDATE views.box SET things = 99 WHERE id = %s", [box])
        found = await views.compare()
        assert (found.equal, found.different) == (False, {"box": 2, "progress": 0})
        await views.rebuild()
        assert (await views.compare()).equal
        assert await views.pool.fetchval("SELECT things FROM views.box WHERE id = $1", box) == 0
    finally:
        await views.close()


async def test_handler_records_in_the_transaction_of_its_follower(
    boxes: Streams[Box], databases: ServiceDatabases
) -> None:
    box: UUID = uuid4()
    key = f"campaign:{uuid4()}"
    with psycopg.connect(databases.dsn, row_factory=psycopg.rows.dict_row) as db:
        with db.cursor() as tx:
            boxes.record_in(tx, box, open_box, context(key, b"m"))
        db.rollback()
        assert (await boxes.load(box)).version == 0
        with db.cursor() as tx:
            position = boxes.record_in(tx, box, open_box, context(key, b"m"))
        db.commit()
        with db.cursor() as tx:  # the same message again
            assert boxes.record_in(tx, box, lambda state: fill(state, 1), context(key, b"m")) == 0
    loaded = await boxes.load(box)
    assert (loaded.version, loaded.position) == (1, position)


def test_handler_cannot_record_a_person_in_clear(
    boxes: Streams[Box], databases: ServiceDatabases
) -> None:
    given = Given(Personal(uuid4(), text="Nông Thị Mẫu"))
    with (
        psycopg.connect(databases.dsn, row_factory=psycopg.rows.dict_row) as db,
        db.cursor() as tx,
        pytest.raises(TypeError),
    ):
        boxes.record_in(tx, uuid4(), lambda _: [given], context("k", b"m"))
