"""Who is told what of a difficulty: one telling per event, each unit once."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from libs.serving.days import VIETNAM
from services.notification.events import Purpose
from services.notification.heard import (
    DifficultyAnswered,
    DifficultyAskedBack,
    DifficultyAssigned,
    DifficultyEscalated,
    DifficultyExplained,
    DifficultyOverdue,
    DifficultyReminded,
    DifficultyReopened,
    DifficultyReported,
    DifficultyResolved,
    DifficultyWithdrawn,
)

# unit -> purpose, the first wins; template; due date if there is one
Telling = tuple[Mapping[str, Purpose], str, datetime | None]


class TellingOf(msgspec.Struct, frozen=True):
    """What is heard under a topic, and what follows."""

    heard: Any
    tells: Callable[[Any], list[Telling]]


def _one(unit: str, template: str, due: datetime | None = None) -> list[Telling]:
    return [({unit: "for-action"}, template, due)]


def _reported(event: DifficultyReported) -> list[Telling]:
    return _one(event.lead_unit, "difficulty-reported", event.clock.due_at)


def _assigned(event: DifficultyAssigned) -> list[Telling]:
    return _one(event.assigned_unit, "difficulty-assigned", event.due_at)


def _explained(event: DifficultyExplained) -> list[Telling]:
    return _one(event.holder, "difficulty-explained", event.clock.due_at)


def _answered(event: DifficultyAnswered) -> list[Telling]:
    """The unit; and the lead office, if another has answered."""
    if event.answering_unit == event.lead_unit:
        return _one(event.unit, "difficulty-answered")
    lead: dict[str, Purpose] = {event.lead_unit: "for-information"}
    return [*_one(event.unit, "difficulty-answered"), (lead, "difficulty-answered-known", None)]


def _escalated(event: DifficultyEscalated) -> list[Telling]:
    """The superior is to answer; unit and the office that did not answer know of it."""
    by_clock = "-overdue" if event.step else ""
    above = (event.to_unit, f"difficulty-escalated{by_clock}", event.clock.due_at)
    below: dict[str, Purpose] = dict.fromkeys((event.unit, event.from_unit), "for-information")
    below.pop(event.to_unit, None)
    return [*_one(*above), (below, "difficulty-escalated-known", None)]


def _resolved(event: DifficultyResolved) -> list[Telling]:
    told = event.lead_unit if event.by_unit else event.unit
    return [({told: "for-information"}, "difficulty-resolved", None)]


def _reopened(event: DifficultyReopened) -> list[Telling]:
    return _one(event.lead_unit, "difficulty-reopened", event.clock.due_at)


def _reminded(event: DifficultyReminded) -> list[Telling]:
    return _one(event.holder, "difficulty-reminded", event.due_at)


def _overdue(event: DifficultyOverdue) -> list[Telling]:
    told: dict[str, Purpose] = {event.holder: "for-action"}
    told.setdefault(event.lead_unit, "for-action")
    return [(told, "difficulty-overdue", event.due_at)]


def _of_the_unit(template: str) -> Callable[[Any], list[Telling]]:
    return lambda event: _one(event.unit, template)


TELLINGS: Mapping[str, TellingOf] = {
    "difficulty.reported.v1": TellingOf(DifficultyReported, _reported),
    "difficulty.assigned.v1": TellingOf(DifficultyAssigned, _assigned),
    "difficulty.asked-back.v1": TellingOf(DifficultyAskedBack, _of_the_unit("difficulty-asked")),
    "difficulty.explained.v1": TellingOf(DifficultyExplained, _explained),
    "difficulty.answered.v1": TellingOf(DifficultyAnswered, _answered),
    "difficulty.escalated.v1": TellingOf(DifficultyEscalated, _escalated),
    "difficulty.resolved.v1": TellingOf(DifficultyResolved, _resolved),
    "difficulty.reopened.v1": TellingOf(DifficultyReopened, _reopened),
    "difficulty.withdrawn.v1": TellingOf(
        DifficultyWithdrawn,
        lambda event: [({event.holder: "for-information"}, "difficulty-withdrawn", None)],
    ),
    "difficulty.reminded.v1": TellingOf(DifficultyReminded, _reminded),
    "difficulty.overdue.v1": TellingOf(DifficultyOverdue, _overdue),
}


def told_of(
    topic: str, event: Any, title: str, name: str
) -> list[tuple[str, Purpose, str, dict[str, str]]]:
    """(unit, purpose, template, facts) of each notice. `name`: of the unit that reported."""
    found = []
    for units, template, due in TELLINGS[topic].tells(event):
        facts = {"title": title, "reporting": name}
        if due is not None:
            facts["due"] = f"{due.astimezone(VIETNAM):%d/%m/%Y}"
        found += [(unit, purpose, template, facts) for unit, purpose in units.items()]
    return found
