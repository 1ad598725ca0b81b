"""Units come to be, change their name and place, and cease to be."""

from collections.abc import Iterable
from datetime import date

import msgspec

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.directory.decisions.access import may_administer, on_list
from services.directory.decisions.states import Facts, Unit, holds
from services.directory.events import (
    Document,
    UnitChanged,
    UnitClosed,
    UnitEstablished,
    UnitRenamed,
)

KINDS = ("authority", "department", "office", "commune", "external", "council", "cluster")
DUTIES = ("lead-office", "home-affairs", "office", "commune", "department", "external", "council")


def establish_unit(unit: Unit, new: UnitEstablished, *, parent: Unit, by: Acting) -> list[Event]:
    """`parent` is the state of the unit that `new.parent` names."""
    may_administer(by, new.authority)
    if unit.code:
        if unit == Unit(**msgspec.structs.asdict(new)):
            return []
        raise Refused("code-taken", unit=new.code)
    on_list("kind-unknown", new.kind, KINDS)
    _known_duties(new.duties)
    if new.parent is not None and not parent.code:
        raise Refused("parent-unknown", parent=new.parent)
    if new.valid_to is not None and new.valid_to <= new.valid_from:
        raise Refused("dates-reversed")
    return [new]


def close_unit(
    unit: Unit,
    *,
    valid_to: date,
    reason: str,
    document: Document | None = None,
    by: Acting,
) -> list[Event]:
    """Without successors. An authority's affairs must pass to somebody: a reorganisation."""
    if not unit.code:
        raise Refused("not-found")
    may_administer(by, unit.authority)
    if unit.valid_to == valid_to:
        return []
    if unit.kind == "authority":
        raise Refused("authority-without-successor", unit=unit.code)
    if valid_to <= unit.valid_from:
        raise Refused("dates-reversed")
    return [UnitClosed(unit.code, valid_to, reason, document)]


def rename_unit(
    unit: Unit,
    name: str,
    *,
    effective: date,
    reason: str,
    document: Document | None,
    today: date,
    by: Acting,
) -> list[Event]:
    """The old name stays in what was written under it."""
    _changeable(unit, effective, today, by)
    if unit.name == name:
        return []
    return [UnitRenamed(unit.code, name, unit.name, effective, reason, document)]


def change_unit(
    unit: Unit,
    now: Facts,
    *,
    above: Iterable[Unit],
    effective: date,
    reason: str,
    document: Document | None,
    today: date,
    by: Acting,
) -> list[Event]:
    """Another parent, sector, area, mailbox or duties; `above`: the new parent and all above it."""
    _changeable(unit, effective, today, by)
    _known_duties(now.duties)
    line = list(above)
    if now.parent is not None and not (line and line[0].code):
        raise Refused("parent-unknown", parent=now.parent)
    if unit.code in {ancestor.code for ancestor in line}:
        raise Refused("parent-below", unit=unit.code, parent=now.parent)
    if msgspec.structs.replace(now, name=unit.name) == unit.facts:
        return []
    return [
        UnitChanged(
            unit.code,
            now.parent,
            now.sector,
            now.area,
            now.mailbox,
            now.duties,
            effective,
            reason,
            document,
        )
    ]


def _changeable(unit: Unit, effective: date, today: date, by: Acting) -> None:
    if not unit.code:
        raise Refused("not-found")
    may_administer(by, unit.authority)
    if not holds(effective, unit.valid_from, unit.valid_to):
        raise Refused("unit-not-valid", unit=unit.code, on=effective.isoformat())
    if effective > today:
        raise Refused("change-in-future", today=today.isoformat())
    if effective < unit.changed_on:
        raise Refused("change-before-last", last=unit.changed_on.isoformat())


def _known_duties(duties: Iterable[str]) -> None:
    for duty in duties:
        on_list("duty-unknown", duty, DUTIES)
