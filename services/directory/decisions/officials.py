"""Officials are registered and appointed, and choose the appointment (hat) they act in."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Personal, Refused
from libs.serving.acting import Acting
from services.directory.decisions.access import may_administer, on_list
from services.directory.decisions.states import Appointment, Official, Unit, holds
from services.directory.events import (
    AdministratorLeft,
    AppointmentEnded,
    AppointmentMade,
    DelegationEnded,
    OfficialRegistered,
)

ROLES = (
    "administrator",
    "specialist",
    "leader",
    "clerk",
    "chairman",
    "council-member",
    "council-secretary",
    "auditor",
    "head",
    "deputy",
    "teller",
)
ONE_OF_TWO = 2  # administrators of an authority at least, so that none can lock the others out
# Who signs and numbers for the whole authority belongs to the authority itself, or to its office.
# A head is the leader of the unit, a deputy acts as leader and signs KT. (ký thay): whatever a rule
# lets a leader do, they do. At the top of an authority that is what its chairman does.
STAND_AS_LEADER = ("head", "deputy")
KIND_OF_ROLE = {"chairman": "authority", "clerk": "office"}


def power(role: str, kind: str) -> str:
    """The role that rules ask for, of an appointment in a unit of this kind."""
    if role not in STAND_AS_LEADER:
        return role
    return "chairman" if kind == "authority" else "leader"


def register_official(
    official: Official,
    first: AppointmentMade,
    *,
    name: Personal,
    unit: Unit,
    by: Acting,
) -> list[Event]:
    """A person becomes an official by a first appointment."""
    if official.known:
        return []
    return [OfficialRegistered(first.official, name), *_appointed(first, unit, by)]


def appoint(official: Official, new: AppointmentMade, *, unit: Unit, by: Acting) -> list[Event]:
    """`unit` is the state of the unit that `new.unit` names."""
    if not official.known:
        raise Refused("not-found")
    if any(appointment.id == new.appointment for appointment in official.appointments):
        return []
    if by.official == new.official:
        raise Refused("same-person")
    return _appointed(new, unit, by)


def end_appointment(
    official: Official,
    official_id: UUID,
    appointment: UUID,
    *,
    reason: str,
    day: date,
    by: Acting,
    administrators: int = ONE_OF_TWO + 1,
) -> list[Event]:
    """From `day` on neither the official nor a deputy acts in this appointment.

    `administrators`: how many officials administer the authority on that day, with this one.
    """
    for known in official.appointments:
        if known.id == appointment:
            may_administer(by, known.authority)
            if known.valid_to is not None and known.valid_to <= day:
                return []
            if known.role == "administrator" and administrators <= ONE_OF_TWO:
                raise Refused("last-administrators", at_least=ONE_OF_TWO)
            ended = AppointmentEnded(official_id, appointment, day, reason)
            return [ended, *_delegations_ended(official, official_id, appointment, day)]
    raise Refused("not-found")


def leave_administration(ended: Sequence[Event], authority: str, left: int) -> list[Event]:
    """What the ending of an administrator's appointment means for the authority."""
    return [
        AdministratorLeft(authority, event.official, event.appointment, left)
        for event in ended
        if isinstance(event, AppointmentEnded)
    ]


def end_with_unit(
    official: Official, official_id: UUID, closed: frozenset[str], *, day: date, reason: str
) -> list[Event]:
    """Whoever acts for a unit that is no more from `day` on, and in whose name, no longer does."""
    events: list[Event] = []
    for held in official.appointments:
        if held.unit in closed and (held.valid_to is None or day < held.valid_to):
            events.append(AppointmentEnded(official_id, held.id, day, reason))
            events += _delegations_ended(official, official_id, held.id, day)
    return events


def choose_appointment(official: Official, chosen: UUID | None, *, day: date) -> Appointment:
    """The appointment to act in: the one chosen, or the only one that holds on this day."""
    holding = [a for a in official.appointments if a.holds_on(day)]
    if chosen is not None:
        holding = [a for a in holding if a.id == chosen]
    if not holding:
        raise Refused("no-appointment")
    if len(holding) > 1:
        raise Refused(
            "choose-appointment",
            appointments=[
                {"id": str(a.id), "role": a.role, "unit": a.unit, "title": a.title} for a in holding
            ],
        )
    return holding[0]


def _delegations_ended(
    official: Official, official_id: UUID, appointment: UUID, day: date
) -> list[Event]:
    return [
        DelegationEnded(d.id, official_id, max(day, d.valid_from), "appointment-ended")
        for d in official.delegations
        if d.appointment == appointment and day < d.valid_to
    ]


def _appointed(new: AppointmentMade, unit: Unit, by: Acting) -> list[Event]:
    if not unit.code:
        raise Refused("unit-unknown", unit=new.unit)
    may_administer(by, unit.authority)
    on_list("role-unknown", new.role, ROLES)
    if new.valid_to is not None and new.valid_to <= new.valid_from:
        raise Refused("dates-reversed")
    if new.role in KIND_OF_ROLE and unit.kind != KIND_OF_ROLE[new.role]:
        raise Refused("role-not-of-unit", role=new.role, kind=KIND_OF_ROLE[new.role])
    if not holds(new.valid_from, unit.valid_from, unit.valid_to):
        raise Refused("unit-not-valid", unit=unit.code, on=new.valid_from.isoformat())
    return [msgspec.structs.replace(new, authority=unit.authority)]
