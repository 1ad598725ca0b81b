"""A register of numbers as the book it is printed as (Decree 30/2020 art. 16.2b)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from libs.eventlog.log import Recorded
from libs.officialdocs import RegisterBook, RegisterEntry, wording
from services.campaign.amendment_paper import change_paper
from services.campaign.decisions.rules import CODES
from services.campaign.events import CampaignAmended
from services.campaign.papers import (
    OPEN,
    as_signed,
    authority_of,
    first_of,
    plan_paper,
)

SERIES = {
    "KH": "Kế hoạch",
    "CV": "Công văn",
    "HD": "Hướng dẫn",
    CODES: "Mã phong trào thi đua",
}
KINDS = {
    "plan": "Kế hoạch",
    "amendment": "Kế hoạch điều chỉnh",
    "correction": "Công văn đính chính kế hoạch của",
    "code": "Mã của",
}


def register_paper(
    book: Mapping[str, Any],
    pasts: Mapping[UUID, Sequence[Recorded]],
    *,
    authority: str,
    printed_on: date,
) -> RegisterBook:
    """`book` as the register's page has it; `pasts` are the histories of the plans in it.

    `authority`: its name, "" where nobody has told it; then a plan's own letterhead says it.
    """
    told = {**pasts, **_of_changes(pasts)}
    named = authority or next((_authority(past) for past in pasts.values() if past), OPEN)
    return RegisterBook(
        authority=wording.in_lines(named),
        year=book["year"],
        series=SERIES.get(book["series"], book["series"]),
        entries=[_entry(line, told.get(UUID(line["document"]), ())) for line in book["items"]],
        printed_on=printed_on,
    )


def plans_in(book: Mapping[str, Any]) -> list[UUID]:
    """Documents of the book that are told of by a campaign's own history."""
    return sorted({UUID(one["document"]) for one in book["items"] if one["kind"] in OF_CAMPAIGNS})


OF_CAMPAIGNS = ("plan", "code")


def _entry(line: Mapping[str, Any], past: Sequence[Recorded]) -> RegisterEntry:
    voided = line["voided"]
    entry: dict[str, Any] = {
        "number": line["number"],
        "symbol": line["symbol"],
        "issued_on": date.fromisoformat(line["issued_on"]),
        "abstract": _abstract(line, past),
        "void": voided["reason"] if voided else "",
    }
    return RegisterEntry(**entry, **({} if voided else _closing(line, past)))


def _closing(line: Mapping[str, Any], past: Sequence[Recorded]) -> dict[str, Any]:
    """Who signed, to whom it went, where it is kept; nothing where the histories do not say."""
    if not past or line["kind"] == "code" or _is_guidance(line):
        return {}
    changed = change_paper(past, UUID(line["document"]))
    paper = changed.paper if changed else plan_paper(*as_signed(past))
    return {
        "signer": paper.issuer.signer_name,
        "recipients": "; ".join(paper.recipients),
        "kept_by": paper.filing,
    }


def _abstract(line: Mapping[str, Any], past: Sequence[Recorded]) -> str:
    campaign, issued_on = as_signed(past)
    title = line["title"] or campaign.title
    inside = title[:1].lower() + title[1:]
    if _is_guidance(line):
        return f"Hướng dẫn khen thưởng {inside}".rstrip()
    if line["kind"] == "plan" and first_of(campaign, "abstract"):
        return f"Kế hoạch {plan_paper(campaign, issued_on).subject}"
    return f"{KINDS.get(line['kind'], '')} {inside}".strip()


def _is_guidance(line: Mapping[str, Any]) -> bool:
    """Its numbers stand in the book without a kind of their own; the symbol tells them."""
    return str(line["symbol"]).startswith("HD-")


def _of_changes(pasts: Mapping[UUID, Sequence[Recorded]]) -> dict[UUID, Sequence[Recorded]]:
    """By numbered change the history of its campaign, as far as that campaign is in the book."""
    return {
        one.event.amendment: past
        for past in pasts.values()
        for one in past
        if isinstance(one.event, CampaignAmended)
    }


def _authority(past: Sequence[Recorded]) -> str:
    return authority_of(as_signed(past)[0])
