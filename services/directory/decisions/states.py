"""What the rules of units, officials and accounts read of the past."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from services.directory.events import Act, Document


def holds(day: date, valid_from: date, valid_to: date | None) -> bool:
    return valid_from <= day and (valid_to is None or day < valid_to)


class Facts(msgspec.Struct, frozen=True):
    """What may change while a unit stays the same unit."""

    name: str
    parent: str | None
    sector: str
    area: str
    mailbox: str
    duties: tuple[str, ...]


class Past(msgspec.Struct, frozen=True):
    """What held before a change; `until`: the first day on which it no longer did."""

    until: date
    facts: Facts


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
    sector: str = ""
    area: str = ""
    past: tuple[Past, ...] = ()  # what no longer holds, oldest first
    custodian: str = ""  # who stands where the unit stood; empty while it stands itself

    def on(self, day: date) -> Facts:
        """The unit's name and place as they held on a day."""
        facts = (past.facts for past in self.past if day < past.until)
        return next(facts, self.facts)

    @property
    def facts(self) -> Facts:
        return Facts(self.name, self.parent, self.sector, self.area, self.mailbox, self.duties)

    @property
    def changed_on(self) -> date:
        """The day of the last change; at first that of the establishment."""
        return self.past[-1].until if self.past else self.valid_from

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


class Delegation(msgspec.Struct, frozen=True):
    """Of one appointment to somebody else, until the day before `valid_to`."""

    id: UUID
    appointment: UUID
    to: UUID
    kinds: tuple[str, ...]
    valid_from: date
    valid_to: date

    def holds_on(self, day: date) -> bool:
        return holds(day, self.valid_from, self.valid_to)


class Official(msgspec.Struct, frozen=True):
    known: bool = False
    appointments: tuple[Appointment, ...] = ()
    delegations: tuple[Delegation, ...] = ()

    def holding(self, day: date) -> list[Appointment]:
        """The appointments that hold on this day."""
        return [a for a in self.appointments if a.holds_on(day)]


class Account(msgspec.Struct, frozen=True):
    official: UUID | None = None
    authority: str = ""
    failures: int = 0
    locked_until: datetime | None = None
    sessions: frozenset[UUID] = frozenset()
    hats: dict[UUID, tuple[UUID, UUID | None]] = {}  # by session: appointment and delegation

    def locked(self, at: datetime) -> bool:
        return self.locked_until is not None and at < self.locked_until


class Reorganisation(msgspec.Struct, frozen=True):
    stage: str = "absent"  # prepared, confirmed, in-force, withdrawn
    effective: date = date.min
    document: Document | None = None
    acts: tuple[Act, ...] = ()
    authority: str = ""
    prepared_by: UUID | None = None
