"""Units register, form clusters, sign pledges and report; the campaign is concluded."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from libs.eventlog.events import Event
from services.campaign.events.registry import events


class Target(msgspec.Struct, frozen=True):
    """A target in the unit's own words; number and unit of measure where the unit gives them."""

    text: str
    number: Decimal | None = None
    measure: str = ""


@events.of("campaign.registration-called")
class RegistrationCalled(Event):
    """On the campaign: until when units register. `required`: a local rule, never law."""

    campaign: UUID
    until: datetime
    required: bool = False


@events.of("registration.drafted")
class RegistrationDrafted(Event):
    """The whole of what the unit would register; `revision` counts what was or will be sent."""

    campaign: UUID
    unit: str
    authority: str
    revision: int
    targets: tuple[Target, ...]
    reason: str
    drafted_by: UUID


@events.of("registration.submitted")
class RegistrationSubmitted(Event):
    """`late_days`: days after the campaign's deadline, 0 in time or without one."""

    campaign: UUID
    unit: str
    revision: int
    submitted_by: UUID
    until: datetime | None
    late_days: int


@events.of("registration.refused")
class RegistrationRefused(Event):
    campaign: UUID
    unit: str
    revision: int
    reason: str


@events.of("registration.approved")
class RegistrationApproved(Event):
    campaign: UUID
    unit: str
    revision: int
    approved_by: UUID


@events.of("registration.relaunched")
class UnitRelaunched(Event):
    """The unit has launched the campaign among its own people; `document`: its plan, if any."""

    campaign: UUID
    unit: str
    on: date
    document: str


@events.of("cluster.formed")
class ClusterFormed(Event):
    """Units that emulate together. `least`: the fewest members by the setting of that day."""

    authority: str
    name: str
    kind: Literal["cluster", "bloc"]
    members: tuple[str, ...]
    least: int
    formed_by: UUID


@events.of("cluster.members-changed")
class ClusterMembersChanged(Event):
    members: tuple[str, ...]
    reason: str
    least: int


@events.of("cluster.leaders-chosen")
class ClusterLeadersChosen(Event):
    """Head and deputies of one year. `reason`: why the head of the year before goes on."""

    year: int
    head: str
    deputies: tuple[str, ...]
    most: int
    reason: str = ""


@events.of("pledge.opened")
class PledgeOpened(Event):
    """What the members promise each other, for a year or for a campaign."""

    pledge: UUID
    cluster: UUID
    authority: str
    name: str
    year: int
    campaign: UUID | None
    text: str
    members: tuple[str, ...]
    opened_by: UUID


@events.of("pledge.signed")
class PledgeSigned(Event):
    unit: str
    signed_by: UUID


class Achieved(msgspec.Struct, frozen=True):
    """What has become of a target by then; numbers where the unit gives them."""

    text: str
    planned: Decimal | None = None
    achieved: Decimal | None = None
    measure: str = ""


class Count(msgspec.Struct, frozen=True):
    """A figure that was counted from the events, by name."""

    name: str
    value: int


@events.of("unit-report.sent")
class UnitReportSent(Event):
    """A unit tells of its progress, or reviews a stretch. A later one of a kind and period holds.

    kind: progress, preliminary (sơ kết) or final (tổng kết).
    """

    campaign: UUID
    unit: str
    authority: str
    number: int
    kind: Literal["progress", "preliminary", "final"]
    period: str
    figures: tuple[Achieved, ...]
    text: str
    sent_by: UUID


@events.of("campaign.review-prepared")
class ReviewPrepared(Event):
    """On the campaign. `figures`: counted when it was prepared, never typed."""

    campaign: UUID
    kind: Literal["preliminary", "final"]
    text: str
    figures: tuple[Count, ...]
    prepared_by: UUID


@events.of("campaign.review-approved")
class ReviewApproved(Event):
    campaign: UUID
    kind: Literal["preliminary", "final"]
    approved_by: UUID


@events.of("campaign.concluded")
class CampaignConcluded(Event):
    """Its final review is approved: nothing is registered or reported any more."""

    campaign: UUID
    title: str
