"""The books of numbers, for the clerk and whoever checks them."""

from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import Response

from services.portal.pages import Listing
from services.portal.parts import Act, Choice, Field
from services.portal.present.life import register_table
from services.portal.vietnamese import VIETNAM
from services.portal.visits import Visit, Visiting
from services.portal.words import DOCUMENTS


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/registers")
    async def books(visit: Visiting, year: str = "", series: str = "") -> Response:
        return await visit.page(await _book(visit, year, series))

    return router


async def _book(visit: Visit, year: str, series: str) -> Listing:
    """This year's book of plans unless another one is asked for."""
    known = (await visit.get("campaign", "/registers"))["items"]
    names = [one["series"] for one in known]
    chosen = series if series in names else names[0]
    this_year = datetime.now(VIETNAM).year
    of_year = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else this_year
    path = f"/registers/{max(of_year, 1900)}/{chosen}"
    book = await visit.get("campaign", path)
    directory = await visit.directory(*(line["given_by"] for line in book["items"]))
    return Listing(
        "Sổ đăng ký văn bản",
        "Số chạy liên tục trong năm, không bỏ trống; số bị hủy vẫn ở trong sổ và có lý do.",
        register_table(book, directory, DOCUMENTS),
        others=(
            Act("In sổ này (PDF)", f"{path}.pdf"),
            Act("Tải sổ này (Word)", f"{path}.docx"),
        ),
        filters=(
            Field("year", "Năm", value=str(of_year)),
            Field(
                "series",
                "Sổ",
                "select",
                chosen,
                choices=tuple(
                    Choice(one["series"], f"{one['series']}: {_kinds(one['kinds'])}")
                    for one in known
                ),
            ),
        ),
    )


def _kinds(kinds: list[str]) -> str:
    return ", ".join(DOCUMENTS.get(kind, kind).lower() for kind in kinds)
