"""Values that belong to a person, encrypted under a key of that person.

Data keys live in a database of their own, wrapped (RFC 3394) by a key-encryption key that comes
from a file or a KMS. Erasing a person's key erases the person from every event, copy and backup of
the log; the events, their hashes and every proof stay. A tombstone keeps an erased key from being
minted anew.
"""

import base64
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

from libs.eventlog.events import Event, Personal

T = TypeVar("T")
NONCE = 12  # bytes, NIST SP 800-38D
KEPT = 5.0  # seconds a key stays in memory, and an erasure made by another process unseen
ERASED = "[đã hủy dữ liệu cá nhân]"

SCHEMA = """
CREATE TABLE IF NOT EXISTS data_key (
    subject    uuid PRIMARY KEY,
    wrapped    bytea,                       -- NULL: erased, for ever
    created_at timestamptz NOT NULL DEFAULT now(),
    erased_at  timestamptz)
"""


class Erased(Exception):
    """New data about a person whose key was erased."""


def read_kek(path: Path) -> bytes:
    """The key-encryption key: a file of exactly 32 bytes."""
    kek = path.read_bytes()
    if len(kek) != 32:
        raise ValueError(f"{path}: a key-encryption key has 32 bytes")
    return kek


class Vault:
    """Seals and opens the `Personal` fields of events; `schema` is the service's own."""

    def __init__(self, dsn: str, *, kek: bytes, schema: str, password: str | None = None) -> None:
        self._dsn, self._kek, self._schema, self._password = dsn, kek, schema, password
        self.forget()

    async def open_store(self) -> None:
        self._pool = await asyncpg.create_pool(
            self._dsn,
            password=self._password,
            min_size=1,
            max_size=2,
            server_settings={"search_path": self._schema},
        )

    async def close_store(self) -> None:
        await self._pool.close()

    async def seal(self, event: Event, topic: str, stream: UUID, version: int) -> Event:
        """The event with each `text` in a `box` bound to topic, stream, version and field.

        Raises Erased, and ValueError for a box: it could be opened only where it came from.
        """
        keys = await self._learn(_subjects(event), mint=True)
        place = _place(topic, stream, version)

        def lock(path: str, value: Personal) -> Personal:
            if value.box is not None:
                raise ValueError(f"{topic}{path} was sealed for another place")
            if value.text is None:
                return value
            key = keys.get(value.subject)
            if key is None:
                raise Erased(str(value.subject))
            nonce = os.urandom(NONCE)
            box = nonce + key.encrypt(nonce, value.text.encode(), f"{place}|{path}".encode())
            return Personal(value.subject, box=base64.b64encode(box).decode())

        return map_personal(event, lock)

    async def open(self, event: Event, topic: str, stream: UUID, version: int) -> Event:
        """The event with readable texts; `ERASED` where the key is gone.

        Raises cryptography.exceptions.InvalidTag for a box that was moved from another place.
        """
        keys = await self._learn(_subjects(event), mint=False)
        place = _place(topic, stream, version)

        def unlock(path: str, value: Personal) -> Personal:
            if value.box is None:
                return value
            key = keys.get(value.subject)
            if key is None:
                return Personal(value.subject, text=ERASED)
            box = base64.b64decode(value.box)
            plain = key.decrypt(box[:NONCE], box[NONCE:], f"{place}|{path}".encode())
            return Personal(value.subject, text=plain.decode())

        return map_personal(event, unlock)

    async def erase(self, subject: UUID) -> None:
        """Destroys the person's key; what was sealed under it can never be read again."""
        await self._pool.execute(
            "INSERT INTO data_key (subject, erased_at) VALUES ($1, now()) "
            "ON CONFLICT (subject) DO UPDATE SET wrapped = NULL, erased_at = now()",
            subject,
        )
        self._keys.pop(subject, None)

    async def _learn(self, subjects: set[UUID], *, mint: bool) -> Mapping[UUID, AESGCM | None]:
        """Keys, among them those of `subjects`; None or missing: erased, or never minted."""
        if monotonic() - self._since > KEPT:
            self.forget()
        keys = self._keys  # whoever forgets meanwhile starts another dictionary
        wanted = sorted(s for s in subjects if s not in keys)  # in one order: no deadlock
        if not wanted:
            return keys
        if mint:
            await self._pool.executemany(
                "INSERT INTO data_key (subject, wrapped) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                [(s, aes_key_wrap(self._kek, os.urandom(32))) for s in wanted],
            )
        rows = await self._pool.fetch(
            "SELECT subject, wrapped FROM data_key WHERE subject = ANY($1)", wanted
        )
        for row in rows:
            wrapped = row["wrapped"]
            keys[row["subject"]] = (
                None if wrapped is None else AESGCM(aes_key_unwrap(self._kek, wrapped))
            )
        return keys

    def forget(self) -> None:
        """Drops the keys in memory, so that an erasure made by another process is seen."""
        self._keys: dict[UUID, AESGCM | None] = {}
        self._since = monotonic()


def map_personal(value: T, change: Callable[[str, Personal], Personal], path: str = "") -> T:
    """`value` with every `Personal` inside replaced by `change(path, personal)`."""
    result: Any = value
    if isinstance(value, Personal):
        result = change(path, value)
    elif isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        changed = {n: map_personal(v, change, f"{path}.{n}") for n, v in fields.items()}
        if any(changed[n] is not fields[n] for n in fields):
            result = msgspec.structs.replace(value, **changed)
    elif isinstance(value, tuple):
        items = tuple(map_personal(v, change, f"{path}[{i}]") for i, v in enumerate(value))
        if any(new is not old for new, old in zip(items, value, strict=True)):
            result = items
    return result  # type: ignore[no-any-return]  # the shape is kept


def _subjects(event: Event) -> set[UUID]:
    found: set[UUID] = set()

    def note(_: str, value: Personal) -> Personal:
        found.add(value.subject)
        return value

    map_personal(event, note)
    return found


def _place(topic: str, stream: UUID, version: int) -> str:
    return f"{topic}|{stream}|{version}"
