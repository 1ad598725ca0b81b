"""A unit registers its targets in a campaign; the lead office approves or refuses."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from libs.serving.days import day_of
from services.campaign.decisions import access
from services.campaign.decisions.access import another_than, draws_up, own, party
from services.campaign.decisions.states import Campaign
from services.campaign.events import (
    RegistrationApproved,
    RegistrationCalled,
    RegistrationDrafted,
    RegistrationRefused,
    RegistrationSubmitted,
    Target,
    UnitRelaunched,
)

LEADING = ("lead-office", "home-affairs")


class Standing(StrEnum):
    none = "none"
    draft = "draft"
    submitted = "submitted"
    refused = "refused"
    approved = "approved"


class Registration(msgspec.Struct, frozen=True):
    """What the rules of a unit's registration read."""

    standing: Standing = Standing.none
    revision: int = 0  # the last one drafted
    approved: int = 0  # the revision that holds; 0: none
    targets: tuple[Target, ...] = ()
    hands: frozenset[UUID] = frozenset()  # who had a hand in the revision at work
    relaunched_on: date | None = None


def call(
    campaign: Campaign, id: UUID, *, until: datetime, required: bool, at: datetime, by: Acting
) -> list[Event]:
    """Opens registration or moves its deadline."""
    running(campaign, by)
    leads(by)
    if until <= at:
        raise Refused("deadline-passed", on=day_of(until))
    called = RegistrationCalled(id, until, required)
    return [] if campaign.call == called else [called]


def draft(
    campaign: Campaign,
    registration: Registration,
    id: UUID,
    unit: str,
    *,
    targets: Sequence[Target],
    reason: str,
    by: Acting,
) -> list[Event]:
    """What holds stays in force until a new revision is approved."""
    takes_part(campaign, unit, by)
    by.require("specialist", "leader")
    if registration.standing is Standing.submitted:
        raise Refused("registration-submitted")
    if not targets:
        raise Refused("targets-missing")
    if registration.approved and not reason:
        raise Refused("change-reason-missing")
    at_work = registration.standing is Standing.draft
    if at_work and registration.targets == tuple(targets):
        return []
    revision = registration.revision if at_work else registration.revision + 1
    return [
        RegistrationDrafted(
            id, unit, campaign.authority, revision, tuple(targets), reason, drafted_by=by.official
        )
    ]


def submit(
    campaign: Campaign,
    registration: Registration,
    id: UUID,
    unit: str,
    *,
    at: datetime,
    by: Acting,
) -> list[Event]:
    takes_part(campaign, unit, by)
    by.require("leader")
    if registration.standing is Standing.submitted:
        return []
    if registration.standing is not Standing.draft:
        raise Refused("nothing-drafted", stage=registration.standing)
    another_than(registration.hands, by)
    until = campaign.call.until if campaign.call else None
    late = max((day_of(at) - day_of(until)).days, 0) if until else 0
    return [RegistrationSubmitted(id, unit, registration.revision, by.official, until, late)]


def approve(
    campaign: Campaign, registration: Registration, id: UUID, unit: str, *, by: Acting
) -> list[Event]:
    running(campaign, by)
    leads(by)
    if registration.standing is Standing.approved:
        return []
    if registration.standing is not Standing.submitted:
        raise Refused("not-submitted", stage=registration.standing)
    another_than(registration.hands, by)
    return [RegistrationApproved(id, unit, registration.revision, by.official)]


def refuse(
    campaign: Campaign, registration: Registration, id: UUID, unit: str, reason: str, *, by: Acting
) -> list[Event]:
    running(campaign, by)
    leads(by)
    if registration.standing is not Standing.submitted:
        raise Refused("not-submitted", stage=registration.standing)
    another_than(registration.hands, by)
    return [RegistrationRefused(id, unit, registration.revision, reason)]


def relaunch(
    campaign: Campaign,
    registration: Registration,
    id: UUID,
    unit: str,
    *,
    on: date,
    document: str,
    today: date,
    by: Acting,
) -> list[Event]:
    takes_part(campaign, unit, by)
    by.require("specialist", "leader")
    if on > today:
        raise Refused("issued-in-future", today=today)
    if registration.relaunched_on == on:
        return []
    return [UnitRelaunched(id, unit, on, document)]


# ---- who may
def running(campaign: Campaign, by: Acting) -> None:
    own(campaign, by)
    access.running(campaign)


def leads(by: Acting) -> None:
    by.require("specialist", "leader")
    if by.duty not in LEADING:
        raise Refused("not-allowed", duty=by.duty, needs=list(LEADING))


def takes_part(
    campaign: Campaign,
    unit: str,
    by: Acting,
    standing: Callable[[Campaign], None] = access.running,
) -> None:
    """Only the unit itself, of those in scope; another unit's is not found."""
    if by.unit != unit:
        raise Refused("not-found")
    party(campaign, by)
    standing(campaign)
    if unit not in campaign.scope:
        raise Refused("unit-not-in-scope", unit=unit)


def may_read(campaign: Campaign, unit: str, by: Acting) -> None:
    """The unit itself, and those who run, decide or inspect the campaign."""
    access.shown(campaign, by)
    if by.unit != unit and not draws_up(campaign, by):
        raise Refused("not-found")
    if unit not in campaign.scope:
        raise Refused("not-found")


def reads_drafts(unit: str, by: Acting) -> bool:
    """Until it is submitted, what a unit drafts is its own, and the auditor's to inspect.

    That there is a draft the others know, so that they can remind; not what it says.
    """
    return by.unit == unit or by.role == "auditor"


def never_sent(past: Sequence[Event]) -> set[int]:
    """Places in a registration's past of drafts that were changed, or not submitted by now."""
    drafts: set[int] = set()
    latest: int | None = None
    for place, event in enumerate(past):
        if isinstance(event, RegistrationDrafted):
            drafts.add(place)
            latest = place
        elif isinstance(event, RegistrationSubmitted) and latest is not None:
            drafts.discard(latest)
    return drafts
