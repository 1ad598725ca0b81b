"""A register of numbers as the book it is printed as (Decree 30/2020 art. 16.2b)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from libs.eventlog.log import Recorded
from libs.officialdocs import RegisterBook, RegisterEntry
from services.campaign.decisions.rules import CODES
from services.campaign.papers import (
    OPEN,
    as_signed,
    authority_of,
    filing_of,
    first_of,
    in_lines,
    issuer_of,
    plan_paper,
    recipients_of,
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
    named = authority or next((_authority(past) for past in pasts.values() if past), OPEN)
    return RegisterBook(
        authority=in_lines(named),
        year=book["year"],
        series=SERIES.get(book["series"], book["series"]),
        entries=[_entry(line, pasts.get(UUID(line["document"]), ())) for line in book["items"]],
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
    if past and line["kind"] == "plan" and not voided and not _is_guidance(line):
        campaign, _ = as_signed(past)
        entry |= {
            "signer": issuer_of(campaign).signer_name,
            "recipients": "; ".join(recipients_of(campaign)),
            "kept_by": filing_of(campaign),
        }
    return RegisterEntry(**entry)


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


def _authority(past: Sequence[Recorded]) -> str:
    return authority_of(as_signed(past)[0])
