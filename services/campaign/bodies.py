"""Bodies of the campaign service's requests: shapes and limits, no rules."""

import unicodedata
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


Text = Annotated[str, AfterValidator(_nfc), Field(max_length=20_000)]
Name = Annotated[str, AfterValidator(_nfc), Field(min_length=1, max_length=500)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")]
NOT_A_PLAN_LIMIT = 200_000  # characters; a real plan has 9,000


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PlanText(Body):
    text: str = Field(max_length=NOT_A_PLAN_LIMIT)
    source_name: Name = "plan.txt"


class Confirmation(Body):
    value: Any = None


class AddedField(Body):
    field: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
    value: Any


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


class CriterionText(Body):
    kind: Code
    text: Text = Field(min_length=1)


class Guidance(Body):
    forms: list[Form] = Field(max_length=50)
    criteria: list[CriterionText] = Field(max_length=200)
    papers: list[Code] = Field(default_factory=list, max_length=20)
    who: Text = ""
    intake_from: AwareDatetime
    intake_until: AwareDatetime
