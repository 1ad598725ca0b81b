"""The asyncio door of the log: `await appender.append(events, key=…)`.

One writer task; what is appended while a batch is being committed makes up the next batch. It calls
the same database function as `recorder.GroupCommitRecorder`, so both may write to one log.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from uuid import UUID

import asyncpg
from eventsourcing.persistence import PersistenceError, StoredEvent, Tracking

from libs.eventlog import batch as batches
from libs.eventlog.batch import Busy, Command, OutcomeUnknown, VersionConflict
from libs.eventlog.statements import AsyncStatements
from libs.eventlog.tables import Tables, notify_channel

__all__ = ["AsyncAppender", "Limits", "notify_channel"]

CONNECT_WITHIN = 5.0  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 0.02, 1.0  # seconds between attempts
SESSION = {
    "application_name": "log appender",
    "lock_timeout": "5s",
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "5s",
}

# No answer, or one that means "later": shutdown, no resources, rolled back, lock timeout.
# InternalClientError is how asyncpg at times reports a backend that was killed under its hands.
AGAIN = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.TransactionRollbackError,
    asyncpg.LockNotAvailableError,
)


@dataclass(frozen=True)
class Limits:
    """How much is taken at once, and how long anybody waits (seconds)."""

    max_queued: int = 2000  # commands; above it callers wait for room …
    max_wait: float = 10.0  # … and are told Busy after this long
    max_commands: int = 256  # of a batch
    max_bytes: int = 4_000_000  # of a batch, roughly
    give_up_after: float = 30.0  # a batch that cannot be settled in this time: OutcomeUnknown
    answer_within: float = 20.0  # a silent server counts as a lost connection


@dataclass(slots=True, eq=False)
class _Awaited(Command):
    waiter: asyncio.Future[None] | None = None

    def wake(self) -> None:
        if self.waiter is not None and not self.waiter.done():  # the caller may have been cancelled
            self.waiter.set_result(None)


class AsyncAppender:
    """Appends commands of many tasks in shared transactions, each with its own outcome.

    `dsn`: of the application role, such as postgresql://role@/database?host=/socket/folder.
    Use as `async with`, or `open()` and `close()`.
    """

    def __init__(
        self,
        *,
        dsn: str,
        password: str | None = None,
        schema: str = "log",
        table: str = "events",
        tracking: str = "tracking",
        writers: int = 1,
        limits: Limits | None = None,
    ) -> None:
        self.tables = Tables(schema, table, tracking)
        self.limits = limits or Limits()
        self.batches = self.commands = 0  # committed so far
        self.epoch: UUID | None = None  # of the log, as found when the connection was made
        self._dsn, self._password, self._writers = dsn, password, writers
        self._statements = AsyncStatements(self.tables)
        self._queue: deque[_Awaited] = deque()
        self._tasks: list[asyncio.Task[None]] = []
        self._closing = True

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def open(self) -> None:
        """Starts the writer; it connects with the first command and reconnects when it must."""
        self._loop = asyncio.get_running_loop()  # asked for once: each time is a system call
        self._room = asyncio.Semaphore(self.limits.max_queued)
        self._work = asyncio.Event()
        self._closing = False
        self._tasks = [asyncio.create_task(self._write()) for _ in range(self._writers)]

    async def close(self) -> None:
        """Commits what is queued, then stops. Later commands are told Busy."""
        self._closing = True
        if self._tasks:
            self._work.set()
        outcomes = await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome

    async def append(
        self,
        events: Sequence[StoredEvent],
        *,
        key: str | None = None,
        fingerprint: bytes = b"",
        tracking: Tracking | None = None,
    ) -> list[int]:
        """Records the events whole or not at all and returns their positions, in order.

        Raises VersionConflict, AlreadyRecorded, AlreadyTracked (nothing was written), Busy (nothing
        was written, try later), OutcomeUnknown (repeat with the same key), PersistenceError (the
        database cannot digest the command). A cancelled caller gives up only the answer.
        """
        command = _Awaited(events, key, fingerprint, tracking)
        await self._wait_for_room()
        command.waiter = self._loop.create_future()
        self._queue.append(command)
        self._work.set()
        await command.waiter
        return command.answer()

    async def _wait_for_room(self) -> None:
        self._check_open()
        if self._room.locked():
            try:
                await asyncio.wait_for(self._room.acquire(), self.limits.max_wait)
            except TimeoutError:
                raise Busy("the queue of commands is full") from None
        else:
            await self._room.acquire()
        try:
            self._check_open()  # it may have been closed while we waited
        except Busy:
            self._room.release()
            raise

    def _check_open(self) -> None:
        if self._closing:
            raise Busy("the log is closed")

    # ---- the writer
    async def _write(self) -> None:
        session = _Session(self)
        try:
            while await self._has_work():
                taken = batches.take(self._queue, self.limits.max_commands, self.limits.max_bytes)
                for _ in taken:
                    self._room.release()
                await self._settle(session, taken)
        finally:
            session.drop()
            if not self._closing:  # cancelled from outside: nobody may be left waiting
                self._closing = True
                self._turn_away()

    async def _has_work(self) -> bool:
        while not self._queue:
            if self._closing:
                return False
            self._work.clear()
            await self._work.wait()
        return True

    async def _settle(self, session: "_Session", taken: list[_Awaited]) -> None:
        deadline = self._loop.time() + self.limits.give_up_after
        try:
            await session.commit(taken, deadline)
        finally:
            for command in taken:
                if not command.done:
                    command.settle(error=OutcomeUnknown("the writer was stopped"))
                command.wake()

    def _turn_away(self) -> None:
        for command in self._queue:
            command.settle(error=Busy("the writer was stopped"))
            command.wake()
        self._queue.clear()


class _Restored(Exception):
    """The log is another one than at the last connection."""


class _Session:
    """The writer's connection, and how a batch is settled over it whatever happens to it."""

    def __init__(self, door: AsyncAppender) -> None:
        self._door, self._statements = door, door._statements
        self._connection: asyncpg.Connection | None = None

    def drop(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
        self._connection = None

    async def commit(
        self, taken: Sequence[Command], deadline: float, uncertain: bool = False
    ) -> None:
        """Settles every command. `deadline`: of the loop's clock, in seconds.

        A lost connection is no answer: the same batch is sent again, and what it is then refused
        for is compared with what is stored (`uncertain`).
        """
        pause = FIRST_PAUSE
        while True:
            try:
                return await self._attempt(taken, uncertain)
            except _Restored:
                for command in taken:  # decided on what is no longer so
                    command.settle(error=VersionConflict("the log was restored from a backup"))
                return None
            except AGAIN as error:
                self.drop()
                if asyncio.get_running_loop().time() > deadline:
                    return _give_up(taken, error)
                uncertain = True
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told to its caller
                if not isinstance(error, asyncpg.PostgresError):
                    self.drop()  # not the server's answer: the connection is in an unknown state
                return await self._isolate(taken, error, deadline, uncertain)

    async def _isolate(
        self, taken: Sequence[Command], error: Exception, deadline: float, uncertain: bool
    ) -> None:
        """One command the database cannot digest fails the statement: halve until it is alone."""
        if len(taken) == 1:
            taken[0].settle(error=PersistenceError(repr(error)))
            return
        half = len(taken) // 2
        await self.commit(taken[:half], deadline, uncertain)
        await self.commit(taken[half:], deadline, uncertain)

    async def _attempt(self, taken: Sequence[Command], uncertain: bool) -> None:
        connection = await self._connected()
        refusals = await self._statements.call(connection, taken)
        self._door.batches += 1
        self._door.commands += len(taken)
        for command, why in refusals:
            await self._refuse(connection, command, why, uncertain)

    async def _refuse(self, connection: Any, command: Command, why: str, uncertain: bool) -> None:
        ask = self._statements
        if uncertain and (ids := await ask.ids_if_mine(connection, command)) is not None:
            command.settle(ids)  # the first attempt had been committed
        elif uncertain and await ask.only_tracking_and_mine(connection, command, why):
            command.settle()
        else:
            command.settle(error=await ask.refusal(connection, command, why))

    async def _connected(self) -> asyncpg.Connection:
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(
                self._door._dsn,
                password=self._door._password,
                timeout=CONNECT_WITHIN,
                command_timeout=self._door.limits.answer_within,
                server_settings=SESSION,
            )
            await self._note_epoch(self._connection)
        return self._connection

    async def _note_epoch(self, connection: asyncpg.Connection) -> None:
        """A restore cuts every connection: the new one tells whether it is still the same log."""
        before, now = self._door.epoch, await connection.fetchval(self._statements.epoch)
        self._door.epoch = now
        if before not in (None, now):
            raise _Restored


def _give_up(taken: Sequence[Command], error: BaseException) -> None:
    for command in taken:
        if not command.done:
            command.settle(error=OutcomeUnknown(repr(error)))
