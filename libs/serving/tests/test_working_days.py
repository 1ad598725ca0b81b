"""Which days count, and where a limit ends."""

from datetime import UTC, date, datetime
from pathlib import Path

from libs.serving.working_days import (
    DEFAULT,
    add_working_days,
    due_after,
    read_calendar,
    working_days,
)

SAMPLE = Path(__file__).parents[3] / "examples/working-days/2024.json"
FRIDAY, MONDAY = date(2024, 8, 2), date(2024, 8, 5)


def test_weekend_is_left_out_in_both_directions() -> None:
    found = [working_days(DEFAULT, *days) for days in ((FRIDAY, MONDAY), (MONDAY, FRIDAY))]
    assert (found, working_days(DEFAULT, FRIDAY, FRIDAY)) == ([1, -1], 0)
    assert add_working_days(DEFAULT, MONDAY, -1) == FRIDAY


def test_fixed_holidays_are_left_out_every_year() -> None:
    assert [add_working_days(DEFAULT, date(year, 4, 29), 1) for year in (2024, 2025, 2026)] == [
        date(2024, 5, 2),
        date(2025, 5, 2),
        date(2026, 5, 4),
    ]


def test_saturday_worked_instead_counts_and_its_monday_does_not() -> None:
    sample = read_calendar(str(SAMPLE))
    assert add_working_days(sample, date(2024, 4, 26), 1) == date(2024, 5, 2)
    assert add_working_days(sample, date(2024, 5, 3), 1) == date(2024, 5, 4)
    assert (sample.knows(2024), sample.knows(2025), DEFAULT.knows(2024)) == (True, False, False)


def test_adding_and_counting_agree() -> None:
    sample = read_calendar(str(SAMPLE))
    start = date(2024, 4, 24)
    ends = [add_working_days(sample, start, count) for count in range(1, 15)]
    assert [working_days(sample, start, end) for end in ends] == list(range(1, 15))


def test_limit_ends_with_the_day_in_vietnam() -> None:
    late = datetime(2024, 8, 1, 18, tzinfo=UTC)  # already the second in Vietnam, a Friday
    assert due_after(DEFAULT, late, 1) == datetime(2024, 8, 5, 16, 59, 59, tzinfo=UTC)


def test_far_away_counts_as_ten_years() -> None:
    assert working_days(DEFAULT, date(2024, 1, 1), date(9999, 12, 31)) < 2700
