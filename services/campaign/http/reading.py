"""Routes that ask: the list, one campaign at any moment, its source, history and recipients."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from libs.eventlog.events import Refused
from libs.eventlog.log import before
from libs.serving.command import AsOf, AtLeast, By, now
from libs.serving.days import day_of
from libs.serving.history import history_of
from services.campaign.decisions import access
from services.campaign.http.doors import Answer, Parts
from services.campaign.recipients import suggest
from services.campaign.views import campaigns as listed
from services.campaign.views.pictures import picture


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/campaigns", tags=["campaigns"])

    @router.get("")
    async def list_campaigns(
        by: By,
        at_least: AtLeast,
        before: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Answer:
        """The authority's campaigns, newest first; go on with `before` = the last `position`."""
        await parts.views.at_least(at_least)
        items = await listed.campaigns(
            parts.views.pool,
            by.authority,
            unit=by.unit,
            drafts=access.sees_drafts(by),
            before=before,
            limit=limit,
        )
        return {"items": items, "position": parts.views.position}

    @router.get("/{id}")
    async def show(id: UUID, by: By, moment: AsOf, response: Response) -> Answer:
        """The campaign now, or as of a version or an instant."""
        access.visible((await parts.campaigns.load(id)).state, by)
        past = await parts.log.read(id, upto=moment.version)
        past = past if moment.at is None else before(past, moment.at)
        if not past:
            raise Refused("not-found")
        page = picture(id, past)
        response.headers["ETag"] = f'"{page["version"]}"'
        return page

    @router.get("/{id}/source")
    async def source(id: UUID, by: By) -> Answer:
        """The plan's text as it was given."""
        access.visible((await parts.campaigns.load(id)).state, by)
        past = await parts.log.read(id, upto=1)
        drafted: Any = past[0].event
        return {"text": drafted.source_text, "sha256": drafted.source_sha256}

    @router.get("/{id}/history")
    async def history(id: UUID, by: By) -> Answer:
        access.visible((await parts.campaigns.load(id)).state, by)
        return {"items": await history_of(parts.log, id)}

    @router.get("/{id}/guidance")
    async def guidance(id: UUID, by: By) -> Answer:
        access.visible((await parts.campaigns.load(id)).state, by)
        past = await parts.log.read(id)
        found: Answer | None = picture(id, past).get("guidance")
        if found is None:
            raise Refused("not-found")
        return found

    @router.get("/{id}/recipients")
    async def recipients(id: UUID, by: By) -> Answer:
        """The plan's recipients and the units that each seems to mean, for a person to confirm."""
        campaign = (await parts.campaigns.load(id)).state
        access.visible(campaign, by)
        units = await listed.units_of(parts.views.pool, by.authority, day_of(now()))
        items = [
            {
                "label": line["name"],
                "purpose": line["purpose"],
                "suggested": suggest(line["name"], units),
            }
            for line in campaign.of("recipients")
        ]
        return {"items": items}

    return router
