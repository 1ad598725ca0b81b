"""Routes of units' reports, the campaign's reviews, its conclusion and its figures."""

from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from libs.eventlog.events import Refused
from libs.eventlog.log import Change, StaleVersion
from libs.serving.command import AtLeast, By, Command, accepted
from services.campaign.bodies import Body, Name, Text
from services.campaign.decisions import access, reporting
from services.campaign.decisions.reporting import Kind, ReviewKind
from services.campaign.events import Achieved
from services.campaign.history import reports_id
from services.campaign.http.doors import Answer, Parts
from services.campaign.http.registering import Unit
from services.campaign.views import reports as seen
from services.campaign.views.pictures import picture

Amount = Annotated[Decimal | None, Field(ge=0, max_digits=15, decimal_places=3)]


class Figure(Body):
    text: Name
    planned: Amount = None
    achieved: Amount = None
    measure: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] = ""


class Report(Body):
    kind: Literal["progress", "preliminary", "final"]
    period: Name
    figures: list[Figure] = Field(default_factory=list, max_length=50)
    text: Text = ""


class ReviewText(Body):
    text: Text = Field(min_length=1)


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/campaigns", tags=["reports"])
    _add_reports(router, parts)
    _add_reviews(router, parts)
    return router


def _add_reports(router: APIRouter, parts: Parts) -> None:
    @router.get("/{id}/reports")
    async def listed(id: UUID, by: By, at_least: AtLeast, kind: Kind | None = None) -> Answer:
        """What units have reported, newest first; a unit finds its own only."""
        campaign = (await parts.campaigns.load(id)).state
        access.shown(campaign, by)
        await parts.views.at_least(at_least)
        unit = None if access.draws_up(campaign, by) else by.unit
        return {"items": await seen.reports(parts.views.pool, id, unit=unit, kind=kind)}

    @router.post("/{id}/reports/{unit}", status_code=201)
    async def send(
        id: UUID, unit: Unit, body: Report, command: Command, response: Response
    ) -> Answer:
        stream = reports_id(id, unit)
        figures = [Achieved(f.text, f.planned, f.achieved, f.measure) for f in body.figures]

        owner = (await parts.campaigns.load(id)).state.authority

        async def decide() -> list[Change]:
            campaign = (await parts.campaigns.load(id)).state
            past = await parts.reports.load(stream)
            if command.expected not in (None, past.version):
                raise StaleVersion(past.version)
            events = reporting.send_report(
                campaign,
                past.state,
                id,
                unit,
                kind=body.kind,
                period=body.period,
                figures=figures,
                text=body.text,
                by=command.by,
            )
            return [Change(stream, past.version, events)]

        context = command.context_of(owner)
        return accepted(await parts.reports.transact(stream, decide, context), response)

    @router.get("/{id}/statistics")
    async def statistics(id: UUID, by: By, at_least: AtLeast) -> Answer:
        """The units in scope counted by what they have done."""
        campaign = (await parts.campaigns.load(id)).state
        access.shown(campaign, by)
        if not access.draws_up(campaign, by):
            raise Refused("not-allowed", role=by.role, duty=by.duty)
        await parts.views.at_least(at_least)
        return {"figures": await seen.statistics(parts.views.pool, id)}


def _add_reviews(router: APIRouter, parts: Parts) -> None:
    @router.post("/{id}/reviews/{kind}")
    async def prepare(
        id: UUID, kind: ReviewKind, body: ReviewText, command: Command, response: Response
    ) -> Answer:
        """Preliminary or final review of the campaign; its figures are counted now."""
        reporting.reviewed((await parts.campaigns.load(id)).state, command.by)
        await parts.views.at_least(await parts.log.head())
        figures = seen.counts(await seen.statistics(parts.views.pool, id))
        return await parts.recorded(
            id,
            lambda campaign: reporting.prepare_review(
                campaign, id, kind=kind, text=body.text, figures=figures, by=command.by
            ),
            command,
            response,
        )

    @router.post("/{id}/reviews/{kind}/approval")
    async def approve(id: UUID, kind: ReviewKind, command: Command, response: Response) -> Answer:
        """The approval of the final review concludes the campaign."""
        return await parts.recorded(
            id,
            lambda campaign: reporting.approve_review(campaign, id, kind=kind, by=command.by),
            command,
            response,
        )

    @router.get("/{id}/reviews/{kind}")
    async def content(id: UUID, kind: Unit, by: By) -> dict[str, Any]:
        """What the paper of the review says; until it is approved for who draws it up only."""
        campaign = (await parts.campaigns.load(id)).state
        access.shown(campaign, by)  # before the kind is looked at: a stranger learns nothing
        review = campaign.reviews.get(kind)
        if review is None or not (review.approved or access.draws_up(campaign, by)):
            raise Refused("not-found")
        return seen.report_content(picture(id, await parts.log.read(id)), kind)
