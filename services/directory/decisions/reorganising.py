"""Many units change in one dated act: prepared by one administrator, confirmed by another.

Confirmed, it closes and establishes the units as of its day. On the day itself (or at once, when
it is confirmed later) the units that give way are succeeded: only then do files and open duties
pass, so that until its last day a unit acts for itself.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.directory.decisions.access import may_administer
from services.directory.decisions.faults import faults, predecessors
from services.directory.decisions.states import Reorganisation, Unit
from services.directory.events import (
    Act,
    Document,
    ReorganisationConfirmed,
    ReorganisationPrepared,
    ReorganisationTookEffect,
    ReorganisationWithdrawn,
    Successor,
    UnitChanged,
    UnitClosed,
    UnitEstablished,
    UnitRenamed,
    UnitSucceeded,
)

Units = Mapping[str, Unit]
Events = dict[str, list[Event]]  # by unit, in the order in which they are to be recorded


def whole(acts: Sequence[Act], units: Units, effective: date) -> tuple[Act, ...]:
    """The acts, and for each abolished authority its units that no act names.

    They end with it, and its custodian is theirs: nothing of an authority is left without anybody.
    """
    named = {unit for act in acts for unit in predecessors(act)}
    custodian_of = {
        units[code].authority: act.custodian
        for act in acts
        for code in predecessors(act)
        if code in units and units[code].kind == "authority"
    }
    rest = (
        Act("abolish", (code,), ((custodian_of[unit.authority], ""),), custodian_of[unit.authority])
        for code, unit in sorted(units.items())
        if unit.authority in custodian_of
        and code not in named
        and (unit.valid_to is None or effective <= unit.valid_to)
    )
    return (*acts, *rest)


def check(acts: Sequence[Act], units: Units, effective: date, *, by: Acting) -> None:
    """Refused("reorganisation-faulty") with every fault; nothing is recorded before it passes."""
    for authority in sorted(_authorities(acts, units)):
        may_administer(by, authority)
    if not acts:
        raise Refused("reorganisation-empty")
    if found := faults(acts, units, effective):
        raise Refused("reorganisation-faulty", faults=msgspec.to_builtins(found))


def prepare(
    before: Reorganisation,
    acts: Sequence[Act],
    units: Units,
    *,
    effective: date,
    document: Document,
    by: Acting,
) -> list[Event]:
    if before.stage != "absent":
        return []
    check(acts, units, effective, by=by)
    return [ReorganisationPrepared(effective, document, tuple(acts), by.authority, by.official)]


def confirm(prepared: Reorganisation, units: Units, *, by: Acting) -> list[Event]:
    """By another administrator; checked again, because units may have changed meanwhile."""
    may_see(prepared, by)
    if prepared.stage in ("confirmed", "in-force"):
        return []
    if prepared.stage != "prepared":
        raise Refused("reorganisation-withdrawn")
    if by.among({prepared.prepared_by}):
        raise Refused("same-person")
    check(prepared.acts, units, prepared.effective, by=by)
    return [ReorganisationConfirmed(by.official)]


def withdraw(prepared: Reorganisation, reason: str, *, by: Acting) -> list[Event]:
    may_see(prepared, by)
    if prepared.stage == "withdrawn":
        return []
    if prepared.stage != "prepared":
        raise Refused("reorganisation-confirmed")
    return [ReorganisationWithdrawn(reason, by.official)]


def may_see(reorganisation: Reorganisation, by: Acting) -> None:
    if reorganisation.stage == "absent":
        raise Refused("not-found")
    may_administer(by, reorganisation.authority)


# ---- what it does to the units
def on_confirmation(act: Reorganisation, id: UUID, units: Units) -> Events:
    """Units established and closed as of the day of effect."""
    acts = whole(act.acts, units, act.effective)
    changed: Events = {a.new.code: [_from(act.effective, a.new)] for a in acts if a.new is not None}
    reason = act.document.abstract if act.document is not None else ""
    for code in (code for a in acts for code in predecessors(a)):
        closed = UnitClosed(code, act.effective, reason, act.document, id)
        changed.setdefault(code, []).append(closed)
    return changed


def on_effect(act: Reorganisation, id: UUID, units: Units) -> Events:
    """Successions, new names, and new parents for the units below those that gave way.

    `units` as they are after confirmation: those established by it are among them.
    """
    acts, changed = whole(act.acts, units, act.effective), Events()
    for each in acts:
        for code in predecessors(each):
            changed[code] = [_succeeded(act, id, each, units[code], units)]
        if each.kind == "rename":
            changed[each.units[0]] = _renamed(act, units[each.units[0]], each.name)
    custodians = {code: each.custodian for each in acts for code in predecessors(each)}
    for code, unit in sorted(units.items()):
        if code not in custodians and unit.parent in custodians:
            changed.setdefault(code, []).append(_moved(act, unit, custodians[unit.parent]))
    return changed


def take_effect(confirmed: Reorganisation, *, today: date) -> list[Event]:
    if confirmed.stage != "confirmed" or today < confirmed.effective:
        return []
    return [ReorganisationTookEffect(confirmed.effective)]


def _succeeded(act: Reorganisation, id: UUID, each: Act, unit: Unit, units: Units) -> UnitSucceeded:
    assert act.document is not None  # prepared with one
    return UnitSucceeded(
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        authority=unit.authority,
        act=each.kind,
        successors=tuple(
            Successor(code, units[code].name, units[code].authority, part)
            for code, part in each.into
        ),
        custodian=each.custodian,
        custodian_authority=units[each.custodian].authority,
        effective=act.effective,
        reorganisation=id,
        document=act.document,
    )


def _renamed(act: Reorganisation, unit: Unit, name: str) -> list[Event]:
    assert act.document is not None
    reason = act.document.abstract
    day = max(act.effective, unit.changed_on)
    return [UnitRenamed(unit.code, name, unit.name, day, reason, act.document)]


def _moved(act: Reorganisation, unit: Unit, parent: str) -> UnitChanged:
    assert act.document is not None
    now, day = unit.facts, max(act.effective, unit.changed_on)
    return UnitChanged(
        unit.code,
        parent,
        now.sector,
        now.area,
        now.mailbox,
        now.duties,
        day,
        act.document.abstract,
        act.document,
    )


def _from(day: date, new: UnitEstablished) -> UnitEstablished:
    return msgspec.structs.replace(new, valid_from=day)


def _authorities(acts: Sequence[Act], units: Units) -> set[str]:
    of = {units[code].authority for act in acts for code in act.units if code in units}
    return of | {act.new.authority for act in acts if act.new is not None}
