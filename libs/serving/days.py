"""Time limits count days of the office; the log is in UTC."""

from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))


def day_of(at: datetime) -> date:
    """The day on which an instant falls where the officials are."""
    return at.astimezone(VIETNAM).date()
