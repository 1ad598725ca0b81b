"""A plan as a person writes it in a form, and as the fields of a campaign."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from libs.officialdocs import wording
from services.campaign.bodies import Body, Name, Text
from services.campaign.events import WrittenField
from services.campaign.naming import name_of

TEMPLATE = "plan-decree-30"
LAW = "Luật Thi đua, khen thưởng số 06/2022/QH15"
Texts = Annotated[list[Name], Field(max_length=200)]


class Moment(Body):
    """A day, or in words what it hangs on ("trước ngày khai mạc Đại hội")."""

    day: date | None = None
    text: Text = ""


class WrittenRecipient(Body):
    name: Name
    purpose: Literal["for-action", "for-information", "archive"]


class WrittenPlan(Body):
    issuing_authority: Name
    superior_authority: Text = ""
    symbol: Annotated[Name, Field(max_length=60)] = "KH-UBND"
    place: Text = ""
    abstract: Text = ""
    legal_bases: Texts = Field(default_factory=list)
    purpose: Text = ""
    theme: Text = ""
    content_points: Texts = Field(default_factory=list)
    starts: Moment = Field(default_factory=Moment)
    ends: Moment = Field(default_factory=Moment)
    duties: Texts = Field(default_factory=list)
    lead_unit: Text = ""
    appraising_unit: Text = ""
    feedback_to: Text = ""
    recipients: list[WrittenRecipient] = Field(default_factory=list, max_length=200)
    signer_lines: Texts = Field(default_factory=list)
    signer_name: Text = ""


def fields_of(plan: WrittenPlan) -> tuple[WrittenField, ...]:
    """Ids are `<field>.<n>` like those read from a text; what was left empty is no field."""
    counted: dict[str, int] = {}
    fields = []
    for name, value in _said(plan):
        number = counted.get(name, 0)
        counted[name] = number + 1
        fields.append(WrittenField(f"{name}.{number}", name, value))
    return tuple(fields)


def title_of(plan: WrittenPlan) -> str:
    return name_of({"abstract.0": plan.abstract, "theme.0": plan.theme})


def _said(plan: WrittenPlan) -> Iterator[tuple[str, Any]]:
    singles = ("issuing_authority", "superior_authority", "place", "abstract", "purpose", "theme")
    yield from ((name, getattr(plan, name)) for name in singles if getattr(plan, name))
    yield "document_symbol", plan.symbol
    for text in plan.legal_bases:
        empty = {"kind": "", "number": "", "date": None, "issuer": ""}
        yield "legal_bases", empty | {"abstract": text}
    for number, text in enumerate(plan.content_points, start=1):
        yield "content_points", {"number": str(number), "text": text}
    starts, ends = _moment(plan.starts), _moment(plan.ends)
    if starts or ends:
        yield "period", {"starts": starts, "ends": ends}
    for number, text in enumerate(plan.duties, start=1):
        yield "duties", {"number": str(number), "text": text, "assigned_units": []}
    yield from ((n, getattr(plan, n)) for n in ("lead_unit", "appraising_unit") if getattr(plan, n))
    if plan.feedback_to:
        yield "feedback_channel", {"to": plan.feedback_to, "via": None}
    for one in plan.recipients:
        yield "recipients", {"name": one.name, "purpose": one.purpose}
    if plan.signer_name or plan.signer_lines:
        yield "signer", _signer(plan)


def _moment(moment: Moment) -> dict[str, Any] | None:
    if moment.day is None and not moment.text:
        return None
    kind = "date" if moment.day else "event"
    text = moment.text or wording.full_date(moment.day)
    day = moment.day.isoformat() if moment.day else None
    event = None if moment.day else moment.text
    return {"kind": kind, "relation": "on", "date": day, "event": event, "text": text}


def _signer(plan: WrittenPlan) -> dict[str, Any]:
    """The lines above the name; a mark such as "TM." in the first says in whose place one signs."""
    mark = plan.signer_lines[0].split(" ", 1)[0] if plan.signer_lines else ""
    return {
        "name": plan.signer_name,
        "title": plan.signer_lines[-1] if plan.signer_lines else "",
        "form": mark if mark in ("TM.", "KT.", "TL.", "TUQ.", "Q.") else "personal",
        "lines": plan.signer_lines,
    }


def template_for(authority: str) -> dict[str, Any]:
    """The parts of Decree 30/2020 filled in for an authority; a person changes what is otherwise.

    `authority` is its name. What the law leaves to the author is a suggestion, no rule.
    """
    body = authority.startswith(("Ủy ban nhân dân", "UBND"))
    lines = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"] if body else ["THỦ TRƯỞNG"]
    plan = {
        "issuing_authority": authority,
        "symbol": "KH-UBND" if body else "KH",
        "place": _place(authority),
        "legal_bases": [LAW],
        "abstract": "Phát động phong trào thi đua ",
        "duties": ["Các cơ quan, đơn vị căn cứ Kế hoạch này tổ chức thực hiện."],
        "feedback_to": authority,
        "recipients": [
            {"name": "Các cơ quan, đơn vị", "purpose": "for-action"},
            {"name": "VT", "purpose": "archive"},
        ],
        "signer_lines": lines,
    }
    return {"template": TEMPLATE, "plan": plan}


_LEVELS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")


def _place(authority: str) -> str:
    """Ủy ban nhân dân huyện Chi Lăng -> Chi Lăng."""
    for level in _LEVELS:
        before, found, name = authority.partition(f" {level} ")
        if found and before in ("Ủy ban nhân dân", "UBND"):
            return name
    return ""
