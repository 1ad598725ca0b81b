"""The board of a campaign as a paper: the list of units that have answered, and of the others."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from libs.officialdocs import AnsweringUnit, Answers, Issuer, wording
from libs.serving.days import VIETNAM

OPEN = "…"  # where nobody has told us
BY_HAND = "NGƯỜI LẬP DANH SÁCH"


def answers_paper(
    rows: Sequence[Mapping[str, Any]], title: str, *, authority: str, unit: str, at: datetime
) -> Answers:
    """Of the units that were asked for an answer; those that were only told are left out.

    `title` is the campaign's; `authority` and `unit` are names: whose list it is, who draws it up.
    Its number, day and signature are left open.
    """
    own = unit == authority
    return Answers(
        issuer=Issuer(
            superior="" if own or not authority else wording.in_lines(authority),
            authority=wording.in_lines(unit or OPEN),
            place=wording.place_of(authority) or OPEN,
            signer_title=BY_HAND,
            signer_name="",
        ),
        number=wording.number_and_symbol(None, "DS"),
        issued_on=None,
        about=title[:1].lower() + title[1:],
        as_of=_instant(at),
        units=[_unit(row) for row in rows if row["asked"]],
        recipients=["Các đơn vị có tên trong danh sách"],
        filing="VT",
    )


def _unit(row: Mapping[str, Any]) -> AnsweringUnit:
    return AnsweringUnit(
        name=row["unit_name"] or row["unit"],
        received=_day(row["sent_at"]),
        answered=_day(row["acknowledged_at"]) if row["answered"] else "",
        note=_note(row),
    )


def _note(row: Mapping[str, Any]) -> str:
    told = []
    if not row["answered"] and row["acknowledged"]:
        told.append(
            f"đã xác nhận {wording.two_digits(row['acknowledged'])} trên "
            f"{wording.two_digits(row['asked'])} thông báo"
        )
    if row["reminders"]:
        told.append(f"đã nhắc {wording.two_digits(row['reminders'])} lần")
    return ", ".join(told)


def _day(at: datetime | None) -> str:
    return f"{at.astimezone(VIETNAM):%d/%m/%Y}" if at else ""


def _instant(at: datetime) -> str:
    local = at.astimezone(VIETNAM)
    return f"{local.hour:02d} giờ {local.minute:02d} {wording.full_date(local.date())}"
