"""What we need of the other services' events: our own reading of their contracts."""

from datetime import date, datetime
from uuid import UUID

import msgspec


class UnitEstablished(msgspec.Struct, frozen=True):
    """directory unit.established.v1"""

    code: str
    name: str
    authority: str
    mailbox: str


class Recipient(msgspec.Struct, frozen=True):
    """A line of "Nơi nhận": for-action, for-information or archive."""

    purpose: str
    units: tuple[str, ...]


class CampaignLaunched(msgspec.Struct, frozen=True):
    """campaign campaign.launched.v1"""

    campaign: UUID
    title: str
    number: int
    symbol: str
    scope: tuple[str, ...]
    recipients: tuple[Recipient, ...]


class GuidanceIssued(msgspec.Struct, frozen=True):
    """campaign campaign.guidance-issued.v1"""

    campaign: UUID
    intake_from: datetime
    intake_until: datetime
    version: int = 1
    number: int = 0
    symbol: str = ""
    changed: tuple[str, ...] = ()


class IntakeClosed(msgspec.Struct, frozen=True):
    """campaign campaign.intake-closed.v1; the reason stays there."""

    campaign: UUID


class RecheckDifference(msgspec.Struct, frozen=True):
    what: str


class DossierRechecked(msgspec.Struct, frozen=True):
    """dossier dossier.rechecked.v1"""

    campaign: UUID
    unit: str
    guidance: int
    differences: tuple[RecheckDifference, ...]


class IntakeOpened(msgspec.Struct, frozen=True):
    """campaign campaign.intake-opened.v1"""

    campaign: UUID


class EndChanged(msgspec.Struct, frozen=True):
    """campaign campaign.end-changed.v1"""

    campaign: UUID
    old: date | None
    new: date


class IntakeDeadlineChanged(msgspec.Struct, frozen=True):
    """campaign campaign.intake-deadline-changed.v1"""

    campaign: UUID
    old: datetime
    new: datetime


class CampaignAmended(msgspec.Struct, frozen=True):
    """campaign campaign.amended.v1; form: amendment or correction."""

    campaign: UUID
    form: str
    number: int
    symbol: str
    issued_on: date


class StandingChanged(msgspec.Struct, frozen=True):
    """campaign campaign.closed.v1, reopened, cancelled, recalled, replaced, concluded."""

    campaign: UUID


class RegistrationCalled(msgspec.Struct, frozen=True):
    """campaign campaign.registration-called.v1"""

    campaign: UUID
    until: datetime


class RegistrationSubmitted(msgspec.Struct, frozen=True):
    """campaign registration.submitted.v1"""

    campaign: UUID
    unit: str


class RegistrationRefused(msgspec.Struct, frozen=True):
    """campaign registration.refused.v1; the reason stays where it was given."""

    campaign: UUID
    unit: str


class RegistrationApproved(msgspec.Struct, frozen=True):
    """campaign registration.approved.v1"""

    campaign: UUID
    unit: str


class UnitRelaunched(msgspec.Struct, frozen=True):
    """campaign registration.relaunched.v1"""

    campaign: UUID
    unit: str
    on: date


class PledgeOpened(msgspec.Struct, frozen=True):
    """campaign pledge.opened.v1"""

    pledge: UUID
    cluster: UUID
    name: str
    year: int
    campaign: UUID | None
    members: tuple[str, ...]


class DossierReceived(msgspec.Struct, frozen=True):
    """dossier dossier.received.v1"""

    campaign: UUID
    unit: str
    slip: int
    slip_year: int


class DossierReturned(msgspec.Struct, frozen=True):
    """dossier dossier.returned.v1; of the reasons only how many: they may name people."""

    campaign: UUID
    unit: str
    reasons: tuple[str, ...]


class LineHeld(msgspec.Struct, frozen=True):
    """dossier dossier.line-held.v1"""

    campaign: UUID
    unit: str


class LineReleased(msgspec.Struct, frozen=True):
    """dossier dossier.line-released.v1"""

    campaign: UUID
    unit: str


class DecisionLine(msgspec.Struct, frozen=True):
    """award, refer or none for one line of a unit's dossier."""

    unit: str
    outcome: str


class DecisionPublished(msgspec.Struct, frozen=True):
    """dossier decision.published.v1"""

    campaign: UUID
    number: str
    issued_on: date
    lines: tuple[DecisionLine, ...]


# ---- difficulties (campaign); of what officials typed nothing: it may name people
class DifficultyClock(msgspec.Struct, frozen=True):
    due_at: datetime


class DifficultyReported(msgspec.Struct, frozen=True):
    """campaign difficulty.reported.v1"""

    campaign: UUID
    unit: str
    lead_unit: str
    clock: DifficultyClock


class DifficultyAssigned(msgspec.Struct, frozen=True):
    """campaign difficulty.assigned.v1"""

    campaign: UUID
    unit: str
    assigned_unit: str
    due_at: datetime | None = None


class DifficultyAskedBack(msgspec.Struct, frozen=True):
    """campaign difficulty.asked-back.v1"""

    campaign: UUID
    unit: str


class DifficultyExplained(msgspec.Struct, frozen=True):
    """campaign difficulty.explained.v1"""

    campaign: UUID
    unit: str
    holder: str
    clock: DifficultyClock


class DifficultyAnswered(msgspec.Struct, frozen=True):
    """campaign difficulty.answered.v1"""

    campaign: UUID
    unit: str
    answering_unit: str
    lead_unit: str


class DifficultyEscalated(msgspec.Struct, frozen=True):
    """campaign difficulty.escalated.v1; `step` is set if a clock ran out."""

    campaign: UUID
    unit: str
    from_unit: str
    to_unit: str
    clock: DifficultyClock
    step: str = ""


class DifficultyResolved(msgspec.Struct, frozen=True):
    """campaign difficulty.resolved.v1"""

    campaign: UUID
    unit: str
    lead_unit: str
    by_unit: bool


class DifficultyReopened(msgspec.Struct, frozen=True):
    """campaign difficulty.reopened.v1"""

    campaign: UUID
    unit: str
    lead_unit: str
    clock: DifficultyClock


class DifficultyWithdrawn(msgspec.Struct, frozen=True):
    """campaign difficulty.withdrawn.v1"""

    campaign: UUID
    unit: str
    holder: str


class DifficultyReminded(msgspec.Struct, frozen=True):
    """campaign difficulty.reminded.v1"""

    campaign: UUID
    unit: str
    holder: str
    due_at: datetime


class DifficultyOverdue(msgspec.Struct, frozen=True):
    """campaign difficulty.overdue.v1"""

    campaign: UUID
    unit: str
    holder: str
    lead_unit: str
    due_at: datetime


class ScopeSucceeded(msgspec.Struct, frozen=True):
    """campaign campaign.scope-succeeded.v1"""

    campaign: UUID
    predecessor: str
    predecessor_name: str
    custodian: str
    successors: tuple[str, ...]
