"""Delegations for absence, and the handing over of an administration."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from libs.eventlog.events import Refused
from libs.eventlog.log import Change
from libs.serving.acting import SYSTEM
from libs.serving.command import AtLeast, By, Command, accepted
from libs.serving.days import day_of
from services.directory.bodies import Code, Ending, HandingOver, NewDelegation
from services.directory.decisions import delegations as rules
from services.directory.decisions.officials import appoint, end_appointment
from services.directory.events import AppointmentMade, DelegationEnded, DelegationGiven
from services.directory.http.doors import Parts, under
from services.directory.names import name_of
from services.directory.permissions import delegations


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(tags=["delegations"])
    _add_delegations(router, parts)
    _add_handover(router, parts)
    return router


def _add_delegations(router: APIRouter, parts: Parts) -> None:
    officials = parts.histories.officials

    @router.post("/delegations", status_code=201)
    async def give(body: NewDelegation, command: Command, response: Response) -> dict[str, Any]:
        holder, to = await officials.load(body.official), await officials.load(body.to)
        held = next((a for a in holder.state.appointments if a.id == body.appointment), None)
        authority = held.authority if held else ""
        new = DelegationGiven(
            delegation=command.new_id("delegation"),
            official=body.official,
            appointment=body.appointment,
            authority=authority,
            to=body.to,
            kinds=tuple(dict.fromkeys(body.kinds)),
            valid_from=body.valid_from,
            valid_to=body.valid_to,
            reason=body.reason,
            given_by=command.by.official,
        )
        receipt = await officials.record(
            body.official,
            lambda o: rules.give(o, new, to=to.state, day=day_of(command.at), by=command.by),
            under(command.context, authority),
        )
        return accepted(receipt, response) | {"delegation": new.delegation}

    @router.delete("/officials/{official}/delegations/{delegation}")
    async def end(
        official: UUID, delegation: UUID, body: Ending, command: Command, response: Response
    ) -> dict[str, Any]:
        """From today on nobody acts under it."""
        known = (await officials.load(official)).state
        given = next((d for d in known.delegations if d.id == delegation), None)
        if given is None:
            raise Refused("not-found")
        day = max(day_of(command.at), given.valid_from)
        ended = DelegationEnded(delegation, official, day, body.reason)
        receipt = await officials.record(
            official, lambda o: rules.end(o, given, ended, by=command.by), command.context
        )
        return accepted(receipt, response)

    @router.get("/delegations")
    async def listed(by: By, after: AtLeast, authority: Code | None = None) -> dict[str, Any]:
        """One's own, given and taken; those who administer or audit see the whole authority's."""
        await parts.views.at_least(after)
        asked = authority or by.authority
        if by.authority not in (asked, SYSTEM):
            raise Refused("not-allowed", authority=asked)
        whole = by.role in ("administrator", "auditor")
        only = None if whole else by.official
        rows = await delegations(parts.views.pool, asked if whole else None, only, None)
        items = [
            row
            | {
                "official_name": await name_of(parts.log, row["official"]),
                "delegate_name": await name_of(parts.log, row["delegate"]),
            }
            for row in rows
        ]
        return {"items": items}


def _add_handover(router: APIRouter, parts: Parts) -> None:
    officials = parts.histories.officials

    @router.post("/officials/{official}/appointments/{appointment}/handover")
    async def hand_over(
        official: UUID, appointment: UUID, body: HandingOver, command: Command, response: Response
    ) -> dict[str, Any]:
        """The administration passes to another in one act: at no moment does anybody lack it."""
        known = (await officials.load(official)).state
        held = next((a for a in known.appointments if a.id == appointment), None)
        if held is None:
            raise Refused("not-found")
        if held.role != "administrator" or body.to == official:
            raise Refused("not-an-administration")
        day, unit = day_of(command.at), await parts.histories.unit(held.unit)
        new = AppointmentMade(
            official=body.to,
            appointment=command.new_id("appointment"),
            unit=held.unit,
            authority="",
            role=held.role,
            title=body.title,
            valid_from=day,
        )

        async def decide() -> Sequence[Change]:
            successor = (await officials.load(body.to)).state
            mine = (held.role, held.authority)
            if mine in {(a.role, a.authority) for a in successor.holding(day)}:
                raise Refused("already-administrator")
            taking = await officials.change(
                body.to, lambda o: appoint(o, new, unit=unit, by=command.by)
            )
            leaving = await officials.change(
                official,
                lambda o: end_appointment(
                    o, official, appointment, reason=body.reason, day=day, by=command.by
                ),
            )
            return [taking, leaving]

        context = under(command.context, held.authority)
        receipt = await officials.transact(official, decide, context)
        return accepted(receipt, response) | {"appointment": new.appointment}
