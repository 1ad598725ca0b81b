"""What readers are told of dossiers, sessions and decisions, names decrypted for those entitled."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from libs.eventlog.streams import Loaded
from libs.serving.acting import Acting
from services.dossier import queries
from services.dossier.campaigns import Unit
from services.dossier.decisions.access import HOME_AFFAIRS, sees_all_units
from services.dossier.decisions.council import reached
from services.dossier.decisions.decision import document_number
from services.dossier.decisions.rules import PAPERS_OF_LAW
from services.dossier.decisions.states import Campaign, Decision, Dossier, Line, Session
from services.dossier.documents import Matter
from services.dossier.events import DecisionLine, LineRef
from services.dossier.history import Histories, Nominee, nominees

Answer = dict[str, Any]
Names = dict[LineRef, Nominee]
NOBODY = Nominee("", "", "")


async def named(histories: Histories, ids: Sequence[UUID]) -> tuple[dict[UUID, Dossier], Names]:
    """The present dossiers and all their nominees by line."""
    dossiers: dict[UUID, Dossier] = {}
    names: Names = {}
    for id_ in dict.fromkeys(ids):
        past = await histories.log.read(id_)
        dossiers[id_] = histories.dossiers.fold(past).state
        found = await nominees(histories.log, past)
        names |= {LineRef(id_, line): nominee for line, nominee in found.items()}
    return dossiers, names


def dossier_answer(
    id_: UUID,
    loaded: Loaded[Dossier],
    names: Mapping[int, Nominee],
    campaign: Campaign | None,
    units: Mapping[str, Unit],
    duplicates: Mapping[UUID, queries.Rows],
    by: Acting,
) -> Answer:
    """`duplicates`: lines by subject; empty for readers who may not know of other units."""
    dossier = loaded.state
    papers = [
        {"kind": p.paper, "sha256": p.sha256, "media_type": p.media_type, "size": p.size}
        for p in dossier.papers
    ]
    required = campaign.papers if campaign is not None and campaign.papers else PAPERS_OF_LAW
    return {
        "id": id_,
        "version": loaded.version,
        "position": loaded.position,
        "state": dossier.shown,
        "campaign": dossier.campaign,
        "campaign_title": campaign.title if campaign is not None else "",
        "unit": dossier.unit,
        "unit_name": _unit_name(units, dossier.unit),
        "late_days": dossier.late_days,
        "returns": dossier.returns,
        "return_reasons": dossier.return_reasons,
        "withdrawal_reason": dossier.withdrawal_reason,
        "slip": dossier.slip or None,
        "slip_year": dossier.slip_year or None,
        "regime": dossier.regime,
        "lines": [
            _line(id_, line_id, line, names, campaign, duplicates, dossier, by)
            for line_id, line in dossier.lines.items()
        ],
        "papers": papers,
        "missing_papers": [
            kind for kind in required if kind not in {p.paper for p in dossier.papers}
        ],
    }


def _line(
    dossier_id: UUID,
    id_: int,
    line: Line,
    names: Mapping[int, Nominee],
    campaign: Campaign | None,
    duplicates: Mapping[UUID, queries.Rows],
    dossier: Dossier,
    by: Acting,
) -> Answer:
    nominee = names.get(id_, NOBODY)
    others = queries.others(duplicates.get(line.subject, []), dossier_id, id_)
    form = campaign.form(line.form) if campaign is not None else None
    entitled = by.unit == dossier.unit or by.duty == HOME_AFFAIRS or by.role == "auditor"
    return {
        "line": id_,
        "kind": line.kind,
        "name": nominee.name,
        "identity": nominee.identity if entitled else None,
        "position": nominee.position,
        "form": line.form,
        "form_name": form.name if form is not None else line.form,
        "achievement": line.achievement,
        "verdict": line.verdict,
        "reason": line.reason,
        "duplicate_reason": line.duplicate_reason,
        "held": line.held,
        "hold_reason": line.hold_reason if line.held else "",
        "outcome": line.outcome,
        "outcome_reason": line.outcome_reason,
        "decision": line.decision,
        "duplicates": [
            {"dossier": other.dossier, "line": other.line, "unit": other.unit} for other in others
        ],
    }


def session_answer(
    id_: UUID,
    loaded: Loaded[Session],
    dossiers: Mapping[UUID, Dossier],
    names: Mapping[LineRef, Nominee],
    units: Mapping[str, Unit],
) -> Answer:
    session = loaded.state
    return {
        "id": id_,
        "version": loaded.version,
        "position": loaded.position,
        "state": session.stage,
        "campaign": session.campaign,
        "members": session.members,
        "chair": session.chair,
        "secretary": session.secretary,
        "present": session.present,
        "absent": [m for m in session.members if m not in session.present]
        if session.present
        else [],
        "rules": msgspec.to_builtins(session.rules),
        "lines": [_voted(session, ref, dossiers, names, units) for ref in session.lines],
    }


def _voted(
    session: Session,
    ref: LineRef,
    dossiers: Mapping[UUID, Dossier],
    names: Mapping[LineRef, Nominee],
    units: Mapping[str, Unit],
) -> Answer:
    dossier = dossiers[ref.dossier]
    line = dossier.lines[ref.line]
    in_favour, against = session.votes.get(ref, (None, None))
    return {
        "dossier": ref.dossier,
        "line": ref.line,
        "unit": dossier.unit,
        "unit_name": _unit_name(units, dossier.unit),
        "kind": line.kind,
        "name": names.get(ref, NOBODY).name,
        "form": line.form,
        "verdict": line.verdict,
        "held": line.held,
        "in_favour": in_favour,
        "against": against,
        "abstained": None
        if in_favour is None or against is None
        else len(session.present) - in_favour - against,
        "recommended": None if in_favour is None else _recommended(session, in_favour),
    }


def _recommended(session: Session, in_favour: int) -> bool:
    assert session.rules is not None
    return reached(
        session.rules.threshold,
        in_favour,
        members=len(session.members),
        present=len(session.present),
    )


def decision_answer(id_: UUID, loaded: Loaded[Decision], matter: Matter, by: Acting) -> Answer:
    """Units are told of all awards, but of reasons and of lines not awarded only for their own."""
    decision = loaded.state
    return {
        "id": id_,
        "version": loaded.version,
        "position": loaded.position,
        "state": decision.stage,
        "campaign": decision.campaign,
        "campaign_title": matter.campaign.title if matter.campaign is not None else "",
        "session": decision.session,
        "number": decision.number or None,
        "symbol": decision.symbol,
        "document_number": document_number(decision),
        "issued_on": decision.issued_on,
        "drafted_by": decision.drafted_by,
        "signed_by": decision.signed_by,
        "signed_on": decision.signed_on,
        "signer": matter.signer if decision.signed_by is not None else "",
        "title": decision.title,
        "lines": [
            _decided(book, line, matter)
            for book, line in enumerate(decision.lines, 1)
            if sees_all_units(by) or line.unit == by.unit or line.outcome == "award"
        ],
    }


def _decided(book: int, line: DecisionLine, matter: Matter) -> Answer:
    return {
        "book": book,
        "dossier": line.dossier,
        "line": line.line,
        "unit": line.unit,
        "unit_name": matter.unit_name(line.unit),
        "kind": line.kind,
        "name": matter.nominees.get(LineRef(line.dossier, line.line), NOBODY).name,
        "form": line.form,
        "council": line.council,
        "outcome": line.outcome,
        "reason": line.reason,
        "differs": (line.council == "recommended") == (line.outcome == "none"),
        "held": matter.dossiers[line.dossier].lines[line.line].held,
    }


def _unit_name(units: Mapping[str, Unit], code: str) -> str:
    unit = units.get(code)
    return unit.name if unit is not None else code
