"""A unit or a whole authority gives way to another in the middle of a campaign."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from libs.eventlog.events import Event
from services.campaign.decisions.difficulty import OPEN, Difficulty, Standing
from services.campaign.decisions.states import Campaign, Stage
from services.campaign.events import CustodyPassed, DifficultyPassedOn, ScopeSucceeded


class Succession(msgspec.Struct, frozen=True):
    """As the directory tells it; `kind`: of the unit that gave way."""

    code: str
    name: str
    kind: str
    authority: str
    successors: tuple[str, ...]
    custodian: str
    custodian_authority: str
    effective: date
    reorganisation: UUID


def succeed(campaign: Campaign, id: UUID, by: Succession) -> list[Event]:
    """What passes. Hearing it again finds the old unit nowhere and passes nothing."""
    if campaign.stage is Stage.absent:
        return []
    events: list[Event] = []
    if by.code in campaign.scope:
        taking_part = tuple(dict.fromkeys((by.custodian, *by.successors)))
        events.append(
            ScopeSucceeded(
                id,
                by.code,
                by.name,
                by.custodian,
                taking_part,
                by.effective,
                by.reorganisation,
            )
        )
    if by.kind == "authority" and campaign.authority == by.authority:
        events.append(
            CustodyPassed(id, by.authority, by.custodian_authority, by.effective, by.reorganisation)
        )
    return events


def pass_on(difficulty: Difficulty, by: Succession) -> list[Event]:
    """The custodian reports, leads or answers what is open; all goes with the authority."""
    d = difficulty
    if d.standing is Standing.absent:
        return []
    going_on = d.standing in (*OPEN, Standing.answered)
    unit, lead, holder = (
        by.custodian if going_on and one == by.code else one
        for one in (d.unit, d.lead_unit, d.holder)
    )
    passes = by.kind == "authority" and d.authority == by.authority
    authority = by.custodian_authority if passes else d.authority
    if (unit, lead, holder, authority) == (d.unit, d.lead_unit, d.holder, d.authority):
        return []
    told = (by.code, unit, lead, holder, authority, by.effective, by.reorganisation)
    return [DifficultyPassedOn(d.campaign, *told)]


def succeeded(scope: Sequence[str], event: ScopeSucceeded) -> tuple[str, ...]:
    """The successors in the place of the unit that gave way, each unit once."""
    units: list[str] = []
    for unit in scope:
        units += event.successors if unit == event.predecessor else (unit,)
    return tuple(dict.fromkeys(units))
