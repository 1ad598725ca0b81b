"""How a service's events look to the others: JetStream messages and pages of ``GET /log``.

Both doors carry the same subject, headers and bytes, made here from a stored row, so a follower
that changes from one to the other notices no difference. The body is the stored state, unchanged:
what was hashed and signed in the log can be hashed again by every reader.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

import msgspec

POSITION, PREVIOUS, TOPIC, EPOCH = "Es-Id", "Es-Prev", "Es-Topic", "Es-Epoch"
UNKNOWN_AUTHORITY = "unknown"
LONGEST_PAGE = 1000  # events; keeps a page of /log at a few megabytes


class Row(msgspec.Struct, frozen=True):
    """A row of `log.events`, columns in this order."""

    position: int
    stream: UUID
    version: int
    topic: str
    state: bytes


class Outgoing(msgspec.Struct, frozen=True):
    """A message as the relay publishes it."""

    position: int
    subject: str
    headers: dict[str, str]
    body: bytes


class Entry(msgspec.Struct, frozen=True):
    """One event on a page of the log. `data` is the stored state as text, byte for byte."""

    id: int
    prev: int
    subject: str
    headers: dict[str, str]
    data: str


class Page(msgspec.Struct, frozen=True):
    """Answer of ``GET /log?after=&limit=``: `head` is the last position of the whole log."""

    epoch: str
    head: int
    events: list[Entry]


class _Told(msgspec.Struct):
    """The part of the metadata that subject and headers need."""

    authority: str = UNKNOWN_AUTHORITY
    event_id: str | None = None
    recorded_at: str | None = None


class _State(msgspec.Struct):
    meta: _Told = msgspec.field(default_factory=_Told)


_decode_state = msgspec.json.Decoder(_State).decode
decode_page = msgspec.json.Decoder(Page).decode
encode_page = msgspec.json.Encoder().encode


def outgoing(row: Row, previous: int, *, service: str, epoch: str) -> Outgoing:
    """The message for a stored event; `previous` is the position before it, 0 for the first."""
    told = _told(row.state)
    headers = {
        "Nats-Msg-Id": f"{service}:{row.position}",
        POSITION: str(row.position),
        PREVIOUS: str(previous),
        TOPIC: row.topic,
        EPOCH: epoch,
        "Es-Stream": str(row.stream),
        "Es-Version": str(row.version),
        "Es-Service": service,
        "ce-specversion": "1.0",
        "ce-id": told.event_id or f"{service}:{row.position}",
        "ce-source": f"/{service}",
        "ce-type": row.topic,
        "content-type": "application/json",
    }
    if told.recorded_at is not None:
        headers["ce-time"] = told.recorded_at
    subject = subject_of(service, told.authority, row.topic)
    return Outgoing(row.position, subject, headers, row.state)


def page(rows: Sequence[Row], previous: int, *, service: str, epoch: str, head: int) -> Page:
    """A page of the log; `previous` is the highest position before the first row, 0 if none."""
    entries = []
    for row in rows:
        message = outgoing(row, previous, service=service, epoch=epoch)
        entries.append(
            Entry(row.position, previous, message.subject, message.headers, row.state.decode())
        )
        previous = row.position
    return Page(epoch, head, entries)


def subject_of(service: str, authority: str, topic: str) -> str:
    """evt.<service>.<authority>.<topic>, single tokens: identifiers would make subjects endless."""
    return f"evt.{service}.{_token(authority)}.{_token(topic)}"


def stream_of(service: str) -> str:
    """The JetStream stream of a producing service."""
    return service.upper()


class Delivery(msgspec.Struct, frozen=True):
    """One event on its way to a handler, whichever door it came through."""

    position: int
    previous: int
    epoch: str
    topic: str
    subject: str
    headers: dict[str, str]
    body: bytes
    sequence: int | None = None  # in the JetStream stream; None: read from the log


def delivery(
    subject: str, headers: Mapping[str, str] | None, body: bytes, sequence: int | None = None
) -> Delivery | None:
    """A message by its headers; None for one that is not part of any log."""
    try:
        given = dict(headers or {})
        position, previous = int(given[POSITION]), int(given[PREVIOUS])
        return Delivery(
            position, previous, given[EPOCH], given[TOPIC], subject, given, body, sequence
        )
    except (KeyError, ValueError):
        return None


def delivered(entry: Entry) -> Delivery:
    """An entry of the log as a delivery; raises ValueError if its headers are not an event's."""
    found = delivery(entry.subject, entry.headers, entry.data.encode())
    if found is None or (found.position, found.previous) != (entry.id, entry.prev):
        raise ValueError(f"entry {entry.id} of the log contradicts its own headers")
    return found


class ReadableLog(Protocol):
    """What a page needs of `log.Log`."""

    async def epoch(self) -> UUID: ...
    async def head(self) -> int: ...
    async def previous(self, position: int) -> int: ...
    async def rows_after(self, position: int, limit: int) -> Sequence[Any]: ...


async def log_page(log: ReadableLog, service: str, after: int, limit: int) -> bytes:
    """The JSON that ``GET /log`` answers with. Read it from the primary: a replica may lag.

    The head is read before the rows, so it never promises more than a reader can fetch.
    """
    epoch, head = str(await log.epoch()), await log.head()
    previous = await log.previous(after + 1)
    rows = [Row(*row) for row in await log.rows_after(after, min(limit, LONGEST_PAGE))]
    return encode_page(page(rows, previous, service=service, epoch=epoch, head=head))


def _told(state: bytes) -> _Told:
    try:
        return _decode_state(state).meta
    except msgspec.DecodeError:
        # One unreadable row must not stop all that follow; whoever handles it will bury it.
        return _Told()


def _token(text: str) -> str:
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in text)
    return kept or UNKNOWN_AUTHORITY
