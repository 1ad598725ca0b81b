"""Routes that ask: the list, one campaign at any moment, its source, history and recipients."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from libs.eventlog.events import Refused
from libs.eventlog.log import before
from libs.serving.command import AsOf, AtLeast, By, Moment, now
from libs.serving.days import day_of
from libs.serving.history import steps_of
from services.campaign.decisions import access
from services.campaign.decisions.disclosing import told, told_when_recalled
from services.campaign.events import PlanWritten
from services.campaign.http.doors import Answer, Parts
from services.campaign.recipients import suggest
from services.campaign.views import campaigns as listed
from services.campaign.views.life import without_content, without_drafts
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
        for item in items:
            if item["authority"] != by.authority or not access.sees_drafts(by):
                item["amendment"] = None  # under way, not in force
        return {"items": items, "position": parts.views.position}

    @router.get("/{id}")
    async def show(id: UUID, by: By, moment: AsOf, response: Response) -> Answer:
        """The campaign now, or as of a version or an instant."""
        campaign = (await parts.campaigns.load(id)).state
        access.visible(campaign, by)
        if access.hidden(campaign, by):
            moment = Moment()  # a recalled plan is not shown as it was before, either
        past = await parts.log.read(id, upto=moment.version)
        past = past if moment.at is None else before(past, moment.at)
        if not past:
            raise Refused("not-found")
        before_launch = parts.campaigns.fold(past).state.stage not in access.MADE_KNOWN
        if before_launch and not access.draws_up(campaign, by):
            raise Refused("not-found")
        page = picture(id, past)
        if access.hidden(campaign, by):
            page = without_content(page)
        else:
            page |= await _relatives(parts, by.authority, id, page)
        if not access.draws_up(campaign, by):
            page = without_drafts(page)
        response.headers["ETag"] = f'"{page["version"]}"'
        return page

    @router.get("/{id}/source")
    async def source(id: UUID, by: By) -> Answer:
        """The plan's text as it was given."""
        access.shown((await parts.campaigns.load(id)).state, by)
        past = await parts.log.read(id, upto=1)
        drafted: Any = past[0].event
        if isinstance(drafted, PlanWritten):  # a person wrote it; there was no text before
            return {"text": "", "sha256": ""}
        return {"text": drafted.source_text, "sha256": drafted.source_sha256}

    @router.get("/{id}/history")
    async def history(id: UUID, by: By) -> Answer:
        """Every step for those who prepare, decide or audit; for others what holds."""
        campaign = (await parts.campaigns.load(id)).state
        access.visible(campaign, by)
        past = await parts.log.read(id)
        if not access.draws_up(campaign, by):
            choose = told_when_recalled if access.hidden(campaign, by) else told
            shown = choose([recorded.event for recorded in past])
            past = [recorded for place, recorded in enumerate(past) if place in shown]
        return {"items": await steps_of(parts.log, past)}

    @router.get("/{id}/recipients")
    async def recipients(id: UUID, by: By) -> Answer:
        """The plan's recipients and the units that each seems to mean, for a person to confirm."""
        campaign = (await parts.campaigns.load(id)).state
        access.shown(campaign, by)
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


async def _relatives(parts: Parts, authority: str, id: UUID, page: Answer) -> Answer:
    """Its parent, the campaigns that carry it on, and what replaced it or it replaced."""
    known = await listed.relatives(parts.views.pool, authority, id)
    return {
        "parent": next((one for one in known if str(one["id"]) == page.get("parent_id")), None),
        "children": [one for one in known if one["parent"] == id],
        "replaced_by": next(
            (one for one in known if str(one["id"]) == page.get("successor")), None
        ),
        "replaces": [one for one in known if one["successor"] == id],
    }
