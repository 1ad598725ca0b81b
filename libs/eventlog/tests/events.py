"""Events to store: what is in them does not matter to the log."""

from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent


def event(
    stream: UUID | None = None, version: int = 1, state: bytes | None = None, topic: str = "t"
) -> StoredEvent:
    return StoredEvent(stream or uuid4(), version, topic, state or uuid4().bytes)
