"""The papers of a campaign that can be opened: what each is, how large, and its recorded hash."""

from collections.abc import Mapping
from typing import Any

from services.portal.parts import Paper
from services.portal.words import STATES

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
    if not campaign.get("guidance"):
        return (pdf, word)
    return (
        pdf,
        word,
        Paper("Tải PDF hướng dẫn khen thưởng", f"{path}/guidance.pdf", note="chưa có số"),
        Paper("Tải bản Word hướng dẫn khen thưởng", f"{path}/guidance.docx", note=EDITABLE),
    )


def preview_of(campaign: Answer) -> str:
    """The first page as a picture, for as long as the plan can still be changed."""
    return f"/campaigns/{campaign['id']}/plan.png" if campaign["state"] in UNSIGNED else ""


def _standing(campaign: Answer, *, issued: bool) -> str:
    if campaign["state"] in UNSIGNED:
        return "dự thảo"
    return "bản đã ban hành" if issued else STATES["campaign"]["signed"].label.lower()
