"""How events fold into the state that decisions read, and under which ids streams are found."""

from datetime import date
from typing import Any
from uuid import UUID, uuid5

import msgspec

from libs.eventlog.log import Log
from libs.eventlog.streams import Streams
from services.directory.decisions.states import (
    Account,
    Appointment,
    Delegation,
    Official,
    Past,
    Reorganisation,
    Unit,
)
from services.directory.events import (
    AccountLocked,
    AccountOpened,
    AccountUnlocked,
    AppointmentEnded,
    AppointmentMade,
    DelegationEnded,
    DelegationGiven,
    HatChosen,
    OfficialRegistered,
    PasswordChanged,
    PasswordReset,
    ReorganisationConfirmed,
    ReorganisationPrepared,
    ReorganisationTookEffect,
    ReorganisationWithdrawn,
    SessionEnded,
    SignedIn,
    SignInRefused,
    UnitChanged,
    UnitClosed,
    UnitEstablished,
    UnitRenamed,
    UnitSucceeded,
)

NAMES = UUID("0b2f6f0c-5d0e-5d5c-8c57-3c3b7c0f9b11")


def unit_id(code: str) -> UUID:
    return uuid5(NAMES, f"unit|{code}")


def administration_id(authority: str) -> UUID:
    return uuid5(NAMES, f"administration|{authority}")


def account_id(username: str) -> UUID:
    return uuid5(NAMES, f"account|{username}")


class Histories:
    """The streams of one process: made once, because each remembers what it has read."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.units = Streams(log, Unit(), evolve_unit)
        self.officials = Streams(log, Official(), evolve_official)
        self.accounts = Streams(log, Account(), evolve_account)
        self.administrations = Streams(log, None, lambda state, _: state)  # versions only
        self.reorganisations = Streams(log, Reorganisation(), evolve_reorganisation)

    async def unit(self, code: str | None) -> Unit:
        """The unit as it is now; without a code the empty one."""
        return Unit() if code is None else (await self.units.load(unit_id(code))).state


def evolve_unit(unit: Unit, event: Any) -> Unit:
    match event:
        case UnitEstablished():
            return Unit(**msgspec.structs.asdict(event))
        case UnitClosed(valid_to=valid_to):
            return msgspec.structs.replace(unit, valid_to=valid_to)
        case UnitRenamed(name=name, effective=effective):
            return msgspec.structs.replace(unit, name=name, past=_past(unit, effective))
        case UnitChanged(effective=effective):
            return msgspec.structs.replace(
                unit,
                parent=event.parent,
                sector=event.sector,
                area=event.area,
                mailbox=event.mailbox,
                duties=event.duties,
                past=_past(unit, effective),
            )
        case UnitSucceeded(custodian=custodian):
            return msgspec.structs.replace(unit, custodian=custodian)
    return unit


def _past(unit: Unit, effective: date) -> tuple[Past, ...]:
    return (*unit.past, Past(effective, unit.facts))


def evolve_reorganisation(act: Reorganisation, event: Any) -> Reorganisation:
    match event:
        case ReorganisationPrepared():
            return Reorganisation("prepared", **msgspec.structs.asdict(event))
        case ReorganisationConfirmed():
            return msgspec.structs.replace(act, stage="confirmed")
        case ReorganisationTookEffect():
            return msgspec.structs.replace(act, stage="in-force")
        case ReorganisationWithdrawn():
            return msgspec.structs.replace(act, stage="withdrawn")
    return act


def evolve_official(official: Official, event: Any) -> Official:
    appointments = official.appointments
    match event:
        case OfficialRegistered():
            return msgspec.structs.replace(official, known=True)
        case AppointmentMade():
            new = Appointment(
                event.appointment,
                event.unit,
                event.authority,
                event.role,
                event.title,
                event.valid_from,
                event.valid_to,
            )
            return msgspec.structs.replace(official, appointments=(*appointments, new))
        case AppointmentEnded(appointment=ended, valid_to=valid_to):
            left = tuple(
                msgspec.structs.replace(a, valid_to=valid_to) if a.id == ended else a
                for a in appointments
            )
            return msgspec.structs.replace(official, appointments=left)
        case DelegationGiven():
            given = Delegation(
                event.delegation,
                event.appointment,
                event.to,
                event.kinds,
                event.valid_from,
                event.valid_to,
            )
            return msgspec.structs.replace(official, delegations=(*official.delegations, given))
        case DelegationEnded(delegation=ended, valid_to=valid_to):
            kept = tuple(
                msgspec.structs.replace(d, valid_to=valid_to) if d.id == ended else d
                for d in official.delegations
            )
            return msgspec.structs.replace(official, delegations=kept)
    return official


def evolve_account(account: Account, event: Any) -> Account:
    replace = msgspec.structs.replace
    match event:
        case AccountOpened(official=official, authority=authority):
            return Account(official, authority)
        case SignedIn(session=session, appointment=appointment):
            sessions = account.sessions | {session}
            hats = account.hats | {session: (appointment, None)}
            return replace(account, failures=0, locked_until=None, sessions=sessions, hats=hats)
        case HatChosen(session=session):
            hats = account.hats | {session: (event.appointment, event.delegation)}
            return replace(account, hats=hats)
        case PasswordChanged() | PasswordReset() | AccountUnlocked():
            return replace(account, failures=0, locked_until=None)
        case SignInRefused():
            return replace(account, failures=account.failures + 1)
        case AccountLocked(until=until):
            return replace(account, failures=0, locked_until=until)
        case SessionEnded(session=session):
            hats = {one: hat for one, hat in account.hats.items() if one != session}
            return replace(account, sessions=account.sessions - {session}, hats=hats)
    return account
