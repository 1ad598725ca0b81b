"""The office's calendar and limits, shown as the configuration they are."""

from collections.abc import Mapping, Sequence
from typing import Any

from libs.serving.working_days import Calendar
from services.portal.parts import Cell, Table
from services.portal.vietnamese import day


def intro(calendar: Calendar, limits: Sequence[Mapping[str, Any]], year: int) -> str:
    said = (
        "Ngày làm việc là thứ Hai đến thứ Sáu, trừ các ngày nghỉ dưới đây. "
        "Thời hạn dưới đây là quy định nội bộ, không phải luật."
    )
    rules = " ".join(map(_limits, limits))
    unknown = "" if calendar.knows(year) else f" Chưa nhập ngày nghỉ Tết, nghỉ bù năm {year}."
    return f"{said} {rules}{unknown}"


def _limits(one: Mapping[str, Any]) -> str:
    return (
        f"Từ {day(one['valid_from'])}: trả lời khó khăn, vướng mắc trong {one['within']} ngày "
        f"làm việc; cấp trên trong {one['above_within']}; quá hạn {one['escalate_after']} ngày "
        "làm việc thì chuyển Chủ tịch."
    )


def days_table(calendar: Calendar) -> Table:
    rows = [
        (f"{one.day:02}/{one.month:02} hằng năm", "nghỉ", one.name, one.source)
        for one in calendar.yearly
    ]
    rows += [(day(one.on), "nghỉ", one.name, one.source) for one in calendar.days_off]
    rows += [(day(one.on), "làm việc", one.name, one.source) for one in calendar.days_worked]
    return Table(
        f"Lịch “{calendar.name}”",
        ("Ngày", "Nghỉ hay làm", "Dịp", "Nguồn"),
        tuple(tuple(map(Cell, row)) for row in rows),
    )
