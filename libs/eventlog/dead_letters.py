"""Buried messages: those that no handler could take. A person retries or discards each of them."""

import asyncio
from collections.abc import Callable
from typing import Any, LiteralString, TypeVar

from libs.eventlog.positions import Connection, Cursor, connect
from libs.eventlog.wire import Delivery

Result = TypeVar("Result")

# Without the body, which may speak of people.
_LETTERS: LiteralString = """
SELECT follower, epoch, position, topic, error, tries, buried_at, resolution, reason, resolved_by,
  resolved_at
FROM following.dead_letter WHERE (resolution IS NOT NULL) = %s
ORDER BY buried_at, follower, position LIMIT %s
"""
_OPEN: LiteralString = """
SELECT epoch, position, previous, topic, subject, headers, body FROM following.dead_letter
WHERE follower = %s AND position = %s AND resolution IS NULL
ORDER BY buried_at LIMIT 1 FOR UPDATE
"""
_DISCARD: LiteralString = """
UPDATE following.dead_letter
SET resolution = 'discarded', reason = %s, resolved_by = %s, resolved_at = clock_timestamp()
WHERE follower = %s AND position = %s AND resolution IS NULL
"""
_RETRIED: LiteralString = """
UPDATE following.dead_letter
SET resolution = 'retried', tries = tries + 1, resolved_by = %s, resolved_at = clock_timestamp()
WHERE follower = %s AND epoch = %s AND position = %s
"""


class NotBuried(LookupError):
    """No open dead letter stands at this position."""


class DeadLetters:
    """The letters of all followers of one service. `LogFollower.retry` runs one again."""

    def __init__(self, dsn: str, password: str | None = None) -> None:
        self._dsn, self._password = dsn, password

    async def pending(self, limit: int = 500) -> list[dict[str, Any]]:
        """The letters that wait for a decision, oldest first."""
        return await self._with(lambda connection: _letters(connection, False, limit))

    async def resolved(self, limit: int = 500) -> list[dict[str, Any]]:
        """The letters that were retried or discarded, by whom and why."""
        return await self._with(lambda connection: _letters(connection, True, limit))

    async def discard(self, follower: str, position: int, *, reason: str, by: str) -> None:
        """Decides that the message will never have its effect.

        Raises ValueError without a reason, NotBuried if there is nothing (left) to decide.
        """
        if not reason.strip():
            raise ValueError("a message is discarded for a reason")
        await self._with(lambda connection: _discard(connection, follower, position, reason, by))

    async def _with(self, work: Callable[[Connection], Result]) -> Result:
        def connected() -> Result:
            with connect(self._dsn, self._password) as connection:  # commits, or rolls back
                return work(connection)

        return await asyncio.to_thread(connected)


def take(tx: Cursor, follower: str, position: int) -> Delivery:
    """The open letter as it was delivered, locked until the transaction ends. Raises NotBuried."""
    row = tx.execute(_OPEN, [follower, position]).fetchone()
    if row is None:
        raise NotBuried(f"{follower} {position}")
    return Delivery(**row)


def mark_retried(tx: Cursor, letter: Delivery, follower: str, by: str) -> None:
    """For a letter whose handler has now run in the same transaction."""
    tx.execute(_RETRIED, [by, follower, letter.epoch, letter.position])


def _letters(connection: Connection, resolved: bool, limit: int) -> list[dict[str, Any]]:
    return connection.execute(_LETTERS, [resolved, limit]).fetchall()


def _discard(connection: Connection, follower: str, position: int, reason: str, by: str) -> None:
    discarded = connection.execute(_DISCARD, [reason, by, follower, position])
    if discarded.rowcount == 0:
        raise NotBuried(f"{follower} {position}")
