"""Routes of difficulties: units report, the lead office answers, everybody sees where it stands."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Response
from pydantic import AwareDatetime

from libs.eventlog.events import Event, Refused
from libs.eventlog.log import Change, before
from libs.serving.command import (
    AsOf,
    AtLeast,
    By,
    Command,
    CommandContext,
    accepted,
    acting,
    now,
)
from libs.serving.days import day_of
from libs.serving.history import history_of
from services.campaign.bodies import Reason
from services.campaign.deadlines import Deadlines
from services.campaign.decisions import difficulties as rules
from services.campaign.decisions.difficulty import Difficulty, oversees, visible
from services.campaign.decisions.states import Campaign
from services.campaign.difficulties_history import difficulties_of
from services.campaign.difficulty_bodies import Assignment, Confirmation, Escalation, Report
from services.campaign.http.doors import Answer, Parts
from services.campaign.recipients import suggest
from services.campaign.views import campaigns as known
from services.campaign.views import difficulties as listed
from services.campaign.views.difficulty_pictures import picture

State = Literal["open", "waiting", "asked-back", "answered", "resolved", "withdrawn"]
Running = Literal["on-time", "warning", "overdue", "critical", "stopped"]
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def routes(parts: Parts, deadlines: Deadlines) -> APIRouter:
    router = APIRouter(tags=["difficulties"])
    acts = Acts(parts, deadlines)
    _add_lists(router, acts)
    _add_reading(router, acts)
    _add_reporting(router, acts)
    _add_answering(router, acts)
    _add_ending(router, acts)
    return router


class Acts:
    """What the routes share: the streams, the limits, and one way to record."""

    def __init__(self, parts: Parts, deadlines: Deadlines) -> None:
        self.parts, self.deadlines = parts, deadlines
        self.streams = difficulties_of(parts.log)

    async def recorded(
        self,
        id: UUID,
        decide: Callable[[Difficulty], Sequence[Event]],
        command: CommandContext,
        response: Response,
    ) -> Answer:
        context = command.context_of((await self.streams.load(id)).state.authority)
        receipt = await self.streams.record(id, decide, context, expected=command.expected)
        return accepted(receipt, response)

    async def units(self, authority: str) -> frozenset[str]:
        found = await known.units_of(self.parts.views.pool, authority, day_of(now()))
        return frozenset(unit.code for unit in found)

    async def lead_of(self, campaign: Campaign, authority: str) -> str:
        """The unit that the plan names as leading; the authority itself if it is not known."""
        units = await known.units_of(self.parts.views.pool, authority, day_of(now()))
        named = [code for name in campaign.of("lead_unit") for code in suggest(str(name), units)]
        return next(iter(named), authority)


def _add_lists(router: APIRouter, acts: Acts) -> None:
    views = acts.parts.views

    @router.get("/difficulties")
    async def list_difficulties(
        by: By,
        at_least: AtLeast,
        campaign: UUID | None = None,
        unit: Annotated[str | None, Query(pattern=r"^[a-z0-9-]{1,60}$")] = None,
        state: State | None = None,
        clock: Running | None = None,
        due: Annotated[AwareDatetime | None, Query(ge=FIRST, le=LAST)] = None,
        before: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Answer:
        """The most urgent first; go on with `due` and `before` = `due_at` and `position`."""
        await views.at_least(at_least)
        items = await listed.difficulties(
            views.pool,
            by.authority,
            by.unit,
            now=now(),
            everything=oversees(by),
            campaign=campaign,
            of_unit=unit,
            state=state,
            clock=clock,
            after=None if before is None else (due, before),
            limit=limit,
        )
        return {"items": items, "position": views.position}

    @router.get("/difficulties/board")
    async def board(by: By, at_least: AtLeast) -> Answer:
        """How many open ones are on time, warned of, overdue, critical, or stopped."""
        await views.at_least(at_least)
        found = await listed.counts(
            views.pool, by.authority, by.unit, now=now(), everything=oversees(by)
        )
        return {"counts": found, "position": views.position}

    @router.get("/working-days", dependencies=[Depends(acting)])
    async def working_days() -> Answer:
        """The calendar that limits are counted by, and the limits: configuration, with sources."""
        calendar, limits = acts.deadlines.calendar, acts.deadlines.limits
        told = {"calendar": calendar, "limits": limits}
        return {name: msgspec.to_builtins(value) for name, value in told.items()}


def _add_reading(router: APIRouter, acts: Acts) -> None:
    log = acts.parts.log

    @router.get("/difficulties/{id}")
    async def show(id: UUID, by: By, moment: AsOf, response: Response) -> Answer:
        """The difficulty now, or as of a version or an instant."""
        visible((await acts.streams.load(id)).state, by)
        past = await log.read(id, upto=moment.version)
        past = past if moment.at is None else before(past, moment.at)
        if not past:
            raise Refused("not-found")
        page = picture(id, past)
        response.headers["ETag"] = f'"{page["version"]}"'
        return page

    @router.get("/difficulties/{id}/history")
    async def history(id: UUID, by: By) -> Answer:
        visible((await acts.streams.load(id)).state, by)
        return {"items": await history_of(log, id)}


def _add_reporting(router: APIRouter, acts: Acts) -> None:
    @router.post("/campaigns/{id}/difficulties", status_code=201)
    async def report(id: UUID, body: Report, command: Command, response: Response) -> Answer:
        """A unit of the campaign's scope reports to the lead office."""
        difficulty = command.new_id("difficulty")

        async def decide() -> list[Change]:
            campaign = (await acts.parts.campaigns.load(id)).state
            lead = await acts.lead_of(campaign, campaign.authority)
            change = await acts.streams.change(
                difficulty,
                lambda state: rules.report(
                    state,
                    campaign,
                    id,
                    **body.model_dump(),
                    lead_unit=lead,
                    deadlines=acts.deadlines,
                    at=command.at,
                    by=command.by,
                ),
            )
            return [change]

        owner = (await acts.parts.campaigns.load(id)).state.authority
        receipt = await acts.streams.transact(difficulty, decide, command.context_of(owner))
        response.headers["Location"] = f"/difficulties/{receipt.id}"
        return accepted(receipt, response)

    @router.post("/difficulties/{id}/explanation")
    async def explain(id: UUID, body: Reason, command: Command, response: Response) -> Answer:
        return await acts.recorded(
            id, _timed(rules.explain, body, acts, command), command, response
        )


