"""Difficulties (khó khăn, vướng mắc): a stream of their own."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from libs.eventlog.events import Event
from services.campaign.deadlines import Clock
from services.campaign.events.registry import events

Level = Literal["lead-office", "home-affairs", "chairman", "province"]


@events.of("difficulty.reported")
class DifficultyReported(Event):
    """`unit` reports to `lead_unit`; `clock` governs the answer. Texts name no person."""

    campaign: UUID
    authority: str
    unit: str
    lead_unit: str
    kind: str
    title: str
    description: str
    asks_for: str
    reported_by: UUID
    clock: Clock


@events.of("difficulty.assigned")
class DifficultyAssigned(Event):
    """`assigned_unit` (and there `official`, if named) answers from now on; the clock goes on."""

    campaign: UUID
    unit: str
    assigned_unit: str
    official: UUID | None
    note: str
    due_at: datetime | None = None


@events.of("difficulty.taken-up")
class DifficultyTakenUp(Event):
    """Somebody says that they are working on it; no clock stops for that."""

    campaign: UUID
    unit: str
    taken_up_by: UUID


@events.of("difficulty.asked-back")
class DifficultyAskedBack(Event):
    """Put back to the unit with a question; the clock stops with `days_left` working days."""

    campaign: UUID
    unit: str
    question: str
    days_left: int


@events.of("difficulty.explained")
class DifficultyExplained(Event):
    """The unit's answer to the question; the clock goes on."""

    campaign: UUID
    unit: str
    holder: str
    explanation: str
    clock: Clock


@events.of("difficulty.answered")
class DifficultyAnswered(Event):
    campaign: UUID
    unit: str
    answering_unit: str
    answered_by: UUID
    answer: str
    lead_unit: str


@events.of("difficulty.escalated")
class DifficultyEscalated(Event):
    """To a superior with a clock of its own. `step`: of the clock that ran out; empty: a person."""

    campaign: UUID
    unit: str
    from_unit: str
    to: Level
    to_unit: str
    reason: str
    clock: Clock
    step: str = ""


@events.of("difficulty.resolved")
class DifficultyResolved(Event):
    """Confirmed by the reporting unit, or by the lead office with a reason."""

    campaign: UUID
    unit: str
    lead_unit: str
    by_unit: bool
    reason: str = ""


@events.of("difficulty.reopened")
class DifficultyReopened(Event):
    campaign: UUID
    unit: str
    lead_unit: str
    reason: str
    clock: Clock


@events.of("difficulty.withdrawn")
class DifficultyWithdrawn(Event):
    campaign: UUID
    unit: str
    holder: str
    reason: str


@events.of("difficulty.passed-on")
class DifficultyPassedOn(Event):
    """`predecessor` gave way: who has reported, leads and answers from now on, and whose it is."""

    campaign: UUID
    predecessor: str
    unit: str
    lead_unit: str
    holder: str
    authority: str
    effective: date
    reorganisation: UUID


@events.of("difficulty.reminded")
class DifficultyReminded(Event):
    """A reminder to `holder` before or after the due date, at `step` of the clock."""

    campaign: UUID
    unit: str
    holder: str
    step: str
    due_at: datetime


@events.of("difficulty.overdue")
class DifficultyOverdue(Event):
    """The due date has passed without an answer. Time never resolves a difficulty."""

    campaign: UUID
    unit: str
    holder: str
    lead_unit: str
    step: str
    due_at: datetime
