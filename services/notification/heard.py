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


class IntakeOpened(msgspec.Struct, frozen=True):
    """campaign campaign.intake-opened.v1"""

    campaign: UUID


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


class ScopeSucceeded(msgspec.Struct, frozen=True):
    """campaign campaign.scope-succeeded.v1"""

    campaign: UUID
    predecessor: str
    predecessor_name: str
    custodian: str
    successors: tuple[str, ...]
