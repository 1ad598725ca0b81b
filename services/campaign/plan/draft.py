"""What reading a plan gives: facts with their place in the text, and what was not found."""

from typing import Any

import msgspec

FIELDS = (
    "issuing_authority",
    "superior_authority",
    "document_kind",
    "document_number",
    "document_symbol",
    "place",
    "document_date",
    "document_day",
    "document_month",
    "document_year",
    "abstract",
    "legal_bases",
    "purpose",
    "theme",
    "content_points",
    "period",
    "duties",
    "lead_unit",
    "appraising_unit",
    "council",
    "award_forms",
    "award_authority",
    "feedback_channel",
    "recipients",
    "signer",
    "signer_title",
)
"""Stable codes, in the order a draft lists them."""


class Span(msgspec.Struct, frozen=True):
    """Half-open range of character offsets into the source text as it was given."""

    start: int
    end: int


class Found(msgspec.Struct, frozen=True):
    """One fact of the plan. `text` is `source[span.start:span.end]`; `line` counts from 1.

    `value` is plain JSON. A list field such as `legal_bases` has one Found for each element.
    """

    field: str
    value: Any
    span: Span
    line: int
    text: str


class Missing(msgspec.Struct, frozen=True):
    """A field, or a part of one, that a person has to supply; the reason is in Vietnamese.

    `period.starts` and `period.ends` name one end of a period whose other end was read.
    """

    field: str
    reason_vi: str


class PlanDraft(msgspec.Struct, frozen=True):
    """A plan as read: `fields` in the order of FIELDS, then in the order of the text."""

    fields: tuple[Found, ...]
    missing: tuple[Missing, ...]


class NotAPlan(Exception):
    """The text is no plan that launches a campaign.

    Codes: empty, too-long, not-text, not-vietnamese, other-kind, no-title, several-plans,
    not-emulation, no-sections. `reason` is a Vietnamese sentence for the person who sent it.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason
