"""Units come to be and cease to be."""

from datetime import date

import msgspec

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.directory.decisions.access import may_administer, on_list
from services.directory.decisions.states import Unit
from services.directory.events import UnitClosed, UnitEstablished

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
    for duty in new.duties:
        on_list("duty-unknown", duty, DUTIES)
    if new.parent is not None and not parent.code:
        raise Refused("parent-unknown", parent=new.parent)
    if new.valid_to is not None and new.valid_to <= new.valid_from:
        raise Refused("dates-reversed")
    return [new]


def close_unit(unit: Unit, *, valid_to: date, reason: str, by: Acting) -> list[Event]:
    if not unit.code:
        raise Refused("not-found")
    may_administer(by, unit.authority)
    if unit.valid_to == valid_to:
        return []
    if valid_to <= unit.valid_from:
        raise Refused("dates-reversed")
    return [UnitClosed(unit.code, valid_to, reason)]
