"""Difficulties of units: reported, answered, assigned, escalated, resolved; never by silence."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from libs.serving.days import day_of
from libs.serving.working_days import working_days
from services.campaign.deadlines import Deadlines
from services.campaign.decisions.access import party, running
from services.campaign.decisions.difficulty import (
    OPEN,
    PEOPLE,
    Difficulty,
    Standing,
    answerable,
    in_turn,
    manager,
    next_clock,
    not_above,
    of_unit,
    said,
    visible,
)
from services.campaign.decisions.falling_due import escalated
from services.campaign.decisions.states import Campaign
from services.campaign.events import (
    DifficultyAnswered,
    DifficultyAskedBack,
    DifficultyAssigned,
    DifficultyExplained,
    DifficultyReopened,
    DifficultyReported,
    DifficultyResolved,
    DifficultyTakenUp,
    DifficultyWithdrawn,
    Level,
)


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
    party(campaign, by)
    by.require(*PEOPLE)
    running(campaign)
    if by.unit not in campaign.scope:
        raise Refused("unit-not-in-scope", unit=by.unit)
    if difficulty.standing is not Standing.absent:
        return []
    return [
        DifficultyReported(
            campaign=id,
            authority=campaign.authority,
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
    manager(difficulty, by)
    not_above(difficulty, by)
    in_turn(difficulty, *OPEN)
    if unit not in known:
        raise Refused("unknown-unit", unit=unit)
    if unit == difficulty.unit:
        raise Refused("own-difficulty")
    if (unit, official) == (difficulty.holder, difficulty.official):
        return []
    due = difficulty.clock.due_at if difficulty.clock else None
    return [DifficultyAssigned(difficulty.campaign, difficulty.unit, unit, official, note, due)]


def take_up(difficulty: Difficulty, *, by: Acting) -> list[Event]:
    answerable(difficulty, by)
    not_above(difficulty, by)
    in_turn(difficulty, *OPEN)
    if difficulty.taken_up:
        return []
    return [DifficultyTakenUp(difficulty.campaign, difficulty.unit, by.official)]


def ask_back(
    difficulty: Difficulty, question: str, *, deadlines: Deadlines, at: datetime, by: Acting
) -> list[Event]:
    """The clock stops while the unit is asked."""
    answerable(difficulty, by)
    in_turn(difficulty, Standing.waiting)
    said(question)
    assert difficulty.clock is not None
    due = day_of(difficulty.clock.due_at)
    left = working_days(deadlines.calendar, day_of(at), due)
    return [DifficultyAskedBack(difficulty.campaign, difficulty.unit, question, left)]


def explain(
    difficulty: Difficulty, explanation: str, *, deadlines: Deadlines, at: datetime, by: Acting
) -> list[Event]:
    of_unit(difficulty, by)
    in_turn(difficulty, Standing.asked_back)
    said(explanation)
    to = "" if difficulty.level == "lead-office" else difficulty.level
    clock = deadlines.resumed(next_clock(difficulty), at, left=difficulty.days_left, to=to)
    return [
        DifficultyExplained(
            difficulty.campaign, difficulty.unit, difficulty.holder, explanation, clock
        )
    ]


def answer(difficulty: Difficulty, text: str, *, by: Acting) -> list[Event]:
    """Who reported does not answer; whether it helps is for the unit to say."""
    answerable(difficulty, by)
    in_turn(difficulty, *OPEN)
    said(text)
    if by.among(difficulty.reported_by) or by.unit == difficulty.unit:
        raise Refused("own-difficulty")
    d = difficulty
    return [
        DifficultyAnswered(d.campaign, d.unit, by.unit, by.official, text, d.lead_unit),
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
    answerable(difficulty, by)
    in_turn(difficulty, *OPEN)
    said(reason)
    if to == "lead-office" or to == difficulty.level:
        raise Refused("not-a-superior", level=to)
    to_unit = difficulty.authority if to == "chairman" else unit
    if to != "chairman" and unit not in known:
        raise Refused("unknown-unit", unit=unit)
    clock = deadlines.started(next_clock(difficulty), at, to=to)
    return [escalated(difficulty, to, to_unit, reason, clock)]


def resolve(difficulty: Difficulty, reason: str, *, by: Acting) -> list[Event]:
    """Only what was answered: the unit confirms, or the lead office gives a reason."""
    visible(difficulty, by)
    if difficulty.standing is Standing.resolved:
        return []
    in_turn(difficulty, Standing.answered)
    by_unit = by.unit == difficulty.unit
    if by_unit:
        by.require(*PEOPLE)
    else:
        manager(difficulty, by)
        said(reason)
        if by.among(difficulty.reported_by):
            raise Refused("own-difficulty")
    d = difficulty
    return [DifficultyResolved(d.campaign, d.unit, d.lead_unit, by_unit, reason)]


def reopen(
    difficulty: Difficulty, reason: str, *, deadlines: Deadlines, at: datetime, by: Acting
) -> list[Event]:
    visible(difficulty, by)
    if by.unit != difficulty.unit:
        manager(difficulty, by)
    by.require(*PEOPLE, "chairman")
    in_turn(difficulty, Standing.answered, Standing.resolved)
    said(reason)
    d, clock = difficulty, deadlines.started(next_clock(difficulty), at)
    return [DifficultyReopened(d.campaign, d.unit, d.lead_unit, reason, clock)]


def withdraw(difficulty: Difficulty, reason: str, *, by: Acting) -> list[Event]:
    of_unit(difficulty, by)
    if difficulty.standing is Standing.withdrawn:
        return []
    in_turn(difficulty, *OPEN)
    said(reason)
    d = difficulty
    return [DifficultyWithdrawn(d.campaign, d.unit, d.holder, reason)]
