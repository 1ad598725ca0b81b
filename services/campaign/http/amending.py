"""Routes of a change of the plan's words: drafted, approved, signed, numbered."""

from uuid import UUID

from fastapi import APIRouter, Response

from libs.serving.command import Command
from libs.serving.days import day_of
from services.campaign.bodies import Amendment, Numbering, WhyOnly
from services.campaign.decisions import amending
from services.campaign.history import register_id
from services.campaign.http.doors import Answer, Parts


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/campaigns", tags=["campaigns"])

    @router.post("/{id}/amendment")
    async def draft(id: UUID, body: Amendment, command: Command, response: Response) -> Answer:
        """An amendment of content, or a correction of form by official letter."""
        return await parts.recorded(
            id,
            lambda campaign: amending.draft(
                campaign,
                command.new_id("amendment"),
                form=body.form,
                values=[(one.field, one.value) for one in body.values],
                reason=body.reason,
                rules=parts.rules_at(command.at),
                by=command.by,
            ),
            command,
            response,
        )

    @router.post("/{id}/amendment/return")
    async def send_back(id: UUID, body: WhyOnly, command: Command, response: Response) -> Answer:
        return await parts.recorded(
            id,
            lambda campaign: amending.send_back(
                campaign, body.reason, rules=parts.rules_at(command.at), by=command.by
            ),
            command,
            response,
        )

    @router.post("/{id}/amendment/approval")
    async def approve(id: UUID, command: Command, response: Response) -> Answer:
        return await parts.recorded(
            id, lambda campaign: amending.approve(campaign, by=command.by), command, response
        )

    @router.post("/{id}/amendment/signature")
    async def sign(id: UUID, command: Command, response: Response) -> Answer:
        return await parts.recorded(
            id,
            lambda campaign: amending.sign(campaign, on=day_of(command.at), by=command.by),
            command,
            response,
        )

    @router.post("/{id}/amendment/number")
    async def number(id: UUID, body: Numbering, command: Command, response: Response) -> Answer:
        """The next number of its series; with it the change is in force."""
        campaign = (await parts.campaigns.load(id)).state
        form = campaign.amendment.drafted.form if campaign.amendment else "amendment"
        series = parts.rules_at(command.at).series[form]
        return await parts.recorded_with_register(
            id,
            register_id(command.by.authority, body.issued_on.year, series),
            lambda campaign, register: amending.number(
                campaign,
                register,
                id,
                issued_on=body.issued_on,
                today=day_of(command.at),
                by=command.by,
            ),
            command,
            response,
        )

    return router
