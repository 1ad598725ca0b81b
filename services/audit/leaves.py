"""Leaves of the sealed log: one for every event of every service, in the order they reached us.

The bytes of a leaf are the UTF-8 JSON array, without spaces,

    [service, position, topic, stream, version, SHA-256 of the stored state in hexadecimal]

The state is hashed as it is stored: personal values are ciphertext in it, so erasing a person's
key breaks no proof. Nothing is ever serialised again to be hashed.
"""

import hashlib
from collections.abc import AsyncIterator
from typing import Any, Self
from uuid import UUID

import asyncpg
import msgspec

from libs.eventlog.wire import Delivery
from services.audit.merkle import leaf_hash

PAGE = 2000  # leaves


class Leaf(msgspec.Struct, frozen=True):
    """What is sealed of one event."""

    service: str
    position: int
    topic: str
    stream: UUID
    version: int
    digest: bytes

    @classmethod
    def of(cls, service: str, delivery: Delivery) -> Self:
        """The leaf of an event as it comes from its producer's log."""
        headers = delivery.headers
        return cls(
            service,
            delivery.position,
            delivery.topic,
            UUID(headers["Es-Stream"]),
            int(headers["Es-Version"]),
            hashlib.sha256(delivery.body).digest(),
        )

    @property
    def hash(self) -> bytes:
        """The leaf hash of RFC 6962."""
        told = (self.service, self.position, self.topic, str(self.stream), self.version)
        return leaf_hash(msgspec.json.encode((*told, self.digest.hex())))


class Sealed(msgspec.Struct, frozen=True):
    """A leaf with its number in the tree, counted from 0."""

    number: int
    leaf: Leaf


async def sealed_from(pool: asyncpg.Pool, number: int, upto: int) -> AsyncIterator[list[Sealed]]:
    """Pages of leaves with `number` <= their number < `upto`, in order."""
    while number < upto:
        rows = await pool.fetch(
            f"SELECT {_COLUMNS} FROM sealed.leaf WHERE number >= $1 AND number < $2 "
            "ORDER BY number LIMIT $3",
            number,
            upto,
            PAGE,
        )
        if not rows:
            return
        yield [_sealed(row) for row in rows]
        number = rows[-1]["number"] + 1


async def sealed_of(pool: asyncpg.Pool, service: str, after: int, until: int) -> dict[int, Sealed]:
    """The leaves of one service with `after` < position <= `until`, by position."""
    rows = await pool.fetch(
        f"SELECT {_COLUMNS} FROM sealed.leaf WHERE service = $1 AND position > $2 "
        "AND position <= $3",
        service,
        after,
        until,
    )
    return {row["position"]: _sealed(row) for row in rows}


async def was_sealed_elsewhere(pool: asyncpg.Pool, leaf: Leaf) -> bool:
    """Whether the same event was sealed at another position of its log."""
    found = await pool.fetchval(
        "SELECT EXISTS (SELECT FROM sealed.leaf WHERE service = $1 AND stream = $2 "
        "AND version = $3 AND digest = $4 AND position <> $5)",
        leaf.service,
        leaf.stream,
        leaf.version,
        leaf.digest,
        leaf.position,
    )
    return bool(found)


async def size(pool: asyncpg.Pool) -> int:
    found = await pool.fetchval("SELECT max(number) + 1 FROM sealed.leaf")
    return int(found or 0)


async def last_positions(pool: asyncpg.Pool, upto: int) -> dict[str, int]:
    """The last sealed position of each service."""
    rows = await pool.fetch(
        "SELECT service, max(position) AS last FROM sealed.leaf WHERE number < $1 GROUP BY service",
        upto,
    )
    return {row["service"]: row["last"] for row in rows}


_COLUMNS = "number, service, position, topic, stream, version, digest"


def _sealed(row: Any) -> Sealed:
    number, *told = tuple(row)
    return Sealed(number, Leaf(*told))
