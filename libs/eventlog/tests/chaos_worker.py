"""Appends through one door until its input is closed, then prints what it was told, as JSON.

Arguments: dsn, "threads" or "tasks", number of writers. One command in five goes to a stream that
all writers fight for; on every other stream there is nobody else, so a conflict there is wrong.
"""

import asyncio
import json
import random
import sys
import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.persistence import PersistenceError, StoredEvent

from libs.eventlog.appender import AsyncAppender
from libs.eventlog.batch import Busy, OutcomeUnknown, VersionConflict
from libs.eventlog.recorder import GroupCommitRecorder, open_datastore
from libs.eventlog.tests.events import event

CONTESTED = [UUID(int=n) for n in (1, 2, 3)]
Attempt = tuple[list[StoredEvent], str | None]  # events and key


@dataclass
class Told:
    """What the writers of this process were answered."""

    acknowledged: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)  # states of events
    wrong: list[str] = field(default_factory=list)


def attempts(told: Told, stop: threading.Event) -> Generator[Attempt | UUID, Any, None]:
    """Yields what to append and receives positions or an error; or a stream, and its version."""
    own, versions = uuid4(), dict.fromkeys(CONTESTED, 0)
    while not stop.is_set():
        contested = random.random() < 0.2
        stream = random.choice(CONTESTED) if contested else own
        first = versions.setdefault(stream, 0) + 1
        events = [event(stream, first + n) for n in range(random.choice((1, 1, 1, 3)))]
        key = str(uuid4()) if random.random() < 0.5 else None
        outcome = yield events, key
        if isinstance(outcome, list):
            told.acknowledged.append(acknowledged(events, outcome, key))
            versions[stream] += len(events)
        elif contested and isinstance(outcome, VersionConflict):
            versions[stream] = yield stream
        else:
            note_failure(told, events, outcome)
            own = uuid4()


def acknowledged(
    events: Sequence[StoredEvent], positions: Sequence[int], key: str | None
) -> dict[str, Any]:
    stored = [
        (position, str(e.originator_id), e.originator_version, e.state.hex())
        for e, position in zip(events, positions, strict=True)
    ]
    return {"events": stored, "key": key}


def note_failure(told: Told, events: Sequence[StoredEvent], outcome: Exception) -> None:
    if isinstance(outcome, OutcomeUnknown):
        told.unknown += [e.state.hex() for e in events]
    elif not isinstance(outcome, Busy):
        told.wrong.append(repr(outcome))


def write_with_threads(dsn: str, writers: int, told: Told, stop: threading.Event) -> None:
    recorder = GroupCommitRecorder(open_datastore(dsn, pool_size=3))

    def write() -> None:
        script = attempts(told, stop)
        answer: Any = None
        while (step := following(script, answer)) is not None:
            try:
                if isinstance(step, UUID):
                    answer = version_of(recorder, step)
                else:
                    answer = recorder.insert_events(step[0], key=step[1], fingerprint=b"f")
            except PersistenceError as error:
                answer = error

    threads = [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    recorder.datastore.close()


async def write_with_tasks(dsn: str, writers: int, told: Told, stop: threading.Event) -> None:
    reader = GroupCommitRecorder(open_datastore(dsn, pool_size=1))
    door = AsyncAppender(dsn=dsn, writers=2)

    async def write() -> None:
        script = attempts(told, stop)
        answer: Any = None
        while (step := following(script, answer)) is not None:
            try:
                if isinstance(step, UUID):
                    answer = await asyncio.to_thread(version_of, reader, step)
                else:
                    answer = await door.append(step[0], key=step[1], fingerprint=b"f")
            except PersistenceError as error:
                answer = error

    async with door:
        await asyncio.gather(*(write() for _ in range(writers)))
    reader.datastore.close()


def following(script: Generator[Attempt | UUID, Any, None], answer: Any) -> Attempt | UUID | None:
    try:
        return script.send(answer)
    except StopIteration:
        return None


def version_of(recorder: GroupCommitRecorder, stream: UUID) -> int:
    last = recorder.select_events(stream, desc=True, limit=1)
    return last[0].originator_version if last else 0


def main() -> None:
    dsn, door, writers = sys.argv[1:]
    told, stop = Told(), threading.Event()

    def stop_at_end_of_input() -> None:
        sys.stdin.read()
        stop.set()

    threading.Thread(target=stop_at_end_of_input, daemon=True).start()
    if door == "threads":
        write_with_threads(dsn, int(writers), told, stop)
    else:
        asyncio.run(write_with_tasks(dsn, int(writers), told, stop))
    json.dump(vars(told), sys.stdout)


if __name__ == "__main__":
    main()
