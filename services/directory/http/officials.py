"""Officials, their appointments and accounts."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Response

from libs.eventlog.events import Context, Personal, Refused
from libs.eventlog.log import Change
from libs.serving.acting import SYSTEM, Acting
from libs.serving.command import AsOf, AtLeast, By, Command, accepted
from libs.serving.days import day_of
from libs.serving.history import history_of
from services.directory.administering import ended
from services.directory.bodies import Code, Ending, NewAppointment, NewOfficial
from services.directory.decisions.accounts import check_password, open_account
from services.directory.decisions.officials import appoint, register_official
from services.directory.decisions.states import Official
from services.directory.events import AppointmentMade
from services.directory.history import account_id
from services.directory.http.doors import Parts, found, under
from services.directory.names import name_at, name_of
from services.directory.views import officials_of


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(tags=["officials"])
    log, views, passwords = parts.log, parts.views, parts.passwords
    streams, accounts = parts.histories.officials, parts.histories.accounts

    @router.post("/officials", status_code=201)
    async def register(body: NewOfficial, command: Command, response: Response) -> dict[str, Any]:
        """Registers a person with a first appointment and an account, in one act."""
        check_password(body.password)
        official, account = command.new_id("official"), account_id(body.username)
        new = _appointment(official, command.new_id("appointment"), body, command.at)
        name = Personal(official, text=body.name)
        username = Personal(official, text=body.username)
        authority = (await parts.histories.unit(body.unit)).authority

        async def decide() -> Sequence[Change]:
            unit = await parts.histories.unit(body.unit)
            registration = await streams.change(
                official,
                lambda o: register_official(o, new, name=name, unit=unit, by=command.by),
            )
            opening = await accounts.change(
                account,
                lambda a: open_account(
                    a, account, official=official, authority=unit.authority, username=username
                ),
            )
            return [opening, registration]

        context = _without_password(command.context, body, authority)
        hashed = await passwords.hashed(body.password)
        receipt = await log.transact(decide, context)
        if receipt is None:
            raise Refused("username-taken")
        await passwords.give(account, hashed)
        response.headers["Location"] = f"/officials/{official}"
        return accepted(receipt, response) | {"appointment": new.appointment}

    @router.post("/officials/{official}/appointments", status_code=201)
    async def make_appointment(
        official: UUID, body: NewAppointment, command: Command, response: Response
    ) -> dict[str, Any]:
        new = _appointment(official, command.new_id("appointment"), body, command.at)
        unit = await parts.histories.unit(body.unit)
        receipt = await streams.record(
            official,
            lambda o: appoint(o, new, unit=unit, by=command.by),
            under(command.context, unit.authority),
            expected=command.expected,
        )
        return accepted(receipt, response) | {"appointment": new.appointment}

    @router.delete("/officials/{official}/appointments/{appointment}")
    async def end(
        official: UUID, appointment: UUID, body: Ending, command: Command, response: Response
    ) -> dict[str, Any]:
        """Ends it today: its holder gets no new token from now on."""
        known = (await streams.load(official)).state
        held = next((a for a in known.appointments if a.id == appointment), None)
        if held is None:
            raise Refused("not-found")

        async def decide() -> Sequence[Change]:
            return await ended(
                parts.histories,
                views,
                official,
                held,
                reason=body.reason,
                day=day_of(command.at),
                expected=command.expected,
                by=command.by,
            )

        context = under(command.context, held.authority)
        return accepted(await streams.transact(official, decide, context), response)

    @router.get("/officials")
    async def all_officials(
        by: By, after: AtLeast, authority: Code | None = None
    ) -> dict[str, Any]:
        """Everybody under one authority: the reader's own, unless the reader runs the system."""
        asked = authority or by.authority
        if by.authority not in (asked, SYSTEM):
            raise Refused("not-allowed", authority=asked)
        await views.at_least(after)
        items = []
        for person in await officials_of(views.pool, asked):
            name = await name_at(log, person.pop("named_at"))
            items.append(person | {"name": name})
        return {"items": items, "position": views.position}

    @router.get("/officials/{official}")
    async def one_official(
        official: UUID, by: By, moment: AsOf, response: Response
    ) -> dict[str, Any]:
        loaded = await streams.load(official, version=moment.version, at=moment.at)
        _may_read(loaded.state, official, by)
        response.headers["ETag"] = f'"{loaded.version}"'
        return {
            "id": official,
            "name": await name_of(log, official),
            "appointments": msgspec.to_builtins(loaded.state.appointments),
            "version": loaded.version,
        }

    @router.get("/officials/{official}/history")
    async def official_history(official: UUID, by: By) -> dict[str, Any]:
        _may_read((await streams.load(official)).state, official, by)
        return found(await history_of(log, official))

    return router


def _appointment(
    official: UUID, appointment: UUID, body: NewAppointment, at: datetime
) -> AppointmentMade:
    return AppointmentMade(
        official=official,
        appointment=appointment,
        unit=body.unit,
        authority="",  # the unit's: the decision fills it in
        role=body.role,
        title=body.title,
        valid_from=body.valid_from or day_of(at),
        valid_to=body.valid_to,
    )


def _without_password(context: Context, body: NewOfficial, authority: str) -> Context:
    """The fingerprint is kept for ever: it must not let anybody try out passwords."""
    fingerprint = context.fingerprint
    if context.key is not None:
        told = body.model_dump_json(exclude={"password"})
        fingerprint = hashlib.sha256(f"POST /officials\n{told}".encode()).digest()
    return msgspec.structs.replace(under(context, authority), fingerprint=fingerprint)


def _may_read(official: Official, official_id: UUID, by: Acting) -> None:
    """Names are for people of the same authority; for others there is nobody."""
    authorities = {appointment.authority for appointment in official.appointments}
    if not official.known or not (
        by.authority == SYSTEM or by.authority in authorities or by.official == official_id
    ):
        raise Refused("not-found")
