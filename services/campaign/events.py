"""What has happened to a campaign. Stored for ever: add fields with defaults, never rename."""

from datetime import date, datetime
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
