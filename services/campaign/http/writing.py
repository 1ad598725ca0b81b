"""Routes of a plan that is written in the portal: its template, writing it, writing it anew."""

from datetime import UTC, datetime
from uuid import UUID

from fastapi import APIRouter, Response

from libs.officialdocs import as_pdf
from libs.serving.command import By, Command, accepted, now
from libs.serving.days import day_of
from services.campaign import papers
from services.campaign.decisions import access, writing
from services.campaign.decisions.states import Campaign
from services.campaign.history import evolve
from services.campaign.http.doors import Answer, Parts
from services.campaign.http.typesetting import PDF, printed
from services.campaign.views import campaigns as listed
from services.campaign.written import TEMPLATE, WrittenPlan, fields_of, template_for, title_of


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(tags=["campaigns"])

    @router.get("/plan-template")
    async def template(by: By) -> Answer:
        """The parts that every plan of this authority has, to be written on from."""
        access.prepares(by)
        units = await listed.units_of(parts.views.pool, by.authority, day_of(now()))
        names = {unit.code: unit.name for unit in units}
        return template_for(names.get(by.authority, ""))

    @router.post("/plan-preview", response_class=Response)
    async def preview(body: WrittenPlan, by: By) -> Response:
        """What is being written, typeset; nothing is recorded."""
        access.prepares(by)
        now = datetime.now(UTC)
        events = writing.write(
            Campaign(), title=title_of(body), template=TEMPLATE, fields=fields_of(body), by=by
        )
        plan = papers.plan_paper(evolve(Campaign(), events[0]), None)
        return Response(await printed(as_pdf, plan, now), media_type=PDF)

    @router.post("/campaigns/written", status_code=201)
    async def write(body: WrittenPlan, command: Command, response: Response) -> Answer:
        """A draft whose every field comes from a person; it goes the same way as any other."""
        id = command.new_id("campaign")
        receipt = await parts.campaigns.record(
            id,
            lambda campaign: writing.write(
                campaign,
                title=title_of(body),
                template=TEMPLATE,
                fields=fields_of(body),
                by=command.by,
            ),
            command.context,
        )
        response.headers["Location"] = f"/campaigns/{id}"
        return accepted(receipt, response)

    @router.post("/campaigns/{id}/writing")
    async def rewrite(id: UUID, body: WrittenPlan, command: Command, response: Response) -> Answer:
        return await parts.recorded(
            id,
            lambda campaign: writing.rewrite(
                campaign,
                title=title_of(body),
                template=TEMPLATE,
                fields=fields_of(body),
                by=command.by,
            ),
            command,
            response,
        )

    return router
