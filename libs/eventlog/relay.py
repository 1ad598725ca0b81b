"""Publishes a service's log to JetStream: in order, without gaps, as often as the stream is lost.

The stream is a cache of the log. Its last message is the only state: a relay reads it after every
start and every doubt and goes on behind it, fenced by the stream sequence it expects, so two relays
never interleave and an answer that got lost does no harm.
"""

import asyncio
import logging
import random
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import asyncpg
import nats
import nats.errors
from nats.aio.client import Client

from libs.eventlog import wire
from libs.eventlog.jetstream import (
    PUBLISH_TIMEOUT,
    STREAM_BYTES,
    Fenced,
    ensure_stream,
    last_of_log,
    publish,
)
from libs.eventlog.tables import notify_channel

log = logging.getLogger(__name__)

BATCH = 500  # events; the server takes at most 1000 messages in an atomic batch
POLL = 1.0  # seconds between looks when nothing woke us: a NOTIFY may be lost, an event may not
# Seconds between batches while events come faster than one at a time: the server flushes its files
# four times for a batch of any size, and followers take a batch in one transaction.
GATHER = 0.05
CHECK = 30.0  # seconds after which an idle relay makes sure that the stream is still there
RETRY = 0.5
CONNECT_WITHIN = 3.0  # seconds; the client alone would try for ever, deaf to `stop`
ENVELOPE = 2048  # bytes of headers, at most, that the server counts with the body
_ROWS_AFTER = """
SELECT notification_id, originator_id, originator_version, topic, state FROM log.events
WHERE notification_id > $1 ORDER BY notification_id LIMIT $2
"""
NATS: dict[str, Any] = {
    "max_reconnect_attempts": -1,
    "reconnect_time_wait": 0.5,
    "connect_timeout": 2,
    "ping_interval": 5,
    "max_outstanding_pings": 2,
}


@dataclass(frozen=True)
class RelayHealth:
    """`stalled_for`: seconds since we last knew that everything recorded is in the stream."""

    state: str
    position: int
    published: int
    stalled_for: float
    failures: int
    error: str | None


