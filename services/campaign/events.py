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
    papers: tuple[str, ...] = ()  # beyond those of every dossier


class Criterion(msgspec.Struct, frozen=True):
    """What a nominee of a kind must have done. Without `max_points` it is met or not met."""

    kind: str
    text: str
    max_points: int = 0


class GroupQuota(msgspec.Struct, frozen=True):
    """How many of a form the units of one kind may propose: together, or each of them."""

    form: str
    group: str  # a kind of unit, as the directory names it
    quota: int
    each: bool = False


class ShareTarget(msgspec.Struct, frozen=True):
    """A local target, no law: at least `percent` of the nominated individuals are of a group."""

    of: str
    percent: int


class GuidanceContent(msgspec.Struct, frozen=True):
    """What a guidance says, as drafted, signed and measured against."""

    forms: tuple[AwardForm, ...]
    criteria: tuple[Criterion, ...]
    papers: tuple[str, ...]
    who: str
    intake_from: datetime
    intake_until: datetime
    conditions: tuple[str, ...] = ()
    group_quotas: tuple[GroupQuota, ...] = ()
    shares: tuple[ShareTarget, ...] = ()


class GuidanceRules(msgspec.Struct, frozen=True):
    """Local settings that a guidance is drafted under, with the day they hold from. No law."""

    valid_from: date
    signer: str = "home-affairs"  # its leader on behalf of the committee, or: chairman
    points_total: int = 100  # of the criteria of one kind, where points are used
    series: str = "HD"
    symbol: str = "HD-PNV"


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
    # Before guidance became a signed act of its own, it was issued once and had none of these.
    conditions: tuple[str, ...] = ()
    group_quotas: tuple[GroupQuota, ...] = ()
    shares: tuple[ShareTarget, ...] = ()
    version: int = 1
    reason: str = ""  # of a revision
    number: int = 0
    symbol: str = ""
    issued_on: date | None = None
    signed_by: UUID | None = None
    prepared_by: UUID | None = None
    changed: tuple[str, ...] = ()  # fields that a revision changed, e.g. form.quota


@events.of("campaign.intake-opened")
class IntakeOpened(Event):
    campaign: UUID


# ---- guidance on its way to being issued; each version goes it anew
@events.of("campaign.guidance-drafted")
class GuidanceDrafted(Event):
    """The whole content each time it is changed; `rules` are those it is drafted under."""

    campaign: UUID
    version: int
    content: GuidanceContent
    reason: str
    prepared_by: UUID
    rules: GuidanceRules


@events.of("campaign.guidance-returned")
class GuidanceReturned(Event):
    campaign: UUID
    version: int
    reason: str
    returned_by: UUID


@events.of("campaign.guidance-approved")
class GuidanceApproved(Event):
    campaign: UUID
    version: int
    approved_by: UUID


@events.of("campaign.guidance-signed")
class GuidanceSigned(Event):
    """`content_sha256`: over the content as JSON with sorted keys; it fixes what was signed."""

    campaign: UUID
    version: int
    signed_by: UUID
    signed_on: date
    content_sha256: str


@events.of("campaign.guidance-numbered")
class GuidanceNumbered(Event):
    campaign: UUID
    version: int
    number: int
    symbol: str
    issued_on: date


@events.of("campaign.intake-closed")
class IntakeClosed(Event):
    """No dossier is taken any more, not even late; opened again it goes on."""

    campaign: UUID
    reason: str
    closed_by: UUID
