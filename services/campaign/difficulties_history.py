"""Difficulties as histories of events."""

from uuid import UUID

import msgspec

from libs.eventlog.events import Event
from libs.eventlog.log import Log
from libs.eventlog.streams import Streams
from services.campaign.decisions.difficulty import Difficulty, Standing
from services.campaign.events import (
    DifficultyAnswered,
    DifficultyAskedBack,
    DifficultyAssigned,
    DifficultyEscalated,
    DifficultyExplained,
    DifficultyOverdue,
    DifficultyPassedOn,
    DifficultyReminded,
    DifficultyReopened,
    DifficultyReported,
    DifficultyResolved,
    DifficultyTakenUp,
    DifficultyWithdrawn,
)
from services.campaign.standing_in import both

replace = msgspec.structs.replace


def evolve_difficulty(difficulty: Difficulty, event: Event) -> Difficulty:
    match event:
        case DifficultyReported():
            return Difficulty(
                standing=Standing.waiting,
                campaign=event.campaign,
                authority=event.authority,
                unit=event.unit,
                lead_unit=event.lead_unit,
                holder=event.lead_unit,
                reported_by=frozenset({event.reported_by}),
                clock=event.clock,
            )
        case DifficultyAssigned(assigned_unit=unit, official=official):
            assigned = replace(difficulty, holder=unit, official=official, taken_up=False)
            return replace(assigned, level="lead-office")
        case DifficultyTakenUp():
            return replace(difficulty, taken_up=True)
        case DifficultyAskedBack(days_left=left):
            return replace(difficulty, standing=Standing.asked_back, days_left=left)
        case DifficultyExplained(clock=clock):
            return replace(difficulty, standing=Standing.waiting, clock=clock)
        case DifficultyAnswered():
            return replace(difficulty, standing=Standing.answered)
        case DifficultyEscalated(to=level, to_unit=unit, clock=clock):
            escalated = replace(difficulty, level=level, holder=unit, official=None, clock=clock)
            return replace(escalated, standing=Standing.waiting, taken_up=False)
        case DifficultyReopened(clock=clock, lead_unit=lead):
            again = replace(difficulty, standing=Standing.waiting, clock=clock, holder=lead)
            return replace(again, level="lead-office", official=None, taken_up=False)
        case DifficultyResolved():
            return replace(difficulty, standing=Standing.resolved)
        case DifficultyWithdrawn():
            return replace(difficulty, standing=Standing.withdrawn)
        case DifficultyPassedOn(unit=unit, holder=holder, authority=authority):
            official = difficulty.official if holder == difficulty.holder else None
            passed = replace(difficulty, unit=unit, lead_unit=event.lead_unit, holder=holder)
            return replace(passed, authority=authority, official=official)
        case DifficultyReminded(step=step) | DifficultyOverdue(step=step):
            return replace(difficulty, done=difficulty.done | {step})
    return difficulty


def reported_for(difficulty: Difficulty, actor: UUID | None, on_behalf: UUID) -> Difficulty:
    """Who reported for another: neither of them answers it."""
    reported_by = both(difficulty.reported_by, actor, on_behalf)
    return replace(difficulty, reported_by=reported_by)


def difficulties_of(log: Log) -> Streams[Difficulty]:
    return Streams(log, Difficulty(), evolve_difficulty, reported_for)
