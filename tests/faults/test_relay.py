"""The stream is the log, in order and exactly once, whatever happens to either or to the relay."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from nats.js.api import StreamConfig

from libs.eventlog import wire
from libs.eventlog.jetstream import Fenced, publish
from tests.faults.producer import ENROLLED, body
from tests.faults.source_log import SourceLog, source_log
from tests.faults.stage import until
from tests.infrastructure import Nats, Postgres


@pytest.fixture
async def source(postgres: Postgres, nats_server: Nats) -> AsyncIterator[SourceLog]:
    async with source_log(postgres, nats_server) as log:
        yield log


async def test_stream_and_log_page_show_the_same_events(source: SourceLog) -> None:
    await source.append(5)
    async with source.relaying() as relays:
        await source.all_relayed(relays)
        await source.append(1)
        await source.all_relayed(relays)
    fence_and_batch = ("Nats-Expected-Last-Sequence", "Nats-Batch-")
    by_stream = [
        (
            message.subject,
            {k: v for k, v in message.headers.items() if not k.startswith(fence_and_batch)},
            message.body,
        )
        for message in await source.messages()
    ]
    page = await source.page()
    by_log = [(d.subject, d.headers, d.body) for d in map(wire.delivered, page.events)]
    assert by_stream == by_log
    assert [entry.prev for entry in page.events] == [0, *source.recorded()[:-1]]
    assert page.head == source.recorded()[-1]


async def test_two_relays_never_interleave(source: SourceLog) -> None:
    async with source.relaying(2) as relays:
        for _ in range(15):
            await source.append(20)
        await source.all_relayed(relays)
        assert sum(relay.health().published for relay in relays) == 300
    assert await source.published() == source.recorded()


@pytest.mark.parametrize("count", [1, 3])
async def test_publish_behind_an_outdated_sequence_is_fenced(source: SourceLog, count: int) -> None:
    async with source.relaying() as relays:
        await source.append(4)
        await source.all_relayed(relays)
    rows = [wire.Row(at, UUID(int=at), 1, ENROLLED, body(1)) for at in range(100, 100 + count)]
    messages = [wire.outgoing(row, 99, service=source.service, epoch="other") for row in rows]
    with pytest.raises(Fenced):
        await publish(source.nats, messages, after=3)
    assert await source.published() == source.recorded()


async def test_event_recorded_while_no_relay_ran_is_published_once(source: SourceLog) -> None:
    await source.append(3)
    for _ in range(2):
        async with source.relaying() as relays:
            await source.all_relayed(relays)
    assert await source.published() == source.recorded()


async def test_relay_killed_under_load_publishes_exactly_once(source: SourceLog) -> None:
    killed = asyncio.Event()

    async def load() -> None:
        while not killed.is_set():
            await source.append(10)
            await asyncio.sleep(0.05)

    loading = asyncio.create_task(load())
    for _ in range(3):
        process = source.process()
        await source.grown()  # any moment after will do: before, in or after a publish
        process.kill()
        process.wait()
    killed.set()
    await loading
    async with source.relaying() as relays:
        await source.all_relayed(relays)
    assert await source.published() == source.recorded()


async def test_deleted_stream_is_made_anew_and_filled(source: SourceLog) -> None:
    async with source.relaying() as relays:
        await source.append(30)
        await source.all_relayed(relays)
        await source.nats.jetstream().delete_stream(source.stream)
        await source.append(1)
        await source.all_relayed(relays)
    assert await source.published() == source.recorded()


async def test_purged_stream_is_filled_again(source: SourceLog) -> None:
    await source.append(30)
    async with source.relaying() as relays:
        await source.all_relayed(relays)
    await source.nats.jetstream().purge_stream(source.stream)
    async with source.relaying() as relays:
        await source.all_relayed(relays)
    assert await source.published() == source.recorded()


async def test_existing_stream_keeps_its_configuration(source: SourceLog) -> None:
    js = source.nats.jetstream()
    given = StreamConfig(
        source.stream, subjects=[f"evt.{source.service}.>"], max_bytes=10_000_000, max_msgs=50
    )
    before = (await js.add_stream(given)).config
    await source.append(20)
    async with source.relaying() as relays:  # without atomic batches, which it does not allow
        await source.all_relayed(relays)
    assert (await js.stream_info(source.stream)).config == before
    assert await source.published() == source.recorded()


async def test_new_epoch_is_told_from_the_start(source: SourceLog) -> None:
    await source.append(5)
    async with source.relaying() as relays:
        await source.all_relayed(relays)
    old = {message.epoch for message in await source.messages()}
    new = source.renew_epoch()
    async with source.relaying() as relays:
        await source.all_relayed(relays)
    told = [(message.epoch, message.position) for message in await source.messages()]
    assert told == [(epoch, at) for epoch in (*old, new) for at in source.recorded()]


async def test_stray_message_at_the_end_is_looked_past(source: SourceLog) -> None:
    async with source.relaying() as relays:
        await source.append(3)
        await source.all_relayed(relays)
        js = source.nats.jetstream()
        await js.publish(f"evt.{source.service}.chi-lang.stray", b"{}")
        await source.append(2)
        await source.all_relayed(relays)
        await js.purge_stream(source.stream, keep=1)
    assert await source.published() == source.recorded()[-1:]


async def test_nats_killed_and_wiped_is_filled_again(postgres: Postgres, fresh_nats: Nats) -> None:
    async with source_log(postgres, fresh_nats) as source, source.relaying() as relays:
        await source.append(20)
        await source.all_relayed(relays)
        fresh_nats.kill()
        await source.append(20)
        fresh_nats.start()
        await source.all_relayed(relays)
        assert await source.published() == source.recorded()

        fresh_nats.wipe()
        await source.append(5)
        await source.all_relayed(relays)
        assert await source.published() == source.recorded()


async def test_database_restarted_under_the_relay(
    fresh_postgres: Postgres, nats_server: Nats
) -> None:
    async with source_log(fresh_postgres, nats_server) as source, source.relaying() as relays:
        await source.append(20)
        await source.all_relayed(relays)
        await asyncio.to_thread(fresh_postgres.kill)
        await until(lambda: relays[0].health().failures > 0)
        await asyncio.to_thread(fresh_postgres.start)
        await source.append(20)
        await source.all_relayed(relays)
        assert await source.published() == source.recorded()
