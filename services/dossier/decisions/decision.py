"""From the council's result to a published decision.

Drafted by home affairs, changed by the chairman where he decides otherwise, signed by another
person than its drafter, numbered after signature, published with all its outcomes at once.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Personal, Refused
from libs.serving.acting import Acting
from services.dossier.decisions.access import HOME_AFFAIRS, of_authority
from services.dossier.decisions.register import written
from services.dossier.decisions.states import Decision, Dossier, Session
from services.dossier.events import (
    DecisionDrafted,
    DecisionLineChanged,
    DecisionNumbered,
    DecisionPublished,
    DecisionSigned,
    LineAwarded,
    LineNotAwarded,
    LineReferred,
)
from services.dossier.terms import DecisionLine, LineRef, LineResult, Outcome

Dossiers = Mapping[UUID, Dossier]
Books = Mapping[LineRef, int]


def draft(
    decision: Decision,
    session_id: UUID,
    session: Session,
    dossiers: Dossiers,
    *,
    not_presented: Sequence[LineRef],
    by: Acting,
) -> Sequence[Event]:
    """`not_presented`: lines found not eligible; the same decision answers them."""
    by.require("specialist", duty=HOME_AFFAIRS)
    of_authority(session, by)
    if decision.stage != "absent":
        return []
    if session.stage != "closed":
        raise Refused("session-not-closed", stage=session.stage)
    lines = [
        *(_advised(dossiers[r.dossier], r, session) for r in session.results if not r.held),
        *(_not_presented(dossiers[ref.dossier], ref) for ref in not_presented),
    ]
    if not lines:
        raise Refused("no-lines")
    _none_held(lines, dossiers)
    return [
        DecisionDrafted(
            campaign=session.campaign,
            authority=session.authority,
            session=session_id,
            lines=tuple(lines),
            drafted_by=by.official,
            unit=by.unit,
        )
    ]


def change_line(
    decision: Decision,
    dossier: Dossier,
    *,
    ref: LineRef,
    outcome: Outcome,
    reason: str,
    by: Acting,
) -> Sequence[Event]:
    """The chairman strikes a line, adds one, or refers one, and says why."""
    of_authority(decision, by)
    by.require("chairman")
    if decision.stage != "draft":
        raise Refused("already-signed")
    line = line_in(decision, ref)
    if line is None:
        raise Refused("not-found")
    if line.outcome == outcome and line.reason == reason:
        return []
    if not reason:
        raise Refused("reason-missing")
    if dossier.lines[ref.line].held:
        raise Refused("line-held", line=ref.line)
    return [DecisionLineChanged(ref.dossier, ref.line, outcome, reason, line.outcome, by.official)]


def may_sign(decision: Decision, *, by: Acting) -> None:
    """The chairman, who is not the drafter; once signed, only a repeat by the same hand passes."""
    of_authority(decision, by)
    by.require("chairman")
    if decision.signed_by not in (None, by.official):
        raise Refused("already-signed")
    if by.among({decision.drafted_by, decision.drafted_for}):
        raise Refused("same-person")


def sign(
    decision: Decision, dossiers: Dossiers, *, name: str, title: str, on: date, by: Acting
) -> Sequence[Event]:
    """`name`, `title`: what the papers show; `dossiers`: those of all lines, as they are now."""
    may_sign(decision, by=by)
    if decision.signed_by == by.official:
        return []
    _none_held(decision.lines, dossiers)
    return [DecisionSigned(by.official, on, Personal(by.official, text=name), title)]


def may_number(decision: Decision, *, issued_on: date, today: date, by: Acting) -> None:
    """Numbers are given after signature, never before it and never for a day to come."""
    of_authority(decision, by)
    by.require("clerk")
    if decision.signed_on is None:
        raise Refused("not-signed")
    if issued_on < decision.signed_on:
        raise Refused("issued-before-signed", signed_on=decision.signed_on)
    if issued_on > today:
        raise Refused("issued-in-future", today=today)


def number(
    decision: Decision, *, number: int, symbol: str, issued_on: date, by: Acting
) -> Sequence[Event]:
    if decision.stage in ("numbered", "published"):
        return []
    return [DecisionNumbered(number, symbol, issued_on, by.official)]


def publish(decision: Decision, *, by: Acting) -> Sequence[Event]:
    of_authority(decision, by)
    by.require("clerk")
    if decision.stage == "published":
        return []
    if decision.stage != "numbered" or decision.issued_on is None:
        raise Refused("not-numbered", stage=decision.stage)
    return [
        DecisionPublished(
            campaign=decision.campaign,
            authority=decision.authority,
            number=document_number(decision),
            issued_on=decision.issued_on,
            lines=decision.lines,
            published_by=by.official,
        )
    ]


def tell_outcomes(
    dossier: Dossier, dossier_id: UUID, decision_id: UUID, decision: Decision
) -> Sequence[Event]:
    """What the published decision means for the lines of one dossier."""
    events: list[Event] = []
    books = books_of(decision)
    for line in decision.lines:
        if line.dossier != dossier_id:
            continue
        present = dossier.lines[line.line]
        if present.outcome:
            raise Refused("already-decided", line=line.line)
        if present.held:
            raise Refused("line-held", line=line.line)
        if dossier.stage != "received":
            raise Refused("not-received", dossier=dossier_id, stage=dossier.stage)
        events.append(_outcome(line, books, dossier, decision_id, decision))
    return events


def books_of(decision: Decision) -> Books:
    """The numbers of the awards, from 1, in the order of the decision's lines."""
    awarded = [line for line in decision.lines if line.outcome == "award"]
    return {LineRef(line.dossier, line.line): book for book, line in enumerate(awarded, 1)}


