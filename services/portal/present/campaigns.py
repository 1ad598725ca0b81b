"""A campaign as its page: what the plan says, who was told, what units are asked for."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from services.portal.known import Directory
from services.portal.parts import Cell, Fact, Paper, State, Table
from services.portal.present.values import sentence
from services.portal.vietnamese import VIETNAM, day, instant, moment
from services.portal.words import FIELDS, PURPOSES

Answer = Mapping[str, Any]
SINGLE = (  # in the order of the page; what has a table of its own is left out
    "issuing_authority",
    "theme",
    "purpose",
    "period",
    "lead_unit",
    "appraising_unit",
    "council",
    "award_forms",
    "award_authority",
    "feedback_channel",
    "legal_bases",
    "signer",
)


def state_of(campaign: Answer) -> str:
    """The state as people say it: guidance and intake are steps of a launched campaign."""
    if campaign["state"] != "launched":
        return str(campaign["state"])
    if campaign.get("standing", "running") != "running":
        return str(campaign["standing"])
    if campaign.get("intake_closed"):
        return "intake-ended"
    if campaign.get("intake_open"):
        return "intake-closed" if _ended(campaign) else "intake-open"
    return "guided" if campaign.get("guidance") or campaign.get("intake_from") else "launched"


def number_of(campaign: Answer) -> str:
    """05/KH-UBND, empty while there is no number."""
    number = campaign.get("number")
    return f"{number:02}/{campaign['symbol']}" if number else ""


def values_of(campaign: Answer, field: str) -> list[Any]:
    return [one["value"] for one in campaign["fields"] if one["field"] == field]


def what(campaign: Answer) -> str:
    number = number_of(campaign)
    if not number and "source" not in campaign:
        return "Kế hoạch chưa có số."
    if not number and campaign.get("source") is None:
        return "Kế hoạch chưa có số, viết theo mẫu trên cổng."
    if not number:
        return f"Kế hoạch chưa có số, nhập từ {campaign['source']['name']}."
    return f"Kế hoạch số {number} ngày {day(campaign['issued_on'])}."


def source_papers(campaign: Answer) -> tuple[Paper, ...]:
    """The file the plan came in, as it was given."""
    file = (campaign["source"] or {}).get("file")
    if not file:
        return ()
    href = f"/campaigns/{campaign['id']}/source/file"
    return (Paper(f"Tệp gốc: {file['name']}", href, file["size"], file["sha256"]),)


def facts(campaign: Answer, directory: Directory) -> tuple[Fact, ...]:
    found = [
        Fact(FIELDS[field], "; ".join(sentence(field, value) for value in values))
        for field in SINGLE
        if (values := values_of(campaign, field))
    ]
    for label, who in (("Người soạn", "prepared_by"), ("Người duyệt", "approved_by")):
        if campaign.get(who):
            found.append(Fact(label, directory.person(campaign[who])))
    if campaign.get("signed_by"):
        signed_at = instant(campaign["signed_at"])
        found.append(Fact("Đã ký", directory.person(campaign["signed_by"]), signed_at))
    if campaign.get("scope"):
        names = ", ".join(directory.unit(code) for code in campaign["scope"])
        found.append(Fact("Đơn vị tham gia", f"{len(campaign['scope'])} đơn vị", names))
    return tuple(found)


def contents(campaign: Answer) -> tuple[str, ...]:
    return tuple(
        str(value["text"] if isinstance(value, Mapping) else value)
        for value in values_of(campaign, "content_points")
    )


def duties(campaign: Answer) -> Table:
    rows = []
    for value in values_of(campaign, "duties"):
        units = ", ".join(value.get("assigned_units") or ()) or "Các cơ quan, đơn vị"
        rows.append((Cell(units[:1].upper() + units[1:]), Cell(str(value["text"]))))
    return Table(
        "Ai làm gì theo kế hoạch",
        ("Đơn vị", "Việc"),
        tuple(rows),
        "Kế hoạch không ghi phân công.",
    )


def recipients(campaign: Answer, board: Sequence[Answer], directory: Directory) -> Table:
    """Who the plan is sent to; after launch, how many of the meant units have acknowledged."""
    caption = "Ai được gửi kế hoạch"
    if not campaign.get("recipients"):
        rows = tuple(
            (Cell(str(value["name"])), Cell(PURPOSES.get(value["purpose"], "")))
            for value in values_of(campaign, "recipients")
        )
        return Table(caption, ("Nơi nhận", "Mục đích"), rows, "Kế hoạch không ghi nơi nhận.")
    launch = {notice["unit"]: notice for notice in board if notice["needs_acknowledgement"]}
    rows = tuple(
        (
            Cell(one["label"], note=_units(one, directory)),
            Cell(PURPOSES.get(one["purpose"], one["purpose"])),
            *((_acknowledged(one["units"], launch),) if board else ()),
        )
        for one in campaign["recipients"]
    )
    columns = ("Nơi nhận", "Mục đích", "Xác nhận đã nhận") if board else ("Nơi nhận", "Mục đích")
    return Table(caption, columns, rows)


def silent_units(board: Sequence[Answer]) -> set[str]:
    """Units that were asked to acknowledge something and have not."""
    return {
        notice["unit"]
        for notice in board
        if notice["needs_acknowledgement"] and not notice["acknowledged_at"]
    }


def notice_state(notice: Answer) -> str:
    if notice["acknowledged_at"]:
        return "acknowledged"
    return "opened" if notice["opened_at"] else str(notice["delivery"])


def listing(campaigns: Sequence[Answer]) -> Table:
    rows = tuple(
        (
            Cell(one["title"], f"/campaigns/{one['id']}", one.get("code") or ""),
            Cell("", state=State("campaign", state_of(one))),
            Cell(number_of(one) or "chưa có"),
            Cell(day(one["launched_at"]) if one["launched_at"] else "chưa phát động"),
            Cell(instant(one["intake_until"]) if one["intake_until"] else "chưa có"),
        )
        for one in campaigns
    )
    columns = ("Phong trào", "Trạng thái", "Số kế hoạch", "Phát động", "Hạn nhận hồ sơ")
    return Table("Các phong trào", columns, rows, "Chưa có phong trào nào.")


def _ended(campaign: Answer) -> bool:
    until = campaign.get("intake_until") or (campaign.get("guidance") or {}).get("intake_until")
    return until is not None and moment(until) < datetime.now(VIETNAM)


def _units(recipient: Answer, directory: Directory) -> str:
    names = [directory.unit(code) for code in recipient["units"]]
    return ", ".join(name for name in names if name != recipient["label"])


def _acknowledged(units: Sequence[str], launch: Mapping[str, Answer]) -> Cell:
    asked = [launch[unit] for unit in units if unit in launch]
    if not asked:
        return Cell("không yêu cầu")
    done = sum(notice["acknowledged_at"] is not None for notice in asked)
    if len(asked) == 1:
        return Cell("", state=State("notice", notice_state(asked[0])), note=_when(asked[0]))
    return Cell(f"{done}/{len(asked)} đã xác nhận")


def _when(notice: Answer) -> str:
    at = notice["acknowledged_at"] or notice["opened_at"] or notice["sent_at"]
    return instant(at) if at else ""
