"""A council session as its page."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.known import Directory
from services.portal.parts import Cell, Fact, Gauge, Line, State, Table
from services.portal.vietnamese import day

Answer = Mapping[str, Any]
OF = {"members": "tổng số thành viên", "present": "số người có mặt"}


def facts(session: Answer, directory: Directory, title: str) -> tuple[Fact, ...]:
    rules = session["rules"]
    return (
        Fact("Phong trào", title, href=f"/campaigns/{session['campaign']}"),
        Fact("Chủ trì", directory.person(session["chair"])),
        Fact("Thư ký", directory.person(session["secretary"])),
        Fact("Số trường hợp xét", str(len(session["lines"]))),
        Fact("Được họp khi có mặt", _share(rules["quorum"]), "theo quy chế làm việc"),
        Fact("Được đề nghị khi đồng ý", _share(rules["threshold"]), "theo quy chế làm việc"),
    )


def gauges(session: Answer) -> tuple[Gauge, ...]:
    if session["state"] == "convened":
        return ()
    present, members = len(session["present"]), len(session["members"])
    need = _share(session["rules"]["quorum"])
    return (Gauge("Thành viên dự họp", present, members, f"Cần {need}."),)


def members(session: Answer, directory: Directory) -> Table:
    met = session["state"] != "convened"
    rows = tuple(
        (
            Cell(directory.person(id), note="chủ trì" if id == session["chair"] else ""),
            *((_attendance(id, session),) if met else ()),
        )
        for id in session["members"]
    )
    columns = ("Thành viên", "Tham dự") if met else ("Thành viên",)
    return Table("Thành viên Hội đồng", columns, rows)


def lines(session: Answer, forms: Mapping[str, str]) -> tuple[Line, ...]:
    return tuple(
        Line(
            number=number,
            name=line["name"] or "(đã xóa tên)",
            kind=line["kind"],
            about=line["unit_name"],
            form=forms.get(line["form"], line["form"]),
            appraisal=State("line", "held" if line["held"] else line["verdict"]),
            votes=_votes(session, line),
            outcome=_outcome(line),
        )
        for number, line in enumerate(session["lines"], 1)
    )


def listing(sessions: Sequence[Answer], titles: Mapping[str, str]) -> Table:
    rows = tuple(
        (
            Cell(f"Phiên triệu tập ngày {day(one['convened_at'])}", f"/sessions/{one['id']}"),
            Cell(titles.get(one["campaign"], "")),
            Cell("", state=State("session", one["state"])),
            Cell(str(one["lines"]), number=True),
            Cell(str(one["members"]), number=True),
        )
        for one in sessions
    )
    columns = ("Phiên họp", "Phong trào", "Trạng thái", "Trường hợp", "Thành viên")
    return Table("Các phiên họp", columns, rows, "Chưa có phiên họp nào.")


def _attendance(id: str, session: Answer) -> Cell:
    return Cell("", state=State("member", "present" if id in session["present"] else "absent"))


def _votes(session: Answer, line: Answer) -> str:
    if line["in_favour"] is None:
        return ""
    present = len(session["present"])
    said = f"{line['in_favour']}/{present} đồng ý, {line['against']} không đồng ý"
    return f"{said}, {line['abstained']} không có ý kiến" if line["abstained"] else said


def _outcome(line: Answer) -> State | None:
    if line["recommended"] is None:
        return None
    return State("line", "recommended" if line["recommended"] else "not-recommended")


def _share(share: Answer) -> str:
    least = "hơn" if share["strictly"] else "ít nhất"
    return f"{least} {share['numerator']}/{share['denominator']} {OF[share['of']]}"
