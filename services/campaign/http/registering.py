"""Routes of registration: the call, a unit's targets, what the lead office says to them."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from fastapi import APIRouter, Path, Response
from pydantic import AwareDatetime, Field

from libs.eventlog.events import Event
from libs.eventlog.log import Change, StaleVersion, before
from libs.serving.command import AsOf, AtLeast, By, Command, CommandContext, accepted
from libs.serving.days import day_of
from libs.serving.history import steps_of
from services.campaign.bodies import Body, Name, Reason, Text
from services.campaign.decisions import access, registering
from services.campaign.decisions.registering import Registration
from services.campaign.decisions.states import Campaign
from services.campaign.events import Target
from services.campaign.history import registration_id
from services.campaign.http.doors import Answer, Parts
from services.campaign.views import registrations as seen

Unit = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,60}$")]
State = Literal["none", "draft", "submitted", "refused", "approved"]
OF_UNIT = "/{id}/registrations/{unit}"
Decide = Callable[[Campaign, Registration], Sequence[Event]]


class Call(Body):
    until: AwareDatetime
    required: bool = False


class TargetLine(Body):
    text: Name
    number: Decimal | None = Field(default=None, ge=0, max_digits=15, decimal_places=3)
    measure: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] = ""


class Targets(Body):
    targets: list[TargetLine] = Field(max_length=50)
    reason: Text = ""


class Relaunch(Body):
    on: date
    document: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] = ""


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/campaigns", tags=["registrations"])
    _add_reading(router, parts)
    _add_unit(router, parts)
    _add_lead(router, parts)
    return router


def _add_reading(router: APIRouter, parts: Parts) -> None:
    @router.get("/{id}/registrations")
    async def listed(id: UUID, by: By, at_least: AtLeast, state: State | None = None) -> Answer:
        """Every unit in scope and where its registration stands; a unit finds its own only."""
        campaign = (await parts.campaigns.load(id)).state
        access.shown(campaign, by)
        await parts.views.at_least(at_least)
        unit = None if access.draws_up(campaign, by) else by.unit
        found = await seen.registrations(parts.views.pool, id, unit=unit, state=state)
        items = [
            one if registering.reads_drafts(one["unit"], by) else seen.without_draft(one)
            for one in found
        ]
        call = msgspec.to_builtins(campaign.call)
        return {"items": items, "call": call, "position": parts.views.position}

    @router.get(OF_UNIT)
    async def show(id: UUID, unit: Unit, by: By, moment: AsOf, response: Response) -> Answer:
        """One unit's registration with all its revisions, now or as of a moment."""
        registering.may_read((await parts.campaigns.load(id)).state, unit, by)
        past = await parts.log.read(registration_id(id, unit), upto=moment.version)
        page = seen.picture(id, unit, past if moment.at is None else before(past, moment.at))
        if not registering.reads_drafts(unit, by):
            page = seen.without_draft(page)
        response.headers["ETag"] = f'"{page["version"]}"'
        return page

    @router.get(f"{OF_UNIT}/history")
    async def history(id: UUID, unit: Unit, by: By) -> Answer:
        registering.may_read((await parts.campaigns.load(id)).state, unit, by)
        past = await parts.log.read(registration_id(id, unit))
        if not registering.reads_drafts(unit, by):
            unsent = registering.never_sent([recorded.event for recorded in past])
            past = [recorded for place, recorded in enumerate(past) if place not in unsent]
        return {"items": await steps_of(parts.log, past)}


def _add_unit(router: APIRouter, parts: Parts) -> None:
    @router.post(f"{OF_UNIT}/draft")
    async def draft(
        id: UUID, unit: Unit, body: Targets, command: Command, response: Response
    ) -> Answer:
        targets = [Target(t.text, t.number, t.measure) for t in body.targets]
        return await _recorded(
            parts,
            (id, unit),
            lambda campaign, past: registering.draft(
                campaign, past, id, unit, targets=targets, reason=body.reason, by=command.by
            ),
            command,
            response,
        )

    @router.post(f"{OF_UNIT}/submission")
    async def submit(id: UUID, unit: Unit, command: Command, response: Response) -> Answer:
        return await _recorded(
            parts,
            (id, unit),
            lambda campaign, past: registering.submit(
                campaign, past, id, unit, at=command.at, by=command.by
            ),
            command,
            response,
        )

    @router.post(f"{OF_UNIT}/relaunch")
    async def relaunch(
        id: UUID, unit: Unit, body: Relaunch, command: Command, response: Response
    ) -> Answer:
        """The unit has launched the campaign among its own people."""
        return await _recorded(
            parts,
            (id, unit),
            lambda campaign, past: registering.relaunch(
                campaign,
                past,
                id,
                unit,
                on=body.on,
                document=body.document,
                today=day_of(command.at),
                by=command.by,
            ),
            command,
            response,
        )


def _add_lead(router: APIRouter, parts: Parts) -> None:
    @router.post("/{id}/registration-call")
    async def call(id: UUID, body: Call, command: Command, response: Response) -> Answer:
        """Until when units register; a later call moves the deadline."""
        return await parts.recorded(
            id,
            lambda campaign: registering.call(
                campaign,
                id,
                until=body.until,
                required=body.required,
                at=command.at,
                by=command.by,
            ),
            command,
            response,
        )

    @router.post(f"{OF_UNIT}/approval")
    async def approve(id: UUID, unit: Unit, command: Command, response: Response) -> Answer:
        return await _recorded(
            parts,
            (id, unit),
            lambda campaign, past: registering.approve(campaign, past, id, unit, by=command.by),
            command,
            response,
        )

    @router.post(f"{OF_UNIT}/refusal")
    async def refuse(
        id: UUID, unit: Unit, body: Reason, command: Command, response: Response
    ) -> Answer:
        return await _recorded(
            parts,
            (id, unit),
            lambda campaign, past: registering.refuse(
                campaign, past, id, unit, body.reason, by=command.by
            ),
            command,
            response,
        )


async def _recorded(
    parts: Parts,
    whose: tuple[UUID, str],
    decide: Decide,
    command: CommandContext,
    response: Response,
) -> Answer:
    """Records what is decided on a unit's registration, in view of its campaign."""
    stream = registration_id(*whose)

    async def changes() -> list[Change]:
        campaign = await parts.campaigns.load(whose[0])
        past = await parts.registrations.load(stream)
        if command.expected not in (None, past.version):
            raise StaleVersion(past.version)
        return [Change(stream, past.version, decide(campaign.state, past.state))]

    owner = (await parts.campaigns.load(whose[0])).state.authority
    receipt = await parts.registrations.transact(stream, changes, command.context_of(owner))
    return accepted(receipt, response)
