"""Runs handlers: the effects of events and the new position, in one transaction.

Either the position moves or this raises; a message is passed without its effect only when it was
buried. After a start or an unexplained failure events are taken one by one ("careful"), and tries
are counted before they are made. Otherwise the statements of a batch are sent together, so a
handler's `rowcount` is known only after it has fetched something.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
import psycopg

from libs.eventlog.faults import PERMANENT, Gap, told, waits
from libs.eventlog.message import CURRENT
from libs.eventlog.positions import Connection, Cursor, Positions, Standing
from libs.eventlog.wire import Delivery

log = logging.getLogger(__name__)

EVERY = "*"  # in place of a topic: all of them
Handle = Callable[[Delivery], Awaitable[None]]
Outcome = TypeVar("Outcome")


async def in_worker_thread(work: Coroutine[Any, Any, Outcome]) -> Outcome:
    """Runs handlers on a loop of their own: they block, and the service's loop must go on.

    One thread for a whole batch: a hop there and back for every event costs as much as its effect.
    """
    return await asyncio.to_thread(asyncio.run, work)


class FollowerOptions(msgspec.Struct, frozen=True):
    """How hard a follower tries. Times in seconds.

    Dead-lettering is a business decision: later events of the same stream are applied although one
    was skipped, so `tries` should outlast a bad deployment (12 tries: about five minutes).
    """

    per_tx: int = 100  # events in one transaction; 20 or less where handlers append events
    tries: int = 12
    base: float = 0.5  # first pause after an error, doubled each time
    cap: float = 60.0  # longest pause
    wait: float = 1.0  # for a message before we call it silence
    poll: float = 2.0  # between looks at something that is away
    audit: float = 30.0  # of silence, after which the log is asked
    page: int = 500


@dataclass
class _Attempt:
    """How far one pass over the handlers came."""

    applied: list[Delivery]
    failed: Delivery | None = None
    error: Exception | None = None


class Applier:
    """One follower's position and how it moves. `handle` runs the handler of one event."""

    def __init__(self, positions: Positions, handle: Handle, options: FollowerOptions) -> None:
        self.topics: set[str] = set()  # those that have a handler; others only move the position
        self.stopping = asyncio.Event()
        self.epoch: str | None = None
        self.position = self.sequence = self.head = self.dead = 0
        self.failures = 0
        self.error: str | None = None
        self.busy: tuple[int, float] | None = None
        self.progress = time.monotonic()
        self._positions, self._handle, self._options = positions, handle, options
        self._forgive = False  # the last failure was not the message's fault
        self._careful = options.per_tx  # events still to be taken one by one

    def begin(self, standing: Standing) -> None:
        self.epoch, self.dead = standing.epoch, standing.dead
        self.position, self.sequence = standing.position, standing.sequence

    def failed(self, error: Exception) -> None:
        self.failures += 1
        self.error = told(error)[:500]
        if waits(error):
            self._forgive = True
        else:  # e.g. a deferred constraint at commit blames nobody: find the culprit one by one
            self._careful = max(self._careful, self._options.per_tx)

    async def apply(self, connection: Connection, deliveries: Sequence[Delivery]) -> None:
        if not deliveries:
            return
        last = deliveries[-1]
        self.head = max(self.head, last.position)
        if last.sequence is not None and last.position <= self.position:
            self.sequence = last.sequence  # the log was faster: do not fetch these again
        while not self.stopping.is_set():
            due = [delivery for delivery in deliveries if delivery.position > self.position]
            if not due:
                return
            await self._commit(connection, due[: 1 if self._careful else self._options.per_tx])

    async def _commit(self, connection: Connection, batch: Sequence[Delivery]) -> None:
        """Effects and position in one transaction: the position moves, or this raises."""
        if batch[0].previous != self.position:
            raise Gap(f"at {self.position}, the next message follows {batch[0].previous}")
        tries, verdict = await self._count_try(connection) if self._careful else (0, None)
        if verdict is not None:
            await self._bury(connection, batch[0], verdict, self._options.tries)
            return
        with connection.cursor() as tx:
            attempt = await in_worker_thread(self._attempt(tx, batch))
            if attempt.failed is None or attempt.error is None:
                await self._move(connection, tx, attempt.applied)
                return
        await asyncio.to_thread(connection.rollback)
        if attempt.applied:  # keep what came before it, then look at it alone
            await self._commit(connection, attempt.applied)
            self._careful = max(1, self._careful)
        elif self._may_retry(attempt.error, tries):
            blame = 0 if self._careful or waits(attempt.error) else 1
            await self._note(connection, told(attempt.error), blame)
            self._careful = max(1, self._careful)
            raise attempt.error
        else:
            await self._bury(connection, attempt.failed, told(attempt.error), tries)

    async def _count_try(self, connection: Connection) -> tuple[int, str | None]:
        """Committed before the attempt: a message that kills the process counts too.

        Returns the tries, and the last error once they are used up.
        """
        tries, last = await self._note(connection, None, 0 if self._forgive else 1)
        if tries <= self._options.tries:
            return tries, None
        return tries, last or self.error or "the process died on it"

    async def _attempt(self, tx: Cursor, batch: Sequence[Delivery]) -> _Attempt:
        attempt, at = _Attempt([]), self.position
        with tx.connection.pipeline() if len(batch) > 1 else nullcontext():
            for delivery in batch:
                if delivery.previous != at or self.stopping.is_set():
                    break  # commit what we have; the next call sees the gap
                try:
                    await self._run_handler(tx, delivery)
                except Exception as error:
                    if len(batch) > 1 and isinstance(error, psycopg.Error):
                        raise  # statements were sent together: any of them may be to blame
                    return _Attempt(attempt.applied, delivery, error)
                attempt.applied.append(delivery)
                at = delivery.position
        return attempt

    async def _run_handler(self, tx: Cursor, delivery: Delivery) -> None:
        if self.topics.isdisjoint((delivery.topic, EVERY)):
            return
        self.busy = (delivery.position, time.monotonic())
        token = CURRENT.set((tx, delivery.position))
        try:
            await self._handle(delivery)
        finally:
            CURRENT.reset(token)
            self.busy = None

    def _may_retry(self, error: Exception, tries: int) -> bool:
        if isinstance(error, PERMANENT):
            return False
        return waits(error) or tries < self._options.tries

    async def _note(
        self, connection: Connection, error: str | None, tries: int
    ) -> tuple[int, str | None]:
        return await asyncio.to_thread(self._positions.note, connection, error, tries)

    async def _bury(self, connection: Connection, letter: Delivery, error: str, tries: int) -> None:
        with connection.cursor() as tx:
            await asyncio.to_thread(self._positions.bury, tx, letter, error, tries)
            await self._move(connection, tx, [letter])
        self.dead += 1
        log.error("%s: dead letter %s: %s", self._positions.name, letter.position, error)

    async def _move(self, connection: Connection, tx: Cursor, applied: Sequence[Delivery]) -> None:
        if not applied:
            return
        last = applied[-1]
        sequence = self.sequence if last.sequence is None else last.sequence
        await asyncio.to_thread(self._positions.move, connection, tx, self.position, last, sequence)
        self.position, self.sequence = last.position, sequence
        self.progress = time.monotonic()
        self._careful = max(0, self._careful - 1)
        self.failures, self._forgive, self.error = 0, False, None
