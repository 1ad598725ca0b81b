"""What each paper says. Plain data: wording is done by `wording`, layout by the templates.

Every text is one paragraph (runs of white space become one space) unless its field says otherwise.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from libs.officialdocs.blocks import Block


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


class Appendix(msgspec.Struct, frozen=True, kw_only=True):
    """A Phụ lục on pages of its own; renderers number several with Roman numbers."""

    title: str
    body: Sequence[Block]


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """Any portrait paper of Decree 30/2020; the kinds below become one by `composing.paper_of`.

    `name` is the kind in capitals, "" for a công văn, whose subject then stands as "V/v …" under
    its number and which names `addressees` (Kính gửi). `number` has its symbol. A `draft` is marked
    DỰ THẢO on every page. `urgency`: HỎA TỐC, THƯỢNG KHẨN or KHẨN.
    """

    issuer: Issuer
    name: str
    number: str
    issued_on: date | None
    subject: str
    body: Sequence[Block]
    recipients: Sequence[str]
    filing: str
    bases: Sequence[str] = ()
    addressees: Sequence[str] = ()
    appendices: Sequence[Appendix] = ()
    draft: bool = False
    urgency: str = ""


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
    appendices: Sequence[Appendix] = ()
    draft: bool = False
    urgency: str = ""


class AwardLine(msgspec.Struct, frozen=True, kw_only=True):
    """A form of award in a guidance: for which kinds of nominee (in words), at most how many."""

    form: str
    kinds: str
    quota: int


class Criteria(msgspec.Struct, frozen=True, kw_only=True):
    """What nominees of one kind (in words, as "cá nhân") must have done."""

    kind: str
    texts: Sequence[str]


class Guidance(msgspec.Struct, frozen=True, kw_only=True):
    """A Hướng dẫn khen thưởng; `campaign` is what it is called, `plan` the plan it carries out.

    `intake_from` and `intake_until` are in words.
    """

    issuer: Issuer
    number: str
    issued_on: date | None
    campaign: str
    plan: str
    who: str
    forms: Sequence[AwardLine]
    criteria: Sequence[Criteria]
    papers: Sequence[str]
    intake_from: str
    intake_until: str
    send_to: str
    recipients: Sequence[str]
    filing: str
    draft: bool = False


class PaperChange(msgspec.Struct, frozen=True, kw_only=True):
    """One thing put otherwise: where it stands, how it was, how it is now ("" if left out)."""

    where: str
    old: str
    new: str


class Amendment(msgspec.Struct, frozen=True, kw_only=True):
    """A Kế hoạch điều chỉnh (Decree 30/2020 art. 18.3: content by a paper of the same form).

    `amended` names the paper as "Kế hoạch số 05/KH-UBND ngày 05 tháng 4 năm 2024"; `subject` begins
    with the verb: "Điều chỉnh, gia hạn …".
    """

    issuer: Issuer
    number: str
    issued_on: date | None
    subject: str
    amended: str
    reason: str
    changes: Sequence[PaperChange]
    bases: Sequence[str]
    recipients: Sequence[str]
    filing: str
    draft: bool = False


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A Công văn đính chính (Decree 30/2020 art. 18.3: errors of form by a công văn)."""

    issuer: Issuer
    number: str
    issued_on: date | None
    corrected: str
    changes: Sequence[PaperChange]
    addressees: Sequence[str]
    recipients: Sequence[str]
    filing: str
    draft: bool = False


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A Báo cáo sơ kết or tổng kết; tables stand in `body` or in `appendices`."""

    issuer: Issuer
    number: str
    issued_on: date | None
    subject: str
    body: Sequence[Block]
    recipients: Sequence[str]
    filing: str
    bases: Sequence[str] = ()
    appendices: Sequence[Appendix] = ()
    draft: bool = False


class AnsweringUnit(msgspec.Struct, frozen=True, kw_only=True):
    """A unit and what it answered, in words; "" where it has not."""

    name: str
    received: str = ""
    answered: str = ""
    note: str = ""


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """A Danh sách of units that have answered `about`, and of those that have not."""

    issuer: Issuer
    number: str
    issued_on: date | None
    about: str
    as_of: str
    units: Sequence[AnsweringUnit]
    recipients: Sequence[str]
    filing: str
    draft: bool = False
