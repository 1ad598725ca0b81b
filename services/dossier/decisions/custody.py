"""Who is the custodian: the unit and the authority that the last passing of custody names.

Before any, they are those that the dossier, session or decision was begun under. Whoever acts for
the custodian on a day may do what the first owner might; nobody else may.
"""

from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

from libs.eventlog.events import Event
from services.dossier.decisions.states import Decision, Dossier, Session
from services.dossier.events import CustodyPassed

Kind = Literal["dossier", "session", "decision"]


class Succession(msgspec.Struct, frozen=True):
    """As the directory tells it; `kind`: of the unit that gave way."""

    code: str
    name: str
    kind: str
    authority: str
    custodian: str
    custodian_authority: str
    effective: date
    reorganisation: UUID


def pass_custody(owned: Dossier | Session | Decision, kind: Kind, by: Succession) -> list[Event]:
    """Open or closed, everything passes; hearing it again finds the old owner nowhere."""
    if owned.stage == "absent":
        return []
    unit = owned.unit if isinstance(owned, Dossier) else ""
    unit_now = by.custodian if unit and unit == by.code else unit
    passes = by.kind == "authority" and owned.authority == by.authority
    authority_now = by.custodian_authority if passes else owned.authority
    if (unit_now, authority_now) == (unit, owned.authority):
        return []
    return [
        CustodyPassed(
            kind,
            owned.campaign,
            unit,
            unit_now,
            _unit_authority(owned, by),
            owned.authority,
            authority_now,
            by.effective,
            by.reorganisation,
        )
    ]


def _unit_authority(owned: Dossier | Session | Decision, by: Succession) -> str:
    if not isinstance(owned, Dossier):
        return ""
    return by.custodian_authority if owned.unit == by.code else owned.unit_authority
