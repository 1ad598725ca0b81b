from datetime import date

import pytest

from libs.officialdocs import wording


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 4, 5), "ngày 05 tháng 4 năm 2024"),
        (date(2024, 1, 9), "ngày 09 tháng 01 năm 2024"),
        (date(2024, 2, 10), "ngày 10 tháng 02 năm 2024"),
        (date(2024, 3, 31), "ngày 31 tháng 3 năm 2024"),
        (date(2024, 12, 16), "ngày 16 tháng 12 năm 2024"),
        (None, f"ngày{wording.BLANK}tháng{wording.BLANK}năm{wording.BLANK}"),
    ],
)
def test_full_date_prefixes_days_below_ten_and_first_two_months(
    day: date | None, words: str
) -> None:
    assert wording.full_date(day) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (5, "05/KH-UBND"),
        (10, "10/KH-UBND"),
        (1208, "1208/KH-UBND"),
        (None, f"{wording.BLANK}/KH-UBND"),
    ],
)
def test_number_below_ten_is_prefixed_and_missing_one_stays_open(
    number: int | None, words: str
) -> None:
    assert wording.number_and_symbol(number, "KH-UBND") == words


def test_place_stands_before_the_date() -> None:
    assert wording.place_and_date("Chi Lăng", date(2024, 4, 5)) == (
        "Chi Lăng, ngày 05 tháng 4 năm 2024"
    )


def test_bases_end_with_semicolons_and_the_last_with_a_full_stop() -> None:
    assert wording.as_clauses(["Căn cứ A", "Căn cứ B;", "Theo đề nghị của C;"]) == [
        "Căn cứ A;",
        "Căn cứ B;",
        "Theo đề nghị của C.",
    ]


def test_no_bases_are_no_clauses() -> None:
    assert wording.as_clauses([]) == []


def test_recipients_end_with_where_the_paper_is_filed() -> None:
    assert wording.as_recipients(["Sở Nội vụ (B/c)", "Như Điều 3;"], "VT, NV.") == [
        "- Sở Nội vụ (B/c);",
        "- Như Điều 3;",
        "- Lưu: VT, NV.",
    ]


@pytest.mark.parametrize("text", ["Chấm dứt", "Chấm dứt.", "Chấm dứt./."])
def test_end_mark_is_set_once(text: str) -> None:
    assert wording.with_end_mark(text) == "Chấm dứt./."
