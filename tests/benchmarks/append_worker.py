"""One variant of appending in a process of its own: callers that each wait for their answer.

Every call records one event of about 600 bytes on a new stream.
"""

import asyncio
import json
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import asyncpg
import uvloop
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from libs.eventlog.appender import AsyncAppender

TOPIC = "dossier.submitted.v1"
META = {
    "event_id": str(uuid4()),
    "command": str(uuid4()),
    "authority": "chi-lang",
    "correlation": str(uuid4()),
    "recorded_at": "2026-01-02T03:04:05.678901Z",
    "actor": str(uuid4()),
    "appointment": str(uuid4()),
    "role": "specialist",
    "unit": "home-affairs",
}
DATA = {"dossier": str(uuid4()), "title": "Tap the va ca nhan co thanh tich", "note": "x" * 130}
STATE = json.dumps({"meta": META, "data": DATA}, separators=(",", ":")).encode()
WARM_UP = 10  # calls
SETTLE = 0.1  # seconds until all threads are ready

_WRITE = "SELECT message_store.write_message($1, $2, $3, $4, $5, -1)"  # -1: a new stream


def event() -> StoredEvent:
    return StoredEvent(uuid4(), 1, TOPIC, STATE)


def summary(took: list[float], seconds: float, cpu: float) -> dict[str, float]:
    took.sort()
    return {
        "rate": len(took) / seconds,
        "p50_ms": took[len(took) // 2] * 1000,
        "p99_ms": took[int(len(took) * 0.99)] * 1000,
        "client_cpu": cpu / seconds,
    }


def by_threads(call: Callable[[], Any], callers: int, seconds: float) -> dict[str, float]:
    for _ in range(WARM_UP):
        call()
    begin = time.perf_counter() + SETTLE
    took: list[list[float]] = [[] for _ in range(callers)]

    def caller(mine: list[float]) -> None:
        time.sleep(max(0.0, begin - time.perf_counter()))
        while (asked := time.perf_counter()) < begin + seconds:
            call()
            mine.append(time.perf_counter() - asked)

    threads = [threading.Thread(target=caller, args=(mine,)) for mine in took]
    cpu = time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return summary([t for mine in took for t in mine], seconds, time.process_time() - cpu)


async def by_tasks(calls: list[Callable[[], Awaitable[Any]]], seconds: float) -> dict[str, float]:
    for call in calls:
        await call()
    took: list[float] = []
    begin, cpu = time.perf_counter(), time.process_time()

    async def caller(call: Callable[[], Awaitable[Any]]) -> None:
        while (asked := time.perf_counter()) < begin + seconds:
            await call()
            took.append(time.perf_counter() - asked)

    await asyncio.gather(*(caller(call) for call in calls))
    return summary(took, seconds, time.process_time() - cpu)


def library(told: dict[str, Any]) -> dict[str, float]:
    """The eventsourcing library's recorder as it comes; only the pool has a place for everyone."""
    datastore = PostgresDatastore(
        told["database"],
        told["host"],
        told["port"],
        told["user"],
        "",
        pool_size=told["callers"],
    )
    recorder = PostgresApplicationRecorder(datastore)
    recorder.create_table()
    try:
        return by_threads(
            lambda: recorder.insert_events([event()]), told["callers"], told["seconds"]
        )
    finally:
        datastore.close()


async def group_commit(told: dict[str, Any]) -> dict[str, float]:
    async with AsyncAppender(dsn=told["dsn"]) as log:
        found = await by_tasks([lambda: log.append([event()])] * told["callers"], told["seconds"])
        return found | {"batch": log.commands / log.batches}


async def message_db(told: dict[str, Any]) -> dict[str, float]:
    data, meta = json.dumps(DATA), json.dumps(META)

    def writer(connection: asyncpg.Connection) -> Callable[[], Awaitable[Any]]:
        async def write() -> None:
            stream = f"dossier-{uuid4()}"
            await connection.fetchval(_WRITE, str(uuid4()), stream, TOPIC, data, meta)

        return write

    connections = [await asyncpg.connect(told["dsn"]) for _ in range(told["callers"])]
    found = await by_tasks([writer(connection) for connection in connections], told["seconds"])
    for connection in connections:
        await connection.close()
    return found


def main() -> None:
    told = json.load(sys.stdin)
    match told["variant"]:
        case "library":
            found = library(told)
        case "group commit":
            found = uvloop.run(group_commit(told))
        case _:
            found = uvloop.run(message_db(told))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
