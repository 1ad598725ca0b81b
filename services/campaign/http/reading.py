"""Routes that ask: the list, one campaign at any moment, its source, history and recipients."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from libs.eventlog.events import Refused
from libs.eventlog.log import before
from libs.serving.command import AsOf, AtLeast, By, Moment, now
from libs.serving.days import day_of
from libs.serving.history import history_of
from services.campaign.decisions import access
from services.campaign.events import PlanWritten
from services.campaign.http.doors import Answer, Parts
from services.campaign.http.guiding import issued_only
from services.campaign.recipients import suggest
from services.campaign.views import campaigns as listed
from services.campaign.views.life import without_content
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
        campaign = (await parts.campaigns.load(id)).state
        access.visible(campaign, by)
        if access.hidden(campaign, by):
            moment = Moment()  # a recalled plan is not shown as it was before, either
        past = await parts.log.read(id, upto=moment.version)
        past = past if moment.at is None else before(past, moment.at)
        if not past:
            raise Refused("not-found")
        page = picture(id, past)
        if access.hidden(campaign, by):
            page = without_content(page)
        else:
            page |= await _relatives(parts, by.authority, id, page)
        if not access.sees_drafts(by) and "reviews" in page:  # until approved it is a draft
            said = page["reviews"].items()
            page["reviews"] = {kind: one for kind, one in said if one["approved_at"]}
        if not access.sees_drafts(by):
            for unissued in ("guidance_draft", "amendment", "amendment_returned"):
                page.pop(unissued, None)
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
        campaign = (await parts.campaigns.load(id)).state
        access.visible(campaign, by)
        steps = await history_of(parts.log, id)
        if access.hidden(campaign, by):
            steps = [step for step in steps if step["event"] == "campaign.recalled"]
        return {"items": steps if access.sees_drafts(by) else issued_only(steps)}

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
