"""Units on a day as a tree, and one unit with its history and successors."""

import asyncio
from datetime import UTC, datetime

from fastapi import APIRouter
from fastapi.responses import Response

from services.portal.clients import SaidNo
from services.portal.deeds import NAME
from services.portal.pages import Listing, Record
from services.portal.parts import Act, Field, Summary
from services.portal.present import units as present
from services.portal.present.history import history
from services.portal.vietnamese import VIETNAM, day, typed_day
from services.portal.visits import Visiting


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/units")
    async def tree(visit: Visiting, at: str = "") -> Response:
        today = datetime.now(UTC).astimezone(VIETNAM).date()
        chosen = typed_day(at) or today
        everything = visit.hat.authority == "system"
        found = await visit.get(
            "directory",
            "/units/tree",
            at=chosen.isoformat(),
            authority="" if everything else visit.hat.authority,
        )
        error = "" if not at or typed_day(at) else "Ghi ngày như 01/07/2025."
        asked = Field("at", "Vào ngày", "date", day(chosen), error=error, required=False)
        administers = visit.hat.role == "administrator"
        act = Act("Sắp xếp đơn vị", "/reorganisations") if administers else None
        return await visit.page(
            Listing(
                "Đơn vị",
                f"Các đơn vị có vào ngày {day(chosen)}.",
                present.tree(found["items"]),
                (asked,),
                act,
            )
        )

    @router.get("/units/{code}")
    async def unit(code: str, visit: Visiting, version: int | None = None) -> Response:
        if not NAME.fullmatch(code):
            raise SaidNo(404, "not-found", {})
        found, passed, steps = await asyncio.gather(
            visit.get("directory", f"/units/{code}", version=version),
            visit.get("directory", f"/units/{code}/succession"),
            visit.get("directory", f"/units/{code}/history"),
        )
        directory = await visit.directory()
        now = present.now_called(code, passed["items"])
        today = datetime.now(UTC).astimezone(VIETNAM).date()
        what = f"Nay là {now}" if now else present.KINDS.get(found["kind"], found["kind"])
        return await visit.page(
            Record(
                found["name"],
                Summary(what, present.state_of(found, today)),
                present.facts(found, directory),
                (present.succession(code, passed["items"]),),
                history(f"/units/{code}", steps["items"], directory, version and found["version"]),
            )
        )

    return router
