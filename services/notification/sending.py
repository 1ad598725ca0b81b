"""The worker that sends what is due, one letter after the other over one connection.

`notice.sending` is recorded before the mail server is spoken to, the outcome after. A crash between
the server's yes and the record leaves a notice in `sending`; the next start sends it once more with
the same Message-ID, so a crash costs at most one further copy, which mail systems can recognise.
Without the record before, a crash could not be told from a notice never tried.

One replica sends at a time: a session-wide advisory lock, on the connection that also reads the
outbox, so a replica that loses the lock cannot go on reading.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import asyncpg
from eventsourcing.persistence import PersistenceError

from libs.eventlog.events import Context, Event
from libs.eventlog.ids import new_id
from libs.eventlog.streams import Streams
from libs.eventlog.views import Db, ViewBehind, Views
from services.notification import views
from services.notification.decisions import Notice, Outcome, begin, conclude
from services.notification.events import NoticeSending
from services.notification.mail import Mailer, Unreachable, message_id
from services.notification.views import Due

log = logging.getLogger(__name__)

BATCH = 20  # notices read from the outbox at once
PAUSE = 1.0  # seconds between looks when nothing woke us
AWAY = 2.0  # seconds before we look again at a mail server or database that was away
FINISH = 5.0  # seconds for the letter in hand when we are asked to stop
_LOCK = "SELECT pg_advisory_lock(hashtext('notification.sending'))"
DATABASE_AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, PersistenceError)


class Sender:
    """`run` is the worker; `error` says what holds it up."""

    def __init__(
        self, notices: Streams[Notice], seen: Views, mailer: Mailer, *, finish: float = FINISH
    ) -> None:
        self.error: str | None = None
        self._notices, self._seen, self._mailer, self._finish = notices, seen, mailer, finish

    async def run(self) -> None:
        """Sends until cancelled, and then finishes the letter in hand."""
        try:
            while True:
                try:
                    async with self._seen.pool.acquire() as db:
                        await db.execute(_LOCK)
                        await self._send_all(db)
                except (*DATABASE_AWAY, Unreachable, ViewBehind) as error:
                    self.error = repr(error)[:500]
                    log.warning("notices wait: %s", self.error)
                    await asyncio.sleep(AWAY)
        finally:
            await self._mailer.close()

    async def _send_all(self, db: Db) -> None:
        # What this process or one before it has recorded must be out of the outbox when we read it.
        position = await self._notices.log.head()
        while True:
            await self._seen.at_least(position)
            found = await views.due(db, at=_now(), limit=BATCH)
            self.error = None
            if not found:
                await self._rest(db)
            for notice in found:
                if db.is_closed():  # and the lock gone with it
                    break
                position = max(position, await self._to_its_end(self._send(notice)))

    async def _rest(self, db: Db) -> None:
        """Until something happens, something falls due, or a while has passed."""
        next_due = await views.next_due(db)
        wait = PAUSE if next_due is None else (next_due - _now()) / timedelta(seconds=1)
        with suppress(ViewBehind):
            await self._seen.at_least(self._seen.position + 1, within=min(PAUSE, max(wait, 0.01)))

    async def _to_its_end(self, sending: Awaitable[int]) -> int:
        """Lets an orderly stop wait for the outcome; a copy more would be sent without need."""
        task = asyncio.ensure_future(sending)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait([task], timeout=self._finish)
            task.cancel()
            raise

    async def _send(self, notice: Due) -> int:
        """One attempt; returns the position of what was recorded last, 0 if nothing was."""
        if notice.mailbox:
            await self._mailer.connect()
        id = message_id(notice.id, self._mailer.mail_from)
        position, events = await self._record(
            notice, lambda state: begin(state, mailbox=notice.mailbox, message_id=id)
        )
        if not events or not isinstance(events[0], NoticeSending):
            return position
        attempt = events[0]
        outcome = await self._mailer.post(notice, attempt.message_id)
        return await self._conclude(notice, attempt.attempt, outcome)

    async def _conclude(self, notice: Due, attempt: int, outcome: Outcome) -> int:
        """Records the outcome however long the database is away: the letter is out already."""
        while True:
            try:
                position, _ = await self._record(
                    notice, lambda state: conclude(state, attempt, outcome, at=_now())
                )
                return position
            except DATABASE_AWAY as error:
                self.error = repr(error)[:500]
                await asyncio.sleep(AWAY)

    async def _record(
        self, notice: Due, decide: Callable[[Notice], list[Event]]
    ) -> tuple[int, Sequence[Event]]:
        decided: list[Event] = []

        def remembered(state: Notice) -> list[Event]:
            decided[:] = decide(state)
            return decided

        context = Context(
            at=_now(),
            authority=notice.authority,
            command=str(new_id()),
            correlation=notice.correlation,
        )
        receipt = await self._notices.record(notice.id, remembered, context)
        return receipt.position, decided


def _now() -> datetime:
    return datetime.now(UTC)
