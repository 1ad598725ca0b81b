"""The worker that lets time act: what is due is a query, what happens is a decision.

Each kind of stream with clocks says which steps are due and decides what they do. A step is
recorded under a key made of stream and step, so several replicas and restarts record it once;
the decision finds a step done before and returns nothing. What fails is told and tried again on
the next round, and stops nobody else.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec

from libs.eventlog.events import Context, Event
from libs.eventlog.faults import told
from libs.eventlog.streams import Streams
from libs.eventlog.views import Db, Views

log = logging.getLogger(__name__)
State = TypeVar("State")
PAUSE = 5.0  # seconds between rounds: clocks count days
PAGE = 100


class Due(msgspec.Struct, frozen=True):
    """A step whose instant has come; `step` is unlike every other step of the stream."""

    stream: UUID
    step: str
    at: datetime
    authority: str
    correlation: UUID


Asking = Callable[[Db, datetime, Due | None, int], Awaitable[Sequence[Due]]]


class Kind(msgspec.Struct, Generic[State], frozen=True):
    """Streams with clocks. `due(db, now, after, limit)`: in order of (at, stream, step)."""

    name: str
    streams: Streams[State]
    due: Asking
    decide: Callable[[State, Due, datetime], Sequence[Event]]

    async def act(self, due: Due, now: datetime) -> int:
        """The position of what was recorded."""
        key = f"clock:{self.name}:{due.stream}:{due.step}"
        context = Context(
            at=now,
            authority=due.authority,
            command=key,
            correlation=due.correlation,
            causation=key,
            key=key,
        )
        receipt = await self.streams.record(
            due.stream, lambda state: self.decide(state, due, now), context
        )
        return receipt.position


class Round(msgspec.Struct, frozen=True):
    """How many steps were due, and those that failed with the reason."""

    due: int
    failed: dict[str, str]


class Clockwork:
    """`step` is one round at an instant; `run` is the worker."""

    def __init__(self, seen: Views, kinds: Sequence[Kind[Any]], troubles: dict[str, str]) -> None:
        self._seen, self._kinds, self._troubles = seen, kinds, troubles

    async def run(self) -> None:
        """Rounds until cancelled; what failed stands in the service's troubles."""
        while True:
            done = await self.step(datetime.now(UTC))
            self._tell(done)
            await asyncio.sleep(PAUSE)

    async def step(self, now: datetime) -> Round:
        """Everything that is due at `now`, once."""
        count, failed, position = 0, dict[str, str](), 0
        for kind in self._kinds:
            # Answers what was recorded before us, so nothing done is looked at twice.
            await self._seen.at_least(await kind.streams.log.head())
            after: Due | None = None
            while found := await self._found(kind, now, after):
                after = found[-1]
                count += len(found)
                for due in found:
                    try:
                        position = max(position, await kind.act(due, now))
                    except Exception as error:  # noqa: BLE001  # one must not stop the others
                        failed[f"{kind.name} {due.stream} {due.step}"] = told(error)
        await self._seen.at_least(position)
        return Round(count, failed)

    async def _found(self, kind: Kind[Any], now: datetime, after: Due | None) -> Sequence[Due]:
        async with self._seen.pool.acquire() as db:
            return await kind.due(db, now, after, PAGE)

    def _tell(self, done: Round) -> None:
        if not done.failed:
            self._troubles.pop("clocks", None)
            return
        first = next(iter(done.failed.items()))
        said = f"{len(done.failed)} of {done.due} due steps failed, first {first[0]}: {first[1]}"
        if self._troubles.get("clocks") != said:
            log.warning("clocks: %s", said)
        self._troubles["clocks"] = said
