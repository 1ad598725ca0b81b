"""The board of a campaign as a table: one row for each unit that was told."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.known import Directory
from services.portal.parts import Act, Cell, State, Table
from services.portal.vietnamese import day, instant
from services.portal.words import PURPOSES

Row = Mapping[str, Any]
EMPTY = "Không có đơn vị nào như vậy."


def intro(rows: Sequence[Row], title: str) -> str:
    """How many were told, have answered and have not."""
    asked = [row for row in rows if row["asked"]]
    done = sum(row["answered"] for row in asked)
    return f"{title}. {done}/{len(asked)} đơn vị đã xác nhận, {len(asked) - done} chưa trả lời."


def board(rows: Sequence[Row], directory: Directory) -> Table:
    columns = ("Đơn vị", "Mục đích", "Đã gửi", "Tình trạng", "Đăng ký thi đua", "Đã nhắc")
    shown = tuple(_row(row, directory) for row in rows)
    return Table("Đơn vị nào đã nhận, đã xem, đã trả lời", columns, shown, EMPTY)


def papers(path: str) -> tuple[Act, ...]:
    """The same as a list to be printed and signed."""
    return (
        Act("Danh sách đơn vị đã trả lời (PDF)", f"{path}/notices.pdf"),
        Act("Danh sách đơn vị đã trả lời (Word)", f"{path}/notices.docx"),
    )


def answer_of(row: Row) -> str:
    """The state of a unit's answer, in the words of notices."""
    if row["asked"] and row["answered"]:
        return "acknowledged"
    return "opened" if row["opened_at"] else str(row["delivery"])


def _row(row: Row, directory: Directory) -> tuple[Cell, ...]:
    at = row["acknowledged_at"] if row["asked"] and row["answered"] else row["opened_at"]
    purpose = str(row["purpose"])
    return (
        Cell(directory.unit(row["unit"])),
        Cell(PURPOSES.get(purpose, purpose)),
        Cell(instant(row["sent_at"]) if row["sent_at"] else "chưa gửi"),
        Cell(
            "" if row["asked"] or not row["sent_at"] else "không yêu cầu trả lời",
            state=State("notice", answer_of(row)) if row["asked"] else None,
            note=instant(at) if at else "",
        ),
        _registration(row),
        Cell(_reminded(row)),
    )


def _registration(row: Row) -> Cell:
    if not row["takes_part"]:
        return Cell("không áp dụng")
    note = f"phát động lại {day(row['relaunched_on'])}" if row["relaunched_on"] else ""
    return Cell("", state=State("registration", row["registration"]), note=note)


def _reminded(row: Row) -> str:
    if not row["reminders"]:
        return "chưa nhắc"
    return f"{row['reminders']} lần, gần nhất {instant(row['reminded_at'])}"
