"""What a campaign is beside its plan: kind, level, time, where it comes from, its money."""

from datetime import date
from uuid import UUID

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.campaign.decisions.access import MADE_KNOWN, another_than, own, prepares, running
from services.campaign.decisions.states import Campaign, Stage
from services.campaign.events import AttributesSet, FundingApproved, FundingRecorded, Higher

KINDS = ("regular", "topical")  # Luật 06/2022/QH15 Đ16.1
LEVELS = ("national", "province", "district", "commune", "agency", "cluster")
NO_DISTRICTS_FROM = date(2025, 7, 1)


def set_attributes(
    campaign: Campaign,
    *,
    kind: str,
    level: str,
    starts: date | None,
    ends: date | None,
    ends_event: str,
    note: str,
    parent: Campaign | None,
    parent_id: UUID | None,
    higher: Higher | None,
    today: date,
    by: Acting,
) -> list[Event]:
    """As long as nobody has signed. `parent` is a launched campaign that this one carries on."""
    own(campaign, by)
    prepares(by)
    if campaign.stage not in (Stage.draft, Stage.submitted):
        raise Refused("not-a-draft", stage=campaign.stage)
    if kind not in KINDS:
        raise Refused("unknown-campaign-kind", allowed=list(KINDS))
    if level not in LEVELS:
        raise Refused("unknown-level", allowed=list(LEVELS))
    if level == "district" and (starts or today) >= NO_DISTRICTS_FROM:
        raise Refused("no-such-level", on=NO_DISTRICTS_FROM)
    in_order(starts, ends)
    if parent_id is not None:
        _launched_parent(parent, by)
    event = AttributesSet(
        kind, level, starts, ends, ends_event, note, by.official, parent_id, higher
    )
    return [] if campaign.attributes == event else [event]


def in_order(starts: date | None, ends: date | None) -> None:
    if starts is not None and ends is not None and ends < starts:
        raise Refused("end-before-start", starts=starts, ends=ends)


def _launched_parent(parent: Campaign | None, by: Acting) -> None:
    if parent is None or parent.authority != by.authority or parent.stage is not Stage.launched:
        raise Refused("parent-not-launched")


def record_funding(campaign: Campaign, *, source: str, amount: int, by: Acting) -> list[Event]:
    own(campaign, by)
    prepares(by)
    if campaign.stage in MADE_KNOWN:
        raise Refused("already-launched")
    known = campaign.funding
    if known is not None and (known.source, known.amount) == (source, amount):
        return []
    return [FundingRecorded(source, amount, by.official)]


def approve_funding(campaign: Campaign, *, by: Acting) -> list[Event]:
    """By somebody else than who recorded it."""
    own(campaign, by)
    if by.role != "chairman":
        prepares(by, "leader")
    if campaign.stage in MADE_KNOWN:
        running(campaign)
    if campaign.funding is None:
        raise Refused("funding-missing")
    if campaign.funding.approved:
        return []
    another_than(campaign.funding.hands, by)
    return [FundingApproved(campaign.funding.source, campaign.funding.amount, by.official)]
