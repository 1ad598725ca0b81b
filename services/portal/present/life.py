"""What a campaign is beside its plan, whether it is ready, and what changed after launch."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.known import Directory
from services.portal.parts import Cell, Fact, State, Table
from services.portal.present.values import field_label, sentence
from services.portal.vietnamese import day, instant, money
from services.portal.words import CAMPAIGN_KINDS, CHANGES, DURATIONS, LEVELS, READINESS

Answer = Mapping[str, Any]
STEPS = {"drafted": "chờ duyệt", "approved": "đã duyệt, chờ ký", "signed": "đã ký, chờ cấp số"}


def banner(campaign: Answer) -> tuple[Fact, ...]:
    """Why a draft came back, or why a campaign no longer runs."""
    if campaign["state"] == "draft" and (returned := campaign.get("returned")):
        return (Fact("Bị trả lại", returned["reason"], instant(returned["at"])),)
    if campaign.get("standing", "running") != "running":
        at = instant(campaign["standing_at"])
        successor = campaign.get("replaced_by")
        found = [Fact("Lý do", campaign["standing_reason"], at)]
        if successor:
            found.append(_relative("Thay thế bằng", successor))
        return tuple(found)
    if refused := campaign.get("amendment_returned"):
        at = instant(refused["at"])
        return (Fact("Dự thảo sửa đổi, đính chính bị trả lại", refused["reason"], at),)
    return ()


def about(campaign: Answer) -> tuple[Fact, ...]:
    """Code, kind, level, time and origin."""
    known = campaign.get("attributes") or {}
    found = [Fact("Mã phong trào", campaign["code"])] if campaign.get("code") else []
    if known:
        found.append(Fact("Loại", CAMPAIGN_KINDS.get(known["kind"], "chưa ghi")))
        found.append(Fact("Cấp phát động", LEVELS.get(known["level"], "chưa ghi")))
        found.append(Fact("Thời gian", _time(known), _duration(campaign)))
        if known["note"]:
            found.append(Fact("Ghi chú", known["note"]))
    if parent := campaign.get("parent"):
        found.append(_relative("Phát động theo", parent))
    if higher := known.get("higher"):
        found.append(Fact("Phát động theo", _cited(higher)))
    found += [_relative("Cấp dưới phát động lại", child) for child in campaign.get("children", ())]
    found += [_relative("Thay thế cho", old) for old in campaign.get("replaces", ())]
    if funding := campaign.get("funding"):
        said = "đã duyệt" if funding["approved"] else "chưa duyệt"
        found.append(Fact("Kinh phí", f"{money(funding['amount'])}, {funding['source']}", said))
    return tuple(found)


def readiness_table(ready: Answer) -> Table:
    rows = []
    for item in ready["items"]:
        name, step = READINESS.get(item["code"], (item["code"], ""))
        asked = "bắt buộc" if item["blocks"] else "nên có"
        counted = f"{item['have']}/{item['need']}" if item["need"] else "không yêu cầu"
        named = ", ".join(field_label(id) for id in item["fields"][:5])
        more = f" và {len(item['fields']) - 5} nội dung khác" if len(item["fields"]) > 5 else ""
        told = "Xong" if item["done"] else f"{step} {named}{more}".strip()
        rows.append((Cell(name, note=asked), Cell(counted, number=True), Cell(told)))
    since = day(ready["rules_since"])
    caption = f"Mục nào bắt buộc, bao nhiêu là đủ: theo cài đặt của cơ quan từ {since}"
    return Table(caption, ("Mục", "Có/cần", "Việc cần làm"), tuple(rows))


def expired_warnings(ready: Answer) -> tuple[str, ...]:
    """A warning, never a refusal; with the source and how far it is trusted."""
    return tuple(
        f"{field_label(one['field'])} viện dẫn {one['instrument']['title']}, hết hiệu lực sau ngày "
        f"{day(one['instrument']['holds_until'])}. Văn bản thay thế: {one['successor']['title']}. "
        f"Nguồn: {one['instrument']['source']} (mức tin cậy {one['instrument']['trust']}); "
        "hãy kiểm tra lại trước khi ban hành."
        for one in ready["expired"]
    )


def amendment_table(campaign: Answer) -> Table | None:
    under_way = campaign.get("amendment")
    if not under_way:
        return None
    form = CHANGES[under_way["form"]]
    caption = f"{form}, {STEPS[under_way['state']]}. Lý do: {under_way['reason']}"
    rows = tuple(
        (
            Cell(field_label(one["id"])),
            Cell(sentence(one["id"].partition(".")[0], one["before"])),
            Cell(sentence(one["id"].partition(".")[0], one["after"])),
        )
        for one in under_way["changes"]
    )
    return Table(caption, ("Nội dung", "Hiện nay", "Sửa thành"), rows)


def changes_table(campaign: Answer, directory: Directory) -> Table | None:
    """Old and new, who and why, for everybody who takes part."""
    changes: Sequence[Answer] = campaign.get("changes") or ()
    if not changes:
        return None
    rows = tuple(
        (
            Cell(CHANGES[one["kind"]], _paper(campaign, one), note=_document(one)),
            Cell(_before(one)),
            Cell(_after(one)),
            Cell(one["reason"], note=f"{directory.person(one['by'])}, {instant(one['at'])}"),
        )
        for one in reversed(changes)
    )
    return Table("Mới nhất ở trên cùng", ("Thay đổi", "Trước", "Sau", "Lý do"), rows)


def _paper(campaign: Answer, change: Answer) -> str:
    """Where the paper of a numbered change is; other changes have none."""
    if "amendment" not in change:
        return ""
    return f"/campaigns/{campaign['id']}/amendments/{change['amendment']}.pdf"


def _before(change: Answer) -> str:
    if change["kind"] == "end":
        return day(change["old"]) if change["old"] else change["ends_event"] or "chưa định ngày"
    if change["kind"] == "intake-deadline":
        return instant(change["old"])
    return "; ".join(_said(one, "before") for one in change["changes"])


def _after(change: Answer) -> str:
    if change["kind"] == "end":
        return day(change["new"])
    if change["kind"] == "intake-deadline":
        return instant(change["new"])
    return "; ".join(_said(one, "after") for one in change["changes"])


def _said(change: Answer, which: str) -> str:
    return f"{field_label(change['id'])}: {sentence(change['id'].partition('.')[0], change[which])}"


def _document(change: Answer) -> str:
    if "number" not in change:
        return ""
    return f"{change['number']:02}/{change['symbol']} ngày {day(change['issued_on'])}"


def _time(known: Answer) -> str:
    starts = f"từ {day(known['starts'])} " if known["starts"] else ""
    until = day(known["ends"]) if known["ends"] else known["ends_event"] or "chưa định ngày"
    return f"{starts}đến {until}"


def _duration(campaign: Answer) -> str:
    return DURATIONS.get(campaign.get("duration_class") or "", "")


def _cited(higher: Answer) -> str:
    dated = f" ngày {day(higher['issued_on'])}" if higher["issued_on"] else ""
    return f"{higher['title']} số {higher['number']}{dated} của {higher['issuer']}".strip()


def _relative(label: str, other: Answer) -> Fact:
    number = f"{other['number']:02}/{other['symbol']}" if other["number"] else ""
    return Fact(label, other["title"], number, f"/campaigns/{other['id']}")


def register_table(book: Answer, directory: Directory, documents: Mapping[str, str]) -> Table:
    rows = tuple(
        (
            Cell(f"{line['number']:02}"),
            Cell(line["symbol"]),
            Cell(day(line["issued_on"])),
            Cell(
                line["title"] or documents.get(line["kind"], line["kind"]),
                _to(line),
                note=documents.get(line["kind"], line["kind"]),
                state=State("register", "voided") if line["voided"] else None,
            ),
            Cell(directory.person(line["given_by"]), note=_voided(line)),
        )
        for line in book["items"]
    )
    columns = ("Số", "Ký hiệu", "Ngày", "Văn bản", "Người cấp số")
    caption = f"Sổ {book['series']} năm {book['year']}"
    return Table(caption, columns, rows, "Chưa cấp số nào trong sổ này.")


def _to(line: Answer) -> str:
    return f"/campaigns/{line['document']}" if line["kind"] in ("plan", "code") else ""


def _voided(line: Answer) -> str:
    voided = line["voided"]
    return f"Số bị hủy {instant(voided['at'])}: {voided['reason']}" if voided else ""
