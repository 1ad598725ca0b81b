"""The three papers: wording applied to the data, handed to the template that lays it out.

`created_at` dates the PDF. Left out, it is midnight in Viet Nam of the day on the paper, so the
bytes depend on the data alone; a paper without a day (a draft) needs it or raises ValueError.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from libs.officialdocs import wording
from libs.officialdocs.compiler import compile_pdf
from libs.officialdocs.papers import Annex, Certificate, Decision, Issuer, Plan, PlanSection

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
    content = _heading(data) | {
        "bases": wording.as_clauses(data.bases),
        "preamble": list(data.preamble),
        "sections": [_section(section) for section in data.sections],
        "closing": [*data.closing[:-1], *map(wording.with_end_mark, data.closing[-1:])],
    }
    return compile_pdf("plan.typ", content, created_at or _midnight(data.issued_on))


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
        "signer_name": issuer.signer_name,
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


def _heading(data: Decision | Plan) -> dict[str, Any]:
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


def _section(section: PlanSection) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "paragraphs": list(section.paragraphs),
        "points": list(section.points),
    }


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
