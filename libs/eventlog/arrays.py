"""Lists as PostgreSQL binary arrays, for psycopg.

Its own list dumper costs about ten times as much and sends bytea as hexadecimal text. Wire format:
https://www.postgresql.org/docs/current/protocol-overview.html and array_send() of the server.
"""

from collections.abc import Callable, Sequence
from struct import pack
from typing import Any

import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

INT4, INT8, TEXT, BYTEA, UUID = 23, 20, 25, 17, 2950  # type oids, pg_type.dat
NULL = b"\xff\xff\xff\xff"

_AS_BYTES: dict[int, Callable[[Any], bytes]] = {
    INT4: lambda value: pack(">i", value),
    INT8: lambda value: pack(">q", value),
    TEXT: lambda value: value.encode(),
    BYTEA: bytes,
    UUID: lambda value: value.bytes,
}


class BinaryArray:
    """A one-dimensional array; None becomes NULL. Raises struct.error for numbers out of range."""

    __slots__ = ("data",)

    def __init__(self, oid: int, values: Sequence[Any]) -> None:
        if not values:
            self.data = pack(">iii", 0, 0, oid)
            return
        as_bytes = _AS_BYTES[oid]
        header = pack(">iiiii", 1, None in values, oid, len(values), 1)
        self.data = header + b"".join([_element(as_bytes, value) for value in values])


def _element(as_bytes: Callable[[Any], bytes], value: Any) -> bytes:
    if value is None:
        return NULL
    raw = as_bytes(value)
    return pack(">i", len(raw)) + raw


class BinaryArrayDumper(Dumper):
    format = Format.BINARY  # without an oid: the server takes the type from the signature

    def dump(self, obj: BinaryArray) -> bytes:
        return obj.data


psycopg.adapters.register_dumper(BinaryArray, BinaryArrayDumper)
