"""The papers of a campaign and the books of numbers, passed on from the service that makes them."""

from typing import Literal
from urllib.parse import quote
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


ENDINGS = ("pdf", "docx")


def routes() -> APIRouter:
    router = APIRouter()
    for paper in NAMES:
        _add(router, paper)
    for ending in ENDINGS:
        _add_changes_and_reviews(router, ending)
        _add_lists(router, ending)
    return router


def _add(router: APIRouter, paper: str) -> None:
    @router.get(f"/campaigns/{{id}}/{paper}")
    async def file(id: UUID, visit: Visiting) -> Response:
        return await visit.file("campaign", f"/campaigns/{id}/{paper}", NAMES[paper])


def _add_changes_and_reviews(router: APIRouter, ending: str) -> None:
    @router.get(f"/campaigns/{{id}}/amendments/{{amendment}}.{ending}")
    async def change(id: UUID, amendment: UUID, visit: Visiting) -> Response:
        path = f"/campaigns/{id}/amendments/{amendment}.{ending}"
        return await visit.file("campaign", path, f"sua-doi-dinh-chinh.{ending}")

    @router.get(f"/campaigns/{{id}}/reviews/{{kind}}.{ending}")
    async def review(id: UUID, kind: Literal["preliminary", "final"], visit: Visiting) -> Response:
        path = f"/campaigns/{id}/reviews/{kind}.{ending}"
        return await visit.file("campaign", path, f"bao-cao.{ending}")


def _add_lists(router: APIRouter, ending: str) -> None:
    @router.get(f"/campaigns/{{id}}/notices.{ending}")
    async def board(id: UUID, visit: Visiting) -> Response:
        path = f"/campaigns/{id}/board.{ending}"
        return await visit.file("notification", path, f"danh-sach-tra-loi.{ending}")

    @router.get(f"/registers/{{year}}/{{series}}.{ending}")
    async def book(year: int, series: str, visit: Visiting) -> Response:
        path = f"/registers/{year}/{quote(series, safe='')}.{ending}"
        return await visit.file("campaign", path, f"so-dang-ky-{year}.{ending}")
