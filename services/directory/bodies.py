"""What requests to the directory may say: lengths and shapes, no rules."""

import unicodedata
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, StringConstraints

from services.directory.events import Document


def _composed(text: str) -> str:
    if "\x00" in text:  # the views' database takes none, and one event would stop them all
        raise ValueError("without NUL characters")
    return unicodedata.normalize("NFC", text)


Composed = AfterValidator(_composed)
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
Word = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), Composed
]
Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000), Composed
]
Mailbox = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^([^@\s]+@[^@\s]+)?$"),
    Composed,
]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), Composed]
Username = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, min_length=1, max_length=64)
]
NewUsername = Annotated[
    str,
    StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"^[a-z0-9][a-z0-9._-]{1,63}$"),
]
Password = Annotated[str, StringConstraints(max_length=200), Composed]
SessionSecret = Annotated[str, StringConstraints(max_length=100)]


class NewUnit(BaseModel):
    code: Code
    name: Name
    kind: Word
    authority: Code
    valid_from: date
    valid_to: date | None = None
    parent: Code | None = None
    duties: Annotated[list[Word], "in order: the first one is what tokens say"] = []
    mailbox: Mailbox = ""
    sector: Short = ""
    area: Short = ""


class Paper(BaseModel):
    """The document that orders an act."""

    number: Annotated[Name, StringConstraints(max_length=100)]
    issued_on: date
    issuer: Name
    abstract: Annotated[str, StringConstraints(max_length=1000), Composed] = ""

    def read(self) -> Document:
        return Document(**self.model_dump())


def document_of(paper: Paper | None) -> Document | None:
    return None if paper is None else paper.read()


class Closing(BaseModel):
    valid_to: date
    reason: Reason
    document: Paper | None = None


class Renaming(BaseModel):
    name: Name
    effective: date
    reason: Reason
    document: Paper | None = None


class Changing(BaseModel):
    """What changes; what is left out stays."""

    effective: date
    reason: Reason
    document: Paper | None = None
    parent: Code | None = None
    sector: Short | None = None
    area: Short | None = None
    mailbox: Mailbox | None = None
    duties: list[Word] | None = None


class NewAppointment(BaseModel):
    unit: Code
    role: Word
    title: Name
    valid_from: date | None = None
    valid_to: date | None = None


class NewOfficial(NewAppointment):
    name: Name
    username: NewUsername
    password: Password


class Ending(BaseModel):
    reason: Reason


class SignIn(BaseModel):
    username: Username
    password: Password
    appointment: UUID | None = None
    new_password: Password | None = None
    device: Annotated[str, StringConstraints(max_length=100), Composed] = ""


class SessionHolder(BaseModel):
    secret: SessionSecret


# ---- delegations, hats, passwords
class HatChoice(SessionHolder):
    hat: Annotated[UUID, "an appointment of one's own, or a delegation"]


class NewDelegation(BaseModel):
    official: UUID
    appointment: UUID
    to: UUID
    kinds: Annotated[list[Word], "services acted in, and signature"]
    valid_from: date
    valid_to: date
    reason: Reason


class HandingOver(BaseModel):
    to: UUID
    title: Name
    reason: Reason


class PasswordChange(BaseModel):
    current: Password
    new: Password


class Reasoned(BaseModel):
    reason: Reason
