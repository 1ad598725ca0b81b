"""Routes of signing, numbering and launching."""

from uuid import UUID

from fastapi import APIRouter, Response

from libs.eventlog.log import Change, StaleVersion
from libs.serving.command import Command, accepted
from libs.serving.days import day_of
from services.campaign.bodies import Launch, Numbering
from services.campaign.decisions import launching
from services.campaign.events import Recipient
from services.campaign.history import register_id
from services.campaign.http.doors import Answer, Parts
from services.campaign.http.typesetting import issued_plan

SERIES = "KH"  # plans have a register of their own; an authority's setting in a later version


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/campaigns", tags=["campaigns"])

    @router.post("/{id}/signature")
    async def sign(id: UUID, command: Command, response: Response) -> Answer:
        return await parts.recorded(
            id,
            lambda campaign: launching.sign(campaign, on=day_of(command.at), by=command.by),
            command,
            response,
        )

    @router.post("/{id}/number")
    async def number(id: UUID, body: Numbering, command: Command, response: Response) -> Answer:
        """The next number of the year's register, given to the signed plan in one act."""
        register = register_id(command.by.authority, body.issued_on.year, SERIES)

        async def decide() -> list[Change]:
            campaign, book = await parts.campaigns.load(id), await parts.registers.load(register)
            if command.expected not in (None, campaign.version):
                raise StaleVersion(campaign.version)
            of_campaign, of_register = launching.number(
                campaign.state,
                book.state,
                id,
                issued_on=body.issued_on,
                today=day_of(command.at),
                by=command.by,
            )
            if of_campaign:
                paper = await issued_plan(campaign.state, of_campaign, parts.kept)
                of_campaign = [*of_campaign, *paper]
            return [
                Change(register, book.version, of_register),
                Change(id, campaign.version, of_campaign),
            ]

        return accepted(await parts.campaigns.transact(id, decide, command.context), response)

    @router.post("/{id}/launch")
    async def launch(id: UUID, body: Launch, command: Command, response: Response) -> Answer:
        recipients = [Recipient(r.label, r.purpose, tuple(r.units)) for r in body.recipients]
        return await parts.recorded(
            id,
            lambda campaign: launching.launch(
                campaign, id, scope=body.scope, recipients=recipients, by=command.by
            ),
            command,
            response,
        )

    return router
