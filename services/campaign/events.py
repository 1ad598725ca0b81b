"""What has happened to a campaign. Stored for ever: add fields with defaults, never rename."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Registry

events = Registry("campaign")


class PlanField(msgspec.Struct, frozen=True):
    """One fact read from the plan, with its place in the source text (character offsets, line)."""

    id: str
    field: str
    value: Any
    start: int
    end: int
    line: int


class Unfound(msgspec.Struct, frozen=True):
    """A fact the plan does not give, and why we say so (Vietnamese)."""

    field: str
    reason: str


class Recipient(msgspec.Struct, frozen=True):
    """A line of "Nơi nhận" and the units it means: for-action, for-information or archive."""

    label: str
    purpose: str
    units: tuple[str, ...] = ()


class AwardForm(msgspec.Struct, frozen=True):
    """A form of award this campaign gives, for which kinds of nominee, and how many at most."""

    code: str
    name: str
    kinds: tuple[str, ...]
    quota: int


class Criterion(msgspec.Struct, frozen=True):
    """What a nominee of a kind must have done."""

    kind: str
    text: str


@events.of("campaign.drafted")
class CampaignDrafted(Event):
    authority: str
    prepared_by: UUID
    title: str
    source_name: str
    source_sha256: str
    source_text: str
    fields: tuple[PlanField, ...]
    missing: tuple[Unfound, ...]


@events.of("campaign.field-confirmed")
class FieldConfirmed(Event):
    id: str
    value: Any
    corrected: bool
    by: UUID | None = None


@events.of("campaign.field-added")
class FieldAdded(Event):
    id: str
    field: str
    value: Any
    by: UUID | None = None


@events.of("campaign.submitted")
class CampaignSubmitted(Event):
    submitted_by: UUID


@events.of("campaign.returned")
class CampaignReturned(Event):
    reason: str


@events.of("campaign.approved")
class CampaignApproved(Event):
    approved_by: UUID


@events.of("campaign.signed")
class CampaignSigned(Event):
    """`content_sha256`: over the confirmed fields as canonical JSON; it fixes what was signed."""

    signed_by: UUID
    content_sha256: str
    signed_on: date | None = None


@events.of("campaign.numbered")
class CampaignNumbered(Event):
    number: int
    symbol: str
    issued_on: date


@events.of("register.number-assigned")
class NumberAssigned(Event):
    """On the stream of a register: one authority, one year, one series."""

    number: int
    symbol: str
    issued_on: date
    document: UUID


@events.of("campaign.launched")
class CampaignLaunched(Event):
    campaign: UUID
    title: str
    lead_unit: str
    number: int
    symbol: str
    scope: tuple[str, ...]
    recipients: tuple[Recipient, ...]


@events.of("campaign.guidance-issued")
class GuidanceIssued(Event):
    campaign: UUID
    forms: tuple[AwardForm, ...]
    criteria: tuple[Criterion, ...]
    papers: tuple[str, ...]
    who: str
    intake_from: datetime
    intake_until: datetime  # the last moment; what comes later is late


@events.of("campaign.intake-opened")
class IntakeOpened(Event):
    campaign: UUID


# ---- registration
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


# ---- clusters and pledges
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


# ---- reports of units, reviews and conclusion
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
