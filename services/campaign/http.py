"""People and programs reach campaigns over HTTP. No rules here: parse, call, answer."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from fastapi.exceptions import RequestValidationError

from libs.eventlog.events import Event, Refused
from libs.eventlog.log import Change, StaleVersion, before
from libs.eventlog.streams import Streams
from libs.eventlog.views import Views
from libs.serving.command import AsOf, AtLeast, By, Command, CommandContext, accepted
from libs.serving.days import day_of
from libs.serving.history import history_of
from libs.serving.problems import Problem, problem
from services.campaign import decisions, views
from services.campaign.bodies import (
    AddedField,
    Confirmation,
    Guidance,
    Launch,
    Numbering,
    PlanText,
    Reason,
)
from services.campaign.decisions import Campaign, Register
from services.campaign.events import AwardForm, Criterion, Recipient
from services.campaign.history import register_id
from services.campaign.plan.draft import NotAPlan
from services.campaign.provenance import drafted_from
from services.campaign.recipients import suggest

SERIES = "KH"  # plans have a register of their own; an authority's setting in a later version
Answer = dict[str, Any]


def routes(campaigns: Streams[Campaign], registers: Streams[Register], seen: Views) -> APIRouter:
    router = APIRouter(prefix="/campaigns", tags=["campaigns"])
    _add_draft(router, campaigns)
    _add_approval(router, campaigns, registers)
    _add_running(router, campaigns)
    _add_reading(router, campaigns, seen)
    return router


def _add_draft(router: APIRouter, campaigns: Streams[Campaign]) -> None:
    @router.post("", status_code=201, response_model=None)
    async def draft(body: PlanText, command: Command, response: Response) -> Answer | Problem:
        """Reads a plan's text into a draft whose every field points to its place in the text."""
        try:
            plan = drafted_from(body.text)
        except NotAPlan as error:
            return problem(422, f"plan-{error.code}", "no plan", detail=error.reason)
        id = command.new_id("campaign")
        receipt = await campaigns.record(
            id,
            lambda campaign: decisions.draft(
                campaign,
                title=plan.title,
                source_name=body.source_name,
                source_text=body.text,
                fields=plan.fields,
                missing=plan.missing,
                by=command.by,
            ),
            command.context,
        )
        response.headers["Location"] = f"/campaigns/{id}"
        return accepted(receipt, response)

    @router.post("/{id}/fields/{field}/confirmation")
    async def confirm_field(
        id: UUID, field: str, body: Confirmation, command: Command, response: Response
    ) -> Answer:
        _shaped(field.partition(".")[0], body.value)
        return await _recorded(
            campaigns,
            id,
            lambda campaign: decisions.confirm_field(
                campaign, field, value=body.value, by=command.by
            ),
            command,
            response,
        )

    @router.post("/{id}/fields", status_code=201)
    async def add_field(id: UUID, body: AddedField, command: Command, response: Response) -> Answer:
        _shaped(body.field, body.value)
        return await _recorded(
            campaigns,
            id,
            lambda campaign: decisions.add_field(campaign, body.field, body.value, by=command.by),
            command,
            response,
        )

    @router.post("/{id}/submission")
    async def submit(id: UUID, command: Command, response: Response) -> Answer:
        return await _recorded(
            campaigns,
            id,
            lambda campaign: decisions.submit(campaign, by=command.by),
            command,
            response,
        )


def _add_approval(
    router: APIRouter, campaigns: Streams[Campaign], registers: Streams[Register]
) -> None:
    @router.post("/{id}/return")
    async def send_back(id: UUID, body: Reason, command: Command, response: Response) -> Answer:
        return await _recorded(
            campaigns,
            id,
            lambda campaign: decisions.send_back(campaign, body.reason, by=command.by),
            command,
            response,
        )

    @router.post("/{id}/approval")
    async def approve(id: UUID, command: Command, response: Response) -> Answer:
        return await _recorded(
            campaigns,
            id,
            lambda campaign: decisions.approve(campaign, by=command.by),
            command,
            response,
        )

    @router.post("/{id}/signature")
    async def sign(id: UUID, command: Command, response: Response) -> Answer:
        return await _recorded(
            campaigns,
            id,
            lambda campaign: decisions.sign(campaign, on=day_of(command.at), by=command.by),
            command,
            response,
        )

    @router.post("/{id}/number")
    async def number(id: UUID, body: Numbering, command: Command, response: Response) -> Answer:
        """The next number of the year's register, given to the signed plan in one act."""
        register = register_id(command.by.authority, body.issued_on.year, SERIES)

        async def decide() -> list[Change]:
            campaign, book = await campaigns.load(id), await registers.load(register)
            if command.expected not in (None, campaign.version):
                raise StaleVersion(campaign.version)
            of_campaign, of_register = decisions.number(
                campaign.state,
                book.state,
                id,
                issued_on=body.issued_on,
                today=day_of(command.at),
                by=command.by,
            )
            return [
                Change(register, book.version, of_register),
                Change(id, campaign.version, of_campaign),
            ]

        return accepted(await campaigns.transact(id, decide, command.context), response)


