"""What the rules of campaigns read of the past. Nothing else is kept."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from services.campaign.events import GuidanceIssued


class Stage(StrEnum):
    absent = "absent"
    draft = "draft"
    submitted = "submitted"
    approved = "approved"
    signed = "signed"
    numbered = "numbered"
    launched = "launched"


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

    def of(self, field: str) -> list[Any]:
        return [self.values[id] for id, kind in self.kinds.items() if kind == field]


class Register(msgspec.Struct, frozen=True):
    """A register of numbers: one authority, year and series."""

    last: int = 0
    last_on: date | None = None
