"""What the fault tests play on: a producer, a database, followers here and in processes."""

import asyncio
import random
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import nats
import psycopg
from nats.aio.client import Client
from nats.js.api import StreamConfig
from nats.js.errors import NotFoundError
from psycopg.sql import SQL, Identifier

from libs.eventlog.follower import GRANTS, SCHEMA, FollowerOptions, LogBroker, LogFollower
from tests.faults.enrolments import EFFECT, Setting, enrolments
from tests.faults.producer import Producer
from tests.infrastructure import Nats, Postgres

ROLE, PASSWORD = "follower_app", "only for tests"
BRISK = FollowerOptions(tries=4, base=0.1, cap=0.4, wait=0.3, poll=0.3, audit=20)
NAME = "dossier.campaign"


async def until(condition: Callable[[], bool], within: float = 20) -> None:
    """Returns as soon as the condition holds; fails after `within` seconds."""
    end = time.monotonic() + within
    while True:
        try:
            if condition():
                return
        except psycopg.OperationalError:  # the database is part of what we break
            pass
        if time.monotonic() > end:
            raise AssertionError("it did not come to pass")
        await asyncio.sleep(0.02)


def prepare(postgres: Postgres) -> str:
    """A database with the follower's tables, owned by nobody it runs as; returns the app's DSN."""
    name = postgres.create_database("follower")
    with psycopg.connect(postgres.dsn(name), autocommit=True) as superuser:
        if not superuser.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            superuser.execute(
                SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(Identifier(ROLE), PASSWORD)
            )
        superuser.execute(SCHEMA)
        superuser.execute(SQL(GRANTS).format(role=Identifier(ROLE)))
        superuser.execute(EFFECT)
        superuser.execute(f"GRANT SELECT, INSERT ON following.effect TO {ROLE}")
    return postgres.dsn(name, ROLE, PASSWORD)


@dataclass
class Stage:
    """One producer and one follower's database. Everything started here is ended with it."""

    producer: Producer
    nats: Client
    nats_url: str
    dsn: str
    folder: Path
    brokers: list[LogBroker] = field(default_factory=list)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def stream(self) -> str:
        return self.producer.service.upper()

    @property
    def flag(self) -> Path:
        return self.folder / "healed"

    def setting(self, **changes: Any) -> Setting:
        plain = Setting(
            nats=self.nats_url,
            service=self.producer.service,
            dsn=self.dsn,
            log_url=self.producer.url,
            log_token=self.producer.token,
            flag=str(self.flag),
            calls=str(self.folder / "calls"),
            options=BRISK,
        )
        return msgspec.structs.replace(plain, **changes)

    async def create_stream(self) -> None:
        subjects = [f"evt.{self.producer.service}.>"]
        await self.nats.jetstream().add_stream(StreamConfig(self.stream, subjects=subjects))

    async def delete_consumer(self) -> None:
        """Deletes the follower's consumer, which it may still be about to make."""
        js, name = self.nats.jetstream(), NAME.replace(".", "_")
        for _ in range(100):
            with suppress(NotFoundError):
                await js.delete_consumer(self.stream, name)
                return
            await asyncio.sleep(0.02)
        raise AssertionError("the follower has no consumer")

    async def follower(self, **changes: Any) -> LogFollower:
        """A running follower in this process."""
        broker, follower = enrolments(self.setting(**changes))
        self.brokers.append(broker)
        await broker.start()
        return follower

    def process(self, **changes: Any) -> subprocess.Popen[bytes]:
        """A running follower in a process of its own."""
        setting = msgspec.json.encode(self.setting(**changes)).decode()
        with (self.folder / "process.log").open("ab") as output:
            started = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.enrolments", setting],
                stdout=output,
                stderr=output,
            )
        self.processes.append(started)
        return started

    async def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
        for broker in self.brokers:
            await broker.stop()
        await self.nats.close()
        self.producer.close()

    # ---- what came of it
    def query(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.dsn, autocommit=True, connect_timeout=3) as connection:
            return connection.execute(query, values).fetchall()

    def position(self, name: str = NAME) -> int:
        rows = self.query("SELECT position FROM following.follower WHERE name = %s", name)
        return int(rows[0][0]) if rows else 0

    def effects(self, name: str = NAME) -> list[int]:
        """Positions in the order in which their effects were made."""
        rows = self.query(
            "SELECT position FROM following.effect WHERE follower = %s ORDER BY id", name
        )
        return [row[0] for row in rows]

    def expected(self, *without: int) -> list[int]:
        return [row.position for row in self.producer.log if row.position not in without]

    def calls(self) -> int:
        """How often the handler was called for events that misbehave."""
        path = self.folder / "calls"
        return len(path.read_text().splitlines()) if path.exists() else 0

    def dead(self) -> list[tuple[Any, ...]]:
        return self.query(
            "SELECT position, tries, error FROM following.dead_letter ORDER BY position"
        )

    async def caught_up(self, within: float = 20) -> None:
        await until(lambda: self.position() == self.producer.head, within)


@asynccontextmanager
async def stage(postgres: Postgres, server: Nats, folder: Path) -> AsyncIterator[Stage]:
    client = await nats.connect(
        server.url, max_reconnect_attempts=-1, reconnect_time_wait=0.1, error_cb=_ignore
    )
    producer = Producer(f"campaign{uuid4().hex[:8]}", token=uuid4().hex)
    set_up = Stage(producer, client, server.url, prepare(postgres), folder)
    await set_up.create_stream()
    try:
        yield set_up
    finally:
        await set_up.close()


def shuffled(rows: list[Any]) -> list[Any]:
    return random.sample(rows, len(rows))


async def _ignore(_: Exception) -> None:
    pass
