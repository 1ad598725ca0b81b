"""Routes of papers that follow a plan: its amendments and corrections, its reviews."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Response

from libs.eventlog.events import Refused
from libs.officialdocs import Amendment, Correction, Report, as_docx, as_pdf
from libs.serving.acting import Acting
from libs.serving.command import By
from services.campaign.amendment_paper import change_paper
from services.campaign.decisions import access
from services.campaign.http.doors import Parts
from services.campaign.http.typesetting import DOCX, PDF, handed_out, printed
from services.campaign.review_paper import review_paper
from services.campaign.views.pictures import picture
from services.campaign.views.reports import report_content


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/campaigns", tags=["papers"])
    _add_changes(router, parts)
    _add_reviews(router, parts)
    return router


def _add_changes(router: APIRouter, parts: Parts) -> None:
    async def change(
        id: UUID, amendment: UUID, by: Acting
    ) -> tuple[Amendment | Correction, datetime]:
        """Once numbered for whoever may read the plan; before that for who draws it up."""
        access.shown((await parts.campaigns.load(id)).state, by)
        found = change_paper(await parts.log.read(id), amendment)
        if found is None or not (found.in_force or access.sees_drafts(by)):
            raise Refused("not-found")
        return found.paper, found.at

    @router.get("/{id}/amendments/{amendment}.pdf", response_class=Response)
    async def change_pdf(id: UUID, amendment: UUID, by: By) -> Response:
        """A change of the plan: a draft is marked as one, its number stands once it has one."""
        paper, at = await change(id, amendment, by)
        at_issue = () if paper.issued_on else (at,)  # issued papers are dated by their own day
        return handed_out(await printed(as_pdf, paper, *at_issue), PDF, _name(paper, "pdf"))

    @router.get("/{id}/amendments/{amendment}.docx", response_class=Response)
    async def change_docx(id: UUID, amendment: UUID, by: By) -> Response:
        paper, _ = await change(id, amendment, by)
        return handed_out(await printed(as_docx, paper), DOCX, _name(paper, "docx"))


def _name(paper: Amendment | Correction, ending: str) -> str:
    called = "cong-van-dinh-chinh" if isinstance(paper, Correction) else "ke-hoach-dieu-chinh"
    return f"{called}.{ending}"


def _add_reviews(router: APIRouter, parts: Parts) -> None:
    async def review(id: UUID, kind: str, by: Acting) -> tuple[Report, datetime]:
        """Once approved for whoever may read the plan; before that for who draws it up."""
        campaign = (await parts.campaigns.load(id)).state
        access.shown(campaign, by)
        found = campaign.reviews.get(kind)
        if found is None or not (found.approved or access.sees_drafts(by)):
            raise Refused("not-found")
        past = await parts.log.read(id)
        made = review_paper(past, report_content(picture(id, past), kind))
        return made.paper, made.at

    @router.get("/{id}/reviews/{kind}.pdf", response_class=Response)
    async def review_pdf(id: UUID, kind: str, by: By) -> Response:
        """The preliminary or final review with its counted figures; a draft until approved."""
        return handed_out(await printed(as_pdf, *await review(id, kind, by)), PDF, "bao-cao.pdf")

    @router.get("/{id}/reviews/{kind}.docx", response_class=Response)
    async def review_docx(id: UUID, kind: str, by: By) -> Response:
        paper, _ = await review(id, kind, by)
        return handed_out(await printed(as_docx, paper), DOCX, "bao-cao.docx")