class Relay:
    """One relay of one service. Several may run; one of them publishes at a time."""

    def __init__(
        self,
        *,
        service: str,
        dsn: str,
        nats_url: str,
        password: str | None = None,
        nats_user: str | None = None,
        nats_password: str | None = None,
        nats_options: Mapping[str, Any] | None = None,
        channel: str | None = None,
        replicas: int = 1,
        max_bytes: int = STREAM_BYTES,
    ) -> None:
        """`nats_options`: more for `nats.connect`; `channel`: the one that appends NOTIFY on."""
        self.service = service
        self._dsn, self._password = dsn, password
        self._channel = channel or notify_channel()
        login = {"servers": nats_url, "user": nats_user, "password": nats_password}
        self._nats_options = NATS | login | {"error_cb": _quietly} | dict(nats_options or {})
        self._stream_limits = {"replicas": replicas, "max_bytes": max_bytes}
        self._wake, self._state, self._error = asyncio.Event(), "stopped", ""
        self._epoch = ""
        self._position = self._sequence = self._published = self._failures = 0
        self._batch = BATCH
        self._checked = self._up_to_date = time.monotonic()
        self._reconnects = -1

    def health(self) -> RelayHealth:
        return RelayHealth(
            state=self._state,
            position=self._position,
            published=self._published,
            stalled_for=round(time.monotonic() - self._up_to_date, 1),
            failures=self._failures,
            error=self._error or None,
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Relays until `stop` is set; waits for NATS and PostgreSQL as long as they are away."""
        stopping = asyncio.create_task(self._wake_on(stop))
        client: Client | None = None
        try:
            while not stop.is_set():
                try:
                    client = await self._connected(client)
                    await self._follow(client, stop)
                except Exception as error:  # noqa: BLE001  # every fault: look again at both ends
                    await self._failed(error, stop)
        finally:
            stopping.cancel()
            self._state = "stopped"
            if client is not None:
                await client.close()

    async def _wake_on(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._wake.set()

    async def _connected(self, client: Client | None) -> Client:
        if client is None or client.is_closed:
            return await asyncio.wait_for(nats.connect(**self._nats_options), CONNECT_WITHIN)
        return client

    async def _failed(self, error: Exception, stop: asyncio.Event) -> None:
        self._failures += 1
        self._error = repr(error)[:500]
        self._state = f"retrying: {type(error).__name__}"
        log.warning("relay of %s at %s: %s", self.service, self._position, self._error)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), RETRY * random.uniform(0.8, 1.2))  # noqa: S311

    async def _follow(self, client: Client, stop: asyncio.Event) -> None:
        """With one database connection, until anything goes wrong."""
        db = await asyncpg.connect(
            self._dsn, password=self._password, timeout=5, command_timeout=30
        )
        try:
            await db.add_listener(self._channel, self._notified)
            self._epoch = str(await db.fetchval("SELECT epoch FROM log.epoch"))
            self._reconnects = -1  # read the stream anew
            while not stop.is_set():
                await self._round(db, client)
        finally:
            await db.close(timeout=2)

    def _notified(self, *_: object) -> None:
        self._wake.set()

    async def _round(self, db: asyncpg.Connection, client: Client) -> None:
        if not client.is_connected:
            # The client would keep messages and send them late: fenced, but their fate unknown.
            raise nats.errors.ConnectionReconnectingError
        self._wake.clear()
        if self._in_doubt(client):
            await self._resume(client)
        found = await db.fetch(_ROWS_AFTER, self._position, self._batch)
        rows = [wire.Row(*row) for row in found]
        if rows:
            try:
                # What is too large is left out: followers see the gap and read the log.
                largest = client.max_payload - ENVELOPE
                messages = [m for m in self._messages(rows) if len(m.body) <= largest]
                if messages:
                    self._sequence = await publish(client, messages, after=self._sequence)
            except Fenced:
                await self._stand_back()
                return
            except Exception:
                self._reconnects = -1  # nobody knows what became of them
                raise
            self._position = rows[-1].position
            self._published += len(messages)
        self._state = "relaying"
        if len(rows) < self._batch:
            self._up_to_date, self._failures, self._error = time.monotonic(), 0, ""
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), POLL)
            if len(rows) > 1:
                await asyncio.sleep(GATHER)

    def _in_doubt(self, client: Client) -> bool:
        """After a reconnect the server may be another one; and a stream may be deleted any time."""
        if client.stats["reconnects"] != self._reconnects:
            return True
        return time.monotonic() - self._checked > CHECK

    async def _stand_back(self) -> None:
        self._state, self._reconnects = "standby", -1
        self._up_to_date = time.monotonic()  # whoever fenced us publishes
        await asyncio.sleep(random.uniform(0.2, 0.8))  # noqa: S311

    async def _resume(self, client: Client) -> None:
        reconnects = client.stats["reconnects"]
        js = client.jetstream(timeout=PUBLISH_TIMEOUT)
        info = await ensure_stream(js, self.service, **self._stream_limits)
        last = await last_of_log(js, info)
        self._sequence = info.state.last_seq
        # After a restore nobody knows how much both lives share, so all of the new one is told.
        self._position = 0 if last is None or last.epoch != self._epoch else last.position
        self._batch = BATCH if info.config.allow_atomic else 1
        self._reconnects, self._checked = reconnects, time.monotonic()

    def _messages(self, rows: Sequence[wire.Row]) -> list[wire.Outgoing]:
        messages, previous = [], self._position
        for row in rows:
            messages.append(wire.outgoing(row, previous, service=self.service, epoch=self._epoch))
            previous = row.position
        return messages


async def _quietly(error: Exception) -> None:
    log.debug("NATS: %r", error)
