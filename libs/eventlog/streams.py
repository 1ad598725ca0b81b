"""Load, fold, decide, append: the one way in which anything comes to be recorded."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import reduce
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec
from psycopg.errors import SerializationFailure

from libs.eventlog.events import Context, Event
from libs.eventlog.log import Change, Log, Receipt, Recorded, StaleVersion, before
from libs.eventlog.message import Cursor

State = TypeVar("State")


class Loaded(msgspec.Struct, Generic[State], frozen=True):
    """A stream's state at a version; at version 0 there is no such stream (yet)."""

    state: State
    version: int
    position: int


class Streams(Generic[State]):
    """All streams of one kind: their empty state and how an event changes it."""

    def __init__(self, log: Log, initial: State, evolve: Callable[[State, Any], State]) -> None:
        self.log, self.initial, self.evolve = log, initial, evolve

    async def load(
        self, stream: UUID, *, version: int | None = None, at: datetime | None = None
    ) -> Loaded[State]:
        """The state now, at a version, or as recorded at an instant."""
        past = await self.log.read(stream, upto=version)
        return self.fold(past if at is None else before(past, at))

    def fold(self, past: Sequence[Recorded]) -> Loaded[State]:
        state = reduce(self.evolve, (recorded.event for recorded in past), self.initial)
        if not past:
            return Loaded(state, 0, 0)
        return Loaded(state, past[-1].version, past[-1].position)

    async def record(
        self,
        stream: UUID,
        decide: Callable[[State], Sequence[Event]],
        context: Context,
        *,
        expected: int | None = None,
    ) -> Receipt:
        """Decides on the present state and appends at its version.

        `expected` is the version the caller has seen: StaleVersion if it is not the last one.
        A decision that returns nothing records nothing; the receipt then names the last event.
        """

        async def attempt() -> list[Change]:
            return [await self.change(stream, decide, expected=expected)]

        return await self.transact(stream, attempt, context)

    async def transact(
        self, stream: UUID, decide: Callable[[], Awaitable[Sequence[Change]]], context: Context
    ) -> Receipt:
        """`Log.transact` for a command over several streams that speaks of `stream`, its last."""
        receipt = await self.log.transact(decide, context)
        if receipt is not None:
            return receipt
        version, position = await self.log.tail(stream)
        return Receipt(stream, version, position, replayed=True)

    async def change(
        self,
        stream: UUID,
        decide: Callable[[State], Sequence[Event]],
        *,
        expected: int | None = None,
    ) -> Change:
        """What a decision would append to this stream now; for commands over several streams."""
        loaded = await self.load(stream)
        if expected is not None and expected != loaded.version:
            raise StaleVersion(loaded.version)
        return Change(stream, loaded.version, decide(loaded.state))

    def record_in(
        self,
        tx: Cursor,
        stream: UUID,
        decide: Callable[[State], Sequence[Event]],
        context: Context,
    ) -> int:
        """`record` for a message handler: in the transaction that also moves the follower.

        Returns the new position, 0 when there was nothing to record: a message seen before is found
        by `context.key`. The append lock is held until the follower commits, so a handler records
        last. Raises psycopg.errors.SerializationFailure if others changed the stream; the message
        is then tried again. Personal values cannot be recorded here: their keys live elsewhere.
        """
        rows = tx.execute(_STREAM, [stream]).fetchall()
        past = [self.log.recorded(tuple(row.values())) for row in rows]
        loaded = self.fold(past)
        events = decide(loaded.state)
        if not events:
            return 0
        meta = context.meta
        registry = self.log.registry
        versions = range(loaded.version + 1, loaded.version + 1 + len(events))
        topics = [registry.topic_of(event) for event in events]
        states = [registry.encode(event, meta()) for event in events]
        answer = tx.execute(
            _APPEND,
            [
                [1] * len(events),
                [stream] * len(events),
                list(versions),
                topics,
                states,
                [len(events)],
                [context.key],
                [context.fingerprint],
            ],
        ).fetchone()
        assert answer is not None
        if answer["accepted"]:
            return int(answer["ids"][-1])
        if answer["reasons"] == ["key"]:
            return 0
        raise SerializationFailure(f"stream {stream} was changed meanwhile")


_STREAM = """
SELECT notification_id, originator_id, originator_version, topic, state FROM log.events
WHERE originator_id = %s ORDER BY originator_version
"""
_APPEND = """
SELECT accepted, ids, reasons FROM log.events_append(
    %s::int[], %s::uuid[], %s::bigint[], %s::text[], %b::bytea[],
    ARRAY[1], %s::int[], %s::text[], %b::bytea[], ARRAY[NULL]::text[], ARRAY[NULL]::bigint[])
"""
