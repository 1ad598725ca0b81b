"""How events fold into the state that decisions read, and the streams made of them."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from libs.eventlog.log import Log, Recorded
from libs.eventlog.streams import Streams
from services.dossier import events as e
from services.dossier.decisions.decision import replaced
from services.dossier.decisions.rechecking import needs_a_person
from services.dossier.decisions.states import (
    Decision,
    Dossier,
    Line,
    Paper,
    Register,
    Session,
)
from services.dossier.terms import OF_A_LINE, LineRef

FIRST_GUIDANCE = 1
change = msgspec.structs.replace


def evolve_dossier(dossier: Dossier, event: Any) -> Dossier:
    match event:
        case e.DossierOpened():
            return Dossier(
                stage="draft",
                campaign=event.campaign,
                unit=event.unit,
                authority=event.authority,
                unit_authority=event.unit_authority or event.authority,
                prepared_by=frozenset({event.opened_by}),
            )
        case e.NomineeAdded() | e.NomineeRemoved() | e.PaperAttached():
            return _prepared(dossier, event)
        case e.DossierSubmitted():
            return change(
                dossier,
                stage="submitted",
                late_days=event.late_days,
                guidance=event.guidance or FIRST_GUIDANCE,
                intake_until=event.intake_until,
            )
        case e.DossierSupplemented():
            measured = event.guidance or dossier.guidance
            return change(dossier, stage="supplemented", guidance=measured, differences=())
        case e.DossierRechecked():
            return _rechecked(dossier, event)
        case e.DossierWithdrawn():
            return change(dossier, stage="withdrawn", withdrawal_reason=event.reason)
        case e.DossierReceived(slip=slip, slip_year=year, regime=regime):
            return change(dossier, stage="received", slip=slip, slip_year=year, regime=regime)
        case e.DossierReturned():
            returns = dossier.returns + 1
            return change(dossier, stage="returned", returns=returns, return_reasons=event.reasons)
        case (
            e.LineAppraised()
            | e.LineHeld()
            | e.LineReleased()
            | e.LineAwarded()
            | e.LineReferred()
            | e.LineNotAwarded()
        ):
            line = _evolve_line(dossier.lines[event.line], event)
            return change(dossier, lines=dossier.lines | {event.line: line})
        case e.CustodyPassed():
            return change(
                dossier,
                unit=event.unit,
                authority=event.authority,
                unit_authority=event.unit_authority,
            )
    return dossier  # a session, a decision or a register was asked for as a dossier: there is none


def _rechecked(dossier: Dossier, event: e.DossierRechecked) -> Dossier:
    marks = {one.line: one.what for one in event.differences if one.what in OF_A_LINE}
    lines = {id_: change(line, marked=marks.get(id_, "")) for id_, line in dossier.lines.items()}
    return change(
        dossier,
        guidance=event.guidance,
        differences=event.differences,
        lines=lines,
        rechecks=dossier.rechecks + any(needs_a_person(one) for one in event.differences),
    )


def _prepared(
    dossier: Dossier, event: e.NomineeAdded | e.NomineeRemoved | e.PaperAttached
) -> Dossier:
    match event:
        case e.NomineeAdded():
            line = Line(event.subject, event.kind, event.form, event.achievement)
            lines = dossier.lines | {event.line: line}
            prepared_by = dossier.prepared_by | {event.added_by}
            return change(dossier, lines=lines, last_line=event.line, prepared_by=prepared_by)
        case e.NomineeRemoved(line=removed):
            lines = {id_: line for id_, line in dossier.lines.items() if id_ != removed}
            return change(
                dossier, lines=lines, prepared_by=dossier.prepared_by | {event.removed_by}
            )
        case e.PaperAttached():
            paper = Paper(event.paper, event.sha256, event.media_type, event.size)
            return change(
                dossier,
                papers=(*dossier.papers, paper),
                prepared_by=dossier.prepared_by | {event.attached_by},
            )


def _evolve_line(line: Line, event: Any) -> Line:
    match event:
        case e.LineAppraised(verdict=verdict, reason=reason):
            return change(
                line,
                verdict=verdict,
                reason=reason,
                duplicate_reason=event.duplicate_reason,
                marked="",
            )
        case e.LineHeld():
            return change(line, held=True, hold_reason=event.reason)
        case e.LineReleased():
            return change(line, held=False)
        case e.LineAwarded(decision=decision):
            return change(line, outcome="awarded", decision=decision)
        case e.LineReferred(decision=decision, reason=reason):
            return change(line, outcome="referred", decision=decision, outcome_reason=reason)
        case e.LineNotAwarded(decision=decision, reason=reason):
            return change(line, outcome="not-awarded", decision=decision, outcome_reason=reason)
        case _:
            raise AssertionError(f"no dossier event: {type(event).__name__}")


def evolve_session(session: Session, event: Any) -> Session:
    match event:
        case e.SessionConvened():
            return Session(
                stage="convened",
                campaign=event.campaign,
                authority=event.authority,
                members=event.members,
                chair=event.chair,
                secretary=event.secretary,
                lines=event.lines,
                rules=event.rules,
            )
        case e.SessionOpened(present=present):
            return change(session, stage="open", present=present)
        case e.LineVoted():
            ref = LineRef(event.dossier, event.line)
            votes = session.votes | {ref: (event.in_favour, event.against)}
            return change(session, votes=votes)
        case e.SessionClosed(results=results):
            return change(session, stage="closed", results=results)
        case e.CustodyPassed(authority=authority):
            return change(session, authority=authority)
    return session


def evolve_decision(decision: Decision, event: Any) -> Decision:
    match event:
        case e.DecisionDrafted():
            return Decision(
                stage="draft",
                campaign=event.campaign,
                authority=event.authority,
                session=event.session,
                lines=event.lines,
                drafted_by=event.drafted_by,
                proposing_unit=event.unit,
            )
        case e.DecisionLineChanged():
            return change(decision, lines=replaced(decision, event))
        case e.DecisionSigned():
            return change(
                decision,
                stage="signed",
                signed_by=event.signed_by,
                signed_on=event.signed_on,
                title=event.title,
            )
        case e.DecisionNumbered(issued_on=issued_on):
            return change(
                decision,
                stage="numbered",
                number=event.number,
                symbol=event.symbol,
                issued_on=issued_on,
            )
        case e.DecisionPublished():
            return change(decision, stage="published")
        case e.CustodyPassed(authority=authority):
            return change(decision, authority=authority)
    return decision


def dossier_stood_in(dossier: Dossier, actor: UUID | None, on_behalf: UUID) -> Dossier:
    """What somebody prepared for another, the other has prepared too."""
    if actor not in dossier.prepared_by:
        return dossier
    return change(dossier, prepared_by=dossier.prepared_by | {on_behalf})


def decision_stood_in(decision: Decision, actor: UUID | None, on_behalf: UUID) -> Decision:
    """For whom it was drafted: signing is not for them either."""
    if actor != decision.drafted_by:
        return decision
    return change(decision, drafted_for=on_behalf)


def evolve_register(_: Register, event: Any) -> Register:
    return Register(event.number, event.issued_on)


class Histories:
    """The four kinds of streams of this service, on one log."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.dossiers = Streams(log, Dossier(), evolve_dossier, dossier_stood_in)
        self.sessions = Streams(log, Session(), evolve_session)
        self.decisions = Streams(log, Decision(), evolve_decision, decision_stood_in)
        self.registers = Streams(log, Register(), evolve_register)

    async def dossiers_of(self, ids: Iterable[UUID]) -> dict[UUID, Dossier]:
        """The present state of several dossiers."""
        return {id_: (await self.dossiers.load(id_)).state for id_ in dict.fromkeys(ids)}


class Nominee(msgspec.Struct, frozen=True):
    """A nominee as named on paper, readable: for those entitled, never for a view."""

    name: str
    identity: str
    position: str
    belongs: tuple[str, ...] = ()


async def nominees(log: Log, past: Sequence[Recorded]) -> dict[int, Nominee]:
    """The nominees of a dossier by line, decrypted."""
    found: dict[int, Nominee] = {}
    for recorded in past:
        if isinstance(recorded.event, e.NomineeAdded):
            event = await log.opened(recorded)
            assert isinstance(event, e.NomineeAdded)
            position = event.position.text if event.position is not None else None
            found[event.line] = Nominee(
                event.name.text or "",
                event.identity.text or "",
                position or "",
                tuple(filter(None, (event.belongs.text or "").split(","))) if event.belongs else (),
            )
    return found


async def signer(log: Log, decision: UUID) -> str:
    """The name of who signed, as printed on the papers; empty before signature."""
    for recorded in await log.read(decision):
        if isinstance(recorded.event, e.DecisionSigned):
            event = await log.opened(recorded)
            assert isinstance(event, e.DecisionSigned)
            return event.signer.text or ""
    return ""
