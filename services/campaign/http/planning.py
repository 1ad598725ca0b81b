"""Routes of the draft: field by field, submission, return, approval."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.exceptions import RequestValidationError

from libs.serving.command import Command
from libs.serving.days import day_of
from services.campaign.bodies import AddedField, Confirmation, Reason
from services.campaign.decisions import access, planning
from services.campaign.decisions.rules import CODES
from services.campaign.history import register_id
from services.campaign.http.doors import Answer, Parts
from services.campaign.http.typesetting import printable


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/campaigns", tags=["campaigns"])

    @router.post("/{id}/fields/{field}/confirmation")
    async def confirm_field(
        id: UUID, field: str, body: Confirmation, command: Command, response: Response
    ) -> Answer:
        _shaped(field.partition(".")[0], body.value)
        return await parts.recorded(
            id,
            lambda campaign: planning.confirm_field(
                campaign, field, value=body.value, by=command.by
            ),
            command,
            response,
        )

    @router.post("/{id}/fields", status_code=201)
    async def add_field(id: UUID, body: AddedField, command: Command, response: Response) -> Answer:
        _shaped(body.field, body.value)
        return await parts.recorded(
            id,
            lambda campaign: planning.add_field(campaign, body.field, body.value, by=command.by),
            command,
            response,
        )

    @router.post("/{id}/submission")
    async def submit(id: UUID, command: Command, response: Response) -> Answer:
        """A text that no font can show is found while the draft can still be mended."""
        campaign = (await parts.campaigns.load(id)).state
        access.own(campaign, command.by)
        await printable(campaign, command.at)
        return await parts.recorded(
            id,
            lambda campaign: planning.submit(campaign, by=command.by),
            command,
            response,
        )

    @router.post("/{id}/return")
    async def send_back(id: UUID, body: Reason, command: Command, response: Response) -> Answer:
        return await parts.recorded(
            id,
            lambda campaign: planning.send_back(
                campaign, body.reason, rules=parts.rules_at(command.at), by=command.by
            ),
            command,
            response,
        )

    @router.post("/{id}/approval")
    async def approve(id: UUID, command: Command, response: Response) -> Answer:
        """With the first approval the campaign gets its code, in the same transaction."""
        today = day_of(command.at)
        return await parts.recorded_with_register(
            id,
            register_id(command.by.authority, today.year, CODES),
            lambda campaign, codes: planning.approve(campaign, codes, id, on=today, by=command.by),
            command,
            response,
        )

    return router


def _shaped(field: str, value: Any) -> None:
    """Recipients are read again at launch, so what a person says of one has the form of one."""
    parts = ("name", "purpose") if field == "recipients" and value is not None else ()
    if any(not isinstance(value, dict) or not isinstance(value.get(p), str) for p in parts):
        message = "should have a name and a purpose"
        raise RequestValidationError([{"loc": ("body", "value"), "msg": message}])
