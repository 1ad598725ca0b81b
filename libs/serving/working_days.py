"""Days on which the office works, and time limits counted in them: one way for services and pages.

A calendar is configuration: each entry names its source, an authority may give a file of its own.
The default knows weekends and the holidays with a fixed date; Tết, days in lieu and weekend days
that are worked instead are announced year by year, so they stand in the file and are not guessed.
"""

from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

import msgspec

from libs.serving.days import VIETNAM, day_of

SATURDAY = 5
FARTHEST = 3660  # days that are counted at most: ten years
UNCHECKED = "cấu hình mặc định"


class Yearly(msgspec.Struct, frozen=True):
    """A holiday on the same date of every year."""

    month: int
    day: int
    name: str
    source: str


class Dated(msgspec.Struct, frozen=True):
    """One day of one year, off or worked, and who announced it."""

    on: date
    name: str
    source: str


class Calendar(msgspec.Struct, frozen=True, dict=True):
    """`days_worked`: weekend days on which the office works in place of another day."""

    name: str
    yearly: tuple[Yearly, ...] = ()
    days_off: tuple[Dated, ...] = ()
    days_worked: tuple[Dated, ...] = ()

    @cached_property
    def off(self) -> frozenset[date]:
        return frozenset(one.on for one in self.days_off)

    @cached_property
    def worked(self) -> frozenset[date]:
        return frozenset(one.on for one in self.days_worked)

    @cached_property
    def every_year(self) -> frozenset[tuple[int, int]]:
        return frozenset((one.month, one.day) for one in self.yearly)

    def works_on(self, day: date) -> bool:
        if day in self.worked:
            return True
        holiday = day in self.off or (day.month, day.day) in self.every_year
        return day.weekday() < SATURDAY and not holiday

    def knows(self, year: int) -> bool:
        """Whether the days announced for that year have been entered."""
        return any(one.on.year == year for one in self.days_off)


DEFAULT = Calendar(
    "mặc định",
    yearly=(
        Yearly(1, 1, "Tết Dương lịch", UNCHECKED),
        Yearly(4, 30, "Ngày Chiến thắng", UNCHECKED),
        Yearly(5, 1, "Ngày Quốc tế lao động", UNCHECKED),
        Yearly(9, 2, "Quốc khánh", UNCHECKED),
    ),
)


def read_calendar(path: str | None) -> Calendar:
    """The calendar of a JSON file, or the default one. Raises OSError, ValidationError."""
    if path is None:
        return DEFAULT
    return msgspec.json.decode(Path(path).read_bytes(), type=Calendar)


def add_working_days(calendar: Calendar, day: date, count: int) -> date:
    """The `count`-th working day after `day` (before it, if negative), which itself is not counted.

    ValueError if the calendar has no such day within ten years.
    """
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    for _ in range(FARTHEST):
        if not left:
            return day
        day += step
        left -= calendar.works_on(day)
    raise ValueError("no such working day within ten years")


def working_days(calendar: Calendar, now: date, last: date) -> int:
    """Working days after `now` up to `last`, which counts; 0 is today, negative is late.

    More than ten years away counts as ten years.
    """
    first, end = sorted((now, last))
    days = (first + timedelta(n) for n in range(1, min((end - first).days, FARTHEST) + 1))
    count = sum(map(calendar.works_on, days))
    return count if last >= now else -count


def due_after(calendar: Calendar, at: datetime, count: int) -> datetime:
    """The last second of the `count`-th working day after the day of `at`, in Vietnam."""
    return end_of(add_working_days(calendar, day_of(at), count))


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), VIETNAM)
