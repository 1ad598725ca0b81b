"""Bodies of the campaign service's requests: shapes and limits, no rules."""

import math
import unicodedata
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from services.campaign.events import GuidanceContent


def _storable(text: str) -> str:
    if "\x00" in text:  # the views' database takes none, and one event would stop them all
        raise ValueError("without NUL characters")
    text.encode()  # a half of a character raises
    return text


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", _storable(text)).strip()


def named(text: str) -> str:
    """A file's name as it can be stored: NFC, without signs that are no text."""
    whole = "".join(char for char in text if char.isprintable())
    return unicodedata.normalize("NFC", whole).strip() or "plan"


def _value(value: Any, depth: int = 0) -> Any:
    """Only what comes back from the log as it went in."""
    match value:
        case str():
            value.encode()  # a half of a character raises
            return _nfc(value)
        case bool() | None:
            return value
        case int() if abs(value) < EXACT:
            return value
        case float() if math.isfinite(value):
            return value
        case list() if depth < DEEPEST:
            return [_value(item, depth + 1) for item in value]
        case dict() if depth < DEEPEST:
            return {_nfc(key): _value(item, depth + 1) for key, item in value.items()}
    raise ValueError("not a value a plan can have")


EXACT = 2**53  # whole numbers below it are the same in every JSON reader
DEEPEST = 5
Value = Annotated[Any, AfterValidator(_value)]
Text = Annotated[str, AfterValidator(_nfc), Field(max_length=20_000)]
NAME_LIMIT = 500  # characters
Name = Annotated[str, AfterValidator(_nfc), Field(min_length=1, max_length=NAME_LIMIT)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")]
NOT_A_PLAN_LIMIT = 200_000  # characters; a real plan has 9,000


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PlanText(Body):
    text: Annotated[str, AfterValidator(_storable), Field(max_length=NOT_A_PLAN_LIMIT)]
    source_name: Name = "plan.txt"


class Confirmation(Body):
    value: Value = None


class AddedField(Body):
    field: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
    value: Value


class Reason(Body):
    reason: Text = Field(min_length=1)


class Numbering(Body):
    issued_on: date


class RecipientUnits(Body):
    label: Name
    purpose: Literal["for-action", "for-information", "archive"]
    units: list[Code] = Field(default_factory=list, max_length=1000)


class Launch(Body):
    scope: list[Code] = Field(max_length=1000)
    recipients: list[RecipientUnits] = Field(max_length=200)


class Form(Body):
    code: Code
    name: Name
    kinds: list[Code] = Field(min_length=1, max_length=3)
    quota: int = Field(ge=0, le=100_000)
    papers: list[Code] = Field(default_factory=list, max_length=20)


class CriterionText(Body):
    kind: Code
    text: Text = Field(min_length=1)
    max_points: int = Field(default=0, ge=0, le=1000)


class QuotaOfGroup(Body):
    form: Code
    group: Code
    quota: int = Field(ge=0, le=100_000)
    each: bool = False


class Target(Body):
    of: Code
    percent: int = Field(ge=1, le=100)


class Guidance(Body):
    """`reason`: of a revision, why the guidance in force is changed."""

    forms: list[Form] = Field(max_length=50)
    criteria: list[CriterionText] = Field(max_length=200)
    papers: list[Code] = Field(default_factory=list, max_length=20)
    who: Text = ""
    intake_from: AwareDatetime
    intake_until: AwareDatetime
    conditions: list[Name] = Field(default_factory=list, max_length=100)
    group_quotas: list[QuotaOfGroup] = Field(default_factory=list, max_length=200)
    shares: list[Target] = Field(default_factory=list, max_length=10)
    reason: Text = ""

    def content(self) -> GuidanceContent:
        return msgspec.convert(self.model_dump(exclude={"reason"}), GuidanceContent)


# ---- what a campaign is, and its life after launch
class HigherPlan(Body):
    number: Name
    issued_on: date | None = None
    issuer: Name
    title: Text = ""


class Attributes(Body):
    kind: Code
    level: Code
    starts: date | None = None
    ends: date | None = None
    ends_event: Text = ""
    note: Text = ""
    parent: UUID | None = None
    higher: HigherPlan | None = None


class Funding(Body):
    source: Name
    amount: int = Field(ge=0, lt=EXACT)


class NewEnd(Body):
    ends: date
    reason: Text = ""


class NewDeadline(Body):
    until: AwareDatetime
    reason: Text = ""


class WhyOnly(Body):
    reason: Text = ""


class Replacement(Body):
    successor: UUID
    reason: Text = ""


class NewValue(Body):
    field: Annotated[str, Field(pattern=r"^[a-z_]{1,40}\.[0-9]{1,4}$")]
    value: Value


class Amendment(Body):
    form: Literal["amendment", "correction"]
    values: list[NewValue] = Field(min_length=1, max_length=100)
    reason: Text = ""
