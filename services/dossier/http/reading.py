"""What can be read of campaigns in intake, dossiers, papers and figures."""

import asyncio
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Path, Query, Response

from libs.eventlog.events import Refused
from libs.eventlog.log import before
from libs.serving.acting import Acting
from libs.serving.command import AsOf, AtLeast, By, now
from libs.serving.days import day_of
from libs.serving.history import history_of
from services.dossier import campaigns, queries
from services.dossier.answers import DossierPage, unit_name
from services.dossier.decisions.access import may_read, offered, sees_all_units, sees_identities
from services.dossier.decisions.states import Dossier
from services.dossier.gauges import gauges_of
from services.dossier.history import nominees
from services.dossier.http.doors import Parts
from services.dossier.unit_map import on_map

Sha256 = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(tags=["reading"])
    _add_dossiers(router, parts)
    _add_campaigns(router, parts)
    _add_unit_figures(router, parts)
    return router


def _add_dossiers(router: APIRouter, parts: Parts) -> None:
    dossiers = parts.histories.dossiers

    @router.get("/dossiers")
    async def list_dossiers(
        by: By,
        after: AtLeast,
        campaign: UUID | None = None,
        state: Annotated[str | None, Query(pattern="^[a-z-]{1,20}$")] = None,
        before: Annotated[int | None, Query(ge=0, lt=2**63)] = None,
    ) -> dict[str, Any]:
        """Own dossiers, or all for who works with all; `before` a position: the next page."""
        await parts.views.at_least(after)
        rows = await queries.dossier_rows(
            parts.views.pool,
            by.authority,
            own_unit=by.unit,
            below=by.below,
            all_units=sees_all_units(by),
            drafts=by.role == "auditor",
            campaign=campaign,
            state=state,
            before=before,
        )
        names = await parts.units(by.authority)
        for row in rows:
            row["unit_name"] = unit_name(names, row["unit"])
            if row["opened_unit"] != row["unit"]:
                row["opened_unit_name"] = unit_name(names, row["opened_unit"])
        return {"items": rows, "position": parts.views.position}

    @router.get("/dossiers/{dossier_id}")
    async def one_dossier(
        dossier_id: UUID, by: By, moment: AsOf, after: AtLeast, response: Response
    ) -> dict[str, Any]:
        past = await parts.log.read(dossier_id, upto=moment.version)
        past = past if moment.at is None else before(past, moment.at)
        loaded = dossiers.fold(past)
        may_read(loaded.state, by)
        await parts.views.at_least(after)
        response.headers["ETag"] = f'"{loaded.version}"'
        page = DossierPage(
            id=dossier_id,
            loaded=loaded,
            nominees=await nominees(parts.log, past),
            campaign=await parts.campaign(loaded.state.campaign),
            units=await parts.units(by.authority),
            duplicates=await _duplicates(parts, loaded.state, by),
            by=by,
        )
        return page.answer()

    @router.get("/dossiers/{dossier_id}/history")
    async def dossier_history(dossier_id: UUID, by: By) -> dict[str, Any]:
        dossier = (await dossiers.load(dossier_id)).state
        may_read(dossier, by)
        items = await history_of(parts.log, dossier_id)
        if not sees_identities(dossier, by):
            for item in items:
                item["data"].pop("identity", None)
        return {"items": items}

    @router.get("/papers/{sha256}", response_class=Response)
    async def paper(sha256: Sha256, by: By, after: AtLeast) -> Response:
        """The file, checked against its hash, for readers of a dossier it is attached to."""
        await parts.views.at_least(after)
        media_type = await _readable_type(parts, sha256, by)
        content = await asyncio.to_thread(parts.evidence.read, sha256)
        return Response(
            content,
            media_type=media_type,
            headers={
                "Content-Disposition": "attachment",
                "X-Content-Type-Options": "nosniff",
                "ETag": f'"{sha256}"',
            },
        )


def _add_campaigns(router: APIRouter, parts: Parts) -> None:
    @router.get("/campaigns")
    async def list_campaigns(by: By) -> dict[str, Any]:
        """What this service has learnt of the authority's campaigns."""
        known = await campaigns.campaigns(parts.views.pool, by.authority, by.unit)
        items = [msgspec.to_builtins(one) | {"id": one.campaign} for one in known]
        return {"items": items, "position": parts.views.position}

    @router.get("/campaigns/{campaign_id}/lines")
    async def presentable_lines(campaign_id: UUID, by: By, after: AtLeast) -> dict[str, Any]:
        """Lines that may go to a council session."""
        _all_units(by)
        await parts.views.at_least(after)
        rows = await queries.presentable(parts.views.pool, by.authority, campaign_id)
        return {"items": rows, "position": parts.views.position}

    @router.get("/campaigns/{campaign_id}/gauges")
    async def gauges(
        campaign_id: UUID, by: By, after: AtLeast, dossier: UUID | None = None
    ) -> dict[str, Any]:
        """Lines against the quotas: of the own unit and its group, or of all units and groups."""
        await parts.views.at_least(after)
        known = offered(await parts.campaign(campaign_id), by)
        counts = await queries.lines_by_form(parts.views.pool, campaign_id, dossier, by.unit)
        kinds = {code: unit.kind for code, unit in (await parts.units(by.authority)).items()}
        own = None if sees_all_units(by) else by.unit
        return {"items": gauges_of(known, counts, kinds, own), "position": parts.views.position}

    @router.get("/figures")
    async def figures(by: By, after: AtLeast, campaign: UUID) -> dict[str, Any]:
        await parts.views.at_least(after)
        return await queries.figures(parts.views.pool, by.authority, campaign)


def _add_unit_figures(router: APIRouter, parts: Parts) -> None:
    @router.get("/figures/units")
    async def unit_figures(
        by: By, after: AtLeast, campaign: UUID, map: date | None = None
    ) -> dict[str, Any]:
        """Dossiers and nominees by unit, by the map of a day (today's if none is named).

        Every dossier is counted once, so that totals by the old map and by the new agree.
        """
        _all_units(by)
        await parts.views.at_least(after)
        pool = parts.views.pool
        counted = await queries.unit_figures(pool, by.authority, campaign)
        passed = await campaigns.successions(pool)
        day = map or day_of(now())
        names = await parts.units(by.authority)
        shown = {what: on_map(counts, passed, day) for what, counts in counted.items()}
        codes = sorted({code for counts in shown.values() for code in counts})
        items = [
            {"unit": code, "unit_name": unit_name(names, code)}
            | {what: counts.get(code, 0) for what, counts in shown.items()}
            for code in codes
        ]
        totals = {what: sum(counts.values()) for what, counts in shown.items()}
        return {"map": day.isoformat(), "items": items, "totals": totals}


async def _duplicates(parts: Parts, dossier: Dossier, by: Acting) -> dict[UUID, queries.Rows]:
    """By subject. A unit is not told who else is nominated elsewhere."""
    if not sees_all_units(by):
        return {}
    await parts.up_to_date()  # a nomination just made elsewhere is what the reader must know
    subjects = [line.subject for line in dossier.lines.values()]
    return await queries.same_subject(parts.views.pool, dossier.campaign, subjects)


async def _readable_type(parts: Parts, sha256: str, by: Acting) -> str:
    for row in await queries.dossiers_with(parts.views.pool, sha256):
        dossier = (await parts.histories.dossiers.load(row["dossier"])).state
        try:
            may_read(dossier, by)
        except Refused:
            continue
        return str(row["media_type"])
    raise Refused("not-found")


def _all_units(by: Acting) -> None:
    if not sees_all_units(by):
        raise Refused("not-allowed")
