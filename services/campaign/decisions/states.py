"""What the rules of campaigns read of the past. Nothing else is kept."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from services.campaign.events import (
    AmendmentDrafted,
    AttributesSet,
    GuidanceContent,
    GuidanceIssued,
    GuidanceRules,
    RegistrationCalled,
)


class Stage(StrEnum):
    absent = "absent"
    draft = "draft"
    submitted = "submitted"
    approved = "approved"
    signed = "signed"
    numbered = "numbered"
    launched = "launched"
    concluded = "concluded"


class Review(msgspec.Struct, frozen=True):
    """A campaign's preliminary or final review; `hands`: who wrote on what it says."""

    hands: frozenset[UUID]
    text: str = ""
    approved: bool = False


RUNNING, CLOSED = "running", "closed"


class Funding(msgspec.Struct, frozen=True):
    source: str
    amount: int  # whole đồng
    hands: frozenset[UUID]
    approved: bool = False


class Amendment(msgspec.Struct, frozen=True):
    """A change of the plan on its way: drafted, approved or signed.

    `hands`: who drafted, and since it is approved who approved it.
    """

    drafted: AmendmentDrafted
    hands: frozenset[UUID]
    approved_by: UUID | None = None
    signed_on: date | None = None


class Drafting(msgspec.Struct, frozen=True):
    """A version of the guidance on its way: draft, approved, signed, numbered; then issued."""

    version: int
    content: GuidanceContent
    rules: GuidanceRules
    prepared_by: tuple[UUID, ...]  # in order; the last one wrote what it says now
    stage: Stage = Stage.draft
    reason: str = ""
    deadline: datetime | None = None  # of the guidance in force when this was written
    returned: str = ""
    approved_by: UUID | None = None
    approved_for: UUID | None = None  # on whose behalf
    signed_by: UUID | None = None
    signed_on: date | None = None
    number: int = 0
    symbol: str = ""
    issued_on: date | None = None


class Campaign(msgspec.Struct, frozen=True):
    """What the rules of a campaign read."""

    stage: Stage = Stage.absent
    authority: str = ""
    prepared_by: frozenset[UUID] = frozenset()  # who had a hand in what it says
    approved_by: UUID | None = None
    approved_for: UUID | None = None  # on whose behalf
    title: str = ""
    values: Mapping[str, Any] = {}  # by field id
    kinds: Mapping[str, str] = {}  # field id -> field
    confirmed: frozenset[str] = frozenset()
    signed_on: date | None = None
    number: int = 0
    symbol: str = ""
    guidance: GuidanceIssued | None = None
    intake_open: bool = False
    code: str = ""
    attributes: AttributesSet | None = None
    funding: Funding | None = None
    standing: str = RUNNING  # of a launched campaign
    amendment: Amendment | None = None  # the one under way
    issued_on: date | None = None
    written: bool = False  # by a person from a template, not read from a text
    scope: tuple[str, ...] = ()  # units that take part; those that gave way are replaced
    guests: frozenset[str] = frozenset()  # in scope by succession, perhaps of another authority
    lead_unit: str = ""
    call: RegistrationCalled | None = None
    reviews: Mapping[str, Review] = {}  # by kind
    intake_closed: bool = False
    drafting: Drafting | None = None

    def of(self, field: str) -> list[Any]:
        return [self.values[id] for id, kind in self.kinds.items() if kind == field]


class Register(msgspec.Struct, frozen=True):
    """A register of numbers: one authority, year and series."""

    last: int = 0
    last_on: date | None = None
    documents: Mapping[int, UUID] = {}  # by number
    voided: frozenset[int] = frozenset()
