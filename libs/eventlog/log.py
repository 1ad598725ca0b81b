"""The append-only log of one service: read a stream, read on from a position, append.

Positions are the order of commit (see sql/schema.sql): a reader that goes on after the last
position it has seen misses nothing. Versions count the events of one stream from 1.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from eventsourcing.persistence import StoredEvent

from libs.eventlog.appender import AsyncAppender
from libs.eventlog.batch import AlreadyRecorded, VersionConflict
from libs.eventlog.events import Context, Event, Meta, Refused, Registry, meta_of
from libs.eventlog.vault import Vault
from libs.eventlog.wire import Row

TRIES = 4  # a decision is repeated on the newer state this often before the conflict is told

_ROW = "notification_id, originator_id, originator_version, topic, state"
_STREAM = f"SELECT {_ROW} FROM log.events WHERE originator_id = $1"


class Recorded(msgspec.Struct, frozen=True, dict=True):
    """One event as it stands in the log."""

    position: int
    stream: UUID
    version: int
    topic: str
    state: bytes
    event: Event

    @cached_property
    def meta(self) -> Meta:
        return meta_of(self.state)


class Change(msgspec.Struct, frozen=True):
    """Events to go on a stream exactly after `version` (0: a new stream)."""

    stream: UUID
    version: int
    events: Sequence[Event]


class Receipt(msgspec.Struct, frozen=True):
    """What a command is answered with; a replay of the command is answered with the same."""

    id: UUID
    version: int
    position: int
    replayed: bool = False


class StaleVersion(Exception):
    """The caller decided on a version that is no longer the last one."""

    def __init__(self, version: int) -> None:
        super().__init__(f"the stream is at version {version}")
        self.version = version


class KeyReused(Exception):
    """The idempotency key was used for another command before."""


class Log:
    """One service's log through its application role.

    Commands go through the group-committing appender, reads through a small pool of their own.
    """

    def __init__(
        self,
        registry: Registry,
        *,
        dsn: str,
        password: str | None = None,
        vault: Vault | None = None,
        readers: int = 6,
    ) -> None:
        self.registry, self.vault, self.dsn, self.password = registry, vault, dsn, password
        self._readers = readers
        self._appender = AsyncAppender(dsn=dsn, password=password)
        self.appended = asyncio.Event()  # set after each append of this process
        self._listeners: list[Callable[[Row], None]] = []

    async def open(self) -> None:
        self._pool = await asyncpg.create_pool(
            self.dsn, password=self.password, min_size=1, max_size=self._readers, reset=_keep
        )
        await self._appender.__aenter__()
        if self.vault is not None:
            await self.vault.open_store()

    async def close(self) -> None:
        await self._appender.__aexit__(None, None, None)
        await self._pool.close()
        if self.vault is not None:
            await self.vault.close_store()

    # ---- reading
    async def read(
        self, stream: UUID, *, upto: int | None = None, since: int = 0
    ) -> list[Recorded]:
        """The events of a stream in order, all, up to a version, or from one (`since`) on."""
        if upto is None:
            rows = await self._pool.fetch(
                _STREAM + " AND originator_version >= $2 ORDER BY originator_version",
                stream,
                since,
            )
        else:
            rows = await self._pool.fetch(
                _STREAM + " AND originator_version <= $2 ORDER BY originator_version",
                stream,
                upto,
            )
        return [self.recorded(row) for row in rows]

    async def after(self, position: int, limit: int = 500) -> list[Recorded]:
        """The next events of all streams after `position`."""
        return [self.recorded(row) for row in await self.rows_after(position, limit)]

    async def rows_after(self, position: int, limit: int = 500) -> list[asyncpg.Record]:
        """The same as stored: (position, stream, version, topic, state)."""
        rows: list[asyncpg.Record] = await self._pool.fetch(
            f"SELECT {_ROW} FROM log.events WHERE notification_id > $1 "
            "ORDER BY notification_id LIMIT $2",
            position,
            limit,
        )
        return rows

    async def at_position(self, position: int) -> Recorded | None:
        row = await self._pool.fetchrow(
            f"SELECT {_ROW} FROM log.events WHERE notification_id = $1", position
        )
        return None if row is None else self.recorded(row)

    async def head(self) -> int:
        """The last position, 0 for an empty log."""
        found = await self._pool.fetchval("SELECT max(notification_id) FROM log.events")
        return int(found or 0)

    async def previous(self, position: int) -> int:
        """The last position before `position`, 0 if there is none."""
        found = await self._pool.fetchval(
            "SELECT max(notification_id) FROM log.events WHERE notification_id < $1", position
        )
        return int(found or 0)

    async def epoch(self) -> UUID:
        """Changes when the log is restored from a backup, so that followers notice."""
        found: UUID = await self._pool.fetchval("SELECT epoch FROM log.epoch")
        return found

    async def opened(self, recorded: Recorded) -> Event:
        """The event with its personal values readable."""
        if self.vault is None or not self.registry.is_personal(recorded.event):
            return recorded.event
        return await self.vault.open(
            recorded.event, recorded.topic, recorded.stream, recorded.version
        )

    def recorded(self, row: Any) -> Recorded:
        """A row (position, stream, version, topic, state) with its event decoded."""
        position, stream, version, topic, state = row
        event = self.registry.decode(topic, state)
        return Recorded(position, stream, version, topic, state, event)

    # ---- appending
    @property
    def known_epoch(self) -> UUID | None:
        """The epoch at the last connection of the appender; another one: the log was restored."""
        return self._appender.epoch

    def listen(self, listener: Callable[[Row], None]) -> None:
        """Tells `listener` of each event, as stored, that is appended through this object."""
        self._listeners.append(listener)

    async def transact(
        self, decide: Callable[[], Awaitable[Sequence[Change]]], context: Context
    ) -> Receipt | None:
        """Runs `decide` (load and decide) and appends what it returns, all or nothing.

        On a conflict it decides again on the newer state. The last change names the stream that
        the receipt speaks of. None: there was nothing to append. Raises what `decide` raises,
        KeyReused, and VersionConflict when others kept winning.
        """
        for left in reversed(range(TRIES)):
            try:
                changes = [change for change in await decide() if change.events]
                if not changes:
                    return await self._replayed(context)
                return await self._append(changes, context)
            except AlreadyRecorded as known:
                if not known.same:
                    raise KeyReused(known.key) from None
                return await self._replayed(context)
            except VersionConflict:
                if left == 0:
                    raise
            except (Refused, StaleVersion):
                # Asked again after it was done, a rule may well refuse: the first answer stands.
                if (first := await self._replayed(context)) is not None:
                    return first
                raise
        raise AssertionError("unreachable")

    async def _append(self, changes: Sequence[Change], context: Context) -> Receipt:
        stored: list[StoredEvent] = []
        for change in changes:
            stored += self.stored(await self._sealed(change), context)
        positions = await self._appender.append(
            stored, key=context.key, fingerprint=context.fingerprint
        )
        self.appended.set()
        for position, event in zip(positions, stored, strict=True):
            for listener in self._listeners:
                listener(_row(position, event))
        last = changes[-1]
        assert positions  # one per event
        return Receipt(last.stream, last.version + len(last.events), positions[-1])

    def stored(self, change: Change, context: Context) -> list[StoredEvent]:
        """The events as they will stand in the log; personal values must be sealed by now."""
        registry, meta = self.registry, context.meta
        return [
            StoredEvent(change.stream, version, registry.topic_of(e), registry.encode(e, meta()))
            for version, e in enumerate(change.events, change.version + 1)
        ]

    async def _sealed(self, change: Change) -> Change:
        if not any(self.registry.is_personal(event) for event in change.events):
            return change
        if self.vault is None:
            raise TypeError(f"{self.registry.service} records persons and has no vault")
        events = []
        for version, event in enumerate(change.events, change.version + 1):
            topic = self.registry.topic_of(event)
            events.append(await self.vault.seal(event, topic, change.stream, version))
        return Change(change.stream, change.version, events)

    async def _replayed(self, context: Context) -> Receipt | None:
        """The receipt that this key was answered with, None for a new key."""
        if context.key is None:
            return None
        row = await self._pool.fetchrow(
            "SELECT fingerprint, position FROM log.events_keys WHERE key = $1", context.key
        )
        if row is None:
            return None
        if bytes(row["fingerprint"]) != context.fingerprint:
            raise KeyReused(context.key)
        recorded = await self.at_position(row["position"])
        assert recorded is not None  # keys and events are written in one transaction
        return Receipt(recorded.stream, recorded.version, recorded.position, replayed=True)

    async def tail(self, stream: UUID) -> tuple[int, int]:
        """(version, position) of the stream's last event, zeros for an empty one."""
        row = await self._pool.fetchrow(
            "SELECT originator_version, notification_id FROM log.events WHERE originator_id = $1 "
            "ORDER BY originator_version DESC LIMIT 1",
            stream,
        )
        return (0, 0) if row is None else (row[0], row[1])


def before(recorded: Sequence[Recorded], at: datetime) -> list[Recorded]:
    """The events recorded at or before an instant."""
    return [r for r in recorded if r.meta.recorded_at <= at]


async def _keep(_: Any) -> None:
    """Readers leave nothing behind on a connection, so giving it back needs no round trip."""


def _row(position: int, event: StoredEvent) -> Row:
    stream, version = event.originator_id, event.originator_version
    assert isinstance(stream, UUID)  # text ids are the library's other choice, not ours
    return Row(position, stream, version, event.topic, event.state)
