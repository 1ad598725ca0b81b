"""Routes of signing, numbering and launching."""

from uuid import UUID

from fastapi import APIRouter, Response

from libs.serving.command import Command
from libs.serving.days import day_of
from services.campaign.bodies import Launch, Numbering, Reason
from services.campaign.decisions import launching
from services.campaign.events import Recipient
from services.campaign.history import register_id
from services.campaign.http.doors import Answer, Parts
from services.campaign.http.typesetting import issued_plan


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
        series = parts.rules_at(command.at).series["plan"]
        return await parts.recorded_with_register(
            id,
            register_id(command.by.authority, body.issued_on.year, series),
            lambda campaign, register: launching.number(
                campaign,
                register,
                id,
                issued_on=body.issued_on,
                today=day_of(command.at),
                by=command.by,
            ),
            command,
            response,
            paper=lambda campaign, decided: issued_plan(campaign, decided, parts.kept),
        )

    @router.post("/{id}/number/voiding")
    async def void_number(id: UUID, body: Reason, command: Command, response: Response) -> Answer:
        """The number stays used; the plan waits for another one."""
        campaign = (await parts.campaigns.load(id)).state
        rules = parts.rules_at(command.at)
        year = (campaign.issued_on or day_of(command.at)).year
        return await parts.recorded_with_register(
            id,
            register_id(command.by.authority, year, rules.series["plan"]),
            lambda campaign, register: launching.void_number(
                campaign, register, id, reason=body.reason, rules=rules, by=command.by
            ),
            command,
            response,
        )

    @router.post("/{id}/launch")
    async def launch(id: UUID, body: Launch, command: Command, response: Response) -> Answer:
        recipients = [Recipient(r.label, r.purpose, tuple(r.units)) for r in body.recipients]
        return await parts.recorded(
            id,
            lambda campaign: launching.launch(
                campaign,
                id,
                scope=body.scope,
                recipients=recipients,
                rules=parts.rules_at(command.at),
                by=command.by,
            ),
            command,
            response,
        )

    return router
