"""A launched campaign's life: its end and deadline, closing, reopening, cancelling, recalling."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.campaign.decisions.access import not_concluded, own, prepares, running
from services.campaign.decisions.attributes import in_order
from services.campaign.decisions.rules import Rules
from services.campaign.decisions.states import CLOSED, RUNNING, Campaign, Stage
from services.campaign.events import (
    CampaignCancelled,
    CampaignClosed,
    CampaignRecalled,
    CampaignReopened,
    CampaignReplaced,
    EndChanged,
    IntakeDeadlineChanged,
)


def long_enough(reason: str, rules: Rules) -> str:
    reason = reason.strip()
    if not reason:
        raise Refused("reason-missing")
    if len(reason) < rules.shortest_reason:
        raise Refused("reason-too-short", at_least=rules.shortest_reason, length=len(reason))
    return reason


def change_end(
    campaign: Campaign,
    id: UUID,
    *,
    ends: date,
    reason: str,
    today: date,
    rules: Rules,
    by: Acting,
) -> list[Event]:
    """Extends, shortens, or gives an end that hung on an event its day (that may have passed)."""
    own(campaign, by)
    prepares(by, "leader")
    running(campaign)
    known = campaign.attributes
    old = known.ends if known else None
    if ends == old:
        return []
    reason = long_enough(reason, rules)
    in_order((known.starts if known else None) or campaign.issued_on, ends)
    if old is not None and ends < today:
        raise Refused("end-in-past", today=today)
    change = "bound" if old is None else "extended" if ends > old else "shortened"
    event = known.ends_event if known else ""
    return [EndChanged(id, change, old, ends, event, reason, by.official)]


def change_intake_deadline(
    campaign: Campaign, id: UUID, *, until: datetime, reason: str, rules: Rules, by: Acting
) -> list[Event]:
    own(campaign, by)
    by.require("leader", duty="home-affairs")
    running(campaign)
    if campaign.guidance is None:
        raise Refused("guidance-missing")
    old = campaign.guidance.intake_until
    if until == old:
        return []
    if campaign.drafting is not None and campaign.drafting.stage is not Stage.draft:
        # What is approved says a deadline of its own and would take this one back unseen.
        raise Refused("guidance-under-way", stage=campaign.drafting.stage)
    reason = long_enough(reason, rules)
    if until < campaign.guidance.intake_from:
        raise Refused("window-ends-before-it-begins")
    return [IntakeDeadlineChanged(id, old, until, reason, by.official)]


def close(campaign: Campaign, id: UUID, reason: str, *, rules: Rules, by: Acting) -> list[Event]:
    return _ended(campaign, "closed", CampaignClosed, id, reason, rules, by)


def cancel(campaign: Campaign, id: UUID, reason: str, *, rules: Rules, by: Acting) -> list[Event]:
    return _ended(campaign, "cancelled", CampaignCancelled, id, reason, rules, by)


def recall(campaign: Campaign, id: UUID, reason: str, *, rules: Rules, by: Acting) -> list[Event]:
    """The plan itself is withdrawn (Decree 30/2020 art. 18); one that was closed can be, too."""
    if campaign.standing == CLOSED and campaign.stage is Stage.launched:
        own(campaign, by)
        by.require("chairman")
        return [CampaignRecalled(id, long_enough(reason, rules), by.official)]
    return _ended(campaign, "recalled", CampaignRecalled, id, reason, rules, by)


def reopen(campaign: Campaign, id: UUID, reason: str, *, rules: Rules, by: Acting) -> list[Event]:
    """Only what was closed early: a recalled or cancelled campaign is launched anew."""
    own(campaign, by)
    by.require("chairman")
    not_concluded(campaign)
    if campaign.stage is Stage.launched and campaign.standing == RUNNING:
        return []
    if campaign.standing != CLOSED:
        raise Refused("campaign-not-closed", standing=campaign.standing)
    return [CampaignReopened(id, long_enough(reason, rules), by.official)]


def replace(
    campaign: Campaign,
    id: UUID,
    *,
    successor: Campaign,
    successor_id: UUID,
    reason: str,
    rules: Rules,
    by: Acting,
) -> list[Event]:
    """By another launched campaign of the same authority, which is running."""
    own(campaign, by)
    by.require("chairman")
    if campaign.standing == "replaced":
        return []
    running(campaign)
    fits = successor.authority == by.authority and successor.stage is Stage.launched
    if not fits or successor.standing != RUNNING or successor_id == id:
        raise Refused("successor-not-launched")
    return [CampaignReplaced(id, successor_id, long_enough(reason, rules), by.official)]


def _ended(
    campaign: Campaign,
    standing: str,
    event: Callable[[UUID, str, UUID], Event],
    id: UUID,
    reason: str,
    rules: Rules,
    by: Acting,
) -> list[Event]:
    """The chairman launched it by his signature, so he ends it, and says why."""
    own(campaign, by)
    by.require("chairman")
    if campaign.standing == standing:
        return []
    running(campaign)
    return [event(id, long_enough(reason, rules), by.official)]