def line_in(decision: Decision, ref: LineRef) -> DecisionLine | None:
    return next(
        (one for one in decision.lines if (one.dossier, one.line) == (ref.dossier, ref.line)), None
    )


def replaced(decision: Decision, changed: DecisionLineChanged) -> tuple[DecisionLine, ...]:
    """The lines with one outcome changed."""
    return tuple(
        msgspec.structs.replace(line, outcome=changed.outcome, reason=changed.reason)
        if (line.dossier, line.line) == (changed.dossier, changed.line)
        else line
        for line in decision.lines
    )


def document_number(decision: Decision) -> str:
    """Number and symbol as printed; empty before numbering."""
    return written(decision.number, decision.symbol) if decision.number else ""


def _advised(dossier: Dossier, result: LineResult, session: Session) -> DecisionLine:
    line = dossier.lines[result.line]
    votes = f"{result.in_favour}/{len(session.present)} phiếu đồng ý"
    outcome: Outcome
    if not result.recommended:
        outcome, reason = "none", f"Hội đồng không đề nghị khen thưởng ({votes})."
    elif line.verdict == "refer-upward":
        outcome, reason = "refer", line.reason
    else:
        outcome, reason = "award", ""
    return DecisionLine(
        dossier=result.dossier,
        line=result.line,
        unit=dossier.unit,
        kind=line.kind,
        form=line.form,
        council="recommended" if result.recommended else "not-recommended",
        outcome=outcome,
        reason=reason,
    )


def _not_presented(dossier: Dossier, ref: LineRef) -> DecisionLine:
    line = dossier.lines[ref.line]
    return DecisionLine(
        dossier=ref.dossier,
        line=ref.line,
        unit=dossier.unit,
        kind=line.kind,
        form=line.form,
        council="not-presented",
        outcome="none",
        reason=line.reason,
    )


def _none_held(lines: Sequence[DecisionLine], dossiers: Dossiers) -> None:
    for line in lines:
        if dossiers[line.dossier].lines[line.line].held:
            raise Refused("line-held", line=line.line)


def _outcome(
    line: DecisionLine, books: Books, dossier: Dossier, decision_id: UUID, decision: Decision
) -> LineAwarded | LineReferred | LineNotAwarded:
    assert decision.issued_on is not None
    about = (dossier.campaign, dossier.unit, line.line, decision_id)
    paper = (document_number(decision), decision.issued_on)
    if line.outcome == "award":
        return LineAwarded(
            *about, *paper, form=line.form, book=books[LineRef(line.dossier, line.line)]
        )
    if line.outcome == "refer":
        return LineReferred(*about, *paper, reason=line.reason)
    return LineNotAwarded(*about, *paper, reason=line.reason)
