"""The threads' door of the log: the eventsourcing library's process recorder, with group commit.

Everything that reads stays the library's. Concurrent `insert_events` share transactions: the first
caller commits what is queued (it leads), the others wait; then it hands the lead to the head of the
queue. So a lone caller pays nothing extra, and there is no thread to start, stop or supervise.
"""

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import Any, cast

import psycopg
from eventsourcing.persistence import (
    InterfaceError,
    OperationalError,
    PersistenceError,
    StoredEvent,
    Tracking,
)
from eventsourcing.postgres import PostgresDatastore, PostgresProcessRecorder
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import tuple_row
from psycopg.sql import Identifier

from libs.eventlog import batch as batches
from libs.eventlog.batch import Busy, Command, OutcomeUnknown
from libs.eventlog.statements import Statements
from libs.eventlog.tables import Tables

BATCHED = {"tracking", "key", "fingerprint"}  # keywords that travel in a batch
FIRST_PAUSE, LONGEST_PAUSE = 0.02, 1.0  # seconds between attempts
CONNECT = {  # the driver has no clock: a silent server must not block the leader for ever
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "options": "-c lock_timeout=5s -c statement_timeout=15s",
}


def open_datastore(
    dsn: str,
    *,
    password: str | None = None,
    tables: Tables | None = None,
    pool_size: int = 2,
    max_overflow: int = 1,
) -> PostgresDatastore:
    """The library's connection pool from a DSN; it connects when first used, `close()` it."""
    place: dict[str, Any] = conninfo_to_dict(dsn)
    tables = tables or Tables()
    datastore = PostgresDatastore(
        dbname=place.pop("dbname", ""),
        host=place.pop("host", ""),
        port=place.pop("port", ""),
        user=place.pop("user", ""),
        password=password or place.pop("password", ""),
        schema=tables.schema,
        originator_id_type=tables.id_type,
        idle_in_transaction_session_timeout=5,
        pool_size=pool_size,
        max_overflow=max_overflow,
    )
    settings = cast(dict[str, Any], datastore.pool.kwargs)  # it also takes a function; not here
    settings.update(CONNECT | place)
    return datastore


@dataclass(slots=True, eq=False)
class _Waiting(Command):
    waiter: threading.Lock = field(
        default_factory=threading.Lock
    )  # held until the caller may go on
    leads: bool = False  # this caller commits the next batch

    def wake(self) -> None:
        self.waiter.release()


LOCK_IF_THERE = "SELECT pg_advisory_xact_lock(to_regclass({events_name})::oid::bigint)"