def _timed(rule: Any, body: Reason, acts: Acts, command: CommandContext) -> Any:
    """A rule that takes a text and starts or stops a clock."""
    return lambda state: rule(
        state, body.reason, deadlines=acts.deadlines, at=command.at, by=command.by
    )


def _add_answering(router: APIRouter, acts: Acts) -> None:
    @router.post("/difficulties/{id}/assignment")
    async def assign(id: UUID, body: Assignment, command: Command, response: Response) -> Answer:
        units = await acts.units(command.by.authority)
        given = body.model_dump()
        return await acts.recorded(
            id,
            lambda state: rules.assign(state, **given, known=units, by=command.by),
            command,
            response,
        )

    @router.post("/difficulties/{id}/taking-up")
    async def take_up(id: UUID, command: Command, response: Response) -> Answer:
        return await acts.recorded(
            id, lambda state: rules.take_up(state, by=command.by), command, response
        )

    @router.post("/difficulties/{id}/question")
    async def ask_back(id: UUID, body: Reason, command: Command, response: Response) -> Answer:
        return await acts.recorded(
            id, _timed(rules.ask_back, body, acts, command), command, response
        )

    @router.post("/difficulties/{id}/answer")
    async def answer(id: UUID, body: Reason, command: Command, response: Response) -> Answer:
        return await acts.recorded(
            id, lambda state: rules.answer(state, body.reason, by=command.by), command, response
        )

    @router.post("/difficulties/{id}/escalation")
    async def escalate(id: UUID, body: Escalation, command: Command, response: Response) -> Answer:
        units = await acts.units(command.by.authority)
        given = body.model_dump()
        return await acts.recorded(
            id,
            lambda state: rules.escalate(
                state,
                **given,
                known=units,
                deadlines=acts.deadlines,
                at=command.at,
                by=command.by,
            ),
            command,
            response,
        )


def _add_ending(router: APIRouter, acts: Acts) -> None:
    @router.post("/difficulties/{id}/resolution")
    async def resolve(id: UUID, body: Confirmation, command: Command, response: Response) -> Answer:
        return await acts.recorded(
            id, lambda state: rules.resolve(state, body.reason, by=command.by), command, response
        )

    @router.post("/difficulties/{id}/reopening")
    async def reopen(id: UUID, body: Reason, command: Command, response: Response) -> Answer:
        return await acts.recorded(id, _timed(rules.reopen, body, acts, command), command, response)

    @router.post("/difficulties/{id}/withdrawal")
    async def withdraw(id: UUID, body: Reason, command: Command, response: Response) -> Answer:
        return await acts.recorded(
            id, lambda state: rules.withdraw(state, body.reason, by=command.by), command, response
        )
