"""Dates as Vietnamese official documents write them."""

import re
from dataclasses import dataclass
from datetime import date

DATE = (
    r"(?:\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}(?!\d)"
    r"|\d{1,2} thang \d{1,2}(?: ?, ?| )nam \d{4}(?!\d))"
)
"""A day written in full, to be used inside other patterns over text without diacritics."""

_PARTS = re.compile(r"(\d{1,2}) ?(?:[/.-]|thang) ?(\d{1,2})(?: ?[/.-] ?| ?, ?nam | nam )(\d{4})")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A day as written. `iso` is None when the calendar has no such day."""

    written: str
    iso: str | None


def read_date(plain: str) -> WrittenDate | None:
    """The date that `plain` begins with, or None if it begins with something else."""
    match = _PARTS.match(plain)
    if not match:
        return None
    day, month, year = (int(part) for part in match.groups())
    return WrittenDate(match[0], iso_day(year, month, day))


def iso_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def iso_month(year: int, month: int) -> str | None:
    return f"{year:04}-{month:02}" if 1 <= month <= 12 else None
