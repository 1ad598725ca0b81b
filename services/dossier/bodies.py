"""Bodies of the dossier service's requests: shapes and limits, no rules."""

import unicodedata
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from services.dossier.terms import Belonging, Kind, Outcome, Verdict


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


Composed = AfterValidator(_composed)
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), Composed
]
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), Composed
]
OptionalText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000), Composed]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,60}$")]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Nothing(Body):
    """A command that says all in its address."""


class Reason(Body):
    reason: Text


class NewDossier(Body):
    campaign: UUID


class NewNominee(Body):
    kind: Kind
    name: Name
    identity: Name
    form: Code
    achievement: Text
    position: OptionalText | None = None
    belongs: list[Belonging] = Field(default_factory=list, max_length=3)


class Returning(Body):
    reasons: list[Text] = Field(max_length=50)


class Appraisal(Body):
    verdict: Verdict
    reason: OptionalText
    duplicate_reason: OptionalText = ""


class LineIn(Body):
    dossier: UUID
    line: int


class ShareIn(Body):
    numerator: int = Field(ge=0, le=1000)
    denominator: int = Field(ge=1, le=1000)
    of: Literal["members", "present"] | None = None
    strictly: bool = False


class NewSession(Body):
    campaign: UUID
    members: list[UUID] = Field(min_length=1, max_length=200)
    chair: UUID
    secretary: UUID
    lines: list[LineIn] = Field(max_length=3000)
    quorum: ShareIn | None = None
    threshold: ShareIn | None = None


class Opening(Body):
    present: list[UUID] = Field(max_length=200)


class Vote(Body):
    dossier: UUID
    line: int
    in_favour: int = Field(ge=0, le=200)
    against: int = Field(ge=0, le=200)


class NewDecision(Body):
    session: UUID


class LineOutcome(Body):
    outcome: Outcome
    reason: OptionalText


class Numbering(Body):
    issued_on: date
