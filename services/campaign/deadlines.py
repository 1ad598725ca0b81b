"""A running time limit: when it ends, and what is to be done at which instant before and after.

The whole course of a clock is worked out when it starts and stored in the event that started it,
with the limits it was made from, so a calendar or a rule that changes later changes no clock that
runs. Limits are the office's own configuration, not law.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import msgspec

from libs.serving.days import VIETNAM, day_of
from libs.serving.working_days import Calendar, add_working_days, due_after

OVERDUE, ESCALATION = "overdue", "escalation"
HIGHEST = "chairman"  # there is nobody to go on to


class Limits(msgspec.Struct, frozen=True):
    """In force from `valid_from` until the next entry; all counts are working days.

    `within`: to answer; `above_within`: after it has gone to a superior; `remind_before` and
    `remind_after`: distances from the due date; `escalate_after`: late by so many, the superior is
    told. `hour`: of reminders, in Vietnam.
    """

    valid_from: date
    within: int = 5
    above_within: int = 3
    remind_before: tuple[int, ...] = (2, 0)
    remind_after: tuple[int, ...] = (1,)
    escalate_after: int = 3
    hour: int = 8


DEFAULT = (Limits(date(2024, 1, 1)),)


class Step(msgspec.Struct, frozen=True):
    """What is to happen at an instant; `name` is unlike that of every other step of the stream."""

    name: str
    does: str  # reminder, overdue, escalation
    at: datetime


class Clock(msgspec.Struct, frozen=True):
    """`number` counts the clocks of a stream from 1; `calendar` names the days counted by.

    `critical_at`: late by so much that a superior is told, if there is one.
    """

    number: int
    due_at: datetime
    critical_at: datetime
    limits: Limits
    calendar: str
    steps: tuple[Step, ...] = ()


def read_limits(path: str | None) -> tuple[Limits, ...]:
    """The limits of a JSON file (a list), or the default. Raises OSError, ValidationError."""
    if path is None:
        return DEFAULT
    return msgspec.json.decode(Path(path).read_bytes(), type=tuple[Limits, ...])


def limits_on(entries: Sequence[Limits], day: date) -> Limits:
    """The entry in force on `day`; the first one for days before it."""
    ordered = sorted(entries, key=lambda entry: entry.valid_from)
    holding = [entry for entry in ordered if entry.valid_from <= day]
    return holding[-1] if holding else ordered[0]


class Deadlines(msgspec.Struct, frozen=True):
    """What clocks are made from: the office's limits and its calendar."""

    limits: tuple[Limits, ...]
    calendar: Calendar

    def started(self, number: int, at: datetime, *, to: str = "") -> Clock:
        """A clock that starts now, with the limit to answer, or that of the superior `to`."""
        limits = limits_on(self.limits, day_of(at))
        days = limits.above_within if to else limits.within
        return self._clock(number, at, due_after(self.calendar, at, days), limits, to)

    def resumed(self, number: int, at: datetime, *, left: int, to: str) -> Clock:
        """A clock that goes on with the working days that were left when it was stopped."""
        limits = limits_on(self.limits, day_of(at))
        return self._clock(number, at, due_after(self.calendar, at, max(left, 1)), limits, to)

    def _clock(self, number: int, at: datetime, due: datetime, limits: Limits, to: str) -> Clock:
        def on(distance: int) -> datetime:
            day = add_working_days(self.calendar, day_of(due), distance)
            return datetime.combine(day, time(limits.hour), VIETNAM)

        critical = on(limits.escalate_after)
        above = [] if to == HIGHEST else [(ESCALATION, ESCALATION, critical)]
        named = [
            *((f"before-{n}", "reminder", on(-n)) for n in limits.remind_before),
            (OVERDUE, OVERDUE, due + timedelta(seconds=1)),
            *((f"after-{n}", "reminder", on(n)) for n in limits.remind_after),
            *above,
        ]
        steps = [Step(f"{number}.{name}", does, when) for name, does, when in named if when > at]
        steps.sort(key=lambda step: step.at)
        return Clock(number, due, critical, limits, self.calendar.name, tuple(steps))
