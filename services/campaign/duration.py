"""How long a campaign runs, in the classes that reports count by."""

from datetime import date

# Cờ thi đua for a topical campaign needs three years (Luật 06/2022/QH15 Đ26.2); the classes are
# those of the statistics form.
CLASSES = ("under-1", "1", "1-to-3", "3-to-5", "5-and-over")


def duration_class(starts: date | None, ends: date | None) -> str | None:
    """The class by whole years from `starts` to `ends`, both included; None while one is open.

    Exactly one year has a class of its own: under-1, 1, 1-to-3, 3-to-5, 5-and-over.
    """
    if starts is None or ends is None or ends < starts:
        return None
    after = date.fromordinal(ends.toordinal() + 1)  # the first day that is no longer in it
    if after < _years_after(starts, 1):
        return "under-1"
    if after == _years_after(starts, 1):
        return "1"
    if after < _years_after(starts, 3):
        return "1-to-3"
    return "3-to-5" if after < _years_after(starts, 5) else "5-and-over"


def _years_after(day: date, years: int) -> date:
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 3, 1)
