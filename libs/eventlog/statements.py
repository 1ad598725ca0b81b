"""What is asked of the database about commands: append them, and what stands in the way of one.

Twice, because the two doors speak through two drivers. `append_within` appends inside a
transaction of the caller.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from eventsourcing.persistence import StoredEvent, Tracking
from psycopg.rows import tuple_row

from libs.eventlog import batch as batches
from libs.eventlog.arrays import BYTEA, INT4, INT8, TEXT, UUID, BinaryArray
from libs.eventlog.batch import Command, Refusal
from libs.eventlog.tables import Tables

APPEND = "SELECT * FROM {{append}}({})"
EPOCH = "SELECT epoch FROM {epoch}"
KNOWN = "SELECT fingerprint, position FROM {{keys}} WHERE key = {}"
TRACKED = "SELECT notification_id FROM {{tracking}} WHERE application_name = {}"
STORED = (
    "SELECT originator_id, originator_version, topic, state, notification_id FROM {{events}} "
    "WHERE originator_id = {} AND originator_version BETWEEN {} AND {}"
)
TYPES = (INT4, UUID, INT8, TEXT, BYTEA, INT4, INT4, TEXT, BYTEA, TEXT, INT8)  # of the arguments


class Statements:
    """For psycopg, with a cursor of tuple rows."""

    def __init__(self, tables: Tables) -> None:
        self.append = tables.sql(APPEND.format(",".join(["%s"] * len(TYPES))))
        self.known = tables.sql(KNOWN.format("%s"))
        self.tracked = tables.sql(TRACKED.format("%s"))
        self.stored = tables.sql(STORED.format("%s", "%s", "%s"))
        self.lock = tables.sql("SELECT pg_advisory_xact_lock({events_name}::regclass::oid::bigint)")
        stream = UUID if tables.id_type == "uuid" else TEXT
        self._types = [stream if oid == UUID else oid for oid in TYPES]

    def call(self, cursor: psycopg.Cursor[Any], commands: Sequence[Command]) -> list[Refusal]:
        """Appends the batch; settles what was accepted and returns what was refused."""
        lists = zip(self._types, batches.arguments(commands), strict=True)
        arrays = [BinaryArray(oid, values) for oid, values in lists]
        rows = cursor.execute(self.append, arrays, prepare=True).fetchall()
        return batches.settle_accepted(commands, rows)

    def refusal(self, cursor: psycopg.Cursor[Any], command: Command, why: str) -> Exception:
        known = None
        if why == "key":
            known = cursor.execute(self.known, (command.key,)).fetchone()
        return batches.refusal(command, why, known)

    def ids_if_mine(self, cursor: psycopg.Cursor[Any], command: Command) -> list[int] | None:
        found: list[Any] = []
        for stream in batches.version_ranges(command):
            found += cursor.execute(self.stored, stream).fetchall()
        return batches.ids_if_mine(command, found)

    def only_tracking_and_mine(
        self, cursor: psycopg.Cursor[Any], command: Command, why: str
    ) -> bool:
        if why != "tracking" or command.events or command.tracking is None:
            return False
        row = cursor.execute(self.tracked, (command.tracking.application_name,)).fetchone()
        return row is not None and bool(row[0] == command.tracking.notification_id)


class AsyncStatements:
    """For asyncpg."""

    def __init__(self, tables: Tables) -> None:
        places = ",".join(f"${n}" for n in range(1, len(TYPES) + 1))
        self.append = tables.text(APPEND.format(places))
        self.known = tables.text(KNOWN.format("$1"))
        self.epoch = tables.text(EPOCH)
        self.tracked = tables.text(TRACKED.format("$1"))
        self.stored = tables.text(STORED.format("$1", "$2", "$3"))

    async def call(self, connection: Any, commands: Sequence[Command]) -> list[Refusal]:
        """Appends the batch; settles what was accepted and returns what was refused."""
        rows = await connection.fetch(self.append, *batches.arguments(commands))
        return batches.settle_accepted(commands, rows)

    async def refusal(self, connection: Any, command: Command, why: str) -> Exception:
        known = await connection.fetchrow(self.known, command.key) if why == "key" else None
        return batches.refusal(command, why, known)

    async def ids_if_mine(self, connection: Any, command: Command) -> list[int] | None:
        found: list[Any] = []
        for stream in batches.version_ranges(command):
            found += await connection.fetch(self.stored, *stream)
        return batches.ids_if_mine(command, found)

    async def only_tracking_and_mine(self, connection: Any, command: Command, why: str) -> bool:
        if why != "tracking" or command.events or command.tracking is None:
            return False
        position = await connection.fetchval(self.tracked, command.tracking.application_name)
        return bool(position == command.tracking.notification_id)


def append_within(
    cursor: psycopg.Cursor[Any],
    events: Sequence[StoredEvent],
    *,
    key: str | None = None,
    fingerprint: bytes = b"",
    tracking: Tracking | None = None,
    tables: Tables | None = None,
) -> list[int]:
    """Appends inside the caller's open READ COMMITTED transaction, which should end soon after.

    All other writers wait until it does. Returns the positions. Raises VersionConflict,
    AlreadyRecorded, AlreadyTracked: nothing was written and the transaction can go on.
    """
    command = Command(events, key, fingerprint, tracking)
    statements = Statements(tables or Tables())
    with cursor.connection.cursor(binary=True, row_factory=tuple_row) as own:
        for refused, why in statements.call(own, [command]):
            raise statements.refusal(own, refused, why)
    return command.answer()
