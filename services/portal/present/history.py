"""The steps of a stream, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.known import Directory
from services.portal.present.values import field_label
from services.portal.timeline import History, Step
from services.portal.vietnamese import day, instant, moment
from services.portal.words import DIFFICULTY_LEVELS, NOMINEES, PAPERS, state

Entry = Mapping[str, Any]
Names = Mapping[tuple[str, int], str]  # by dossier and line


def history(
    href: str,
    entries: Sequence[Entry],
    directory: Directory,
    version: int | None = None,
    lines: Sequence[Entry] = (),
) -> History:
    """The page's history, newest step first, looked at in `version` (None: as it is now).

    `lines` are those of a session or a decision, which come from several dossiers: their steps
    name who it was about.
    """
    names = {(line["dossier"], line["line"]): str(line["name"]) for line in lines}
    steps = tuple(_step(href, entry, directory, names) for entry in reversed(entries))
    last = steps[0].version if steps else 0
    seen = last if version is None else min(version, last)
    return History(href, steps, seen, last, first=steps[-1].version if steps else 1)


def _step(href: str, entry: Entry, directory: Directory, names: Names) -> Step:
    data = entry["data"]
    effective = entry.get("effective_at")
    return Step(
        version=entry["version"],
        at=moment(entry["at"]),
        event=entry["event"],
        who=directory.person(entry["actor"]),
        role=entry["role"] or "",
        unit=directory.unit(entry["unit"]),
        href=f"{href}?version={entry['version']}",
        detail=_detail(entry["event"], data, names),
        on_behalf=directory.person(entry["on_behalf"]) if entry.get("on_behalf") else "",
        why=_why(data),
        effective_at=moment(effective) if effective else None,
    )


def _why(data: Mapping[str, Any]) -> str:
    reasons = data.get("reasons") or ()
    return "; ".join(reasons) if reasons else str(data.get("reason") or "")


def _detail(event: str, data: Mapping[str, Any], names: Names) -> str:
    """What this step was about, if its name does not say it."""
    if event.startswith("campaign."):
        return _of_campaign(event, data)
    if event.startswith("dossier."):
        return _of_dossier(event, data)
    if event.startswith("difficulty."):
        return _of_difficulty(event, data)
    who = names.get((data.get("dossier", ""), data.get("line", 0)), "một trường hợp")
    match event:
        case "session.convened":
            return f"{len(data['members'])} thành viên, {len(data['lines'])} trường hợp"
        case "session.opened":
            return f"có mặt {len(data['present'])}"
        case "session.line-voted":
            return f"{who}: {data['in_favour']} đồng ý"
        case "decision.drafted":
            return f"{len(data.get('lines', ()))} trường hợp"
        case "decision.line-changed":
            return f"{who}: {state('line', data['outcome']).label}"
        case "decision.numbered":
            return _number(data)
    return ""


def _of_campaign(event: str, data: Mapping[str, Any]) -> str:
    match event:
        case "campaign.drafted":
            return str(data["source_name"])
        case "campaign.field-confirmed":
            return field_label(data["id"]) + (" (đã sửa)" if data["corrected"] else "")
        case "campaign.field-added":
            return field_label(data["id"])
        case "campaign.written":
            return f"{len(data['fields'])} nội dung"
        case "campaign.paper-issued":
            return f"mã băm {data['sha256'][:12]}…"
        case "campaign.numbered" | "campaign.amended":
            return _number(data)
        case _ if event.startswith("campaign.guidance-") and "version" in data:
            number = f", {_number(data)}" if data.get("number") else ""
            return f"lần {data['version']}{number}"
        case "campaign.launched":
            return f"tới {len(data['scope'])} đơn vị"
        case "campaign.approved":
            return str(data.get("code") or "")
        case "campaign.end-changed":
            old = day(data["old"]) if data["old"] else "chưa định ngày"
            return f"từ {old} thành {day(data['new'])}"
        case "campaign.intake-deadline-changed":
            return f"từ {instant(data['old'])} thành {instant(data['new'])}"
        case "campaign.amendment-drafted":
            return ", ".join(field_label(one["id"]) for one in data["changes"])
        case "campaign.number-voided":
            return f"số {data['number']:02}"
    return ""


def _of_dossier(event: str, data: Mapping[str, Any]) -> str:
    match event:
        case "dossier.nominee-added":
            kind = NOMINEES.get(data["kind"], data["kind"])
            return ", ".join(filter(None, (kind, str(data["name"] or ""))))
        case "dossier.paper-attached":
            return PAPERS.get(str(data["paper"]), "")
        case "dossier.received":
            return f"số đến {data['slip']}/{data['slip_year']}"
        case "dossier.submitted" if data["late_days"]:
            return f"muộn {data['late_days']} ngày"
        case "dossier.rechecked":
            return f"hướng dẫn lần {data['guidance']}, {len(data['differences'])} điểm khác"
        case "dossier.line-appraised":
            return f"trường hợp {data['line']}: {state('line', data['verdict']).label}"
    return f"trường hợp {data['line']}" if "line" in data else ""


def _of_difficulty(event: str, data: Mapping[str, Any]) -> str:
    match event:
        case "difficulty.reported" | "difficulty.explained" | "difficulty.reopened":
            return f"hạn {day(data['clock']['due_at'])}"
        case "difficulty.escalated":
            why = " (quá hạn chưa trả lời)" if data["step"] else ""
            return f"tới {DIFFICULTY_LEVELS[data['to']]}{why}, hạn {day(data['clock']['due_at'])}"
        case "difficulty.asked-back":
            return f"thời hạn tạm dừng, còn {max(data['days_left'], 0)} ngày làm việc"
        case "difficulty.reminded" | "difficulty.overdue":
            return f"hạn {day(data['due_at'])}"
        case "difficulty.resolved":
            return "đơn vị xác nhận" if data["by_unit"] else "cơ quan chủ trì kết luận"
    return ""


def _number(data: Mapping[str, Any]) -> str:
    return f"{data['number']:02}/{data['symbol']} ngày {day(data['issued_on'])}"
