"""Routes of papers: the plan and the guidance as PDF and DOCX, the plan as a picture."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from libs.eventlog.events import Refused
from libs.eventlog.log import Recorded
from libs.officialdocs import Guidance, Plan, as_docx, as_pdf, as_picture
from libs.serving.acting import Acting
from libs.serving.command import By
from services.campaign import papers
from services.campaign.decisions import access
from services.campaign.events import PaperIssued
from services.campaign.guidance_paper import guidance_paper
from services.campaign.http.doors import Parts
from services.campaign.http.typesetting import DOCX, PDF, PLAN, handed_out, printed
from services.campaign.views import campaigns as listed


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/campaigns", tags=["papers"])
    _add_plan(router, parts)
    _add_guidance(router, parts)
    return router


def _add_plan(router: APIRouter, parts: Parts) -> None:
    @router.get("/{id}/plan.pdf", response_class=Response)
    async def plan_pdf(id: UUID, by: By) -> Response:
        """From its number on the very bytes that were issued; a draft is marked as one."""
        past = await _past(parts, id, by)
        issued = _issued(past)
        kept = await parts.kept.find(issued.sha256) if issued else None
        if kept is None:
            kept = await _made(past)
            if issued and hashlib.sha256(kept).hexdigest() != issued.sha256:
                raise Refused("paper-differs", recorded=issued.sha256)
        return handed_out(kept, PDF, "ke-hoach.pdf")

    @router.get("/{id}/plan.docx", response_class=Response)
    async def plan_docx(id: UUID, by: By) -> Response:
        plan = _plan(await _past(parts, id, by))
        return handed_out(await printed(as_docx, plan), DOCX, "ke-hoach.docx")

    @router.get("/{id}/plan.png", response_class=Response)
    async def plan_picture(
        id: UUID, by: By, page: Annotated[int, Query(ge=1, le=500)] = 1
    ) -> Response:
        """A page to be looked at where a PDF cannot be shown; not-found past the last one."""
        plan = _plan(await _past(parts, id, by))
        try:
            content = await printed(as_picture, plan, page)
        except IndexError:
            raise Refused("not-found") from None
        return handed_out(content, "image/png", f"ke-hoach-{page}.png")


def _add_guidance(router: APIRouter, parts: Parts) -> None:
    async def guidance(id: UUID, by: Acting) -> tuple[Guidance, datetime]:
        """The guidance, and when the campaign last changed."""
        past = await _past(parts, id, by)
        units = await listed.units_of(parts.views.pool, by.authority)
        found = guidance_paper(past, {unit.code: unit.name for unit in units})
        if found is None:
            raise Refused("not-found")
        return found, past[-1].meta.recorded_at

    @router.get("/{id}/guidance.pdf", response_class=Response)
    async def guidance_pdf(id: UUID, by: By) -> Response:
        return handed_out(await printed(as_pdf, *await guidance(id, by)), PDF, "huong-dan.pdf")

    @router.get("/{id}/guidance.docx", response_class=Response)
    async def guidance_docx(id: UUID, by: By) -> Response:
        found, _ = await guidance(id, by)
        return handed_out(await printed(as_docx, found), DOCX, "huong-dan.docx")


async def _past(parts: Parts, id: UUID, by: Acting) -> list[Recorded]:
    access.shown((await parts.campaigns.load(id)).state, by)
    return await parts.log.read(id)


def _issued(past: Sequence[Recorded]) -> PaperIssued | None:
    papers_issued = [one.event for one in past if isinstance(one.event, PaperIssued)]
    return next((one for one in papers_issued if one.paper == PLAN), None)


def _plan(past: Sequence[Recorded]) -> Plan:
    return papers.plan_paper(*papers.as_signed(past))


async def _made(past: Sequence[Recorded]) -> bytes:
    campaign, issued_on = papers.as_signed(past)
    at = papers.made_at(campaign, issued_on, past[-1].meta.recorded_at)
    return await printed(as_pdf, papers.plan_paper(campaign, issued_on), at)
