"""Routes of a launched campaign's life: its end and deadline, closing, cancelling, recalling."""

from uuid import UUID

from fastapi import APIRouter, Response

from libs.serving.command import Command
from libs.serving.days import day_of
from services.campaign.bodies import NewDeadline, NewEnd, Replacement, WhyOnly
from services.campaign.decisions import changing
from services.campaign.http.doors import Answer, Parts


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/campaigns", tags=["campaigns"])

    @router.post("/{id}/end")
    async def change_end(id: UUID, body: NewEnd, command: Command, response: Response) -> Answer:
        """Extends or shortens it, or names the day of an end that hung on an event."""
        rules = parts.rules_at(command.at)
        return await parts.recorded(
            id,
            lambda campaign: changing.change_end(
                campaign,
                id,
                ends=body.ends,
                reason=body.reason,
                today=day_of(command.at),
                rules=rules,
                by=command.by,
            ),
            command,
            response,
        )

    @router.post("/{id}/intake/deadline")
    async def change_intake_deadline(
        id: UUID, body: NewDeadline, command: Command, response: Response
    ) -> Answer:
        """The last moment of intake; old and new stay visible to all units."""
        rules = parts.rules_at(command.at)
        return await parts.recorded(
            id,
            lambda campaign: changing.change_intake_deadline(
                campaign, id, until=body.until, reason=body.reason, rules=rules, by=command.by
            ),
            command,
            response,
        )

    @router.post("/{id}/closing")
    async def close(id: UUID, body: WhyOnly, command: Command, response: Response) -> Answer:
        """Before its end; dossiers that are in go on."""
        rules = parts.rules_at(command.at)
        return await parts.recorded(
            id,
            lambda campaign: changing.close(campaign, id, body.reason, rules=rules, by=command.by),
            command,
            response,
        )

    @router.post("/{id}/reopening")
    async def reopen(id: UUID, body: WhyOnly, command: Command, response: Response) -> Answer:
        """A campaign that was closed early runs again."""
        rules = parts.rules_at(command.at)
        return await parts.recorded(
            id,
            lambda campaign: changing.reopen(campaign, id, body.reason, rules=rules, by=command.by),
            command,
            response,
        )

    @router.post("/{id}/cancellation")
    async def cancel(id: UUID, body: WhyOnly, command: Command, response: Response) -> Answer:
        """It ends without result."""
        rules = parts.rules_at(command.at)
        return await parts.recorded(
            id,
            lambda campaign: changing.cancel(campaign, id, body.reason, rules=rules, by=command.by),
            command,
            response,
        )

    @router.post("/{id}/recall")
    async def recall(id: UUID, body: WhyOnly, command: Command, response: Response) -> Answer:
        """The plan is withdrawn and no longer shown to units (Decree 30/2020 art. 18)."""
        rules = parts.rules_at(command.at)
        return await parts.recorded(
            id,
            lambda campaign: changing.recall(campaign, id, body.reason, rules=rules, by=command.by),
            command,
            response,
        )

    @router.post("/{id}/replacement")
    async def replace(id: UUID, body: Replacement, command: Command, response: Response) -> Answer:
        """By another launched campaign."""
        successor = (await parts.campaigns.load(body.successor)).state
        return await parts.recorded(
            id,
            lambda campaign: changing.replace(
                campaign,
                id,
                successor=successor,
                successor_id=body.successor,
                reason=body.reason,
                rules=parts.rules_at(command.at),
                by=command.by,
            ),
            command,
            response,
        )

    return router
