"""The award guidance on its way, each version anew, and the intake of dossiers."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from libs.eventlog.events import Event
from services.campaign.events.registry import events


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
