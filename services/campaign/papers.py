"""The plan as a paper: data for `libs.officialdocs`, worded from the events."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from libs.eventlog.events import Event
from libs.eventlog.log import Recorded
from libs.officialdocs import (
    Issuer,
    Plan,
    PlanSection,
    wording,
)
from libs.serving.days import VIETNAM
from services.campaign.decisions.states import Campaign, Stage
from services.campaign.events import CampaignNumbered
from services.campaign.history import evolve

UNSIGNED = (Stage.absent, Stage.draft, Stage.submitted, Stage.approved)
SYMBOL = "KH-UBND"  # where the plan gives none
OPEN = "…"  # where a draft says nothing yet
_BODIES = ("Ủy ban nhân dân", "UBND", "Hội đồng nhân dân")
_CITING = ("căn cứ", "thực hiện", "theo ")
_RELATIONS = {"before": "trước ", "through": "hết ", "after": "sau "}


def as_signed(past: Sequence[Recorded]) -> tuple[Campaign, date | None]:
    """The plan as its number found it, and the day it was issued; what came later changes neither.

    Without a number yet: as it is now, and no day.
    """
    campaign = Campaign()
    for recorded in past:
        campaign = evolve(campaign, recorded.event)
        if isinstance(recorded.event, CampaignNumbered):
            return campaign, recorded.event.issued_on
    return campaign, None


def numbered(campaign: Campaign, events: Sequence[Event]) -> tuple[Campaign, date | None]:
    """The same for events that are about to be recorded."""
    issued_on = None
    for event in events:
        campaign = evolve(campaign, event)
        if isinstance(event, CampaignNumbered):
            issued_on = event.issued_on
    return campaign, issued_on


def plan_paper(campaign: Campaign, issued_on: date | None) -> Plan:
    """The plan from its confirmed fields. Before the signature it is a draft without number."""
    symbol = campaign.symbol or first_of(campaign, "document_symbol") or SYMBOL
    abstract = first_of(campaign, "abstract") or f"Phát động {campaign.title}"
    return Plan(
        issuer=issuer_of(campaign),
        number=wording.number_and_symbol(campaign.number or None, symbol),
        issued_on=issued_on,
        subject=abstract.rstrip("."),
        bases=[basis(value) for value in campaign.of("legal_bases")],
        preamble=[f"{authority_of(campaign)} ban hành Kế hoạch với các nội dung sau:"],
        sections=_sections(campaign),
        closing=_closing(campaign),
        recipients=recipients_of(campaign),
        filing=filing_of(campaign),
        draft=campaign.stage in UNSIGNED,
    )


def made_at(campaign: Campaign, issued_on: date | None, last: datetime) -> datetime:
    """What dates the PDF: the day on the paper, the day it was signed, or the last change."""
    day = issued_on or campaign.signed_on
    return datetime.combine(day, time(), VIETNAM) if day else last


def basis(value: Any) -> str:
    """A cited document as the paper cites it: kind, number, day, issuer, abstract."""
    if not isinstance(value, Mapping):
        return str(value)
    day = _day(value.get("date"))
    parts = (
        value.get("kind"),
        f"số {value['number']}" if value.get("number") else "",
        wording.full_date(day) if day else "",
        f"của {value['issuer']}" if value.get("issuer") else "",
        value.get("abstract"),
    )
    text = " ".join(str(part) for part in parts if part)
    return text if text.lower().startswith(_CITING) else f"Căn cứ {text}"


def period(value: Mapping[str, Any]) -> str:
    """Từ … đến …; an end that hangs on an event stays in the plan's own words."""
    ends = [
        f"{word} {_moment(value.get(name) or {})}"
        for word, name in (("từ", "starts"), ("đến", "ends"))
        if _moment(value.get(name) or {})
    ]
    return wording.as_sentence(" ".join(ends))


def plan_named(campaign: Campaign, issued_on: date | None) -> str:
    """What other papers call it: Kế hoạch số 05/KH-UBND ngày … của …"""
    number = wording.number_and_symbol(campaign.number or None, campaign.symbol or SYMBOL)
    return f"Kế hoạch số {number} {wording.full_date(issued_on)} của {authority_of(campaign)}"


def said(field: str, value: Any) -> str:
    """What a field says, as one sentence of a paper."""
    if not isinstance(value, Mapping):
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    match field:
        case "legal_bases":
            return basis(value)
        case "period":
            return period(value).rstrip(".")
        case "signer":
            return ", ".join(str(value[part]) for part in ("title", "name") if value.get(part))
        case "feedback_channel":
            via = f", qua {value['via']}" if value.get("via") else ""
            return f"{value.get('to', '')}{via}"
    return str(value.get("text") or value.get("name") or value.get("authority") or "")


