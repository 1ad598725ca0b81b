"""Routes of the award guidance and the intake."""

from uuid import UUID

from fastapi import APIRouter, Response

from libs.serving.command import Command
from services.campaign.bodies import Guidance
from services.campaign.decisions import guiding
from services.campaign.events import AwardForm, Criterion
from services.campaign.http.doors import Answer, Parts


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/campaigns", tags=["campaigns"])

    @router.post("/{id}/guidance")
    async def issue_guidance(
        id: UUID, body: Guidance, command: Command, response: Response
    ) -> Answer:
        forms = [AwardForm(f.code, f.name, tuple(f.kinds), f.quota) for f in body.forms]
        criteria = [Criterion(c.kind, c.text) for c in body.criteria]
        return await parts.recorded(
            id,
            lambda campaign: guiding.issue_guidance(
                campaign,
                id,
                forms=forms,
                criteria=criteria,
                papers=body.papers,
                who=body.who,
                intake_from=body.intake_from,
                intake_until=body.intake_until,
                by=command.by,
            ),
            command,
            response,
        )

    @router.post("/{id}/intake")
    async def open_intake(id: UUID, command: Command, response: Response) -> Answer:
        return await parts.recorded(
            id,
            lambda campaign: guiding.open_intake(campaign, id, by=command.by),
            command,
            response,
        )

    return router
