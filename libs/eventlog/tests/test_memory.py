"""States kept in memory: others append too, and nothing is told from memory alone."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from uuid import UUID, uuid4

import psycopg
import pytest

from libs.eventlog.events import Event, Personal, Refused
from libs.eventlog.log import Log, StaleVersion
from libs.eventlog.migrate import renew_epoch
from libs.eventlog.streams import Streams
from libs.eventlog.tests.test_streams import Box, Given, context, evolve, fill, open_box, shelf
from libs.eventlog.vault import Vault
from libs.serving.tests.databases import ServiceDatabases, service_databases
from tests.infrastructure import Postgres

Replicas = tuple[Streams[Box], Streams[Box]]


@pytest.fixture(scope="module")
def databases(postgres: Postgres) -> ServiceDatabases:
    return service_databases(postgres, "dossier")


@pytest.fixture
async def replicas(databases: ServiceDatabases) -> AsyncIterator[Replicas]:
    """Two processes of one service, each with its own memory."""
    kek = os.urandom(32)
    async with AsyncExitStack() as stack:
        streams = []
        for _ in range(2):
            log = Log(
                shelf, dsn=databases.dsn, vault=Vault(databases.keys_dsn, kek=kek, schema="dossier")
            )
            await log.open()
            stack.push_async_callback(log.close)
            streams.append(Streams(log, Box(), evolve))
        yield streams[0], streams[1]


async def opened_in_both(replicas: Replicas) -> UUID:
    box = uuid4()
    await replicas[0].record(box, open_box, context())
    for streams in replicas:
        assert (await streams.load(box)).state == Box("a", 0)
    return box


def seeing(seen: list[int], things: int) -> Callable[[Box], list[Event]]:
    """Fills the box and notes what it held."""

    def decide(box: Box) -> list[Event]:
        seen.append(box.things)
        return fill(box, things)

    return decide


async def test_old_state_is_decided_again_on_the_newer_one(replicas: Replicas) -> None:
    here, there = replicas
    box = await opened_in_both(replicas)
    await there.record(box, lambda state: fill(state, 1), context())
    seen: list[int] = []
    receipt = await here.record(box, seeing(seen, 10), context())
    assert (seen, receipt.version) == ([0, 1], 3)
    assert (await there.load(box)).state == (await here.load(box)).state == Box("a", 11)


async def test_own_appends_are_known_without_reading(replicas: Replicas) -> None:
    here, _ = replicas
    box = await opened_in_both(replicas)
    seen: list[int] = []
    for _ in range(3):
        await here.record(box, seeing(seen, 1), context())
    assert seen == [0, 1, 2]


async def test_a_refusal_is_not_told_from_memory(replicas: Replicas) -> None:
    here, there = replicas
    box = await opened_in_both(replicas)

    def only_into_a_full_box(state: Box) -> list[Event]:
        if not state.things:
            raise Refused("empty")
        return fill(state, 1)

    await there.record(box, lambda state: fill(state, 1), context())
    assert (await here.record(box, only_into_a_full_box, context())).version == 3


async def test_nothing_to_do_is_not_told_from_memory(replicas: Replicas) -> None:
    here, there = replicas
    box = await opened_in_both(replicas)
    await there.record(box, lambda state: fill(state, 1), context())
    receipt = await here.record(box, lambda state: fill(state, state.things), context())
    assert (receipt.version, receipt.replayed) == (3, False)


async def test_expected_version_is_compared_with_the_log(replicas: Replicas) -> None:
    here, there = replicas
    box = await opened_in_both(replicas)
    await there.record(box, lambda state: fill(state, 1), context())
    with pytest.raises(StaleVersion):
        await here.record(box, lambda state: fill(state, 1), context(), expected=1)
    assert (
        await here.record(box, lambda state: fill(state, 1), context(), expected=2)
    ).version == 3


async def test_a_log_that_lost_its_end_is_read_anew(
    replicas: Replicas, databases: ServiceDatabases
) -> None:
    """As after a restore: what memory holds is no longer what is stored."""
    here, there = replicas
    box = await opened_in_both(replicas)
    await here.record(box, lambda state: fill(state, 1), context())
    with psycopg.connect(databases.owner_dsn) as owner:
        owner.execute("ALTER TABLE log.events DISABLE TRIGGER USER")
        owner.execute(
            "DELETE FROM log.events WHERE originator_id = %s AND originator_version = 2", [box]
        )
        owner.execute("ALTER TABLE log.events ENABLE ALWAYS TRIGGER a_serialise")
        owner.execute("ALTER TABLE log.events ENABLE ALWAYS TRIGGER a_append_only")
        owner.execute("ALTER TABLE log.events ENABLE ALWAYS TRIGGER a_no_truncate")
    receipt = await here.record(box, lambda state: fill(state, 5), context())
    assert (receipt.version, (await there.load(box)).state) == (2, Box("a", 5))


async def test_a_restored_log_of_the_same_length_is_read_anew(
    replicas: Replicas, databases: ServiceDatabases
) -> None:
    """A restore cuts the connections and renews the epoch; other events may have followed it."""
    here, _ = replicas
    box = await opened_in_both(replicas)
    await here.record(box, lambda state: fill(state, 1), context())
    with psycopg.connect(databases.owner_dsn) as owner:
        owner.execute("ALTER TABLE log.events DISABLE TRIGGER USER")
        owner.execute(
            "UPDATE log.events SET state = convert_to(replace(convert_from(state, 'UTF8'), "
            "'\"things\":1', '\"things\":50'), 'UTF8') "
            "WHERE originator_id = %s AND originator_version = 2",
            [box],
        )
        for trigger in ("a_serialise", "a_append_only", "a_no_truncate"):
            owner.execute(f"ALTER TABLE log.events ENABLE ALWAYS TRIGGER {trigger}".encode())
    renew_epoch(databases.owner_dsn)
    with psycopg.connect(databases.owner_dsn) as owner:
        owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s "
            "AND datname = current_database()",
            ["thidua_dossier"],
        )
    await here.record(box, lambda state: fill(state, 1), context())
    assert (await here.load(box)).state == Box("a", 51)


async def test_what_a_person_said_is_not_kept_in_clear(replicas: Replicas) -> None:
    here, _ = replicas
    kept = Streams[tuple[Event, ...]](here.log, (), lambda state, event: (*state, event))
    box = uuid4()
    await kept.load(box)
    await kept.record(box, lambda _: [Given(Personal(uuid4(), text="Nông Thị Mẫu"))], context())
    (given,) = kept._known[box].state
    assert isinstance(given, Given)
    assert (given.to.text, given.to.box is None) == (None, False)
