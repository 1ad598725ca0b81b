"""What has happened to a campaign. Stored for ever: add fields with defaults, never rename."""

from datetime import date, datetime
from typing import Any
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


# ---- units that give way to others
@events.of("campaign.scope-succeeded")
class ScopeSucceeded(Event):
    """A unit in scope gave way: its successors take part; open duties are the custodian's."""

    campaign: UUID
    predecessor: str
    predecessor_name: str
    custodian: str
    successors: tuple[str, ...]
    effective: date
    reorganisation: UUID


@events.of("campaign.custody-passed")
class CustodyPassed(Event):
    """The authority gave way: from now on the campaign is the other's, open or closed."""

    campaign: UUID
    from_authority: str
    authority: str
    effective: date
    reorganisation: UUID
