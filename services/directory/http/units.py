"""Units over time."""

from datetime import date, datetime
from typing import Any

import msgspec
from fastapi import APIRouter, Response

from libs.eventlog.events import Refused
from libs.serving.command import AsOf, AtLeast, Command, accepted, now
from libs.serving.days import day_of
from libs.serving.history import history_of
from services.directory.bodies import Closing, Code, NewUnit
from services.directory.decisions.units import close_unit, establish_unit
from services.directory.events import UnitEstablished
from services.directory.history import unit_id
from services.directory.http.doors import SIGNED_IN, Parts, found, under
from services.directory.views import units_on


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(tags=["units"])
    log, views, streams = parts.log, parts.views, parts.histories.units

    @router.post("/units", status_code=201)
    async def establish(body: NewUnit, command: Command, response: Response) -> dict[str, Any]:
        given = body.model_dump() | {"duties": tuple(body.duties)}
        new = UnitEstablished(**given)
        parent = await parts.histories.unit(body.parent)
        receipt = await streams.record(
            unit_id(body.code),
            lambda unit: establish_unit(unit, new, parent=parent, by=command.by),
            under(command.context, body.authority),
            expected=command.expected,
        )
        response.headers["Location"] = f"/units/{body.code}"
        return accepted(receipt, response)

    @router.post("/units/{code}/closing")
    async def close(
        code: str, body: Closing, command: Command, response: Response
    ) -> dict[str, Any]:
        unit = await parts.histories.unit(code)
        receipt = await streams.record(
            unit_id(code),
            lambda u: close_unit(u, valid_to=body.valid_to, reason=body.reason, by=command.by),
            under(command.context, unit.authority),
            expected=command.expected,
        )
        return accepted(receipt, response)

    @router.get("/units", dependencies=[SIGNED_IN])
    async def valid_units(
        after: AtLeast, authority: Code | None = None, at: date | datetime | None = None
    ) -> dict[str, Any]:
        await views.at_least(after)
        found = await units_on(views.pool, _day(at), authority)
        return {"items": found, "position": views.position}

    @router.get("/units/{code}", dependencies=[SIGNED_IN])
    async def one_unit(code: str, moment: AsOf, response: Response) -> dict[str, Any]:
        loaded = await streams.load(unit_id(code), version=moment.version, at=moment.at)
        if not loaded.version:
            raise Refused("not-found")
        response.headers["ETag"] = f'"{loaded.version}"'
        return {**msgspec.structs.asdict(loaded.state), "version": loaded.version}

    @router.get("/units/{code}/history", dependencies=[SIGNED_IN])
    async def unit_history(code: str) -> dict[str, Any]:
        return found(await history_of(log, unit_id(code)))

    return router


def _day(at: date | datetime | None) -> date:
    if at is None:
        return day_of(now())
    if not isinstance(at, datetime):
        return at
    try:
        return day_of(at)
    except OverflowError:  # at an end of the calendar another zone has no date
        return at.date()
