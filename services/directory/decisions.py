"""What may happen to units, officials and accounts. Pure: no clock, no storage, no network."""

from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Personal, Refused
from libs.serving.acting import SYSTEM, Acting
from services.directory.events import (
    AccountLocked,
    AccountOpened,
    AppointmentEnded,
    AppointmentMade,
    OfficialRegistered,
    SessionEnded,
    SignedIn,
    SignInRefused,
    UnitClosed,
    UnitEstablished,
)

KINDS = ("authority", "department", "office", "commune", "external", "council", "cluster")
DUTIES = ("lead-office", "home-affairs", "office", "commune", "department", "external", "council")
ROLES = (
    "administrator",
    "specialist",
    "leader",
    "clerk",
    "chairman",
    "council-member",
    "council-secretary",
    "auditor",
)
# Who signs and numbers for the whole authority belongs to the authority itself, or to its office.
KIND_OF_ROLE = {"chairman": "authority", "clerk": "office"}
SHORTEST_PASSWORD = 12  # characters
FAILURES_UNTIL_LOCKED = 5
LOCKED_FOR = timedelta(minutes=15)


def holds(day: date, valid_from: date, valid_to: date | None) -> bool:
    return valid_from <= day and (valid_to is None or day < valid_to)


class Unit(msgspec.Struct, frozen=True):
    """A unit as established and closed; without `code` there is no such unit."""

    code: str = ""
    name: str = ""
    kind: str = ""
    parent: str | None = None
    authority: str = ""
    duties: tuple[str, ...] = ()
    mailbox: str = ""
    valid_from: date = date.min
    valid_to: date | None = None

    @property
    def duty(self) -> str:
        """What the unit is in the affairs of emulation, first of all; empty: nothing special."""
        return self.duties[0] if self.duties else ""


class Appointment(msgspec.Struct, frozen=True):
    id: UUID
    unit: str
    authority: str
    role: str
    title: str
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return holds(day, self.valid_from, self.valid_to)


class Official(msgspec.Struct, frozen=True):
    known: bool = False
    appointments: tuple[Appointment, ...] = ()


class Account(msgspec.Struct, frozen=True):
    official: UUID | None = None
    authority: str = ""
    failures: int = 0
    locked_until: datetime | None = None
    sessions: frozenset[UUID] = frozenset()

    def locked(self, at: datetime) -> bool:
        return self.locked_until is not None and at < self.locked_until


# ---- units
def establish_unit(unit: Unit, new: UnitEstablished, *, parent: Unit, by: Acting) -> list[Event]:
    """`parent` is the state of the unit that `new.parent` names."""
    _may_administer(by, new.authority)
    if unit.code:
        if unit == Unit(**msgspec.structs.asdict(new)):
            return []
        raise Refused("code-taken", unit=new.code)
    _on_list("kind-unknown", new.kind, KINDS)
    for duty in new.duties:
        _on_list("duty-unknown", duty, DUTIES)
    if new.parent is not None and not parent.code:
        raise Refused("parent-unknown", parent=new.parent)
    if new.valid_to is not None and new.valid_to <= new.valid_from:
        raise Refused("dates-reversed")
    return [new]


def close_unit(unit: Unit, *, valid_to: date, reason: str, by: Acting) -> list[Event]:
    if not unit.code:
        raise Refused("not-found")
    _may_administer(by, unit.authority)
    if unit.valid_to == valid_to:
        return []
    if valid_to <= unit.valid_from:
        raise Refused("dates-reversed")
    return [UnitClosed(unit.code, valid_to, reason)]


# ---- officials
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
    return _appointed(new, unit, by)


def end_appointment(
    official: Official, official_id: UUID, appointment: UUID, *, reason: str, day: date, by: Acting
) -> list[Event]:
    """From `day` on the official no longer acts in this appointment."""
    for known in official.appointments:
        if known.id == appointment:
            _may_administer(by, known.authority)
            if known.valid_to is not None and known.valid_to <= day:
                return []
            return [AppointmentEnded(official_id, appointment, day, reason)]
    raise Refused("not-found")


def _appointed(new: AppointmentMade, unit: Unit, by: Acting) -> list[Event]:
    if not unit.code:
        raise Refused("unit-unknown", unit=new.unit)
    _may_administer(by, unit.authority)
    _on_list("role-unknown", new.role, ROLES)
    if new.valid_to is not None and new.valid_to <= new.valid_from:
        raise Refused("dates-reversed")
    if new.role in KIND_OF_ROLE and unit.kind != KIND_OF_ROLE[new.role]:
        raise Refused("role-not-of-unit", role=new.role, kind=KIND_OF_ROLE[new.role])
    if not holds(new.valid_from, unit.valid_from, unit.valid_to):
        raise Refused("unit-not-valid", unit=unit.code, on=new.valid_from.isoformat())
    return [msgspec.structs.replace(new, authority=unit.authority)]


# ---- accounts
def check_password(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise Refused("password-too-short", at_least=SHORTEST_PASSWORD)


def open_account(
    account: Account, account_id: UUID, *, official: UUID, authority: str, username: Personal
) -> list[Event]:
    if account.official == official:
        return []
    if account.official is not None:
        raise Refused("username-taken")
    return [AccountOpened(account_id, official, authority, username)]


def sign_in(account: Account, *, session: UUID, appointment: UUID, at: datetime) -> list[Event]:
    """After the right password. Failures recorded meanwhile count: guessing in parallel is vain."""
    if account.locked(at):
        raise Refused("account-locked")
    return [SignedIn(session, appointment)]


def refuse_sign_in(account: Account, *, at: datetime) -> list[Event]:
    """After a wrong password. While locked nothing is recorded: nobody can fill the log."""
    if account.locked(at):
        return []
    refused = SignInRefused("password")
    if account.failures + 1 < FAILURES_UNTIL_LOCKED:
        return [refused]
    return [refused, AccountLocked(at + LOCKED_FOR)]


def end_session(account: Account, session: UUID) -> list[Event]:
    return [SessionEnded(session)] if session in account.sessions else []


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


def _may_administer(by: Acting, authority: str) -> None:
    by.require("administrator")
    if by.authority not in (authority, SYSTEM):
        raise Refused("not-allowed", authority=authority)


def _on_list(code: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise Refused(code, value=value, known=list(known))
