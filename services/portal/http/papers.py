"""The papers of a campaign, passed on from the service that makes them."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from services.portal.visits import Visiting

NAMES = {
    "plan.pdf": "ke-hoach.pdf",
    "plan.docx": "ke-hoach.docx",
    "plan.png": "ke-hoach.png",
    "guidance.pdf": "huong-dan.pdf",
    "guidance.docx": "huong-dan.docx",
}


def routes() -> APIRouter:
    router = APIRouter()
    for paper in NAMES:
        _add(router, paper)
    return router


def _add(router: APIRouter, paper: str) -> None:
    @router.get(f"/campaigns/{{id}}/{paper}")
    async def file(id: UUID, visit: Visiting) -> Response:
        return await visit.file("campaign", f"/campaigns/{id}/{paper}", NAMES[paper])
