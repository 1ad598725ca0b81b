"""What a campaign is beside its plan, and its life after launch."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from libs.eventlog.events import Event
from services.campaign.events.registry import events


class Higher(msgspec.Struct, frozen=True):
    """A campaign of a higher level that is outside the system, as its document is cited."""

    number: str
    issued_on: date | None
    issuer: str
    title: str = ""


@events.of("campaign.attributes-set")
class AttributesSet(Event):
    """`kind`: regular or topical (Luật 06/2022/QH15 Đ16.1). `ends_event`: until what it lasts.

    All of them as they are from now on; `ends` stays open while only the event is known.
    """

    kind: str
    level: str
    starts: date | None
    ends: date | None
    ends_event: str
    note: str
    by: UUID
    parent: UUID | None = None
    higher: Higher | None = None


@events.of("campaign.funding-recorded")
class FundingRecorded(Event):
    source: str
    amount: int  # whole đồng
    by: UUID


@events.of("campaign.funding-approved")
class FundingApproved(Event):
    source: str
    amount: int
    by: UUID


@events.of("campaign.end-changed")
class EndChanged(Event):
    """`change`: bound (an event's day became known), extended or shortened."""

    campaign: UUID
    change: str
    old: date | None
    new: date
    ends_event: str
    reason: str
    by: UUID


@events.of("campaign.intake-deadline-changed")
class IntakeDeadlineChanged(Event):
    campaign: UUID
    old: datetime
    new: datetime
    reason: str
    by: UUID


@events.of("campaign.closed")
class CampaignClosed(Event):
    """Before its end. Dossiers that are in go on; no new ones come."""

    campaign: UUID
    reason: str
    by: UUID


@events.of("campaign.reopened")
class CampaignReopened(Event):
    campaign: UUID
    reason: str
    by: UUID


@events.of("campaign.cancelled")
class CampaignCancelled(Event):
    campaign: UUID
    reason: str
    by: UUID


@events.of("campaign.recalled")
class CampaignRecalled(Event):
    """The plan is withdrawn (Decree 30/2020 art. 18): hidden from units, never deleted."""

    campaign: UUID
    reason: str
    by: UUID


@events.of("campaign.replaced")
class CampaignReplaced(Event):
    """`successor`: the launched campaign that stands in its place."""

    campaign: UUID
    successor: UUID
    reason: str
    by: UUID


class ChangedValue(msgspec.Struct, frozen=True):
    """A confirmed field of the plan, before and after."""

    id: str
    before: Any
    after: Any


@events.of("campaign.amendment-drafted")
class AmendmentDrafted(Event):
    """`form`: amendment (a document of the plan's form) or correction (an official letter).

    Decree 30/2020 art. 18: content is amended by a document of the same form, an error of form is
    corrected by an official letter.
    """

    amendment: UUID
    form: str
    changes: tuple[ChangedValue, ...]
    reason: str
    by: UUID


@events.of("campaign.amendment-returned")
class AmendmentReturned(Event):
    """It is given up; who prepared it may draw up another."""

    amendment: UUID
    reason: str
    by: UUID


@events.of("campaign.amendment-approved")
class AmendmentApproved(Event):
    amendment: UUID
    by: UUID


@events.of("campaign.amendment-signed")
class AmendmentSigned(Event):
    """`content_sha256`: over form and changes as canonical JSON."""

    amendment: UUID
    content_sha256: str
    signed_on: date
    by: UUID


@events.of("campaign.amended")
class CampaignAmended(Event):
    """Numbered and in force: the plan says this from now on."""

    campaign: UUID
    amendment: UUID
    form: str
    changes: tuple[ChangedValue, ...]
    number: int
    symbol: str
    issued_on: date
    reason: str
    by: UUID
