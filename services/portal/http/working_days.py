"""The working-day calendar and the time limits, as the campaign service counts: with sources."""

from datetime import datetime

import msgspec
from fastapi import APIRouter
from fastapi.responses import Response

from libs.serving.working_days import DEFAULT, Calendar
from services.portal.clients import Away, SaidNo
from services.portal.pages import Listing
from services.portal.present.working_days import days_table, intro
from services.portal.vietnamese import VIETNAM
from services.portal.visits import Visit, Visiting


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/working-days")
    async def calendar(visit: Visiting) -> Response:
        told = await visit.get("campaign", "/working-days")
        known = msgspec.convert(told["calendar"], Calendar)
        year = datetime.now(VIETNAM).year
        said = intro(known, told["limits"], year)
        return await visit.page(Listing("Lịch làm việc và thời hạn", said, days_table(known)))

    return router


async def calendar_of(visit: Visit) -> Calendar:
    """The calendar that the campaign service counts by; the default one while it is away."""
    try:
        told = await visit.get("campaign", "/working-days")
    except (Away, SaidNo):
        return DEFAULT
    return msgspec.convert(told["calendar"], Calendar)
