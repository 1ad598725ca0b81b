"""Load, fold, decide, append: the one way in which anything comes to be recorded."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import reduce
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec
from psycopg.errors import SerializationFailure

from libs.eventlog.batch import AlreadyRecorded, VersionConflict
from libs.eventlog.events import Context, Event, Refused, meta_of
from libs.eventlog.log import Change, KeyReused, Log, Receipt, Recorded, StaleVersion, before
from libs.eventlog.message import Cursor
from libs.eventlog.statements import append_within
from libs.eventlog.wire import Row

State = TypeVar("State")
ON_BEHALF = b'"on_behalf"'
REMEMBERED = 1024  # states of streams kept in memory, of each kind


class Loaded(msgspec.Struct, Generic[State], frozen=True):
    """A stream's state at a version; at version 0 there is no such stream (yet)."""

    state: State
    version: int
    position: int


class Streams(Generic[State]):
    """All streams of one kind: their empty state and how an event changes it.

    States are immutable, so the latest used are kept in memory. What is kept may be old, because
    others append too: `load` reads on from there, and an append goes on exactly at its version or
    fails. Nothing is told from memory alone.

    `stood_in(state, actor, on_behalf)` goes after `evolve` for an event that somebody recorded on
    behalf of another: rules on who did what then hold for both.
    """

    def __init__(
        self,
        log: Log,
        initial: State,
        evolve: Callable[[State, Any], State],
        stood_in: Callable[[State, UUID | None, UUID], State] | None = None,
    ) -> None:
        self.log, self.initial, self.evolve = log, initial, evolve
        self.stood_in = stood_in
        self._known: OrderedDict[UUID, Loaded[State]] = OrderedDict()
        self._epoch: UUID | None = None  # that of the log when they were learnt
        log.listen(self._appended)

    async def load(
        self, stream: UUID, *, version: int | None = None, at: datetime | None = None
    ) -> Loaded[State]:
        """The state now, at a version, or as recorded at an instant."""
        if version is not None or at is not None:
            past = await self.log.read(stream, upto=version)
            return self.fold(past if at is None else before(past, at))
        loaded = await self._up_to_date(stream)
        self._known[stream] = loaded
        self._known.move_to_end(stream)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return loaded

    async def _up_to_date(self, stream: UUID) -> Loaded[State]:
        known = self._remembered(stream)
        if known is not None and known.version > 0:
            past = await self.log.read(stream, since=known.version)
            if past and past[0].position == known.position:  # else: the log has been restored
                return self.fold(past[1:], known)
        return self.fold(await self.log.read(stream))

    def _remembered(self, stream: UUID) -> Loaded[State] | None:
        if self._epoch is not None and self._epoch != self.log.known_epoch:
            self._known.clear()  # a restored log may hold other events under the same versions
        self._epoch = self.log.known_epoch
        return self._known.get(stream)

    def fold(self, past: Sequence[Recorded], known: Loaded[State] | None = None) -> Loaded[State]:
        """The state after `past`, which goes on after `known` if that is given."""
        known = known or Loaded(self.initial, 0, 0)
        if not past:
            return known
        if self.stood_in is None:
            state = reduce(self.evolve, (recorded.event for recorded in past), known.state)
        else:
            state = reduce(lambda s, r: self._evolved(s, r.event, r.state), past, known.state)
        return Loaded(state, past[-1].version, past[-1].position)

    def _appended(self, row: Row) -> None:
        known = self._remembered(row.stream)
        if known is not None and known.version + 1 == row.version:
            # As it is stored: what a person said must not stay here in clear.
            event = self.log.registry.decode(row.topic, row.state)
            state = self._evolved(known.state, event, row.state)
            self._known[row.stream] = Loaded(state, row.version, row.position)

    def _evolved(self, state: State, event: Event, stored: bytes) -> State:
        state = self.evolve(state, event)
        if self.stood_in is None or ON_BEHALF not in stored:  # almost every event: no need to parse
            return state
        meta = meta_of(stored)
        return state if meta.on_behalf is None else self.stood_in(state, meta.actor, meta.on_behalf)

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

        remembered = self._from_memory(stream, decide, expected)

        async def attempt() -> list[Change]:
            nonlocal remembered
            change, remembered = remembered, None
            return [change or await self.change(stream, decide, expected=expected)]

        return await self.transact(stream, attempt, context)

    def _from_memory(
        self, stream: UUID, decide: Callable[[State], Sequence[Event]], expected: int | None
    ) -> Change | None:
        """What to append, decided on the state in memory: the append fails if that is old.

        Anything but events may come from an old state, so it is not an answer (None).
        """
        known = self._remembered(stream)
        if known is None or expected not in (None, known.version):
            return None
        try:
            events = decide(known.state)
        except Refused:
            return None
        return Change(stream, known.version, events) if events else None

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
        if any(self.log.registry.is_personal(event) for event in events):
            raise TypeError("personal values are recorded by commands, which can seal them")
        stored = self.log.stored(Change(stream, loaded.version, events), context)
        try:
            positions = append_within(tx, stored, key=context.key, fingerprint=context.fingerprint)
        except AlreadyRecorded as known:
            if not known.same:
                raise KeyReused(known.key) from None
            return 0
        except VersionConflict:
            raise SerializationFailure(f"stream {stream} was changed meanwhile") from None
        return positions[-1]


def lock_log(tx: Cursor) -> None:
    """Nothing else is appended until `tx` ends: what a handler finds now is all there is."""
    tx.execute("SELECT pg_advisory_xact_lock('log.events'::regclass::oid::bigint)")


_STREAM = """
SELECT notification_id, originator_id, originator_version, topic, state FROM log.events
WHERE originator_id = %s ORDER BY originator_version
"""
