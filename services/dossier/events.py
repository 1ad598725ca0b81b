"""What has happened to dossiers, council sessions, decisions and registers.

Stored for ever: add fields with defaults, never rename. `unit` and `campaign` stand in most events
although the dossier knows them, because other services read an event without its history.
"""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from libs.eventlog.events import Event, Personal, Registry
from services.dossier.terms import (
    CouncilRules,
    DecisionLine,
    Difference,
    Duplicate,
    Kind,
    LineRef,
    LineResult,
    Outcome,
    PaperKind,
    Verdict,
)

events = Registry("dossier")


# ---- dossier: the unit prepares
@events.of("dossier.opened")
class DossierOpened(Event):
    campaign: UUID
    unit: str
    authority: str
    opened_by: UUID
    unit_authority: str = ""  # where it is another one than `authority`


@events.of("dossier.nominee-added")
class NomineeAdded(Event):
    """`identity` tells the subject from others: a number for people, a code for collectives."""

    line: int
    subject: UUID
    kind: Kind
    name: Personal
    identity: Personal
    form: str
    achievement: str
    added_by: UUID
    position: Personal | None = None
    belongs: Personal | None = None  # groups with share targets, by code, with commas between


@events.of("dossier.nominee-removed")
class NomineeRemoved(Event):
    line: int
    reason: str
    removed_by: UUID


@events.of("dossier.paper-attached")
class PaperAttached(Event):
    """The file lies beside the log under its hash; its name is not kept, it may name people."""

    paper: PaperKind
    sha256: str
    media_type: str
    size: int
    attached_by: UUID


@events.of("dossier.submitted")
class DossierSubmitted(Event):
    """`late_days` counts begun days after the end of intake as it stood when submitted."""

    campaign: UUID
    unit: str
    submitted_by: UUID
    late_days: int
    intake_until: datetime
    papers: tuple[str, ...]
    guidance: int = 0  # version it was measured by; 0: before versions were counted, the first


@events.of("dossier.supplemented")
class DossierSupplemented(Event):
    campaign: UUID
    unit: str
    supplemented_by: UUID
    papers: tuple[str, ...]
    guidance: int = 0


@events.of("dossier.withdrawn")
class DossierWithdrawn(Event):
    campaign: UUID
    unit: str
    reason: str
    withdrawn_by: UUID


@events.of("dossier.rechecked")
class DossierRechecked(Event):
    """Measured anew because the guidance was revised; no line and no paper is changed by it."""

    campaign: UUID
    unit: str
    guidance: int
    before: int
    differences: tuple[Difference, ...]


# ---- dossier: home affairs receives and appraises
@events.of("dossier.received")
class DossierReceived(Event):
    """`regime` names the rules the dossier is bound to from now on."""

    campaign: UUID
    unit: str
    slip: int
    slip_year: int
    regime: str
    received_by: UUID


@events.of("dossier.returned")
class DossierReturned(Event):
    campaign: UUID
    unit: str
    reasons: tuple[str, ...]
    returned_by: UUID


@events.of("dossier.line-appraised")
class LineAppraised(Event):
    campaign: UUID
    unit: str
    line: int
    verdict: Verdict
    reason: str
    appraised_by: UUID
    duplicates: tuple[Duplicate, ...] = ()
    duplicate_reason: str = ""


@events.of("dossier.line-held")
class LineHeld(Event):
    campaign: UUID
    unit: str
    line: int
    reason: str
    held_by: UUID


@events.of("dossier.line-released")
class LineReleased(Event):
    campaign: UUID
    unit: str
    line: int
    reason: str
    released_by: UUID


# ---- dossier: what the published decision means for its lines
@events.of("dossier.line-awarded")
class LineAwarded(Event):
    """`book`: the number among the decision's awards, printed on the certificate."""

    campaign: UUID
    unit: str
    line: int
    decision: UUID
    number: str
    issued_on: date
    form: str
    book: int


@events.of("dossier.line-referred")
class LineReferred(Event):
    """Goes on to the authority above, which may award it."""

    campaign: UUID
    unit: str
    line: int
    decision: UUID
    number: str
    issued_on: date
    reason: str


@events.of("dossier.line-not-awarded")
class LineNotAwarded(Event):
    campaign: UUID
    unit: str
    line: int
    decision: UUID
    number: str
    issued_on: date
    reason: str


# ---- council session
@events.of("session.convened")
class SessionConvened(Event):
    campaign: UUID
    authority: str
    members: tuple[UUID, ...]
    chair: UUID
    secretary: UUID
    lines: tuple[LineRef, ...]
    rules: CouncilRules
    convened_by: UUID


@events.of("session.opened")
class SessionOpened(Event):
    present: tuple[UUID, ...]
    absent: tuple[UUID, ...]


@events.of("session.line-voted")
class LineVoted(Event):
    dossier: UUID
    line: int
    in_favour: int
    against: int
    abstained: int


@events.of("session.closed")
class SessionClosed(Event):
    campaign: UUID
    results: tuple[LineResult, ...]
    closed_by: UUID


# ---- decision
@events.of("decision.drafted")
class DecisionDrafted(Event):
    """`unit` is the one that proposes the decision."""

    campaign: UUID
    authority: str
    session: UUID
    lines: tuple[DecisionLine, ...]
    drafted_by: UUID
    unit: str


@events.of("decision.line-changed")
class DecisionLineChanged(Event):
    """The chairman decides otherwise than drafted; the council only advises."""

    dossier: UUID
    line: int
    outcome: Outcome
    reason: str
    instead_of: Outcome
    changed_by: UUID


@events.of("decision.signed")
class DecisionSigned(Event):
    """`signer` and `title` are printed on the papers as they stand here."""

    signed_by: UUID
    signed_on: date
    signer: Personal
    title: str


@events.of("decision.numbered")
class DecisionNumbered(Event):
    number: int
    symbol: str
    issued_on: date
    numbered_by: UUID


@events.of("decision.published")
class DecisionPublished(Event):
    campaign: UUID
    authority: str
    number: str
    issued_on: date
    lines: tuple[DecisionLine, ...]
    published_by: UUID


# ---- registers: one running number per authority, series and year
@events.of("dossier.number-assigned")
class NumberAssigned(Event):
    """Stands in a register's own stream. `to` is the dossier or decision that got the number."""

    authority: str
    series: str
    year: int
    number: int
    to: UUID
    issued_on: date


# ---- units and authorities that give way to others
@events.of("custody.passed")
class CustodyPassed(Event):
    """On a dossier, session or decision: `unit` and `authority` are its custodians from now on.

    `kind`: dossier, session or decision. What was written before keeps the old names.
    """

    kind: Literal["dossier", "session", "decision"]
    campaign: UUID
    from_unit: str
    unit: str
    unit_authority: str
    from_authority: str
    authority: str
    effective: date
    reorganisation: UUID
