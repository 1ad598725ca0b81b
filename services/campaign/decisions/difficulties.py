"""Difficulties of units: reported, answered, assigned, escalated, resolved; never by silence."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from libs.serving.days import day_of
from libs.serving.working_days import working_days
from services.campaign.deadlines import Clock, Deadlines, Step
from services.campaign.decisions.access import PREPARING_DUTIES, own
from services.campaign.decisions.states import Campaign, Stage
from services.campaign.events import (
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
    DifficultyTakenUp,
    DifficultyWithdrawn,
    Level,
)

PEOPLE = ("specialist", "leader")


class Standing(StrEnum):
    absent = "absent"
    waiting = "waiting"
    asked_back = "asked-back"
    answered = "answered"
    resolved = "resolved"
    withdrawn = "withdrawn"


OPEN = (Standing.waiting, Standing.asked_back)


class Difficulty(msgspec.Struct, frozen=True):
    """What the rules of a difficulty read. `holder`: the unit that has to answer."""

    standing: Standing = Standing.absent
    campaign: UUID = UUID(int=0)
    authority: str = ""
    unit: str = ""
    lead_unit: str = ""
    level: Level = "lead-office"
    holder: str = ""
    official: UUID | None = None  # if one person there was named
    taken_up: bool = False
    reported_by: UUID | None = None
    answered_by: UUID | None = None
    clock: Clock | None = None
    days_left: int = 0  # when the clock was stopped
    done: frozenset[str] = frozenset()  # steps of clocks


# ---- who
def oversees(by: Acting) -> bool:
    return by.duty in PREPARING_DUTIES or by.role in ("chairman", "auditor")


def visible(difficulty: Difficulty, by: Acting) -> None:
    """Its unit, who has to answer, and those who oversee; others find nothing."""
    if difficulty.standing is Standing.absent or difficulty.authority != by.authority:
        raise Refused("not-found")
    concerned = (difficulty.unit, difficulty.holder, difficulty.lead_unit)
    if by.unit not in concerned and not oversees(by):
        raise Refused("not-found")


def _of_unit(difficulty: Difficulty, by: Acting) -> None:
    visible(difficulty, by)
    by.require(*PEOPLE)
    if by.unit != difficulty.unit:
        raise Refused("not-allowed", unit=by.unit)


def _manages(difficulty: Difficulty, by: Acting) -> bool:
    """The lead office; the chairman over it."""
    office = by.duty == "lead-office" or by.unit == difficulty.lead_unit
    return by.role == "chairman" or (by.role in PEOPLE and office)


def _manager(difficulty: Difficulty, by: Acting) -> None:
    visible(difficulty, by)
    if not _manages(difficulty, by):
        raise Refused("not-allowed", role=by.role, duty=by.duty)


def _answerable(difficulty: Difficulty, by: Acting) -> None:
    visible(difficulty, by)
    if _manages(difficulty, by):
        return
    named = difficulty.official in (None, by.official) or by.role == "leader"
    if by.role not in PEOPLE or by.unit != difficulty.holder or not named:
        raise Refused("not-allowed", role=by.role, unit=by.unit)


def _at(difficulty: Difficulty, *standings: Standing) -> None:
    if difficulty.standing not in standings:
        raise Refused("difficulty-out-of-turn", stage=difficulty.standing)


def _said(text: str) -> None:
    if not text.strip():
        raise Refused("reason-missing")


# ---- what people do
def report(
    difficulty: Difficulty,
    campaign: Campaign,
    id: UUID,
    *,
    kind: str,
    title: str,
    description: str,
    asks_for: str,
    lead_unit: str,
    deadlines: Deadlines,
    at: datetime,
    by: Acting,
) -> list[Event]:
    """`id`: of the campaign; `lead_unit`: who leads it, if the launch did not say."""
    own(campaign, by)
    by.require(*PEOPLE)
    if campaign.stage is not Stage.launched:
        raise Refused("not-launched", stage=campaign.stage)
    if by.unit not in campaign.scope:
        raise Refused("unit-not-in-scope", unit=by.unit)
    if difficulty.standing is not Standing.absent:
        return []
    return [
        DifficultyReported(
            campaign=id,
            authority=by.authority,
            unit=by.unit,
            lead_unit=campaign.lead_unit or lead_unit,
            kind=kind,
            title=title,
            description=description,
            asks_for=asks_for,
            reported_by=by.official,
            clock=deadlines.started(1, at),
        )
    ]


def assign(
    difficulty: Difficulty,
    *,
    unit: str,
    official: UUID | None,
    note: str,
    known: Collection[str],
    by: Acting,
) -> list[Event]:
    """`known`: codes of the authority's units. What is with the chairman only he hands on."""
    _manager(difficulty, by)
    if difficulty.level == "chairman" and by.role != "chairman":
        raise Refused("not-allowed", role=by.role, needs=["chairman"])
    _at(difficulty, *OPEN)
    if unit not in known:
        raise Refused("unknown-unit", unit=unit)
    if unit == difficulty.unit:
        raise Refused("own-difficulty")
    if (unit, official) == (difficulty.holder, difficulty.official):
        return []
    due = difficulty.clock.due_at if difficulty.clock else None
    return [DifficultyAssigned(difficulty.campaign, difficulty.unit, unit, official, note, due)]


def take_up(difficulty: Difficulty, *, by: Acting) -> list[Event]:
    _answerable(difficulty, by)
    _at(difficulty, *OPEN)
    if difficulty.taken_up:
        return []
    return [DifficultyTakenUp(difficulty.campaign, difficulty.unit, by.official)]


