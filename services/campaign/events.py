"""What has happened to a campaign. Stored for ever: add fields with defaults, never rename."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Registry
from services.campaign.deadlines import Clock

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


class SourceFile(msgspec.Struct, frozen=True):
    """The file a plan was given in; the folder of evidence has it under its hash. `size`: bytes."""

    name: str
    media_type: str
    size: int
    sha256: str


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
    source_file: SourceFile | None = None  # None: the text was pasted


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
    """`shortest`: how many characters a reason needed to have that day."""

    reason: str
    shortest: int = 0


@events.of("campaign.approved")
class CampaignApproved(Event):
    """`code`: PT-YYYY-NNN, given with the first approval and kept by later ones."""

    approved_by: UUID
    code: str = ""


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
    kind: str = "plan"  # plan, amendment, correction, or code: a campaign's own code
    title: str = ""


@events.of("register.number-voided")
class NumberVoided(Event):
    """The number stays used and is never given again; its document gets another one."""

    number: int
    reason: str
    document: UUID
    by: UUID


class Missing(msgspec.Struct, frozen=True):
    """A wish of the readiness list that was open at launch and did not block it."""

    code: str
    have: int
    need: int


@events.of("campaign.launched")
class CampaignLaunched(Event):
    campaign: UUID
    title: str
    lead_unit: str
    number: int
    symbol: str
    scope: tuple[str, ...]
    recipients: tuple[Recipient, ...]
    code: str = ""
    rules_since: date | None = None  # which configuration judged whether it was ready
    blocking: tuple[str, ...] = ()  # the items that would have stopped it
    open_items: tuple[Missing, ...] = ()  # the others that were not done


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


# ---- what a campaign is, beside its plan
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


# ---- after launch
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


@events.of("campaign.number-voided")
class CampaignNumberVoided(Event):
    """The signed plan waits for another number."""

    number: int
    reason: str
    by: UUID


class WrittenField(msgspec.Struct, frozen=True):
    """One fact of a plan that a person wrote in the portal; its provenance is that person."""

    id: str
    field: str
    value: Any


@events.of("campaign.written")
class PlanWritten(Event):
    """A plan written from a template, whole; again with each rewriting while it is a draft."""

    authority: str
    written_by: UUID
    title: str
    template: str
    fields: tuple[WrittenField, ...]


@events.of("campaign.paper-issued")
class PaperIssued(Event):
    """The PDF of the numbered plan as it was issued: kept under `sha256`, `size` in bytes.

    Recorded with the number, because number and date stand on the paper: before, it is not whole.
    """

    paper: str
    sha256: str
    size: int
    typeset_with: str


# ---- difficulties (khó khăn, vướng mắc): a stream of their own
Level = Literal["lead-office", "home-affairs", "chairman", "province"]


@events.of("difficulty.reported")
class DifficultyReported(Event):
    """`unit` reports to `lead_unit`; `clock` governs the answer. Texts name no person."""

    campaign: UUID
    authority: str
    unit: str
    lead_unit: str
    kind: str
    title: str
    description: str
    asks_for: str
    reported_by: UUID
    clock: Clock


@events.of("difficulty.assigned")
class DifficultyAssigned(Event):
    """`assigned_unit` (and there `official`, if named) answers from now on; the clock goes on."""

    campaign: UUID
    unit: str
    assigned_unit: str
    official: UUID | None
    note: str
    due_at: datetime | None = None


@events.of("difficulty.taken-up")
class DifficultyTakenUp(Event):
    """Somebody says that they are working on it; no clock stops for that."""

    campaign: UUID
    unit: str
    taken_up_by: UUID


@events.of("difficulty.asked-back")
class DifficultyAskedBack(Event):
    """Put back to the unit with a question; the clock stops with `days_left` working days."""

    campaign: UUID
    unit: str
    question: str
    days_left: int


@events.of("difficulty.explained")
class DifficultyExplained(Event):
    """The unit's answer to the question; the clock goes on."""

    campaign: UUID
    unit: str
    holder: str
    explanation: str
    clock: Clock


@events.of("difficulty.answered")
class DifficultyAnswered(Event):
    campaign: UUID
    unit: str
    answering_unit: str
    answered_by: UUID
    answer: str
    lead_unit: str


@events.of("difficulty.escalated")
class DifficultyEscalated(Event):
    """To a superior with a clock of its own. `step`: of the clock that ran out; empty: a person."""

    campaign: UUID
    unit: str
    from_unit: str
    to: Level
    to_unit: str
    reason: str
    clock: Clock
    step: str = ""


@events.of("difficulty.resolved")
class DifficultyResolved(Event):
    """Confirmed by the reporting unit, or by the lead office with a reason."""

    campaign: UUID
    unit: str
    lead_unit: str
    by_unit: bool
    reason: str = ""


@events.of("difficulty.reopened")
class DifficultyReopened(Event):
    campaign: UUID
    unit: str
    lead_unit: str
    reason: str
    clock: Clock


@events.of("difficulty.withdrawn")
class DifficultyWithdrawn(Event):
    campaign: UUID
    unit: str
    holder: str
    reason: str


@events.of("difficulty.reminded")
class DifficultyReminded(Event):
    """A reminder to `holder` before or after the due date, at `step` of the clock."""

    campaign: UUID
    unit: str
    holder: str
    step: str
    due_at: datetime


@events.of("difficulty.overdue")
class DifficultyOverdue(Event):
    """The due date has passed without an answer. Time never resolves a difficulty."""

    campaign: UUID
    unit: str
    holder: str
    lead_unit: str
    step: str
    due_at: datetime


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
