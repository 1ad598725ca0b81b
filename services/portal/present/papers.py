"""The papers of a campaign that can be opened: what each is, how large, and its recorded hash."""

from collections.abc import Mapping
from typing import Any

from services.portal.parts import Paper
from services.portal.present.reports import KINDS
from services.portal.vietnamese import day
from services.portal.words import DOCUMENTS, STATES

Answer = Mapping[str, Any]
UNSIGNED = ("draft", "submitted", "approved")
EDITABLE = "sửa được"


def papers_of(campaign: Answer) -> tuple[Paper, ...]:
    path = f"/campaigns/{campaign['id']}"
    issued = (campaign.get("papers") or {}).get("plan", {})
    pdf = Paper(
        "Tải PDF kế hoạch",
        f"{path}/plan.pdf",
        issued.get("size"),
        issued.get("sha256", ""),
        _standing(campaign, issued=bool(issued)),
    )
    word = Paper("Tải bản Word kế hoạch", f"{path}/plan.docx", note=EDITABLE)
    return (
        pdf,
        word,
        *_guidance(campaign, path),
        *_changes(campaign, path),
        *_reviews(campaign, path),
    )


def _guidance(campaign: Answer, path: str) -> tuple[Paper, ...]:
    issued = campaign.get("guidance")
    if not issued:
        return ()
    number = f"{issued['number']:02}/{issued['symbol']}" if issued.get("number") else "chưa có số"
    return (
        Paper("Tải PDF hướng dẫn khen thưởng", f"{path}/guidance.pdf", note=number),
        Paper("Tải bản Word hướng dẫn khen thưởng", f"{path}/guidance.docx", note=EDITABLE),
    )


def _changes(campaign: Answer, path: str) -> tuple[Paper, ...]:
    """Numbered changes, then the one that is under way for who may see it."""
    found: list[Paper] = []
    for one in campaign.get("changes") or ():
        if "amendment" in one:
            number = f"{one['number']:02}/{one['symbol']} ngày {day(one['issued_on'])}"
            found += _change(one, path, number)
    if under_way := campaign.get("amendment"):
        signed = under_way["state"] == "signed"
        found += _change(under_way, path, "đã ký, chưa có số" if signed else "dự thảo")
    return tuple(found)


def _change(change: Answer, path: str, note: str) -> tuple[Paper, ...]:
    called = DOCUMENTS[change["form"]].lower()
    return _both(called, f"{path}/amendments/{change['amendment']}", note)


def _reviews(campaign: Answer, path: str) -> tuple[Paper, ...]:
    found: list[Paper] = []
    for kind, one in (campaign.get("reviews") or {}).items():
        note = "chưa có số" if one["approved_at"] else "dự thảo"
        found += _both(f"báo cáo {KINDS[kind].lower()}", f"{path}/reviews/{kind}", note)
    return tuple(found)


def _both(called: str, address: str, note: str) -> tuple[Paper, ...]:
    return (
        Paper(f"Tải PDF {called}", f"{address}.pdf", note=note),
        Paper(f"Tải bản Word {called}", f"{address}.docx", note=EDITABLE),
    )


def preview_of(campaign: Answer) -> str:
    """The first page as a picture, for as long as the plan can still be changed."""
    return f"/campaigns/{campaign['id']}/plan.png" if campaign["state"] in UNSIGNED else ""


def _standing(campaign: Answer, *, issued: bool) -> str:
    if campaign["state"] in UNSIGNED:
        return "dự thảo"
    return "bản đã ban hành" if issued else STATES["campaign"]["signed"].label.lower()
