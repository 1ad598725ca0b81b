"""Relay and follower in processes of their own: `python -m tests.benchmarks.following <part>`."""

import asyncio
import json
import signal
import sys
from typing import Any

import uvloop

from libs.eventlog.follower import LogBroker, Message, Position, Tx
from libs.eventlog.relay import Relay
from services.campaign.events import FieldConfirmed

# One row per event, and what the reader of a follower's database would look for.
TABLE = """
CREATE TABLE following.confirmed (
    position bigint PRIMARY KEY, field text NOT NULL, at timestamptz NOT NULL);
GRANT SELECT, INSERT ON following.confirmed TO PUBLIC;
"""


async def relay(told: dict[str, Any], stop: asyncio.Event) -> None:
    await Relay(service="campaign", dsn=told["dsn"], nats_url=told["nats_url"]).run(stop)


async def follower(told: dict[str, Any], stop: asyncio.Event) -> None:
    broker = LogBroker(told["nats_url"])
    campaign = broker.follow(
        "campaign",
        name="benchmark.campaign",
        dsn=told["dsn"],
        log_url=told["log_url"],
        log_token=told["log_token"],
    )

    @campaign.on("campaign.field-confirmed.v1")
    def on_confirmed(message: Message[FieldConfirmed], tx: Tx, position: Position) -> None:
        tx.execute(
            "INSERT INTO following.confirmed (position, field, at) VALUES (%s, %s, %s)",
            [position, message.data.id, message.meta.recorded_at],
        )

    await broker.start()
    await stop.wait()
    await broker.stop()


async def main() -> None:
    part, told = {"relay": relay, "follower": follower}[sys.argv[1]], json.loads(sys.argv[2])
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await part(told, stop)


if __name__ == "__main__":
    uvloop.run(main())
