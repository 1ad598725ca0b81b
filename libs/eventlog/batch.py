"""What both doors of the log share: a command, its outcome, and the shape of a batch.

A batch is a list of commands that are committed together but judged one by one (`sql/schema.sql`).
"""

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from eventsourcing.persistence import IntegrityError, OperationalError, StoredEvent, Tracking

MAX_ROUNDS = 16  # every round goes through the whole batch once
ROW_OVERHEAD = 100  # bytes of an event besides its state, roughly


class VersionConflict(IntegrityError):
    """The stream has moved on, or the versions would leave a hole: read again, decide anew."""


class AlreadyTracked(IntegrityError):
    """This position of the upstream log has been processed before."""


class AlreadyRecorded(IntegrityError):
    """The idempotency key is known.

    `position` is the last position of the command that used it (None: it had no events); `same`
    tells a replay (equal fingerprint) from a key that was used for something else.
    """

    def __init__(self, key: str, position: int | None, same: bool) -> None:
        use = "this" if same else "another"
        super().__init__(f"key {key!r} was used for {use} command, recorded at {position}")
        self.key, self.position, self.same = key, position, same


class Busy(OperationalError):
    """The queue stayed full or is closing: nothing was written. HTTP: 503 with Retry-After."""


class OutcomeUnknown(OperationalError):
    """The database gave no answer in time: the command may be recorded or not.

    Repeating it with the same key (or the same events) is always safe.
    """


@dataclass(slots=True, eq=False)
class Command:
    """Events that are recorded whole or not at all, and what goes into the same transaction."""

    events: Sequence[StoredEvent]
    key: str | None = None
    fingerprint: bytes = b""
    tracking: Tracking | None = None
    ids: list[int] = field(default_factory=list)
    error: BaseException | None = None
    done: bool = False
    round: int = 1

    def settle(self, ids: Sequence[int] = (), error: BaseException | None = None) -> None:
        self.ids, self.error, self.done = list(ids), error, True

    def answer(self) -> list[int]:
        """The positions of the events, in order; raises what the command was refused with."""
        if self.error is not None:
            raise self.error
        return self.ids

    def size(self) -> int:
        return sum(len(event.state) + ROW_OVERHEAD for event in self.events)

    def resources(self) -> Iterator[Hashable]:
        """What two commands must not share within one round."""
        yield from {event.originator_id for event in self.events}
        if self.key is not None:
            yield "key", self.key
        if self.tracking is not None:
            yield "upstream", self.tracking.application_name


AnyCommand = TypeVar("AnyCommand", bound=Command)
Refusal = tuple[Command, str]  # the command and "version", "key" or "tracking"


@dataclass(slots=True)
class Columns:
    """The arguments of the database function, in its order: five per event, six per command."""

    event_command: list[int] = field(default_factory=list)
    event_stream: list[Any] = field(default_factory=list)
    event_version: list[int] = field(default_factory=list)
    event_topic: list[str] = field(default_factory=list)
    event_state: list[bytes] = field(default_factory=list)
    round: list[int] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    key: list[str | None] = field(default_factory=list)
    fingerprint: list[bytes | None] = field(default_factory=list)
    upstream: list[str | None] = field(default_factory=list)
    upstream_id: list[int | None] = field(default_factory=list)

    def add(self, number: int, command: Command) -> None:
        for event in command.events:
            self.event_command.append(number)
            self.event_stream.append(event.originator_id)
            self.event_version.append(event.originator_version)
            self.event_topic.append(event.topic)
            self.event_state.append(event.state)
        tracking = command.tracking
        self.round.append(command.round)
        self.events.append(len(command.events))
        self.key.append(command.key)
        self.fingerprint.append(None if command.key is None else command.fingerprint)
        self.upstream.append(tracking.application_name if tracking else None)
        self.upstream_id.append(tracking.notification_id if tracking else None)


def arguments(batch: Sequence[Command]) -> tuple[list[Any], ...]:
    """The lists to call the database function with."""
    table = Columns()
    for number, command in enumerate(batch, 1):
        table.add(number, command)
    return tuple(getattr(table, name) for name in Columns.__slots__)


def take(queue: deque[AnyCommand], max_commands: int, max_bytes: int) -> list[AnyCommand]:
    """Takes a batch from the head of the queue: at least one command, at most the limits.

    Commands that share a stream, a key or an upstream go to successive rounds, so that the later
    one is judged on what the earlier one did.
    """
    batch: list[AnyCommand] = []
    size = 0
    last_round: dict[Hashable, int] = {}
    while queue and len(batch) < max_commands:
        command = queue[0]
        size += command.size()
        shared = list(command.resources())
        command.round = 1 + max((last_round.get(name, 0) for name in shared), default=0)
        if batch and (size > max_bytes or command.round > MAX_ROUNDS):
            break
        last_round.update(dict.fromkeys(shared, command.round))
        batch.append(queue.popleft())
    return batch


def settle_accepted(batch: Sequence[Command], rows: Iterable[Sequence[Any]]) -> list[Refusal]:
    """Settles what was accepted and returns the rest.

    `rows` is the database's answer, one row per round: accepted, ids, refused, reasons.
    """
    reason: dict[int, str] = {}
    for accepted, ids, refused, reasons in rows:
        start = 0
        for number in accepted or ():
            command = batch[number - 1]
            end = start + len(command.events)
            command.settle(ids[start:end] if command.events else ())
            start = end
        for number, why in zip(refused or (), reasons or (), strict=True):
            reason.setdefault(number, why)
    return [(batch[number - 1], why) for number, why in reason.items()]


def refusal(command: Command, why: str, known: Sequence[Any] | None = None) -> IntegrityError:
    """The error that tells a refusal. `known`: fingerprint and position stored under the key."""
    if why == "key" and command.key is not None and known is not None:
        return AlreadyRecorded(command.key, known[1], bytes(known[0]) == command.fingerprint)
    if why == "tracking":
        return AlreadyTracked(f"already processed: {command.tracking}")
    first = command.events[0]
    return VersionConflict(
        f"stream {first.originator_id} does not end before version {first.originator_version}"
    )


def ids_if_mine(command: Command, stored: Iterable[Sequence[Any]]) -> list[int] | None:
    """After a lost answer: the positions, if exactly these events are stored, else None.

    `stored`: (stream, version, topic, state, position) of events of the command's streams.
    """
    found = {(stream, version): rest for stream, version, *rest in stored}
    ids: list[int] = []
    for event in command.events:
        topic, state, position = found.get(
            (event.originator_id, event.originator_version), (None, b"", 0)
        )
        if (topic, bytes(state)) != (event.topic, event.state):
            return None
        ids.append(position)
    return ids or None


def version_ranges(command: Command) -> list[tuple[Any, int, int]]:
    """(stream, lowest version, highest version) of each stream of the command."""
    versions: dict[Any, list[int]] = {}
    for event in command.events:
        versions.setdefault(event.originator_id, []).append(event.originator_version)
    return [(stream, min(found), max(found)) for stream, found in versions.items()]
