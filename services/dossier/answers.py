"""What readers are told of dossiers, sessions and decisions, names decrypted for those entitled."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from libs.eventlog.streams import Loaded
from libs.serving.acting import Acting
from services.dossier import queries
from services.dossier.campaigns import Unit
from services.dossier.decisions.access import sees_all_units, sees_identities
from services.dossier.decisions.council import recommends
from services.dossier.decisions.decision import books_of, document_number
from services.dossier.decisions.rechecking import missing_papers, still_open
from services.dossier.decisions.states import Campaign, Decision, Dossier, Line, Session
from services.dossier.documents import Matter
from services.dossier.gauges import shares_of
from services.dossier.history import Histories, Nominee, nominees
from services.dossier.terms import DecisionLine, LineRef

Answer = dict[str, Any]
Names = dict[LineRef, Nominee]
NOBODY = Nominee("", "", "")


async def named(histories: Histories, ids: Sequence[UUID]) -> tuple[dict[UUID, Dossier], Names]:
    """The present dossiers and all their nominees."""
    dossiers: dict[UUID, Dossier] = {}
    names: Names = {}
    for id_ in dict.fromkeys(ids):
        past = await histories.log.read(id_)
        dossiers[id_] = histories.dossiers.fold(past).state
        found = await nominees(histories.log, past)
        names |= {LineRef(id_, line): nominee for line, nominee in found.items()}
    return dossiers, names


class DossierPage(msgspec.Struct, frozen=True):
    """A dossier as `by` may see it.

    `duplicates`: lines by subject; empty for readers who may not know of other units.
    """

    id: UUID
    loaded: Loaded[Dossier]
    nominees: Mapping[int, Nominee]
    campaign: Campaign | None
    units: Mapping[str, Unit]
    duplicates: Mapping[UUID, queries.Rows]
    by: Acting

    def answer(self) -> Answer:
        dossier = self.loaded.state
        return {
            "id": self.id,
            "version": self.loaded.version,
            "position": self.loaded.position,
            "state": dossier.shown,
            "campaign": dossier.campaign,
            "campaign_title": self.campaign.title if self.campaign is not None else "",
            "unit": dossier.unit,
            "unit_name": unit_name(self.units, dossier.unit),
            "late_days": dossier.late_days,
            "returns": dossier.returns,
            "return_reasons": dossier.return_reasons,
            "withdrawal_reason": dossier.withdrawal_reason,
            "slip": dossier.slip or None,
            "slip_year": dossier.slip_year or None,
            "regime": dossier.regime,
            "lines": [self._line(number, line) for number, line in dossier.lines.items()],
            "papers": [
                {"kind": p.paper, "sha256": p.sha256, "media_type": p.media_type, "size": p.size}
                for p in dossier.papers
            ],
            "missing_papers": missing_papers(dossier, self.campaign),
            "guidance": dossier.guidance,
            "differences": [
                msgspec.to_builtins(one) | {"open": still_open(dossier, one)}
                for one in dossier.differences
            ],
            "shares": self._shares(),
        }

    def _shares(self) -> list[Answer]:
        """For those who tell people apart: whether someone is of a group is their own affair."""
        if self.campaign is None or not sees_identities(self.loaded.state, self.by):
            return []
        return shares_of(self.loaded.state, self.campaign, self.nominees)

    def _line(self, number: int, line: Line) -> Answer:
        nominee = self.nominees.get(number, NOBODY)
        form = self.campaign.form(line.form) if self.campaign is not None else None
        return {
            "line": number,
            "kind": line.kind,
            "name": nominee.name,
            "identity": nominee.identity if sees_identities(self.loaded.state, self.by) else None,
            "position": nominee.position,
            "form": line.form,
            "form_name": form.name if form is not None else line.form,
            "achievement": line.achievement,
            "verdict": line.verdict,
            "reason": line.reason,
            "duplicate_reason": line.duplicate_reason,
            "held": line.held,
            "marked": line.marked,
            "hold_reason": line.hold_reason if line.held else "",
            "outcome": line.outcome,
            "outcome_reason": line.outcome_reason,
            "decision": line.decision,
            "duplicates": [
                {"dossier": other.dossier, "line": other.line, "unit": other.unit}
                for other in queries.others(self.duplicates.get(line.subject, []), self.id, number)
            ],
        }


class SessionPage(msgspec.Struct, frozen=True):
    """A council session: its minutes."""

    id: UUID
    loaded: Loaded[Session]
    dossiers: Mapping[UUID, Dossier]
    names: Names
    units: Mapping[str, Unit]

    def answer(self) -> Answer:
        session = self.loaded.state
        met = bool(session.present)
        return {
            "id": self.id,
            "version": self.loaded.version,
            "position": self.loaded.position,
            "state": session.stage,
            "campaign": session.campaign,
            "members": session.members,
            "chair": session.chair,
            "secretary": session.secretary,
            "present": session.present,
            "absent": [m for m in session.members if met and m not in session.present],
            "rules": msgspec.to_builtins(session.rules),
            "lines": [self._line(ref) for ref in session.lines],
        }

    def _line(self, ref: LineRef) -> Answer:
        dossier = self.dossiers[ref.dossier]
        line = dossier.lines[ref.line]
        return {
            "dossier": ref.dossier,
            "line": ref.line,
            "unit": dossier.unit,
            "unit_name": unit_name(self.units, dossier.unit),
            "kind": line.kind,
            "name": self.names.get(ref, NOBODY).name,
            "form": line.form,
            "verdict": line.verdict,
            "held": line.held,
            **self._votes(ref),
        }

    def _votes(self, ref: LineRef) -> Answer:
        session = self.loaded.state
        if ref not in session.votes:
            return dict.fromkeys(("in_favour", "against", "abstained", "recommended"))
        in_favour, against = session.votes[ref]
        return {
            "in_favour": in_favour,
            "against": against,
            "abstained": len(session.present) - in_favour - against,
            "recommended": recommends(session, in_favour),
        }


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
            _decided(line, matter, whole=sees_all_units(by) or line.unit == by.unit)
            for line in decision.lines
            if sees_all_units(by) or line.unit == by.unit or line.outcome == "award"
        ],
    }


def _decided(line: DecisionLine, matter: Matter, *, whole: bool) -> Answer:
    """`whole`: also how it came about, which is for the own unit and who works with all."""
    ref = LineRef(line.dossier, line.line)
    award = {
        "book": books_of(matter.decision).get(ref),
        "dossier": line.dossier,
        "line": line.line,
        "unit": line.unit,
        "unit_name": matter.unit_name(line.unit),
        "kind": line.kind,
        "name": matter.nominees.get(ref, NOBODY).name,
        "form": line.form,
        "outcome": line.outcome,
    }
    if not whole:
        return award | {"council": None, "reason": "", "differs": False, "held": False}
    return award | {
        "council": line.council,
        "reason": line.reason,
        "differs": (line.council == "recommended") == (line.outcome == "none"),
        "held": matter.dossiers[line.dossier].lines[line.line].held,
    }


def unit_name(units: Mapping[str, Unit], code: str) -> str:
    """The unit's name, its code while the name is not known here."""
    return units[code].name if code in units else code
