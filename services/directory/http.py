"""Officials, the portal and other services reach the directory over HTTP."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Response
from joserfc.jwk import KeySet

from libs.eventlog.events import Context, Personal, Refused
from libs.eventlog.log import Change, Log
from libs.eventlog.views import Views
from libs.serving.acting import SYSTEM, Acting
from libs.serving.command import AsOf, AtLeast, By, Command, accepted, acting, now
from libs.serving.days import day_of
from libs.serving.history import history_of
from services.directory.bodies import (
    Closing,
    Code,
    Ending,
    NewAppointment,
    NewOfficial,
    NewUnit,
    SessionHolder,
    SignIn,
)
from services.directory.decisions import (
    Official,
    Unit,
    appoint,
    check_password,
    close_unit,
    end_appointment,
    establish_unit,
    open_account,
    register_official,
)
from services.directory.events import AppointmentMade, UnitEstablished
from services.directory.history import account_id, accounts, officials, unit_id, units
from services.directory.names import name_at, name_of
from services.directory.passwords import Passwords
from services.directory.sessions import Sessions
from services.directory.views import officials_of, units_on

SIGNED_IN = Depends(acting)


def session_routes(sessions: Sessions, keys: KeySet) -> APIRouter:
    router = APIRouter(tags=["sessions"])

    @router.get("/.well-known/jwks.json")
    async def jwks() -> dict[str, Any]:
        return dict(keys.as_dict(private=False))

    @router.post("/sessions", status_code=201)
    async def open_session(body: SignIn) -> dict[str, Any]:
        return await sessions.open(body.username, body.password, body.appointment)

    @router.post("/sessions/{session}/token")
    async def renew_token(session: UUID, body: SessionHolder) -> dict[str, Any]:
        return await sessions.token(session, body.secret)

    @router.delete("/sessions/{session}")
    async def end(session: UUID, body: SessionHolder, response: Response) -> dict[str, Any]:
        return accepted(await sessions.end(session, body.secret), response)

    return router


def unit_routes(log: Log, views: Views) -> APIRouter:
    router = APIRouter(tags=["units"])
    streams = units(log)

    @router.post("/units", status_code=201)
    async def establish(body: NewUnit, command: Command, response: Response) -> dict[str, Any]:
        given = body.model_dump() | {"duties": tuple(body.duties)}
        new = UnitEstablished(**given)
        parent = await _unit(body.parent)
        receipt = await streams.record(
            unit_id(body.code),
            lambda unit: establish_unit(unit, new, parent=parent, by=command.by),
            _for(command.context, body.authority),
            expected=command.expected,
        )
        response.headers["Location"] = f"/units/{body.code}"
        return accepted(receipt, response)

    @router.post("/units/{code}/closing")
    async def close(
        code: str, body: Closing, command: Command, response: Response
    ) -> dict[str, Any]:
        unit = await _unit(code)
        receipt = await streams.record(
            unit_id(code),
            lambda u: close_unit(u, valid_to=body.valid_to, reason=body.reason, by=command.by),
            _for(command.context, unit.authority),
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
        return _found(await history_of(log, unit_id(code)))

    async def _unit(code: str | None) -> Unit:
        return Unit() if code is None else (await streams.load(unit_id(code))).state

    return router


def official_routes(log: Log, views: Views, passwords: Passwords) -> APIRouter:
    router = APIRouter(tags=["officials"])
    streams = officials(log)

    @router.post("/officials", status_code=201)
    async def register(body: NewOfficial, command: Command, response: Response) -> dict[str, Any]:
        """Registers a person with a first appointment and an account, in one act."""
        check_password(body.password)
        official, account = command.new_id("official"), account_id(body.username)
        new = _appointment(official, command.new_id("appointment"), body, command.at)
        name = Personal(official, text=body.name)
        username = Personal(official, text=body.username)
        authority = (await _unit(body.unit)).authority

        async def decide() -> Sequence[Change]:
            unit = await _unit(body.unit)
            registration = await streams.change(
                official,
                lambda o: register_official(o, new, name=name, unit=unit, by=command.by),
            )
            opening = await accounts(log).change(
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
        unit = await _unit(body.unit)
        receipt = await streams.record(
            official,
            lambda o: appoint(o, new, unit=unit, by=command.by),
            _for(command.context, unit.authority),
            expected=command.expected,
        )
        return accepted(receipt, response) | {"appointment": new.appointment}

    @router.delete("/officials/{official}/appointments/{appointment}")
    async def end(
        official: UUID, appointment: UUID, body: Ending, command: Command, response: Response
    ) -> dict[str, Any]:
        """Ends it today: its holder gets no new token from now on."""
        known = (await streams.load(official)).state
        authority = next((a.authority for a in known.appointments if a.id == appointment), "")
        receipt = await streams.record(
            official,
            lambda o: end_appointment(
                o,
                official,
                appointment,
                reason=body.reason,
                day=day_of(command.at),
                by=command.by,
            ),
            _for(command.context, authority),
            expected=command.expected,
        )
        return accepted(receipt, response)

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
        return _found(await history_of(log, official))

    async def _unit(code: str) -> Unit:
        return (await units(log).load(unit_id(code))).state

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


def _for(context: Context, authority: str) -> Context:
    """The command under the authority it concerns: administrators of the system act for all."""
    return msgspec.structs.replace(context, authority=authority or context.authority)


def _without_password(context: Context, body: NewOfficial, authority: str) -> Context:
    """The fingerprint is kept for ever: it must not let anybody try out passwords."""
    fingerprint = context.fingerprint
    if context.key is not None:
        told = body.model_dump_json(exclude={"password"})
        fingerprint = hashlib.sha256(f"POST /officials\n{told}".encode()).digest()
    return msgspec.structs.replace(_for(context, authority), fingerprint=fingerprint)


def _may_read(official: Official, official_id: UUID, by: Acting) -> None:
    """Names are for people of the same authority; for others there is nobody."""
    authorities = {appointment.authority for appointment in official.appointments}
    if not official.known or not (
        by.authority == SYSTEM or by.authority in authorities or by.official == official_id
    ):
        raise Refused("not-found")


def _day(at: date | datetime | None) -> date:
    if at is None:
        return day_of(now())
    if not isinstance(at, datetime):
        return at
    try:
        return day_of(at)
    except OverflowError:  # at an end of the calendar another zone has no date
        return at.date()


def _found(items: list[dict[str, Any]]) -> dict[str, Any]:
    if not items:
        raise Refused("not-found")
    return {"items": items}