def ask_back(
    difficulty: Difficulty, question: str, *, deadlines: Deadlines, at: datetime, by: Acting
) -> list[Event]:
    """The clock stops while the unit is asked."""
    _answerable(difficulty, by)
    _at(difficulty, Standing.waiting)
    _said(question)
    assert difficulty.clock is not None
    due = day_of(difficulty.clock.due_at)
    left = working_days(deadlines.calendar, day_of(at), due)
    return [DifficultyAskedBack(difficulty.campaign, difficulty.unit, question, left)]


def explain(
    difficulty: Difficulty, explanation: str, *, deadlines: Deadlines, at: datetime, by: Acting
) -> list[Event]:
    _of_unit(difficulty, by)
    _at(difficulty, Standing.asked_back)
    _said(explanation)
    to = "" if difficulty.level == "lead-office" else difficulty.level
    clock = deadlines.resumed(_next(difficulty), at, left=difficulty.days_left, to=to)
    return [
        DifficultyExplained(
            difficulty.campaign, difficulty.unit, difficulty.holder, explanation, clock
        )
    ]


def answer(difficulty: Difficulty, text: str, *, by: Acting) -> list[Event]:
    """Who reported does not answer; whether it helps is for the unit to say."""
    _answerable(difficulty, by)
    _at(difficulty, *OPEN)
    _said(text)
    if by.official == difficulty.reported_by or by.unit == difficulty.unit:
        raise Refused("own-difficulty")
    return [
        DifficultyAnswered(difficulty.campaign, difficulty.unit, by.unit, by.official, text),
    ]


def escalate(
    difficulty: Difficulty,
    *,
    to: Level,
    unit: str,
    reason: str,
    known: Collection[str],
    deadlines: Deadlines,
    at: datetime,
    by: Acting,
) -> list[Event]:
    """The chairman's unit is the authority itself; what the province says the lead office enters.

    `unit`: of home affairs, or the outside agency that is asked.
    """
    _answerable(difficulty, by)
    _at(difficulty, *OPEN)
    _said(reason)
    if to == "lead-office" or to == difficulty.level:
        raise Refused("not-a-superior", level=to)
    to_unit = difficulty.authority if to == "chairman" else unit
    if to != "chairman" and unit not in known:
        raise Refused("unknown-unit", unit=unit)
    clock = deadlines.started(_next(difficulty), at, to=to)
    return [_escalated(difficulty, to, to_unit, reason, clock)]


def resolve(difficulty: Difficulty, reason: str, *, by: Acting) -> list[Event]:
    """Only what was answered: the unit confirms, or the lead office gives a reason."""
    visible(difficulty, by)
    if difficulty.standing is Standing.resolved:
        return []
    _at(difficulty, Standing.answered)
    by_unit = by.unit == difficulty.unit
    if by_unit:
        by.require(*PEOPLE)
    else:
        _manager(difficulty, by)
        _said(reason)
        if by.official == difficulty.reported_by:
            raise Refused("own-difficulty")
    d = difficulty
    return [DifficultyResolved(d.campaign, d.unit, d.lead_unit, by_unit, reason)]


def reopen(
    difficulty: Difficulty, reason: str, *, deadlines: Deadlines, at: datetime, by: Acting
) -> list[Event]:
    visible(difficulty, by)
    if by.unit != difficulty.unit:
        _manager(difficulty, by)
    by.require(*PEOPLE, "chairman")
    _at(difficulty, Standing.answered, Standing.resolved)
    _said(reason)
    d, clock = difficulty, deadlines.started(_next(difficulty), at)
    return [DifficultyReopened(d.campaign, d.unit, d.lead_unit, reason, clock)]


def withdraw(difficulty: Difficulty, reason: str, *, by: Acting) -> list[Event]:
    _of_unit(difficulty, by)
    if difficulty.standing is Standing.withdrawn:
        return []
    _at(difficulty, *OPEN)
    _said(reason)
    d = difficulty
    return [DifficultyWithdrawn(d.campaign, d.unit, d.holder, reason)]


# ---- what time does
def fall_due(
    difficulty: Difficulty, name: str, *, deadlines: Deadlines, at: datetime
) -> list[Event]:
    """What the step of the running clock asks for at `at`; nothing for a clock that has stopped."""
    step = _step(difficulty, name)
    if step is None or step.at > at or name in difficulty.done:
        return []
    assert difficulty.clock is not None
    d, due = difficulty, difficulty.clock.due_at
    match step.does:
        case "reminder":
            return [DifficultyReminded(d.campaign, d.unit, d.holder, name, due)]
        case "overdue":
            return [DifficultyOverdue(d.campaign, d.unit, d.holder, d.lead_unit, name, due)]
        case "escalation" if difficulty.level != "chairman":
            clock = deadlines.started(_next(difficulty), at, to="chairman")
            return [_escalated(difficulty, "chairman", difficulty.authority, "", clock, name)]
    return []


def _step(difficulty: Difficulty, name: str) -> Step | None:
    if difficulty.standing is not Standing.waiting or difficulty.clock is None:
        return None
    return next((step for step in difficulty.clock.steps if step.name == name), None)


def _next(difficulty: Difficulty) -> int:
    return difficulty.clock.number + 1 if difficulty.clock else 1


def _escalated(
    d: Difficulty, to: Level, unit: str, reason: str, clock: Clock, step: str = ""
) -> DifficultyEscalated:
    return DifficultyEscalated(d.campaign, d.unit, d.holder, to, unit, reason, clock, step)
