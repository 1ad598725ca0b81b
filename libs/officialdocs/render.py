"""PDFs: wording applied to the data, handed to the template that lays it out.

`created_at` dates the PDF. Left out, it is midnight in Viet Nam of the day on the paper, so the
bytes depend on the data alone; a paper without a day (a draft) needs it or raises ValueError.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from libs.officialdocs import wording
from libs.officialdocs.book import (
    BOOK_COLUMNS,
    RegisterBook,
    RegisterEntry,
    cells_of,
    cover_lines,
)
from libs.officialdocs.compiler import compile_pdf, compile_png
from libs.officialdocs.composing import Document, paper_of
from libs.officialdocs.numbered import blocks_of, numbered_appendices
from libs.officialdocs.papers import (
    Annex,
    Certificate,
    Decision,
    Issuer,
    Paper,
    Plan,
)

VIET_NAM = timezone(timedelta(hours=7))


def certificates(
    data: Sequence[Certificate], issuer: Issuer, created_at: datetime | None = None
) -> bytes:
    """Giấy khen, A4 landscape, a page each in the given order.

    Raises Unprintable, and ValueError when there is none.
    """
    if not data:
        raise ValueError("no certificate given")
    content = {
        "issuer": _issuer(issuer),
        "certificates": [_certificate(one, issuer) for one in data],
    }
    latest = max(one.decision_date for one in data)
    return compile_pdf("certificate.typ", content, created_at or _midnight(latest))


def decision(data: Decision, created_at: datetime | None = None) -> bytes:
    """Quyết định with its annex on pages of its own. Raises Unprintable."""
    content = _heading(data) | {
        "bases": wording.as_clauses(data.bases),
        "articles": _articles(data.articles),
        "annex": _annex(data.annex, data) if data.annex else None,
    }
    return compile_pdf("decision.typ", content, created_at or _midnight(data.issued_on))


def plan_document(data: Plan, created_at: datetime | None = None) -> bytes:
    """Kế hoạch. Raises Unprintable."""
    return as_pdf(data, created_at)


def as_pdf(data: Document, created_at: datetime | None = None) -> bytes:
    """Any portrait paper, A4. Raises Unprintable."""
    paper = paper_of(data)
    return compile_pdf("paper.typ", _paper(paper), created_at or _midnight(paper.issued_on))


def as_picture(data: Document, page: int = 1) -> bytes:
    """One page of the paper as PNG, to be looked at on a screen. Raises IndexError, Unprintable."""
    return compile_png("paper.typ", _paper(paper_of(data)), page)


def register_book(data: RegisterBook) -> bytes:
    """Sổ đăng ký văn bản đi, A4 landscape with its cover, dated when it is printed.

    Raises Unprintable.
    """
    content = {
        "superior_lines": data.superior.splitlines(),
        "authority_lines": data.authority.splitlines(),
        "cover": cover_lines(data),
        "rows": [_register_row(entry) for entry in data.entries],
        "columns": list(BOOK_COLUMNS),
    }
    return compile_pdf("register.typ", content, _midnight(data.printed_on))


def _register_row(entry: RegisterEntry) -> dict[str, Any]:
    return {"cells": cells_of(entry), "void": bool(entry.void)}


def _paper(paper: Paper) -> dict[str, Any]:
    blocks = blocks_of(paper.body, end_mark=True)
    return _heading(paper) | {
        "name": paper.name,
        "addressees": wording.as_addressees(paper.addressees),
        "bases": wording.as_clauses(paper.bases),
        "blocks": blocks,
        "appendices": [
            {
                "heading": label,
                "title": appendix.title,
                "belongs_to": belongs_to(paper),
                "blocks": blocks_of(appendix.body),
            }
            for label, appendix in numbered_appendices(paper.appendices)
        ],
        "draft": paper.draft,
        "urgency": paper.urgency,
    }


def belongs_to(paper: Paper) -> str:
    """Under an appendix's title: the paper it comes with."""
    kind = paper.name.capitalize() or "Công văn"
    return f"(Kèm theo {kind} số {paper.number} {wording.full_date(paper.issued_on)})"


def _midnight(day: date | None) -> datetime:
    if day is None:
        raise ValueError("a paper without a date needs created_at")
    return datetime.combine(day, time(), VIET_NAM)


def _issuer(issuer: Issuer) -> dict[str, Any]:
    return {
        "superior_lines": issuer.superior.splitlines(),
        "authority_lines": issuer.authority.splitlines(),
        "decider": issuer.decider or " ".join(issuer.authority.splitlines()),
        "signer_titles": issuer.signer_title.splitlines(),
        "signer_name": wording.without_titles(issuer.signer_name),
    }


def _certificate(certificate: Certificate, issuer: Issuer) -> dict[str, str]:
    day = wording.full_date(certificate.decision_date)
    return {
        "recipient": certificate.recipient_line,
        "unit": certificate.unit_line,
        "achievement": certificate.achievement,
        "decision": f"Quyết định số {certificate.decision_number}",
        "decided": day,
        "book": f"Số sổ vàng: {certificate.book_number}",
        "dated": f"{issuer.place}, {day}",
    }


def _heading(data: Decision | Paper) -> dict[str, Any]:
    return {
        "issuer": _issuer(data.issuer),
        "number": f"Số: {data.number}",
        "dated": wording.place_and_date(data.issuer.place, data.issued_on),
        "subject": data.subject,
        "recipients": wording.as_recipients(data.recipients, data.filing),
    }


def _articles(articles: Sequence[str]) -> list[list[str]]:
    paragraphs = [article.splitlines() or [""] for article in articles]
    return [
        *paragraphs[:-1],
        *([*last[:-1], wording.with_end_mark(last[-1])] for last in paragraphs[-1:]),
    ]


def _annex(annex: Annex, data: Decision) -> dict[str, Any]:
    day = wording.full_date(data.issued_on)
    return {
        "title": annex.title,
        "belongs_to": f"(Kèm theo Quyết định số {data.number} {day})",
        "groups": [
            {
                "heading": f"{group.heading} ({wording.two_digits(len(group.lines))})",
                "lines": [[line.name, line.unit, line.note] for line in group.lines],
            }
            for group in annex.groups
        ],
    }
