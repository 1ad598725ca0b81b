"""Units over time."""

from datetime import date, datetime
from typing import Any

import msgspec
from fastapi import APIRouter, Response

from libs.eventlog.events import Refused
from libs.eventlog.log import Change
from libs.serving.command import AsOf, AtLeast, Command, accepted, now
from libs.serving.days import day_of
from libs.serving.history import history_of
from services.directory import succession
from services.directory.bodies import Changing, Closing, Code, NewUnit, Renaming, document_of
from services.directory.decisions.states import Unit
from services.directory.decisions.units import (
    change_unit,
    close_unit,
    establish_unit,
    rename_unit,
)
from services.directory.events import UnitEstablished
from services.directory.history import unit_id
from services.directory.http.doors import SIGNED_IN, Parts, found, under
from services.directory.reorganisations import ended_with
from services.directory.views import units_on

DEEPEST = 20  # levels of units; more would be a circle


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

    _add_changes(router, parts)

    @router.get("/units", dependencies=[SIGNED_IN])
    async def valid_units(
        after: AtLeast, authority: Code | None = None, at: date | datetime | None = None
    ) -> dict[str, Any]:
        await views.at_least(after)
        found = await units_on(views.pool, _day(at), authority)
        return {"items": found, "position": views.position}

    @router.get("/units/tree", dependencies=[SIGNED_IN])
    async def tree(
        after: AtLeast, authority: Code | None = None, at: date | datetime | None = None
    ) -> dict[str, Any]:
        """The units of a day, each with those below it."""
        await views.at_least(after)
        return {"items": as_tree(await units_on(views.pool, _day(at), authority))}

    @router.get("/units/successions", dependencies=[SIGNED_IN])
    async def all_successions(after: AtLeast) -> dict[str, Any]:
        """Which unit gave way to which: what "nay là" is written from."""
        await views.at_least(after)
        return {"items": await succession.successions(views.pool, None)}

    @router.get("/units/{code}/succession", dependencies=[SIGNED_IN])
    async def unit_succession(code: Code, after: AtLeast) -> dict[str, Any]:
        """What the unit took over, and what it gave way to."""
        await views.at_least(after)
        return {"items": await succession.successions(views.pool, [code])}

    @router.get("/units/{code}", dependencies=[SIGNED_IN])
    async def one_unit(code: str, moment: AsOf, response: Response) -> dict[str, Any]:
        loaded = await streams.load(unit_id(code), version=moment.version, at=moment.at)
        if not loaded.version:
            raise Refused("not-found")
        response.headers["ETag"] = f'"{loaded.version}"'
        shown = msgspec.structs.asdict(loaded.state)
        del shown["past"], shown["custodian"]  # told by the history and the succession
        return {**shown, "version": loaded.version}

    @router.get("/units/{code}/history", dependencies=[SIGNED_IN])
    async def unit_history(code: str) -> dict[str, Any]:
        return found(await history_of(log, unit_id(code)))

    return router


def _add_changes(router: APIRouter, parts: Parts) -> None:
    streams = parts.histories.units

    @router.post("/units/{code}/closing")
    async def close(
        code: Code, body: Closing, command: Command, response: Response
    ) -> dict[str, Any]:
        """Without successors; who acts for the unit no longer does from that day on."""
        unit = await parts.histories.unit(code)
        document = document_of(body.document)

        async def decide() -> list[Change]:
            closing = await streams.change(
                unit_id(code),
                lambda u: close_unit(
                    u, valid_to=body.valid_to, reason=body.reason, document=document, by=command.by
                ),
                expected=command.expected,
            )
            if not closing.events:
                return []
            await parts.views.at_least(await parts.log.head())
            ended = await ended_with(
                parts.histories, parts.views, [code], body.valid_to, body.reason
            )
            return [*ended, closing]

        context = under(command.context, unit.authority)
        return accepted(await streams.transact(unit_id(code), decide, context), response)

    @router.post("/units/{code}/name")
    async def rename(
        code: Code, body: Renaming, command: Command, response: Response
    ) -> dict[str, Any]:
        unit = await parts.histories.unit(code)
        receipt = await streams.record(
            unit_id(code),
            lambda u: rename_unit(
                u,
                body.name,
                effective=body.effective,
                reason=body.reason,
                document=document_of(body.document),
                today=day_of(command.at),
                by=command.by,
            ),
            under(command.context, unit.authority),
            expected=command.expected,
        )
        return accepted(receipt, response)

    @router.post("/units/{code}/changes")
    async def change(
        code: Code, body: Changing, command: Command, response: Response
    ) -> dict[str, Any]:
        """Parent, sector, area, mailbox or duties, from a day on."""
        unit = await parts.histories.unit(code)
        given = body.model_dump(include={"parent", "sector", "area", "mailbox"}, exclude_none=True)
        if body.duties is not None:
            given["duties"] = tuple(body.duties)
        above = await _line_above(parts, given.get("parent", unit.parent))
        receipt = await streams.record(
            unit_id(code),
            lambda u: change_unit(
                u,
                msgspec.structs.replace(u.facts, **given),
                above=above,
                effective=body.effective,
                reason=body.reason,
                document=document_of(body.document),
                today=day_of(command.at),
                by=command.by,
            ),
            under(command.context, unit.authority),
            expected=command.expected,
        )
        return accepted(receipt, response)


async def _line_above(parts: Parts, code: str | None) -> list[Unit]:
    line: list[Unit] = []
    while code is not None and len(line) < DEEPEST:
        line.append(await parts.histories.unit(code))
        code = line[-1].parent
    return line


def as_tree(units: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """`below`: the units right below; who has no parent among them stands at the top."""
    nodes = {unit["code"]: unit | {"below": []} for unit in units}
    top: list[dict[str, Any]] = []
    for node in nodes.values():
        parent = nodes.get(node["parent"] or "")
        (top if parent is None else parent["below"]).append(node)
    return top


def _day(at: date | datetime | None) -> date:
    if at is None:
        return day_of(now())
    if not isinstance(at, datetime):
        return at
    try:
        return day_of(at)
    except OverflowError:  # at an end of the calendar another zone has no date
        return at.date()
