"""What each paper says. Plain data: wording is done by `wording`, layout by the templates.

Every text is one paragraph (runs of white space become one space) unless its field says otherwise.
"""

from collections.abc import Sequence
from datetime import date

import msgspec


class Issuer(msgspec.Struct, frozen=True, kw_only=True):
    """Who issues and who signs.

    `superior` is the agency above ("" for none), `authority` the issuing agency, both in capitals.
    These and `signer_title` may have lines, as "KT. CHỦ TỊCH\\nPHÓ CHỦ TỊCH". `decider` is who
    decides or awards, as "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN …"; left empty, the authority.
    """

    authority: str
    place: str
    signer_title: str
    signer_name: str
    superior: str = ""
    decider: str = ""


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """One Giấy khen: its number in the book of awards; the decision's number with its symbol."""

    recipient_line: str
    unit_line: str
    achievement: str
    book_number: str
    decision_number: str
    decision_date: date


class AnnexLine(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    unit: str
    note: str = ""


class AnnexGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Lines of one kind under a heading, as "TẬP THỂ"; the template numbers them."""

    heading: str
    lines: Sequence[AnnexLine]


class Annex(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    groups: Sequence[AnnexGroup]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A Quyết định. `number` has its symbol ("05/QĐ-UBND"); `issued_on` is None until issued.

    `bases` come without closing marks, the proposal ("Theo đề nghị của …") last; `articles` without
    "Điều 1.", and each may have several paragraphs separated by line breaks.
    """

    issuer: Issuer
    number: str
    issued_on: date | None
    subject: str
    bases: Sequence[str]
    articles: Sequence[str]
    recipients: Sequence[str]
    filing: str
    annex: Annex | None = None


class PlanSection(msgspec.Struct, frozen=True, kw_only=True):
    """A section of a plan: paragraphs, then numbered points; the template writes "I.", "1."."""

    heading: str
    paragraphs: Sequence[str] = ()
    points: Sequence[str] = ()


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A Kế hoạch: legal bases without closing marks, paragraphs before and after its sections."""

    issuer: Issuer
    number: str
    issued_on: date | None
    subject: str
    bases: Sequence[str]
    preamble: Sequence[str]
    sections: Sequence[PlanSection]
    closing: Sequence[str]
    recipients: Sequence[str]
    filing: str
