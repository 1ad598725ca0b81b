"""What has happened to units, officials and accounts. Stored for ever: add fields with defaults."""

from datetime import date, datetime
from uuid import UUID

from libs.eventlog.events import Event, Personal, Registry

events = Registry("directory")


@events.of("unit.established")
class UnitEstablished(Event):
    """`valid_to`: the first day on which the unit is no more. `authority`: the tenant's code."""

    code: str
    name: str
    kind: str
    parent: str | None
    authority: str
    duties: tuple[str, ...]
    mailbox: str
    valid_from: date
    valid_to: date | None = None


@events.of("unit.closed")
class UnitClosed(Event):
    code: str
    valid_to: date
    reason: str


@events.of("official.registered")
class OfficialRegistered(Event):
    official: UUID
    name: Personal


@events.of("appointment.made")
class AppointmentMade(Event):
    """The official may act in this role for this unit, from a day to the day before `valid_to`."""

    official: UUID
    appointment: UUID
    unit: str
    authority: str
    role: str
    title: str
    valid_from: date
    valid_to: date | None = None


@events.of("appointment.ended")
class AppointmentEnded(Event):
    official: UUID
    appointment: UUID
    valid_to: date
    reason: str


@events.of("account.opened")
class AccountOpened(Event):
    account: UUID
    official: UUID
    authority: str
    username: Personal


@events.of("account.signed-in")
class SignedIn(Event):
    session: UUID
    appointment: UUID


@events.of("account.sign-in-refused")
class SignInRefused(Event):
    reason: str


@events.of("account.locked")
class AccountLocked(Event):
    until: datetime


@events.of("account.session-ended")
class SessionEnded(Event):
    """`reason`: empty when its holder signed out; else a code of `decisions.accounts.ENDINGS`."""

    session: UUID
    reason: str = ""


# ---- delegations, hats, passwords
@events.of("delegation.given")
class DelegationGiven(Event):
    """`official` lets `to` act in one of the own appointments, in these kinds of act."""

    delegation: UUID
    official: UUID
    appointment: UUID
    authority: str
    to: UUID
    kinds: tuple[str, ...]
    valid_from: date
    valid_to: date
    reason: str
    given_by: UUID


@events.of("delegation.ended")
class DelegationEnded(Event):
    """From `valid_to` on nobody acts under it."""

    delegation: UUID
    official: UUID
    valid_to: date
    reason: str


@events.of("account.hat-chosen")
class HatChosen(Event):
    """From now on the session acts in this appointment; under a delegation, in another's."""

    session: UUID
    appointment: UUID
    delegation: UUID | None = None


@events.of("account.password-changed")
class PasswordChanged(Event):
    """By its holder, who knew the old one. No password stands in an event."""

    account: UUID


@events.of("account.password-reset")
class PasswordReset(Event):
    """An administrator handed out a first password, to be changed at the next sign-in."""

    account: UUID
    reason: str


@events.of("account.unlocked")
class AccountUnlocked(Event):
    account: UUID
    reason: str