# ---- the parts of a plan
def issuer_of(campaign: Campaign) -> Issuer:
    """Letterhead and signer as the plan has them."""
    signer: Any = next(iter(campaign.of("signer") or campaign.of("signer_title")), {})
    if not isinstance(signer, Mapping):
        signer = {"title": str(signer)}
    return Issuer(
        superior=in_lines(first_of(campaign, "superior_authority")),
        authority=in_lines(authority_of(campaign)),
        place=first_of(campaign, "place") or OPEN,
        signer_title=_titles(signer),
        signer_name=str(signer.get("name") or ""),
    )


def _titles(signer: Mapping[str, Any]) -> str:
    """The lines above the name as they were given, unless the office was corrected since."""
    lines = [str(line) for line in signer.get("lines") or ()]
    title = str(signer.get("title") or "")
    if not lines or title.upper() not in lines[-1].upper():
        lines = [*lines[:-1], title]
    return "\n".join(line.upper() for line in lines if line)


def _sections(campaign: Campaign) -> list[PlanSection]:
    aims = [*map(str, campaign.of("purpose")), *map(str, campaign.of("theme"))]
    heading = "MỤC ĐÍCH, CHỦ ĐỀ THI ĐUA" if campaign.of("purpose") else "CHỦ ĐỀ THI ĐUA"
    sections = [
        PlanSection(heading=heading, paragraphs=[wording.as_sentence(text) for text in aims]),
        PlanSection(
            heading="NỘI DUNG THI ĐUA", points=[_text(one) for one in campaign.of("content_points")]
        ),
        PlanSection(
            heading="THỜI GIAN THI ĐUA",
            paragraphs=[period(one) for one in campaign.of("period") if isinstance(one, Mapping)],
        ),
        PlanSection(heading="TỔ CHỨC THỰC HIỆN", points=_duties(campaign, numbered=True)),
    ]
    return [section for section in sections if section.paragraphs or section.points]


def _duties(campaign: Campaign, *, numbered: bool) -> list[str]:
    """Numbered duties are points; what the plan says after them without a number closes it."""
    duties = campaign.of("duties")
    return [_text(one) for one in duties if _is_point(one) is numbered]


def _is_point(duty: Any) -> bool:
    return not isinstance(duty, Mapping) or duty.get("number") is not None


def _closing(campaign: Campaign) -> list[str]:
    closing = _duties(campaign, numbered=False)
    for channel in campaign.of("feedback_channel"):
        if isinstance(channel, Mapping) and channel.get("to"):
            via = f" (qua {channel['via']})" if channel.get("via") else ""
            closing.append(
                "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị "
                f"phản ánh về {channel['to']}{via} để xem xét, giải quyết."
            )
    return closing or ["Các cơ quan, đơn vị căn cứ Kế hoạch này tổ chức thực hiện."]


def recipients_of(campaign: Campaign) -> list[str]:
    """The lines under Nơi nhận without the one of the archive."""
    return [
        f"{line['name']} (B/c)" if line["purpose"] == "for-information" else str(line["name"])
        for line in campaign.of("recipients")
        if line["purpose"] != "archive"
    ]


def filing_of(campaign: Campaign) -> str:
    kept = [line["name"] for line in campaign.of("recipients") if line["purpose"] == "archive"]
    return str(next(iter(kept), "VT")).removeprefix("Lưu:").strip()


# ---- words
def first_of(campaign: Campaign, field: str) -> str:
    return str(next(iter(campaign.of(field)), "") or "")


def authority_of(campaign: Campaign) -> str:
    return first_of(campaign, "issuing_authority") or OPEN


def in_lines(name: str) -> str:
    """Ủy ban nhân dân huyện Chi Lăng -> two lines in capitals, as a letterhead has them."""
    for body in _BODIES:
        if name.lower().startswith(f"{body.lower()} "):
            full = "Ủy ban nhân dân" if body == "UBND" else body
            return f"{full}\n{name[len(body) + 1 :]}".upper()
    return name.upper()


def _text(value: Any) -> str:
    text = value.get("text") if isinstance(value, Mapping) else value
    return wording.as_sentence(str(text or ""))


def _moment(end: Mapping[str, Any]) -> str:
    day = _day(end.get("date"))
    if day and end.get("kind", "date") == "date":
        return f"{_RELATIONS.get(str(end.get('relation')), '')}{wording.full_date(day)}"
    return str(end.get("text") or end.get("event") or "")


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
