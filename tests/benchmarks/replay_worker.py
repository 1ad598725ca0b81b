"""The replay in a process of its own, and the events it reads."""

import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import msgspec
import psycopg
import uvloop

from libs.eventlog.events import Event, Meta, Registry
from libs.eventlog.log import Log
from libs.eventlog.replay import replay

EVENTS = 1_000_000
STREAMS = 50_000
FILL = "x" * 170
replayed = Registry("replayed")


@replayed.of("account.opened")
class Opened(Event):
    name: str
    authority: str
    note: str


@replayed.of("account.credited")
class Credited(Event):
    amount: int
    reason: str
    note: str


@replayed.of("account.closed")
class Closed(Event):
    reason: str
    note: str


class Account(msgspec.Struct, frozen=True):
    name: str = ""
    balance: int = 0
    movements: int = 0
    closed: bool = False


def evolve(account: Account, event: Event) -> Account:
    match event:
        case Credited(amount=amount):
            return Account(
                account.name, account.balance + amount, account.movements + 1, account.closed
            )
        case Opened(name=name):
            return Account(name)
        case Closed():
            return Account(account.name, account.balance, account.movements, closed=True)
    return account


def load(owner_dsn: str) -> float:
    """Writes the events, streams interleaved as time would; returns their average size, bytes."""
    size = 0
    columns = "(originator_id, originator_version, topic, state)"
    with psycopg.connect(owner_dsn) as owner:
        with owner.cursor().copy(f"COPY log.events {columns} FROM STDIN (FORMAT binary)") as copy:
            copy.set_types(["uuid", "int8", "text", "bytea"])
            for row in _rows():
                copy.write_row(row)
                size += len(row[3])
        owner.execute("ANALYZE log.events")
    return size / EVENTS


def _rows() -> Iterator[tuple[UUID, int, str, bytes]]:
    streams = [uuid4() for _ in range(STREAMS)]
    per_stream = EVENTS // STREAMS
    at = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    for version in range(1, per_stream + 1):
        for stream in streams:
            event = _event(version, per_stream)
            meta = Meta(
                event_id=stream,
                command=str(stream),
                authority="chi-lang",
                correlation=stream,
                recorded_at=at,
                actor=stream,
                appointment=stream,
                role="specialist",
                unit="home-affairs",
            )
            yield stream, version, replayed.topic_of(event), replayed.encode(event, meta)


def _event(version: int, last: int) -> Event:
    if version == 1:
        return Opened("Nông Thị Mẫu", "chi-lang", FILL)
    if version == last:
        return Closed("done", FILL)
    return Credited(version, "monthly", FILL)


async def run(dsn: str) -> dict[str, float]:
    log = Log(replayed, dsn=dsn)
    await log.open()
    try:
        begun, cpu = time.perf_counter(), time.process_time()
        states = await replay(log, Account(), evolve)
        seconds = time.perf_counter() - begun
        cpu = time.process_time() - cpu
    finally:
        await log.close()
    whole = sum(range(2, EVENTS // STREAMS))
    assert len(states) == STREAMS
    assert all(account.closed and account.balance == whole for account in states.values())
    return {"rate": EVENTS / seconds, "seconds": seconds, "client_cpu": cpu / seconds}


if __name__ == "__main__":
    print(json.dumps(uvloop.run(run(json.load(sys.stdin)["dsn"]))))
