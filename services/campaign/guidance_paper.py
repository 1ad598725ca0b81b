"""The award guidance as a paper: data for `libs.officialdocs`, worded from what was issued."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from libs.eventlog.log import Recorded
from libs.officialdocs import AwardLine, Criteria, Guidance, Issuer, wording
from libs.serving.days import VIETNAM
from services.campaign.events import GuidanceIssued, GuidanceSigned
from services.campaign.papers import (
    OPEN,
    as_signed,
    authority_of,
    first_of,
    in_lines,
    plan_named,
)

KINDS = {"individual": "cá nhân", "collective": "tập thể", "household": "hộ gia đình"}
PAPERS = {
    "proposal-letter": "tờ trình",
    "achievement-report": "báo cáo thành tích",
    "minutes": "biên bản xét khen thưởng",
    "list": "danh sách trường hợp đề nghị",
}


def guidance_paper(past: Sequence[Recorded], units: Mapping[str, str]) -> Guidance | None:
    """The award guidance as it was issued; `units` are names by code. None before it was.

    One that was issued before guidance was numbered says that it is a draft.
    """
    found = _last(past, GuidanceIssued)
    if found is None:
        return None
    signed = _last(past, GuidanceSigned) or found  # its unit is the one that guides
    event: Any = found.event
    campaign, issued_on = as_signed(past)
    unit = units.get(signed.meta.unit or "", OPEN)
    return Guidance(
        issuer=Issuer(
            superior=in_lines(authority_of(campaign)),
            authority=unit.upper(),
            place=first_of(campaign, "place") or OPEN,
            signer_title="TRƯỞNG PHÒNG" if unit.startswith("Phòng") else "THỦ TRƯỞNG",
            signer_name="",
        ),
        number=wording.number_and_symbol(
            event.number or None, event.symbol or f"HD-{_initials(unit)}"
        ),
        issued_on=event.issued_on,
        campaign=campaign.title,
        plan=plan_named(campaign, issued_on),
        who=event.who,
        forms=[
            AwardLine(
                form=form.name,
                kinds=", ".join(KINDS.get(kind, kind) for kind in form.kinds),
                quota=form.quota,
            )
            for form in event.forms
        ],
        criteria=[
            Criteria(kind=word, texts=[one.text for one in event.criteria if one.kind == kind])
            for kind, word in KINDS.items()
            if any(one.kind == kind for one in event.criteria)
        ],
        papers=[PAPERS.get(code, code) for code in event.papers],
        intake_from=_instant(event.intake_from),
        intake_until=_instant(event.intake_until),
        send_to=first_of(campaign, "appraising_unit") or unit,
        recipients=["Như Kế hoạch", f"{authority_of(campaign)} (B/c)"],
        filing="VT",
        draft=not event.number,
    )


def _last(past: Sequence[Recorded], kind: type) -> Recorded | None:
    return next((one for one in reversed(past) if isinstance(one.event, kind)), None)


def _instant(at: datetime) -> str:
    local = at.astimezone(VIETNAM)
    return f"{local.hour:02d} giờ {local.minute:02d} {wording.full_date(local.date())}"


def _initials(unit: str) -> str:
    return "".join(word[0] for word in unit.split() if word[0].isalpha()).upper() or OPEN