class GroupCommitRecorder(PostgresProcessRecorder):
    """Chosen by PROCESS_RECORDER_TOPIC and APPLICATION_RECORDER_TOPIC. Shared by all threads."""

    max_queued = 2000  # commands; above it callers wait for room …
    max_wait = 10.0  # … seconds, and are told Busy when not taken by then
    max_commands = 256  # of a batch
    max_bytes = 4_000_000  # of a batch, roughly
    give_up_after = 30.0  # seconds; a batch that cannot be settled by then: OutcomeUnknown

    def __init__(
        self,
        datastore: PostgresDatastore,
        *,
        events_table_name: str = "events",
        tracking_table_name: str = "tracking",
    ) -> None:
        if datastore.enable_db_functions or not datastore.single_row_tracking:
            raise ValueError("the library's database functions skip the lock and lose tracking")
        super().__init__(
            datastore, events_table_name=events_table_name, tracking_table_name=tracking_table_name
        )
        self.tables = Tables(
            datastore.schema,
            events_table_name,
            tracking_table_name,
            "uuid" if datastore.originator_id_type == "uuid" else "text",
        )
        self.channel_name = self.tables.channel
        self.lock_table_statements = []  # the trigger takes the lock; LOCK TABLE needs more rights
        # The library's insert function is one per schema, not per table, and for its own road only.
        del self.sql_create_statements[self.create_insert_function_statement_index]
        # Writers hold the append lock before they touch the table: take it first, as they do.
        self.sql_create_statements.insert(0, self.tables.sql(LOCK_IF_THERE))
        self.sql_create_statements.append(self.tables.file("schema.sql"))
        self._statements = Statements(self.tables)
        self._mutex = threading.Lock()
        self._room = threading.Condition(self._mutex)
        self._queue: deque[_Waiting] = deque()
        self._led = False  # somebody is committing
        self.batches = self.commands = 0  # committed so far

    def grant(self, app_role: str) -> None:
        """Gives the application role its rights. By the owner, after `create_table`."""
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(self.tables.file("grants.sql", app=Identifier(app_role)), prepare=False)

    # ---- the library's interface
    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Records events whole or not at all and returns their positions.

        Keywords: `tracking`, `key` with `fingerprint`. Any other takes the library's own road (a
        transaction of its own, hook `_insert_events`), which is ordered with the batches.
        Raises what `AsyncAppender.append` raises.
        """
        extras = {name: value for name, value in kwargs.items() if value is not None}
        if not extras.keys() <= BATCHED:
            ids: Sequence[int] | None = super().insert_events(stored_events, **kwargs)
            return ids
        if not stored_events and not extras:
            return None
        return self._submit(_Waiting(stored_events, **extras))

    def insert_tracking(self, tracking: Tracking) -> None:
        self._submit(_Waiting((), tracking=tracking))

    def _insert_events(
        self, curs: psycopg.Cursor[Any], stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> None:
        # The lock comes before any row is touched, as in a batch: another order would deadlock.
        curs.execute(self._statements.lock)
        super()._insert_events(curs, stored_events, **kwargs)

    # ---- queue and lead
    def _submit(self, command: _Waiting) -> list[int]:
        command.waiter.acquire()
        deadline = monotonic() + self.max_wait
        if self._enqueue(command) or self._wait(command, deadline):
            self._lead(command)
        return command.answer()

    def _enqueue(self, command: _Waiting) -> bool:
        """True: nobody leads, so the caller must."""
        with self._mutex:
            if not self._room.wait_for(lambda: len(self._queue) < self.max_queued, self.max_wait):
                raise Busy("the queue of commands is full")
            self._queue.append(command)
            lead, self._led = not self._led, True
        return lead

    def _wait(self, command: _Waiting, deadline: float) -> bool:
        """Until the command is settled, or (True) it is the caller's turn to lead."""
        try:
            if not command.waiter.acquire(timeout=max(0.0, deadline - monotonic())):
                if self._withdraw(command):
                    raise Busy("not taken in time")
                command.waiter.acquire()  # it is being committed: that has its own deadline
        except KeyboardInterrupt:  # a thread that has left must not be made the leader
            self._withdraw(command)
            if command.leads:
                self._lead(command)
            raise
        return command.leads

    def _withdraw(self, command: _Waiting) -> bool:
        with self._mutex:
            if command.leads or command not in self._queue:
                return False
            self._queue.remove(command)
            self._room.notify()
            return True

    def _lead(self, me: _Waiting) -> None:
        with self._mutex:
            taken = batches.take(self._queue, self.max_commands, self.max_bytes)
            self._room.notify_all()
        try:
            self._commit(taken, monotonic() + self.give_up_after)
        finally:  # also for KeyboardInterrupt: nobody may be left waiting
            for command in taken:
                if not command.done:
                    command.settle(error=OutcomeUnknown("the committing thread was interrupted"))
            self._hand_over()
            for command in taken:
                if command is not me:
                    command.wake()

    def _hand_over(self) -> None:
        with self._mutex:
            following = self._queue[0] if self._queue else None
            self._led = following is not None
            if following is not None:
                following.leads = True
        if following is not None:
            following.wake()

    # ---- one batch
    def _commit(self, taken: Sequence[Command], deadline: float, uncertain: bool = False) -> None:
        """Settles every command. `deadline`: of the monotonic clock, in seconds.

        A lost connection is no answer: the same batch is sent again, and what it is then refused
        for is compared with what is stored (`uncertain`).
        """
        pause = FIRST_PAUSE
        while True:
            try:
                return self._attempt(taken, uncertain)
            except (OperationalError, InterfaceError) as error:
                if monotonic() > deadline:
                    return _give_up(taken, error)
                uncertain = True
                sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told to its caller
                return self._isolate(taken, error, deadline, uncertain)

    def _isolate(
        self, taken: Sequence[Command], error: Exception, deadline: float, uncertain: bool
    ) -> None:
        """One command the database cannot digest fails the statement: halve until it is alone."""
        if len(taken) == 1:
            told = error if isinstance(error, PersistenceError) else PersistenceError(repr(error))
            taken[0].settle(error=told)
            return
        half = len(taken) // 2
        self._commit(taken[:half], deadline, uncertain)
        self._commit(taken[half:], deadline, uncertain)

    def _attempt(self, taken: Sequence[Command], uncertain: bool) -> None:
        with (
            self.datastore.get_connection() as connection,
            connection.cursor(binary=True, row_factory=tuple_row) as cursor,
        ):
            refusals = self._statements.call(cursor, taken)
            self.batches += 1
            self.commands += len(taken)
            for command, why in refusals:
                self._refuse(cursor, command, why, uncertain)

    def _refuse(
        self, cursor: psycopg.Cursor[Any], command: Command, why: str, uncertain: bool
    ) -> None:
        ask = self._statements
        if uncertain and (ids := ask.ids_if_mine(cursor, command)) is not None:
            command.settle(ids)  # the first attempt had been committed
        elif uncertain and ask.only_tracking_and_mine(cursor, command, why):
            command.settle()
        else:
            command.settle(error=ask.refusal(cursor, command, why))


def _give_up(taken: Sequence[Command], error: BaseException) -> None:
    for command in taken:
        if not command.done:
            command.settle(error=OutcomeUnknown(str(error)))
