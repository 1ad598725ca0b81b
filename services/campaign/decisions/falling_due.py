"""What time does to a difficulty: it reminds, tells lateness and goes to the superior, no more."""

from datetime import datetime

from libs.eventlog.events import Event
from services.campaign.deadlines import Clock, Deadlines, Step
from services.campaign.decisions.difficulty import Difficulty, Standing, next_clock
from services.campaign.events import (
    DifficultyEscalated,
    DifficultyOverdue,
    DifficultyReminded,
    Level,
)


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
        case "reminder" if step.at <= due < at:
            return []  # we were away: what is overdue is told as overdue
        case "reminder":
            return [DifficultyReminded(d.campaign, d.unit, d.holder, name, due)]
        case "overdue":
            return [DifficultyOverdue(d.campaign, d.unit, d.holder, d.lead_unit, name, due)]
        case "escalation" if difficulty.level != "chairman":
            clock = deadlines.started(next_clock(difficulty), at, to="chairman")
            return [escalated(difficulty, "chairman", difficulty.authority, "", clock, name)]
    return []


def _step(difficulty: Difficulty, name: str) -> Step | None:
    if difficulty.standing is not Standing.waiting or difficulty.clock is None:
        return None
    return next((step for step in difficulty.clock.steps if step.name == name), None)


def escalated(
    d: Difficulty, to: Level, unit: str, reason: str, clock: Clock, step: str = ""
) -> DifficultyEscalated:
    """By a person, or by the `step` of a clock that ran out."""
    return DifficultyEscalated(d.campaign, d.unit, d.holder, to, unit, reason, clock, step)
