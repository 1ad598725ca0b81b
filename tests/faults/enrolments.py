"""A service that follows: its one handler inserts a row per event and misbehaves when told to.

As a program (`python -m tests.faults.enrolments <settings as JSON>`) it can be killed.
"""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import msgspec
from pydantic import BaseModel

from libs.eventlog.follower import (
    FollowerOptions,
    Later,
    LogBroker,
    LogFollower,
    Message,
    Position,
    Tx,
)
from tests.faults.producer import ENROLLED

EFFECT = """
CREATE TABLE following.effect (
    id bigint GENERATED ALWAYS AS IDENTITY, follower text NOT NULL, position bigint NOT NULL);
"""


class Enrolled(BaseModel):
    n: int
    do: str = "insert"


class Setting(msgspec.Struct, frozen=True):
    """Files: `flag` heals "flaky" and "later" events, `calls` has a line per misbehaviour."""

    nats: str
    service: str
    dsn: str
    log_url: str
    log_token: str
    flag: str
    calls: str
    name: str = "dossier.campaign"
    options: FollowerOptions = FollowerOptions()


def enrolments(setting: Setting) -> tuple[LogBroker, LogFollower]:
    broker = LogBroker(setting.nats, graceful_timeout=5)
    campaign = broker.follow(
        setting.service,
        name=setting.name,
        dsn=setting.dsn,
        log_url=setting.log_url,
        log_token=lambda: setting.log_token,
        options=setting.options,
    )

    @campaign.on(ENROLLED)
    def on_enrolled(message: Message[Enrolled], tx: Tx, position: Position) -> None:
        tx.execute(
            "INSERT INTO following.effect (follower, position) VALUES (%s, %s)",
            [setting.name, position],
        )
        if message.data.do != "insert":
            with Path(setting.calls).open("a", encoding="ascii") as calls:
                calls.write(f"{position}\n")
            misbehave(message.data.do, tx, healed=Path(setting.flag).exists())

    return broker, campaign


def misbehave(do: str, tx: Tx, *, healed: bool) -> None:
    if do == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if do == "swallow":
        try:
            tx.execute("SELECT 1 / 0")
        except Exception:  # noqa: BLE001  # the bug under test: an SQL error that nobody sees
            return
    if do == "sql":
        tx.execute("SELECT 1 / 0")
        return
    if do == "slow":
        time.sleep(1)
        return
    if healed:
        return
    if do == "later":
        raise Later("the registry is down")
    raise RuntimeError("not yet")


async def main(setting: Setting) -> None:
    broker, _ = enrolments(setting)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await broker.start()
    await stop.wait()
    await broker.stop()


if __name__ == "__main__":
    asyncio.run(main(msgspec.json.decode(sys.argv[1], type=Setting)))
