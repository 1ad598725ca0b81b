"""Difficulties as people see them: the board, one with what was said of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from libs.serving.working_days import Calendar, working_days
from services.portal.known import Directory
from services.portal.parts import Cell, Fact, State, Table
from services.portal.vietnamese import day, days_left, instant, moment
from services.portal.words import DIFFICULTY_LEVELS, state

Answer = Mapping[str, Any]
KINDS = {
    "guidance": "Hướng dẫn, nội dung thi đua",
    "conditions": "Tiêu chuẩn, đối tượng",
    "papers": "Hồ sơ, biểu mẫu",
    "time": "Thời gian thực hiện",
    "coordination": "Phối hợp giữa các đơn vị",
    "other": "Việc khác",
}
SAID = {
    "question": "Hỏi lại đơn vị",
    "explanation": "Đơn vị giải thích",
    "answer": "Trả lời",
    "reopening": "Chưa được giải quyết",
}
CLOCKS = ("critical", "overdue", "warning", "on-time", "stopped")


def table(items: Sequence[Answer], directory: Directory, caption: str) -> Table:
    rows = tuple(
        (
            Cell(one["title"], f"/difficulties/{one['id']}", one["campaign_title"] or ""),
            Cell(directory.unit(one["unit"])),
            Cell("", state=State("difficulty", one["state"])),
            Cell("", state=_clock(one), note=_due(one)),
            Cell(directory.unit(one["holder"]), note=_note(one)),
        )
        for one in items
    )
    columns = ("Khó khăn, vướng mắc", "Đơn vị báo", "Trạng thái", "Thời hạn", "Đang ở")
    return Table(caption, columns, rows, "Không có khó khăn, vướng mắc nào.")


def board_line(counts: Mapping[str, int]) -> str:
    """4 quá hạn nhiều, 1 quá hạn, …; what there is none of is not said."""
    there = [code for code in CLOCKS if counts[code]]
    if not there:
        return "Không có việc nào chưa xong. Đơn vị báo khó khăn ở trang của phong trào."
    named = [f"{counts[code]} {state('clock', code).label.lower()}" for code in there]
    return f"Chưa xong: {', '.join(named)}. Gấp nhất ở trên cùng."


def facts(one: Answer, campaign: str, directory: Directory) -> tuple[Fact, ...]:
    found = [
        Fact("Phong trào", campaign, href=f"/campaigns/{one['campaign']}"),
        Fact("Đơn vị báo", directory.unit(one["unit"]), instant(one["reported_at"])),
        Fact("Loại", KINDS.get(str(one["kind"]), "")),
        Fact("Nội dung", one["description"]),
    ]
    if one["asks_for"]:
        found.append(Fact("Đề nghị", one["asks_for"]))
    holder: str = f"{directory.unit(one['holder'])} ({DIFFICULTY_LEVELS[one['level']]})"
    if one["official"]:
        holder += f", {directory.person(one['official'])}"
    if one["state"] in ("waiting", "asked-back"):
        found.append(Fact("Đang ở", holder, "đang xử lý" if one["taken_up"] else ""))
        rule = f"{one['clock']['limits']['within']} ngày làm việc; cấp trên "
        rule += f"{one['clock']['limits']['above_within']} ngày làm việc"
        found.append(Fact("Thời hạn nội bộ", rule, "cách tính ngày làm việc", "/working-days"))
    if one.get("escalated"):
        found.append(Fact("Lý do chuyển lên cấp trên", one["escalated"]))
    if resolved := one.get("resolved"):
        who = "đơn vị xác nhận" if resolved["by_unit"] else "cơ quan chủ trì kết luận"
        found.append(Fact("Đã giải quyết", who, resolved["reason"]))
    if one.get("withdrawn"):
        found.append(Fact("Lý do rút", one["withdrawn"]))
    return tuple(found)


def said(one: Answer, directory: Directory) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            SAID[each["what"]],
            each["text"],
            f"{directory.person(each['actor'])}, {directory.unit(each['unit'])}, "
            f"{instant(each['at'])}",
        )
        for each in one["said"]
    )


def what(one: Answer, calendar: Calendar, today: Any) -> str:
    """How long there is to answer, by which rule."""
    if not one["due_at"]:
        stopped = "Thời hạn tạm dừng đến khi đơn vị trả lời câu hỏi."
        return stopped if one["state"] == "asked-back" else ""
    due = moment(one["due_at"]).date()
    left = days_left(working_days(calendar, today, due))
    return f"Hạn trả lời (nội bộ) ngày {day(due)}. {left}."


def _due(one: Answer) -> str:
    return f"hạn {day(one['due_at'])}" if one["due_at"] else ""


def _clock(one: Answer) -> State | None:
    return State("clock", one["clock"]) if one["due_at"] or one["state"] == "asked-back" else None


def _note(one: Answer) -> str:
    return "đang xử lý" if one["taken_up"] else DIFFICULTY_LEVELS.get(one["level"], "")
