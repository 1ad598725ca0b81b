"""Dates, times, numbers and money as Vietnamese offices write and type them."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

# Viet Nam has had one offset and no summer time since 1975; a fixed one needs no zone database.
VIETNAM = timezone(timedelta(hours=7))


def moment(value: datetime | str) -> datetime:
    """An aware datetime or an RFC 3339 text, in Vietnamese time. A naive one is taken as UTC."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(VIETNAM)


def day(value: date | datetime | str) -> str:
    """05/04/2024"""
    if isinstance(value, str) and len(value) == len("2024-04-05"):
        value = date.fromisoformat(value)
    if isinstance(value, datetime | str):
        value = moment(value).date()
    return f"{value:%d/%m/%Y}"


def clock(value: datetime | str) -> str:
    """14:05"""
    return f"{moment(value):%H:%M}"


def instant(value: datetime | str) -> str:
    """14:05 ngày 05/04/2024"""
    return f"{clock(value)} ngày {day(moment(value))}"


def machine_time(value: date | datetime | str) -> str:
    """For the `datetime` attribute of `<time>`."""
    if isinstance(value, datetime):
        return moment(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def number(value: int) -> str:
    """1.080.000"""
    return f"{value:,}".replace(",", ".")


def money(value: int) -> str:
    """1.080.000 đ, in whole đồng, held together by a no-break space."""
    return f"{number(value)}\N{NO-BREAK SPACE}đ"


def size(value: int) -> str:
    """A file size as people read it: 312 kB, 1,4 MB."""
    if value < 1_000_000:
        return f"{max(1, round(value / 1000))}\N{NO-BREAK SPACE}kB"
    return f"{value / 1_000_000:.1f}\N{NO-BREAK SPACE}MB".replace(".", ",")


def days_left(value: int) -> str:
    """Working days to a date, in words."""
    if value < 0:
        return f"Quá hạn {-value} ngày làm việc"
    return f"Còn {value} ngày làm việc" if value else "Hạn cuối là hôm nay"


def today() -> date:
    return datetime.now(VIETNAM).date()


def typed_day(text: str) -> date | None:
    """The day a person typed as 5/4/2024, 05-04-2024 or 05.04.2024; None when it is no day."""
    parts = re.fullmatch(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*", text)
    if parts is None:
        return None
    day_of_month, month, year = map(int, parts.groups())
    try:
        return date(year, month, day_of_month)
    except ValueError:
        return None
