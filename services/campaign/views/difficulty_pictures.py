"""One difficulty as people see it, as of any version."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from libs.eventlog.log import Recorded
from services.campaign.events import (
    DifficultyAnswered,
    DifficultyAskedBack,
    DifficultyAssigned,
    DifficultyEscalated,
    DifficultyExplained,
    DifficultyPassedOn,
    DifficultyReopened,
    DifficultyReported,
    DifficultyResolved,
    DifficultyTakenUp,
    DifficultyWithdrawn,
)


def picture(id: UUID, past: Sequence[Recorded]) -> dict[str, Any]:
    page: dict[str, Any] = {"id": str(id), "state": "absent", "said": [], "due_at": None}
    for recorded in past:
        page |= _stroke(page, recorded)
    page["version"] = past[-1].version if past else 0
    page["position"] = past[-1].position if past else 0
    return page


def _stroke(page: dict[str, Any], recorded: Recorded) -> dict[str, Any]:
    at, event = recorded.meta.recorded_at.isoformat(), recorded.event
    match event:
        case DifficultyReported():
            told: dict[str, Any] = msgspec.to_builtins(event)
            here = {"holder": event.lead_unit, "level": "lead-office", "official": None}
            return {**told, **here, "taken_up": False, "reported_at": at} | _running(told["clock"])
        case DifficultyAssigned(assigned_unit=unit, official=official):
            who = {"holder": unit, "official": str(official) if official else None}
            return {**who, "level": "lead-office", "taken_up": False, "note": event.note}
        case DifficultyTakenUp():
            return {"taken_up": True}
        case DifficultyAskedBack(question=text):
            stopped = {"state": "asked-back", "due_at": None, "days_left": event.days_left}
            return {**stopped, "said": _said(page, recorded, "question", text)}
        case DifficultyExplained(explanation=text, clock=clock):
            said = {"said": _said(page, recorded, "explanation", text)}
            return said | _running(msgspec.to_builtins(clock))
        case DifficultyAnswered(answer=text):
            said = {"said": _said(page, recorded, "answer", text)}
            return {**said, "state": "answered", "due_at": None}
        case DifficultyEscalated(to=level, to_unit=unit, reason=reason, clock=clock):
            up = {"level": level, "holder": unit, "official": None, "taken_up": False}
            return {**up, "escalated": reason} | _running(msgspec.to_builtins(clock))
        case DifficultyPassedOn():
            now = {name: getattr(event, name) for name in ("unit", "lead_unit", "holder")}
            official = page["official"] if page["holder"] == event.holder else None
            return {**now, "authority": event.authority, "official": official}
        case DifficultyResolved(by_unit=by_unit, reason=reason):
            return {"state": "resolved", "resolved": {"by_unit": by_unit, "reason": reason}}
        case DifficultyReopened(lead_unit=lead, reason=reason, clock=clock):
            back = {"holder": lead, "level": "lead-office", "official": None, "taken_up": False}
            said = {"said": _said(page, recorded, "reopening", reason)}
            back |= {"resolved": None}
            return {**back, **said} | _running(msgspec.to_builtins(clock))
        case DifficultyWithdrawn(reason=reason):
            return {"state": "withdrawn", "due_at": None, "withdrawn": reason}
    return {}


def _running(clock: dict[str, Any]) -> dict[str, Any]:
    return {"state": "waiting", "due_at": clock["due_at"], "clock": clock}


def _said(page: dict[str, Any], recorded: Recorded, what: str, text: str) -> list[Any]:
    meta = recorded.meta
    actor = str(meta.actor) if meta.actor else None
    by = {"at": meta.recorded_at.isoformat(), "unit": meta.unit, "actor": actor}
    return [*page["said"], {"what": what, "text": text, **by}]
