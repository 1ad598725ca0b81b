"""What has happened to units, officials and accounts. Stored for ever: add fields with defaults."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Personal, Registry

events = Registry("directory")


class Document(msgspec.Struct, frozen=True):
    """The paper that orders an act."""

    number: str
    issued_on: date
    issuer: str
    abstract: str = ""


class Successor(msgspec.Struct, frozen=True):
    """A unit that another gives way to; `part`: what passes to it, in words."""

    unit: str
    name: str
    authority: str
    part: str = ""


class Act(msgspec.Struct, frozen=True):
    """One line of a reorganisation.

    `kind`: establish, merge, split, rename or abolish. `units` give way (renamed: bear the name);
    `custodian`: the one successor that takes over files and open duties.
    """

    kind: str
    units: tuple[str, ...] = ()
    into: tuple[tuple[str, str], ...] = ()  # (successor, part)
    custodian: str = ""
    name: str = ""
    new: "UnitEstablished | None" = None


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
    sector: str = ""
    area: str = ""


@events.of("unit.closed")
class UnitClosed(Event):
    code: str
    valid_to: date
    reason: str
    document: Document | None = None
    reorganisation: UUID | None = None


# ---- units change and give way to others
@events.of("unit.renamed")
class UnitRenamed(Event):
    """Known from `effective` on by `name`; recorded on that day or after it, never before."""

    code: str
    name: str
    former: str
    effective: date
    reason: str
    document: Document | None = None


@events.of("unit.changed")
class UnitChanged(Event):
    """What holds from `effective` on, whole: also what stayed as it was."""

    code: str
    parent: str | None
    sector: str
    area: str
    mailbox: str
    duties: tuple[str, ...]
    effective: date
    reason: str
    document: Document | None = None


@events.of("unit.succeeded")
class UnitSucceeded(Event):
    """Recorded when it takes effect: from now on the custodian stands where the unit stood.

    `act`: merge, split or abolish. `custodian`, of `custodian_authority`, takes over files and
    open duties ("kế thừa nhiệm vụ"); `successors` are all, each with its part.
    """

    code: str
    name: str
    kind: str
    authority: str
    act: str
    successors: tuple[Successor, ...]
    custodian: str
    custodian_authority: str
    effective: date
    reorganisation: UUID
    document: Document


@events.of("reorganisation.prepared")
class ReorganisationPrepared(Event):
    effective: date
    document: Document
    acts: tuple[Act, ...]
    authority: str
    prepared_by: UUID


@events.of("reorganisation.confirmed")
class ReorganisationConfirmed(Event):
    confirmed_by: UUID


@events.of("reorganisation.withdrawn")
class ReorganisationWithdrawn(Event):
    reason: str
    withdrawn_by: UUID


@events.of("reorganisation.took-effect")
class ReorganisationTookEffect(Event):
    effective: date


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


@events.of("administrator.left")
class AdministratorLeft(Event):
    """In one stream of each authority, so that no two leave at once unseen; `left` stay."""

    authority: str
    official: UUID
    appointment: UUID
    left: int


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