def _add_running(router: APIRouter, campaigns: Streams[Campaign]) -> None:
    @router.post("/{id}/launch")
    async def launch(id: UUID, body: Launch, command: Command, response: Response) -> Answer:
        recipients = [Recipient(r.label, r.purpose, tuple(r.units)) for r in body.recipients]
        return await _recorded(
            campaigns,
            id,
            lambda campaign: decisions.launch(
                campaign, id, scope=body.scope, recipients=recipients, by=command.by
            ),
            command,
            response,
        )

    @router.post("/{id}/guidance")
    async def issue_guidance(
        id: UUID, body: Guidance, command: Command, response: Response
    ) -> Answer:
        forms = [AwardForm(f.code, f.name, tuple(f.kinds), f.quota) for f in body.forms]
        criteria = [Criterion(c.kind, c.text) for c in body.criteria]
        return await _recorded(
            campaigns,
            id,
            lambda campaign: decisions.issue_guidance(
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
        return await _recorded(
            campaigns,
            id,
            lambda campaign: decisions.open_intake(campaign, id, by=command.by),
            command,
            response,
        )


def _add_reading(router: APIRouter, campaigns: Streams[Campaign], seen: Views) -> None:
    @router.get("")
    async def list_campaigns(
        by: By,
        at_least: AtLeast,
        before: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Answer:
        """The authority's campaigns, newest first; go on with `before` = the last `position`."""
        await seen.at_least(at_least)
        items = await views.campaigns(
            seen.pool, by.authority, drafts=decisions.sees_drafts(by), before=before, limit=limit
        )
        return {"items": items, "position": seen.position}

    @router.get("/{id}")
    async def show(id: UUID, by: By, moment: AsOf, response: Response) -> Answer:
        """The campaign now, or as of a version or an instant."""
        decisions.visible((await campaigns.load(id)).state, by)
        past = await campaigns.log.read(id, upto=moment.version)
        past = past if moment.at is None else before(past, moment.at)
        if not past:
            raise Refused("not-found")
        page = views.picture(id, past)
        response.headers["ETag"] = f'"{page["version"]}"'
        return page

    @router.get("/{id}/source")
    async def source(id: UUID, by: By) -> Answer:
        """The plan's text as it was given."""
        decisions.visible((await campaigns.load(id)).state, by)
        past = await campaigns.log.read(id, upto=1)
        drafted: Any = past[0].event
        return {"text": drafted.source_text, "sha256": drafted.source_sha256}

    @router.get("/{id}/history")
    async def history(id: UUID, by: By) -> Answer:
        decisions.visible((await campaigns.load(id)).state, by)
        return {"items": await history_of(campaigns.log, id)}

    @router.get("/{id}/guidance")
    async def guidance(id: UUID, by: By) -> Answer:
        decisions.visible((await campaigns.load(id)).state, by)
        past = await campaigns.log.read(id)
        found: Answer | None = views.picture(id, past).get("guidance")
        if found is None:
            raise Refused("not-found")
        return found

    @router.get("/{id}/recipients")
    async def recipients(id: UUID, by: By) -> Answer:
        """The plan's recipients and the units that each seems to mean, for a person to confirm."""
        campaign = (await campaigns.load(id)).state
        decisions.visible(campaign, by)
        units = await views.units_of(seen.pool, by.authority)
        items = [
            {
                "label": line["name"],
                "purpose": line["purpose"],
                "suggested": suggest(line["name"], units),
            }
            for line in campaign.of("recipients")
        ]
        return {"items": items}


def _shaped(field: str, value: Any) -> None:
    """Recipients are read again at launch, so what a person says of one has the form of one."""
    parts = ("name", "purpose") if field == "recipients" and value is not None else ()
    if any(not isinstance(value, dict) or not isinstance(value.get(p), str) for p in parts):
        message = "should have a name and a purpose"
        raise RequestValidationError([{"loc": ("body", "value"), "msg": message}])


async def _recorded(
    campaigns: Streams[Campaign],
    id: UUID,
    decide: Callable[[Campaign], Sequence[Event]],
    command: CommandContext,
    response: Response,
) -> Answer:
    receipt = await campaigns.record(id, decide, command.context, expected=command.expected)
    return accepted(receipt, response)
