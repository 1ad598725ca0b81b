"""An official who is away lets another act in one of the own appointments, for a while."""

from datetime import date

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.directory.decisions.access import may_administer, on_list
from services.directory.decisions.states import Appointment, Delegation, Official
from services.directory.events import DelegationEnded, DelegationGiven

# What is personal (a seat in the council, the view of an auditor) or guards everybody else's
# rights is not passed on.
DELEGABLE = ("chairman", "leader", "head", "deputy", "specialist", "clerk")
KINDS_OF_ACT = ("campaign", "dossier", "notification", "signature")
# Who inspects or hands out rights acts for nobody; who signs does not number, nor the reverse.
ACTS_FOR_NOBODY = frozenset({"auditor", "administrator"})
APART = (frozenset({"chairman", "clerk"}),)


def give(
    official: Official, new: DelegationGiven, *, to: Official, day: date, by: Acting
) -> list[Event]:
    """`to` is the state of who will act; `day` is today where the officials are.

    Given by the holder of the appointment, or by an administrator where the holder cannot.
    """
    if any(known.id == new.delegation for known in official.delegations):
        return []
    held = _appointment(official, new)
    _may_give(held, new, by)
    on_list("role-not-delegable", held.role, DELEGABLE)
    if not new.kinds:
        raise Refused("no-kind-of-act")
    for kind in new.kinds:
        on_list("kind-of-act-unknown", kind, KINDS_OF_ACT)
    _dated(held, new, day)
    _may_act_for(held, new, to, day)
    return [new]


def end(
    official: Official, delegation: Delegation, ended: DelegationEnded, *, by: Acting
) -> list[Event]:
    """By its giver, by who acts under it, or by an administrator."""
    held = next(a for a in official.appointments if a.id == delegation.appointment)
    if by.official not in (ended.official, delegation.to) or by.delegation is not None:
        may_administer(by, held.authority)
    return [ended] if ended.valid_to < delegation.valid_to else []


def _appointment(official: Official, new: DelegationGiven) -> Appointment:
    for held in official.appointments:
        if held.id == new.appointment:
            return held
    raise Refused("not-found")


def _may_give(held: Appointment, new: DelegationGiven, by: Acting) -> None:
    if by.delegation is not None:
        raise Refused("delegation-of-delegation")
    if by.official != new.official:
        may_administer(by, held.authority)
    if new.to == new.official:
        raise Refused("delegate-is-oneself")


def _dated(held: Appointment, new: DelegationGiven, day: date) -> None:
    if new.valid_to <= new.valid_from:
        raise Refused("dates-reversed")
    if new.valid_to <= day:
        raise Refused("delegation-in-the-past", today=day.isoformat())
    if not held.holds_on(new.valid_from) or (
        held.valid_to is not None and held.valid_to < new.valid_to
    ):
        raise Refused("beyond-appointment")


def _may_act_for(held: Appointment, new: DelegationGiven, to: Official, day: date) -> None:
    own = [a for a in to.holding(max(day, new.valid_from)) if a.authority == held.authority]
    if not own:
        raise Refused("delegate-without-appointment")
    for role in (a.role for a in own):
        if role in ACTS_FOR_NOBODY or frozenset({role, held.role}) in APART:
            raise Refused("duties-not-separate", role=role, needs=[held.role])
