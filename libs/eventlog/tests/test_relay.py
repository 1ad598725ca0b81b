"""The relay where it cannot publish: no NATS, or an event too large for it."""

import asyncio
from collections.abc import Callable

import nats

from libs.eventlog.relay import Relay
from libs.eventlog.tests.conftest import Database
from libs.eventlog.tests.events import event
from tests.infrastructure import Nats

NOBODY = "nats://127.0.0.1:9"


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not reached():  # noqa: ASYNC110  # health is asked, it tells nobody
            await asyncio.sleep(0.05)


async def test_relay_stops_though_nats_never_was_there(database: Database) -> None:
    relay, stop = Relay(service="nowhere", dsn=database.dsn(), nats_url=NOBODY), asyncio.Event()
    running = asyncio.create_task(relay.run(stop))
    await until(lambda: relay.health().failures > 0)
    assert relay.health().state == "retrying: TimeoutError"
    stop.set()
    async with asyncio.timeout(5):
        await running


async def test_event_too_large_for_nats_is_a_gap_in_the_stream(
    database: Database, nats_server: Nats
) -> None:
    async with database.door() as door:
        for size in (1, 1_048_000, 1):  # the middle one fits without its headers only
            await door.append([event(state=b'{"data":"%b"}' % (b"x" * size))])
    relay = Relay(service="large", dsn=database.dsn(), nats_url=nats_server.url)
    stop = asyncio.Event()
    running = asyncio.create_task(relay.run(stop))
    await until(lambda: relay.health().position == 3)
    stop.set()
    await running
    async with await nats.connect(nats_server.url) as client:
        js = client.jetstream()
        found = [(await js.get_msg("LARGE", n)).headers or {} for n in (1, 2)]
    assert [(h["Es-Prev"], h["Es-Id"]) for h in found] == [("0", "1"), ("2", "3")]
