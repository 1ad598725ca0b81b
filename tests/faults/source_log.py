"""A real log to relay from, and what has become of it in the stream.

As a program (`python -m tests.faults.source_log <dsn> <nats> <service>`) it relays until killed.
"""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

import nats
import psycopg
from eventsourcing.persistence import StoredEvent
from nats.aio.client import Client
from nats.js.errors import NotFoundError
from psycopg.sql import SQL, Identifier

from libs.eventlog import wire
from libs.eventlog.appender import AsyncAppender
from libs.eventlog.events import Registry
from libs.eventlog.log import Log
from libs.eventlog.migrate import migrate, renew_epoch
from libs.eventlog.relay import Relay
from tests.faults.producer import ENROLLED, body
from tests.faults.stage import until
from tests.infrastructure import Nats, Postgres

OWNER, APP, PASSWORD = "relay_owner", "relay_app", "only for tests"


@dataclass
class SourceLog:
    """A migrated log that its relays reach as the application role."""

    postgres: Postgres
    database: str
    nats_url: str
    service: str
    nats: Client
    appender: AsyncAppender

    @property
    def dsn(self) -> str:
        return self.postgres.dsn(self.database, APP, PASSWORD)

    @property
    def stream(self) -> str:
        return wire.stream_of(self.service)

    def renew_epoch(self) -> str:
        return str(renew_epoch(self.postgres.dsn(self.database, OWNER, PASSWORD)))

    async def append(self, count: int) -> None:
        """Events of new streams, one command each."""
        await asyncio.gather(*(self.appender.append([_event()]) for _ in range(count)))

    def relay(self) -> Relay:
        return Relay(service=self.service, dsn=self.dsn, nats_url=self.nats_url)

    @asynccontextmanager
    async def relaying(self, count: int = 1) -> AsyncIterator[list[Relay]]:
        stop, relays = asyncio.Event(), [self.relay() for _ in range(count)]
        running = [asyncio.create_task(relay.run(stop)) for relay in relays]
        try:
            yield relays
        finally:
            stop.set()
            await asyncio.wait_for(asyncio.gather(*running), 20)

    def process(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.faults.source_log", self.dsn, self.nats_url, self.service]
        )

    # ---- what stands where
    def recorded(self) -> list[int]:
        with psycopg.connect(self.dsn, connect_timeout=3) as connection:
            rows = connection.execute(
                "SELECT notification_id FROM log.events ORDER BY 1"
            ).fetchall()
        return [row[0] for row in rows]

    async def messages(self) -> list[wire.Delivery]:
        """All that the stream holds, in its order."""
        js = self.nats.jetstream()
        state = (await js.stream_info(self.stream)).state
        found = []
        for sequence in range(state.first_seq, state.last_seq + 1):
            message = await js.get_msg(self.stream, sequence)
            placed = wire.delivery(message.subject or "", message.headers, message.data or b"")
            assert placed is not None
            found.append(placed)
        return found

    async def grown(self) -> None:
        """Returns when the stream holds more than it did."""
        before = await self._last_sequence()
        for _ in range(1000):
            if await self._last_sequence() > before:
                return
            await asyncio.sleep(0.02)
        raise AssertionError("nothing was published")

    async def _last_sequence(self) -> int:
        try:
            return (await self.nats.jetstream().stream_info(self.stream)).state.last_seq
        except NotFoundError:
            return 0

    async def published(self) -> list[int]:
        return [message.position for message in await self.messages()]

    async def all_relayed(self, relays: list[Relay], within: float = 20) -> None:
        def done() -> bool:
            return max(relay.health().position for relay in relays) == self.recorded()[-1]

        await until(done, within)

    async def page(self) -> wire.Page:
        log = Log(Registry(self.service), dsn=self.dsn)
        await log.open()
        try:
            return wire.decode_page(await wire.log_page(log, self.service, 0, 1000))
        finally:
            await log.close()


def _event() -> StoredEvent:
    return StoredEvent(uuid4(), 1, ENROLLED, body(1))


@asynccontextmanager
async def source_log(postgres: Postgres, server: Nats) -> AsyncIterator[SourceLog]:
    database = postgres.create_database("relay")
    with psycopg.connect(postgres.dsn(), autocommit=True) as superuser:
        for role in (OWNER, APP):
            if not superuser.execute(
                "SELECT 1 FROM pg_roles WHERE rolname = %s", [role]
            ).fetchone():
                superuser.execute(
                    SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(Identifier(role), PASSWORD)
                )
        superuser.execute(
            SQL("ALTER DATABASE {} OWNER TO {}").format(Identifier(database), Identifier(OWNER))
        )
    migrate(postgres.dsn(database, OWNER, PASSWORD), app_role=APP)
    client = await nats.connect(
        server.url, max_reconnect_attempts=-1, reconnect_time_wait=0.1, error_cb=_ignore
    )
    service = f"campaign{uuid4().hex[:8]}"
    async with AsyncAppender(dsn=postgres.dsn(database, APP, PASSWORD)) as appender:
        try:
            yield SourceLog(postgres, database, server.url, service, client, appender)
        finally:
            await client.close()


async def _ignore(_: Exception) -> None:
    pass


async def main(dsn: str, nats_url: str, service: str) -> None:
    await Relay(service=service, dsn=dsn, nats_url=nats_url).run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
