"""A dossier as its page: its lines, papers, and what its people may do."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from services.portal.known import Directory
from services.portal.parts import Act, Cell, Fact, Line, Paper, State, Table
from services.portal.vietnamese import day
from services.portal.words import PAPERS

Answer = Mapping[str, Any]
Acts = Callable[[dict[str, Any]], tuple[Act, ...]]


def facts(dossier: Answer) -> tuple[Fact, ...]:
    campaign = f"/campaigns/{dossier['campaign']}"
    found = [
        Fact("Phong trào", dossier["campaign_title"], href=campaign),
        Fact("Đơn vị", dossier["unit_name"]),
    ]
    if dossier["slip"]:
        found.append(Fact("Số đến", f"{dossier['slip']}/{dossier['slip_year']}"))
    if dossier["late_days"]:
        found.append(Fact("Gửi muộn", f"{dossier['late_days']} ngày sau hạn nhận"))
    if dossier["return_reasons"]:
        found.append(Fact("Lý do trả lại", "; ".join(dossier["return_reasons"])))
    if dossier["withdrawal_reason"]:
        found.append(Fact("Lý do rút", dossier["withdrawal_reason"]))
    return tuple(found)


def lines(dossier: Answer, directory: Directory, acts: Acts) -> tuple[Line, ...]:
    return tuple(_line(dossier, line, directory, acts(line)) for line in dossier["lines"])


def _line(dossier: Answer, line: Answer, directory: Directory, acts: tuple[Act, ...]) -> Line:
    about = [part for part in (line["position"], _identity(line)) if part]
    others = sorted({directory.unit(one["unit"]) for one in line["duplicates"]})
    return Line(
        number=line["line"],
        name=line["name"] or "(đã xóa tên)",
        kind=line["kind"],
        about=", ".join(about),
        form=line["form_name"],
        achievement=line["achievement"],
        appraisal=_appraisal(dossier, line),
        appraisal_reason=line["hold_reason"] if line["held"] else _reason(line),
        outcome=State("line", line["outcome"]) if line["outcome"] else None,
        outcome_reason=line["outcome_reason"],
        warning=_warning(line, others),
        acts=acts,
    )


MARKS = {
    "form-gone": "Hướng dẫn mới không còn hình thức này; chờ người có trách nhiệm quyết định.",
    "kind-gone": "Hướng dẫn mới không dành hình thức này cho loại đối tượng đó; chờ quyết định.",
}


def _warning(line: Answer, others: Sequence[str]) -> str:
    also = f"Cũng được đề nghị bởi: {', '.join(others)}." if others else ""
    return " ".join(filter(None, (MARKS.get(line.get("marked", ""), ""), also)))


def _identity(line: Answer) -> str:
    return f"mã {line['identity']}" if line["identity"] else ""


def _reason(line: Answer) -> str:
    return " ".join(filter(None, (line["reason"], line["duplicate_reason"])))


def _appraisal(dossier: Answer, line: Answer) -> State | None:
    if line["held"]:
        return State("line", "held")
    if line["verdict"]:
        return State("line", line["verdict"])
    return State("line", "proposed") if dossier["slip"] else None


def papers(dossier: Answer) -> tuple[Paper, ...]:
    return tuple(
        Paper(
            PAPERS.get(paper["kind"], paper["kind"]).capitalize(),
            f"/papers/{paper['sha256']}",
            paper["size"],
            paper["sha256"],
        )
        for paper in dossier["papers"]
    )


def missing_papers(dossier: Answer) -> tuple[str, ...]:
    return tuple(PAPERS.get(kind, kind).capitalize() for kind in dossier["missing_papers"])


def listing(dossiers: Sequence[Answer], titles: Mapping[str, str]) -> Table:
    rows = tuple(
        (
            Cell(one["unit_name"], f"/dossiers/{one['id']}"),
            Cell(titles.get(one["campaign"], "")),
            Cell("", state=State("dossier", one["state"]), note=_late(one)),
            Cell(str(one["lines"]), number=True),
            Cell(f"{one['slip']}/{one['slip_year']}" if one["slip"] else "chưa có"),
            Cell(day(one["submitted_at"]) if one["submitted_at"] else "chưa gửi"),
        )
        for one in dossiers
    )
    columns = ("Hồ sơ của", "Phong trào", "Trạng thái", "Trường hợp", "Số đến", "Gửi ngày")
    return Table("Hồ sơ, mới nhất ở trên cùng", columns, rows, "Chưa có hồ sơ nào.")


def _late(dossier: Answer) -> str:
    late = f"muộn {dossier['late_days']} ngày" if dossier["late_days"] else ""
    differs = "cần xem lại theo hướng dẫn mới" if dossier.get("differences") else ""
    return ", ".join(filter(None, (late, differs)))
