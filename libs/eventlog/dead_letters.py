"""Buried messages: those that no handler could take. A person retries or discards each of them."""

from datetime import datetime
from typing import Any

import msgspec
import psycopg
from psycopg.rows import dict_row

from libs.eventlog.wire import Delivery

_LETTERS = """
SELECT follower, epoch, position, topic, error, tries, buried_at, resolution, reason, resolved_by,
  resolved_at
FROM following.dead_letter WHERE (resolution IS NOT NULL) = %s
ORDER BY buried_at, follower, position LIMIT %s
"""


class DeadLetter(msgspec.Struct, frozen=True):
    """A buried message without its body, which may speak of people."""

    follower: str
    epoch: str
    position: int
    topic: str
    error: str
    tries: int
    buried_at: datetime
    resolution: str | None
    reason: str | None
    resolved_by: str | None
    resolved_at: datetime | None


class NotBuried(LookupError):
    """No open dead letter stands at this position."""


def dead_letters(
    connection: psycopg.Connection[Any], *, resolved: bool = False, limit: int = 500
) -> list[DeadLetter]:
    """The open (or the resolved) letters of all followers of this service, oldest first."""
    with connection.cursor(row_factory=dict_row) as cursor:
        cursor.execute(_LETTERS, [resolved, limit])
        return [DeadLetter(**row) for row in cursor]


def discard(
    connection: psycopg.Connection[Any], follower: str, position: int, *, reason: str, by: str
) -> None:
    """Decides that the message will never have its effect. Commits.

    Raises ValueError without a reason, NotBuried if there is nothing (left) to decide.
    """
    if not reason.strip():
        raise ValueError("a message is discarded for a reason")
    with connection.cursor() as tx:
        _resolve(tx, follower, position, "discarded", reason, by)
    connection.commit()


def take(tx: psycopg.Cursor[Any], follower: str, position: int) -> Delivery:
    """The open letter as it was delivered, locked until the transaction ends. Raises NotBuried."""
    tx.execute(
        "SELECT epoch, previous, topic, subject, headers, body FROM following.dead_letter "
        "WHERE follower = %s AND position = %s AND resolution IS NULL "
        "ORDER BY buried_at LIMIT 1 FOR UPDATE",
        [follower, position],
    )
    row = tx.fetchone()
    if row is None:
        raise NotBuried(f"{follower} {position}")
    return Delivery(
        position,
        row["previous"],
        row["epoch"],
        row["topic"],
        row["subject"],
        row["headers"],
        bytes(row["body"]),
    )


def retried(tx: psycopg.Cursor[Any], letter: Delivery, follower: str, by: str) -> None:
    """Marks a letter whose handler has now run in the same transaction."""
    tx.execute(
        "UPDATE following.dead_letter SET resolution = 'retried', tries = tries + 1, "
        "resolved_by = %s, resolved_at = clock_timestamp() "
        "WHERE follower = %s AND epoch = %s AND position = %s",
        [by, follower, letter.epoch, letter.position],
    )


def _resolve(
    tx: psycopg.Cursor[Any], follower: str, position: int, resolution: str, reason: str, by: str
) -> None:
    tx.execute(
        "UPDATE following.dead_letter SET resolution = %s, reason = %s, resolved_by = %s, "
        "resolved_at = clock_timestamp() "
        "WHERE follower = %s AND position = %s AND resolution IS NULL",
        [resolution, reason, by, follower, position],
    )
    if tx.rowcount == 0:
        raise NotBuried(f"{follower} {position}")
