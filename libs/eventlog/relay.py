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
import msgspec
import nats
import nats.errors
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import DiscardPolicy, StorageType, StreamConfig, StreamInfo
from nats.js.errors import BadRequestError, NotFoundError

from libs.eventlog import wire
from libs.eventlog.tables import notify_channel

log = logging.getLogger(__name__)

BATCH = 500  # events; the server takes at most 1000 messages in an atomic batch
PUBLISH_TIMEOUT = 5.0
POLL = 1.0  # seconds between looks when nothing woke us: a NOTIFY may be lost, an event may not
CHECK = 30.0  # seconds after which an idle relay makes sure that the stream is still there
RETRY = 0.5
STREAM_BYTES = 128 * 1024**2
STREAM_EXISTS = 10058
WRONG_SEQUENCE = {10071, 10164}  # expected another last sequence; the batch form of it
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


class Fenced(Exception):
    """Something else was published since we looked: another relay is at work."""


class Rejected(Exception):
    """The server refused the messages."""


@dataclass(frozen=True)
class RelayHealth:
    """`stalled_for`: seconds since we last knew that everything recorded is in the stream."""

    state: str
    position: int
    published: int
    stalled_for: float
    failures: int
    error: str | None


class _Refusal(msgspec.Struct):
    err_code: int = 0
    description: str = ""


class _Answer(msgspec.Struct):
    """What JetStream says to a publish."""

    seq: int = 0
    duplicate: bool = False
    error: _Refusal | None = None


async def ensure_stream(
    js: JetStreamContext, service: str, *, replicas: int = 1, max_bytes: int = STREAM_BYTES
) -> StreamInfo:
    """The stream of a service, created if it is missing; an existing one is left as it is.

    It discards its oldest messages when full: followers that are further behind see the gap by
    `Es-Prev` and read the log, while refusing new messages would stop the fast path for all. The
    short duplicate window lets a purged stream be filled again; repeats are prevented by the fence.
    """
    name = wire.stream_of(service)
    with suppress(NotFoundError):
        return await js.stream_info(name)
    config = StreamConfig(
        name=name,
        subjects=[f"evt.{service}.>"],
        storage=StorageType.FILE,
        discard=DiscardPolicy.OLD,
        max_bytes=max_bytes,
        num_replicas=replicas,
        duplicate_window=1,
        allow_atomic=True,
        allow_direct=False,  # a direct read may come from a replica that lacks the last message
    )
    try:
        return await js.add_stream(config)
    except BadRequestError as error:
        if error.err_code != STREAM_EXISTS:
            raise
        return await js.stream_info(name)  # another relay was faster


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
        self._batch, self._batches = BATCH, 0
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
            return await nats.connect(**self._nats_options)
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
                await self._publish(client, rows)
            except Fenced:
                await self._stand_back()
                return
            except Exception:
                self._reconnects = -1  # nobody knows what became of them
                raise
        self._state = "relaying"
        if len(rows) < self._batch:
            self._up_to_date, self._failures, self._error = time.monotonic(), 0, ""
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), POLL)

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
        self._sequence = info.state.last_seq
        self._position = await self._last_position(js, info)
        self._batch = BATCH if info.config.allow_atomic else 1
        self._reconnects, self._checked = reconnects, time.monotonic()

    async def _last_position(self, js: JetStreamContext, info: StreamInfo) -> int:
        """Where the stream ends in our log; 0 for an empty stream, or one of another epoch."""
        if info.state.messages == 0:
            return 0
        last = await js.get_msg(wire.stream_of(self.service), info.state.last_seq)
        found = wire.delivery(last.subject or "", last.headers, last.data or b"")
        if found is None:
            raise Rejected(f"stream ends at {info.state.last_seq} with a message that is not ours")
        # After a restore nobody knows how much both lives share, so all of the new one is told.
        return found.position if found.epoch == self._epoch else 0

    async def _publish(self, client: Client, rows: Sequence[wire.Row]) -> None:
        messages = self._messages(rows)
        first, last = messages[0], messages[-1]
        first.headers["Nats-Expected-Last-Sequence"] = str(self._sequence)
        if len(messages) > 1:
            self._as_batch(client, messages)
        for message in messages[:-1]:
            await client.publish(message.subject, message.body, headers=message.headers)
        reply = await client.request(
            last.subject, last.body, headers=last.headers, timeout=PUBLISH_TIMEOUT
        )
        answer = msgspec.json.decode(reply.data, type=_Answer)
        if answer.error is not None:
            if answer.error.err_code in WRONG_SEQUENCE:
                raise Fenced(answer.error.description)
            raise Rejected(f"{answer.error.err_code}: {answer.error.description}")
        if answer.duplicate:
            raise Rejected("stored a moment ago and gone since: the stream was purged")
        self._sequence, self._position = answer.seq, last.position
        self._published += len(messages)

    def _messages(self, rows: Sequence[wire.Row]) -> list[wire.Outgoing]:
        messages, previous = [], self._position
        for row in rows:
            messages.append(wire.outgoing(row, previous, service=self.service, epoch=self._epoch))
            previous = row.position
        return messages

    def _as_batch(self, client: Client, messages: Sequence[wire.Outgoing]) -> None:
        """The server stores all of them in one go, or none."""
        self._batches += 1
        identity = f"{client.client_id}-{id(self)}-{time.monotonic_ns()}-{self._batches}"
        for number, message in enumerate(messages, 1):
            message.headers["Nats-Batch-Id"] = identity
            message.headers["Nats-Batch-Sequence"] = str(number)
        messages[-1].headers["Nats-Batch-Commit"] = "1"


async def _quietly(error: Exception) -> None:
    log.debug("NATS: %r", error)
