"""A plan from its text to its number, and the registers of numbers."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from libs.eventlog.events import Event
from services.campaign.events.registry import events


class PlanField(msgspec.Struct, frozen=True):
    """One fact read from the plan, with its place in the source text (character offsets, line)."""

    id: str
    field: str
    value: Any
    start: int
    end: int
    line: int


class Unfound(msgspec.Struct, frozen=True):
    """A fact the plan does not give, and why we say so (Vietnamese)."""

    field: str
    reason: str


class SourceFile(msgspec.Struct, frozen=True):
    """The file a plan was given in; the folder of evidence has it under its hash. `size`: bytes."""

    name: str
    media_type: str
    size: int
    sha256: str


@events.of("campaign.drafted")
class CampaignDrafted(Event):
    authority: str
    prepared_by: UUID
    title: str
    source_name: str
    source_sha256: str
    source_text: str
    fields: tuple[PlanField, ...]
    missing: tuple[Unfound, ...]
    source_file: SourceFile | None = None  # None: the text was pasted


@events.of("campaign.field-confirmed")
class FieldConfirmed(Event):
    id: str
    value: Any
    corrected: bool
    by: UUID | None = None


@events.of("campaign.field-added")
class FieldAdded(Event):
    id: str
    field: str
    value: Any
    by: UUID | None = None


@events.of("campaign.submitted")
class CampaignSubmitted(Event):
    submitted_by: UUID


@events.of("campaign.returned")
class CampaignReturned(Event):
    """`shortest`: how many characters a reason needed to have that day."""

    reason: str
    shortest: int = 0


@events.of("campaign.approved")
class CampaignApproved(Event):
    """`code`: PT-YYYY-NNN, given with the first approval and kept by later ones."""

    approved_by: UUID
    code: str = ""


@events.of("campaign.signed")
class CampaignSigned(Event):
    """`content_sha256`: over the confirmed fields as canonical JSON; it fixes what was signed."""

    signed_by: UUID
    content_sha256: str
    signed_on: date | None = None


@events.of("campaign.numbered")
class CampaignNumbered(Event):
    number: int
    symbol: str
    issued_on: date


@events.of("register.number-assigned")
class NumberAssigned(Event):
    """On the stream of a register: one authority, one year, one series."""

    number: int
    symbol: str
    issued_on: date
    document: UUID
    kind: str = "plan"  # amendment, correction, guidance, or code: a campaign's own code
    title: str = ""


@events.of("register.number-voided")
class NumberVoided(Event):
    """The number stays used and is never given again; its document gets another one."""

    number: int
    reason: str
    document: UUID
    by: UUID


@events.of("campaign.number-voided")
class CampaignNumberVoided(Event):
    """The signed plan waits for another number."""

    number: int
    reason: str
    by: UUID


class WrittenField(msgspec.Struct, frozen=True):
    """One fact of a plan that a person wrote in the portal; its provenance is that person."""

    id: str
    field: str
    value: Any


@events.of("campaign.written")
class PlanWritten(Event):
    """A plan written from a template, whole; again with each rewriting while it is a draft."""

    authority: str
    written_by: UUID
    title: str
    template: str
    fields: tuple[WrittenField, ...]


@events.of("campaign.paper-issued")
class PaperIssued(Event):
    """The PDF of the numbered plan as it was issued: kept under `sha256`, `size` in bytes.

    Recorded with the number, because number and date stand on the paper: before, it is not whole.
    """

    paper: str
    sha256: str
    size: int
    typeset_with: str
