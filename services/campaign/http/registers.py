"""The books of numbers: every number that was given, and those that were voided."""

import re
from typing import Any

import msgspec
from fastapi import APIRouter, Response

from libs.eventlog.events import Refused
from libs.eventlog.log import Recorded
from libs.officialdocs import RegisterBook, register_book, register_docx
from libs.serving.acting import Acting
from libs.serving.command import By, now
from libs.serving.days import day_of
from services.campaign.decisions import access, guidance_rules
from services.campaign.decisions.rules import CODES
from services.campaign.events import NumberAssigned, NumberVoided
from services.campaign.history import register_id
from services.campaign.http.doors import Answer, Parts
from services.campaign.http.typesetting import DOCX, PDF, handed_out, printed
from services.campaign.register_paper import plans_in, register_paper
from services.campaign.views import campaigns as listed

BOOK = re.compile(r"((?:19|2[0-9])[0-9]{2})/([A-ZĐ]{1,20})", re.ASCII)


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/registers", tags=["registers"])

    @router.get("")
    async def series(by: By) -> Answer:
        """The series in use today and which documents share them."""
        _may_read(by)
        kinds = parts.rules_at(now()).series
        shared = {name: [k for k, s in kinds.items() if s == name] for name in kinds.values()}
        guidance = guidance_rules.rules_on(parts.guidance_rules, day_of(now()))
        shared.setdefault(guidance.series, []).append("guidance")
        shared[CODES] = ["code"]
        return {"items": [{"series": name, "kinds": found} for name, found in shared.items()]}

    _add_papers(router, parts)  # before the book itself, whose series would take "KH.pdf" too

    @router.get("/{year}/{series}")
    async def book(year: str, series: str, by: By) -> Answer:
        """The book of a year and series, in the order of its numbers; voided ones with reason."""
        return await _book(parts, year, series, by)

    return router


def _add_papers(router: APIRouter, parts: Parts) -> None:
    async def printable(year: str, series: str, by: Acting) -> RegisterBook:
        book = await _book(parts, year, series, by)
        if not book["items"]:  # nothing has been numbered in it
            raise Refused("not-found")
        units = await listed.units_of(parts.views.pool, by.authority)
        return register_paper(
            book,
            {id: await parts.log.read(id) for id in plans_in(book)},
            authority=next((unit.name for unit in units if unit.code == by.authority), ""),
            printed_on=day_of(now()),
        )

    @router.get("/{year}/{series}.pdf", response_class=Response)
    async def book_pdf(year: str, series: str, by: By) -> Response:
        """The book as it is printed; a voided number keeps its line, struck out, with reason."""
        content = await printed(register_book, await printable(year, series, by))
        return handed_out(content, PDF, f"so-dang-ky-{year}.pdf")

    @router.get("/{year}/{series}.docx", response_class=Response)
    async def book_docx(year: str, series: str, by: By) -> Response:
        content = await printed(register_docx, await printable(year, series, by))
        return handed_out(content, DOCX, f"so-dang-ky-{year}.docx")


async def _book(parts: Parts, year: str, series: str, by: Acting) -> Answer:
    _may_read(by)
    if not BOOK.fullmatch(f"{year}/{series}"):
        raise Refused("not-found")
    past = await parts.log.read(register_id(by.authority, int(year), series))
    return {"year": int(year), "series": series, "items": _lines(past)}


def _may_read(by: Acting) -> None:
    if not access.sees_drafts(by):
        raise Refused("not-allowed", role=by.role)


def _lines(past: list[Recorded]) -> list[dict[str, Any]]:
    lines: dict[int, dict[str, Any]] = {}
    for recorded in past:
        at, actor = recorded.meta.recorded_at.isoformat(), recorded.meta.actor
        match recorded.event:
            case NumberAssigned() as given:
                told: dict[str, Any] = msgspec.to_builtins(given)
                lines[given.number] = told | {
                    "given_at": at,
                    "given_by": str(actor) if actor else None,
                    "voided": None,
                }
            case NumberVoided(number=number, reason=reason):
                lines[number]["voided"] = {"reason": reason, "at": at, "by": str(actor)}
    return [lines[number] for number in sorted(lines)]
