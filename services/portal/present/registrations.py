"""Registrations as pages show them: the list of units, one unit's revisions and targets."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.known import Directory
from services.portal.parts import Cell, Fact, State, Table
from services.portal.vietnamese import day, instant

Answer = Mapping[str, Any]


def call_of(call: Answer | None) -> str:
    """Until when units register, and what follows from not doing so."""
    if not call:
        return "Chưa đặt hạn đăng ký."
    rule = (
        "Theo quy định của địa phương, đơn vị phải đăng ký."
        if call["required"]
        else "Đơn vị không đăng ký vẫn được đề nghị khen thưởng."
    )
    return f"Hạn đăng ký: {instant(call['until'])}. {rule}"


def listing(campaign: str, rows: Sequence[Answer], directory: Directory) -> Table:
    shown = tuple(
        (
            Cell(directory.unit(row["unit"]), f"/campaigns/{campaign}/registrations/{row['unit']}"),
            Cell("", state=State("registration", row["state"])),
            Cell(str(row["targets"]), number=True),
            Cell(instant(row["submitted_at"]) if row["submitted_at"] else "chưa gửi"),
            Cell(f"{row['late_days']} ngày" if row["late_days"] else "không"),
        )
        for row in rows
    )
    columns = ("Đơn vị", "Trạng thái", "Số chỉ tiêu", "Gửi lúc", "Muộn")
    return Table("Đăng ký thi đua của các đơn vị", columns, shown, "Không có đơn vị nào như vậy.")


def facts(page: Answer) -> tuple[Fact, ...]:
    found = []
    if told := page["relaunched"]:
        document = f"theo {told['document']}" if told["document"] else ""
        found.append(Fact("Đơn vị đã phát động lại", day(told["on"]), document))
    if refusal := (page["revisions"][-1].get("refusal") if page["revisions"] else ""):
        found.append(Fact("Lý do từ chối", refusal))
    return tuple(found)


def tables(page: Answer) -> tuple[Table, ...]:
    """Newest revision first; the one that holds says so."""
    return tuple(_revision(one, page["approved"]) for one in reversed(page["revisions"]))


def _revision(one: Answer, approved: int) -> Table:
    words = [f"Bản {one['revision']}"]
    if one["revision"] == approved:
        words.append("đang có hiệu lực")
    if one["late_days"]:
        words.append(f"gửi muộn {one['late_days']} ngày")
    if one["reason"]:
        words.append(f"thay đổi vì: {one['reason']}")
    rows = tuple(
        (
            Cell(target["text"]),
            Cell(quantity(target["number"]), number=True),
            Cell(target["measure"] or "không ghi"),
        )
        for target in one["targets"]
    )
    return Table("; ".join(words), ("Chỉ tiêu", "Số", "Đơn vị tính"), rows)


def quantity(number: str | None) -> str:
    """1200.5 as 1.200,5; a target without a number says so."""
    if number is None:
        return "không ghi"
    whole, _, part = number.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{part}" if part else grouped
