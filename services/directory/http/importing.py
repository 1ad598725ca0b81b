"""Units and officials from an Excel workbook: template, preview, and one act of all or none."""

import asyncio
import base64
import binascii
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Response
from pydantic import BaseModel, StringConstraints

from libs.eventlog.events import Personal, Refused
from libs.eventlog.log import Change
from libs.serving.command import By, Command, CommandContext, accepted
from libs.serving.days import day_of
from services.directory.bodies import Code
from services.directory.decisions.access import may_administer
from services.directory.decisions.accounts import open_account
from services.directory.decisions.officials import register_official
from services.directory.decisions.states import Unit
from services.directory.decisions.units import establish_unit
from services.directory.events import UnitEstablished
from services.directory.history import account_id, unit_id
from services.directory.http.doors import Parts, under
from services.directory.importing import NOTES, OFFICIALS, SHEETS, UNITS, NewPerson, Reading
from services.directory.importing import reading_of as read_rows
from services.directory.workbook import LARGEST_FILE, Row, read, template

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Base64 = Annotated[str, StringConstraints(max_length=LARGEST_FILE * 4 // 3 + 8)]


class Import(BaseModel):
    authority: Code
    content: Annotated[Base64, "the workbook in base64"]


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/imports", tags=["imports"])

    @router.get("/template.xlsx")
    async def empty_workbook(by: By) -> Response:
        by.require("administrator")
        return Response(template(SHEETS, NOTES), media_type=XLSX)

    @router.post("/preview")
    async def preview(body: Import, command: Command) -> dict[str, Any]:
        """What the workbook would do, and every cell that stands in its way. Nothing is saved."""
        reading = await _reading(parts, body, command)
        return {
            "faults": msgspec.to_builtins(reading.faults),
            "units": [{"code": unit.code, "name": unit.name} for unit in reading.units],
            "officials": [
                {"name": person.name, "username": person.username, "unit": person.appointment.unit}
                for person in reading.people
            ],
        }

    @router.post("", status_code=201)
    async def carry_out(body: Import, command: Command, response: Response) -> dict[str, Any]:
        """All of it in one transaction; with a single fault, nothing."""
        reading = await _reading(parts, body, command)
        if reading.faults:
            raise Refused("rows-faulty", faults=msgspec.to_builtins(reading.faults))
        if not reading.units and not reading.people:
            raise Refused("nothing-to-import")

        async def decide() -> Sequence[Change]:
            return await _changes(parts, reading, command)

        receipt = await parts.log.transact(decide, under(command.context, body.authority))
        if receipt is None:  # all of it is there already
            raise Refused("nothing-to-import")
        counts = {"units": len(reading.units), "officials": len(reading.people)}
        return accepted(receipt, response) | counts

    return router


async def _reading(parts: Parts, body: Import, command: CommandContext) -> Reading:
    may_administer(command.by, body.authority)
    try:
        content = base64.b64decode(body.content, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("not-a-workbook") from None
    rows, faults = await asyncio.to_thread(read, content, SHEETS)  # others are served meanwhile
    return read_rows(
        rows,
        faults,
        authority=body.authority,
        units=await _units_of(parts, rows),
        taken=await _taken(parts, rows, command),
        new_id=command.new_id,
        day=day_of(command.at),
        by=command.by,
    )


async def _units_of(parts: Parts, rows: list[Row]) -> dict[str, Unit]:
    columns = {UNITS.title: ("code", "parent"), OFFICIALS.title: ("unit",)}
    codes = {row.text(name) for row in rows for name in columns[row.sheet]}
    known = {code: await parts.histories.unit(code) for code in sorted(codes)}
    return {code: unit for code, unit in known.items() if unit.code}


async def _taken(parts: Parts, rows: list[Row], command: CommandContext) -> frozenset[str]:
    """User names of other people; those that this very command has given are its own."""
    names = {row.text("username").lower() for row in rows if row.sheet == OFFICIALS.title}
    taken = set()
    for name in names:
        holder = (await parts.histories.accounts.load(account_id(name))).state.official
        if holder not in (None, command.new_id(f"official|{name}")):
            taken.add(name)
    return frozenset(taken)


async def _changes(parts: Parts, reading: Reading, command: CommandContext) -> list[Change]:
    known: dict[str, Unit] = {}
    changes = []
    for new in reading.units:
        parent = known.get(new.parent or "") or await parts.histories.unit(new.parent)
        changes.append(await _established(parts, new, parent, command))
        known[new.code] = Unit(**msgspec.structs.asdict(new))
    for person in reading.people:
        code = person.appointment.unit
        unit = known.get(code) or await parts.histories.unit(code)
        changes += await _registered(parts, person, unit, command)
    return [change for change in changes if change.events]


async def _established(
    parts: Parts, new: UnitEstablished, parent: Unit, command: CommandContext
) -> Change:
    return await parts.histories.units.change(
        unit_id(new.code), lambda unit: establish_unit(unit, new, parent=parent, by=command.by)
    )


async def _registered(
    parts: Parts, person: NewPerson, unit: Unit, command: CommandContext
) -> list[Change]:
    """Without a password: an administrator hands out the first one."""
    first, account = person.appointment, account_id(person.username)
    official = first.official
    name, username = (Personal(official, text=told) for told in (person.name, person.username))
    opening = await parts.histories.accounts.change(
        account,
        lambda a: open_account(
            a, account, official=official, authority=unit.authority, username=username
        ),
    )
    registration = await parts.histories.officials.change(
        official, lambda o: register_official(o, first, name=name, unit=unit, by=command.by)
    )
    return [opening, registration]
