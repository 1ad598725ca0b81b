"""Units report; the lead office reviews, and another person's approval concludes the campaign."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.campaign.decisions.access import accountable, another_than, own
from services.campaign.decisions.registering import leads, takes_part
from services.campaign.decisions.states import Campaign
from services.campaign.events import (
    Achieved,
    CampaignConcluded,
    Count,
    ReviewApproved,
    ReviewPrepared,
    UnitReportSent,
)

Kind = Literal["progress", "preliminary", "final"]
ReviewKind = Literal["preliminary", "final"]


class Reports(msgspec.Struct, frozen=True):
    """What the rules read of a unit's reports: how many, and the last one."""

    count: int = 0
    last: UnitReportSent | None = None


def send_report(
    campaign: Campaign,
    reports: Reports,
    id: UUID,
    unit: str,
    *,
    kind: Kind,
    period: str,
    figures: Sequence[Achieved],
    text: str,
    by: Acting,
) -> list[Event]:
    """Progress is told by who works on it; a review of a stretch by the unit's leader."""
    takes_part(campaign, unit, by, still=accountable)
    by.require(*(("specialist", "leader") if kind == "progress" else ("leader",)))
    if not figures and not text:
        raise Refused("report-empty")
    last, told = reports.last, tuple(figures)
    said = (kind, period, told, text)
    if last is not None and (last.kind, last.period, last.figures, last.text) == said:
        return []
    number = reports.count + 1
    return [
        UnitReportSent(
            id, unit, by.authority, number, kind, period, told, text, sent_by=by.official
        )
    ]


def prepare_review(
    campaign: Campaign,
    id: UUID,
    *,
    kind: ReviewKind,
    text: str,
    figures: Sequence[Count],
    by: Acting,
) -> list[Event]:
    """`figures` are counted from the events at this moment."""
    own(campaign, by)
    accountable(campaign)
    leads(by)
    review = campaign.reviews.get(kind)
    if review is not None and review.approved:
        raise Refused("review-approved")
    if review is not None and review.text == text:
        return []
    return [ReviewPrepared(id, kind, text, tuple(figures), by.official)]


def approve_review(campaign: Campaign, id: UUID, *, kind: ReviewKind, by: Acting) -> list[Event]:
    """Another person than who prepared it; the final one concludes the campaign."""
    own(campaign, by)
    if by.role != "chairman":
        leads(by)
        by.require("leader")
    review = campaign.reviews.get(kind)
    if review is not None and review.approved:
        return []
    accountable(campaign)
    if review is None:
        raise Refused("review-missing")
    another_than({review.prepared_by}, by)
    approved = ReviewApproved(id, kind, by.official)
    concluded = [CampaignConcluded(id, campaign.title)] if kind == "final" else []
    return [approved, *concluded]
