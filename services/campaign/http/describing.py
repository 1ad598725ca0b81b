"""Routes of what a campaign is beside its plan, its money, and whether it is ready."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
from fastapi import APIRouter, Response

from libs.serving.command import By, Command
from libs.serving.days import day_of
from services.campaign.bodies import Attributes, Funding
from services.campaign.decisions import access, attributes
from services.campaign.decisions.readiness import blocking, readiness
from services.campaign.decisions.states import Campaign
from services.campaign.events import Higher
from services.campaign.http.doors import Answer, Parts
from services.campaign.legal import expired_bases


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/campaigns", tags=["campaigns"])

    @router.put("/{id}/attributes")
    async def describe(id: UUID, body: Attributes, command: Command, response: Response) -> Answer:
        """Kind, level, time and origin, all of them, as long as nobody has signed."""
        parent = (await parts.campaigns.load(body.parent)).state if body.parent else None
        higher = Higher(**body.higher.model_dump()) if body.higher else None
        return await parts.recorded(
            id,
            lambda campaign: attributes.set_attributes(
                campaign,
                kind=body.kind,
                level=body.level,
                starts=body.starts,
                ends=body.ends,
                ends_event=body.ends_event,
                note=body.note,
                parent=parent,
                parent_id=body.parent,
                higher=higher,
                today=day_of(command.at),
                by=command.by,
            ),
            command,
            response,
        )

    @router.put("/{id}/funding")
    async def fund(id: UUID, body: Funding, command: Command, response: Response) -> Answer:
        return await parts.recorded(
            id,
            lambda campaign: attributes.record_funding(
                campaign, source=body.source, amount=body.amount, by=command.by
            ),
            command,
            response,
        )

    @router.post("/{id}/funding/approval")
    async def approve_funding(id: UUID, command: Command, response: Response) -> Answer:
        return await parts.recorded(
            id,
            lambda campaign: attributes.approve_funding(campaign, by=command.by),
            command,
            response,
        )

    @router.get("/{id}/readiness")
    async def ready(id: UUID, by: By) -> Answer:
        """What is done and what is not before launch, by the rules of today; expired legal bases.

        `expired` warns and never blocks.
        """
        campaign = (await parts.campaigns.load(id)).state
        access.shown(campaign, by)
        now = datetime.now(UTC)
        rules = parts.rules_at(now)
        items = readiness(campaign, rules)
        return {
            "items": [msgspec.to_builtins(item) | {"done": item.done} for item in items],
            "blocking": blocking(items),
            "rules_since": rules.valid_from.isoformat(),
            "expired": msgspec.to_builtins(
                expired_bases(_bases(campaign), campaign.issued_on or day_of(now))
            ),
        }

    return router


def _bases(campaign: Campaign) -> list[tuple[str, object]]:
    return [
        (id, campaign.values[id]) for id, kind in campaign.kinds.items() if kind == "legal_bases"
    ]
