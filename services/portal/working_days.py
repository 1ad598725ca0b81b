"""Working days between today and a date: Monday to Friday; public holidays are not known here."""

from datetime import date, datetime, timedelta

from services.portal.vietnamese import VIETNAM

SATURDAY = 5


def today() -> date:
    return datetime.now(VIETNAM).date()


def working_days(last: date, now: date | None = None) -> int:
    """Working days from now to `last`, which counts itself; 0 is today, negative is late."""
    now = now or today()
    first, end = sorted((now, last))
    days = (first + timedelta(n) for n in range(1, (end - first).days + 1))
    count = sum(day.weekday() < SATURDAY for day in days)
    return count if last >= now else -count
