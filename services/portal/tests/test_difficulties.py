"""The board says in words how urgent each difficulty is; colour only underlines."""

from typing import Any

from services.portal.known import Directory
from services.portal.present.difficulties import board_line, table
from services.portal.words import state

DUE = "2024-08-06T16:59:59+00:00"


def difficulty(clock: str, **facts: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"id": "d", "title": "Biểu mẫu", "campaign_title": "Phong trào"}
    told |= {"unit": "y-tich", "holder": "noi-vu", "level": "lead-office", "taken_up": False}
    return {**told, "state": "waiting", "clock": clock, "due_at": DUE, **facts}


def test_every_urgency_has_its_own_word_and_its_date() -> None:
    clocks = ("critical", "overdue", "warning", "on-time")
    cells = [row[3] for row in table([difficulty(c) for c in clocks], Directory(), "").rows]
    words = [state("clock", cell.state.code).label for cell in cells if cell.state]
    assert words == ["Quá hạn nhiều", "Quá hạn", "Sắp đến hạn", "Trong hạn"]
    assert {cell.note for cell in cells} == {"hạn 06/08/2024"}


def test_answered_difficulty_shows_no_clock() -> None:
    (row,) = table([difficulty("stopped", state="answered", due_at=None)], Directory(), "").rows
    assert (row[3].state, row[3].note) == (None, "")


def test_board_counts_all_and_names_each() -> None:
    counts = {"critical": 1, "overdue": 2, "warning": 3, "on-time": 4, "stopped": 5}
    assert board_line(counts) == (
        "Chưa xong: 1 quá hạn nhiều, 2 quá hạn, 3 sắp đến hạn, 4 trong hạn, 5 không tính hạn. "
        "Gấp nhất ở trên cùng."
    )


def test_board_says_nothing_of_what_there_is_none_of() -> None:
    counts = {"critical": 0, "overdue": 2, "warning": 0, "on-time": 0, "stopped": 0}
    assert board_line(counts) == "Chưa xong: 2 quá hạn. Gấp nhất ở trên cùng."
    assert board_line(dict.fromkeys(counts, 0)) == (
        "Không có việc nào chưa xong. Đơn vị báo khó khăn ở trang của phong trào."
    )
