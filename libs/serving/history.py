"""The history of a stream as people and auditors read it: who, in which role, when, what, why."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from libs.eventlog.log import Log, Recorded
from libs.eventlog.vault import map_personal


async def history_of(log: Log, stream: UUID) -> list[dict[str, Any]]:
    """Every step of a stream, oldest first, personal values readable to who may see the stream."""
    return await steps_of(log, await log.read(stream))


async def steps_of(log: Log, past: Sequence[Recorded]) -> list[dict[str, Any]]:
    """The same of what was read: all of it, or what the reader may see."""
    return [await entry(log, recorded) for recorded in past]


async def entry(log: Log, recorded: Recorded) -> dict[str, Any]:
    meta = recorded.meta
    event = await log.opened(recorded)
    return {
        "version": recorded.version,
        "position": recorded.position,
        "event": recorded.topic.rpartition(".v")[0],
        "topic": recorded.topic,
        "at": meta.recorded_at.isoformat(),
        "effective_at": meta.effective_at.isoformat() if meta.effective_at else None,
        "actor": str(meta.actor) if meta.actor else None,
        "on_behalf": str(meta.on_behalf) if meta.on_behalf else None,
        "role": meta.role,
        "unit": meta.unit,
        "command": meta.command,
        "correlation": str(meta.correlation),
        "data": readable(event),
    }


def readable(value: Any) -> Any:
    """Builtins for JSON: an opened `Personal` becomes its text."""
    if isinstance(value, msgspec.Struct):
        value = map_personal(value, lambda _, personal: personal.text or "")  # type: ignore[arg-type,return-value]
    return msgspec.to_builtins(value)
