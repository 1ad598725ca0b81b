"""Routes of clusters, blocs and their pledges."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from libs.eventlog.log import Change
from libs.serving.command import AtLeast, By, Command, accepted
from libs.serving.history import history_of
from services.campaign.bodies import Body, Code, Name, Text
from services.campaign.decisions import access, clusters
from services.campaign.decisions.registering import running
from services.campaign.http.doors import Answer, Parts
from services.campaign.views import clusters as seen

Year = Annotated[int, Field(ge=2000, le=2100)]


class Forming(Body):
    name: Name
    kind: Literal["cluster", "bloc"] = "cluster"
    members: list[Code] = Field(max_length=500)


class Members(Body):
    members: list[Code] = Field(max_length=500)
    reason: Text = Field(min_length=1)


class Leaders(Body):
    year: Year
    head: Code
    deputies: list[Code] = Field(default_factory=list, max_length=20)
    reason: Text = ""


class PledgeText(Body):
    year: Year
    campaign: UUID | None = None
    text: Text = Field(min_length=1)


def routes(parts: Parts) -> APIRouter:
    router = APIRouter(tags=["clusters"])
    _add_reading(router, parts)
    _add_clusters(router, parts)
    _add_pledges(router, parts)
    return router


def _add_reading(router: APIRouter, parts: Parts) -> None:
    @router.get("/clusters")
    async def listed(by: By, at_least: AtLeast) -> Answer:
        """All clusters for who runs campaigns, the own ones for a member unit."""
        await parts.views.at_least(at_least)
        unit = None if access.sees_drafts(by) else by.unit
        return {"items": await seen.clusters(parts.views.pool, by.authority, unit)}

    @router.get("/clusters/{id}")
    async def show(id: UUID, by: By, at_least: AtLeast) -> Answer:
        loaded = await parts.clusters.load(id)
        clusters.may_see(loaded.state, by)
        await parts.views.at_least(max(at_least, loaded.position))
        return await seen.cluster(parts.views.pool, id) | {"version": loaded.version}

    @router.get("/clusters/{id}/history")
    async def history(id: UUID, by: By) -> Answer:
        clusters.may_see((await parts.clusters.load(id)).state, by)
        return {"items": await history_of(parts.log, id)}

    @router.get("/pledges")
    async def unsigned(by: By, at_least: AtLeast) -> Answer:
        """Pledges that wait for the own unit's signature."""
        await parts.views.at_least(at_least)
        return {"items": await seen.unsigned(parts.views.pool, by.authority, by.unit)}

    @router.get("/pledges/{id}")
    async def pledge(id: UUID, by: By, at_least: AtLeast) -> Answer:
        loaded = await parts.pledges.load(id)
        clusters.see_pledge(loaded.state, by)
        await parts.views.at_least(max(at_least, loaded.position))
        return await seen.pledge(parts.views.pool, id) | {"version": loaded.version}

    @router.get("/pledges/{id}/history")
    async def pledge_history(id: UUID, by: By) -> Answer:
        clusters.see_pledge((await parts.pledges.load(id)).state, by)
        return {"items": await history_of(parts.log, id)}


def _add_clusters(router: APIRouter, parts: Parts) -> None:
    @router.post("/clusters", status_code=201)
    async def form(body: Forming, command: Command, response: Response) -> Answer:
        receipt = await parts.clusters.record(
            command.new_id("cluster"),
            lambda cluster: clusters.form(
                cluster,
                name=body.name,
                kind=body.kind,
                members=body.members,
                rules=clusters.rules_at(command.at),
                by=command.by,
            ),
            command.context,
        )
        return accepted(receipt, response)

    @router.post("/clusters/{id}/members")
    async def change_members(
        id: UUID, body: Members, command: Command, response: Response
    ) -> Answer:
        receipt = await parts.clusters.record(
            id,
            lambda cluster: clusters.change_members(
                cluster,
                members=body.members,
                reason=body.reason,
                rules=clusters.rules_at(command.at),
                by=command.by,
            ),
            command.context,
            expected=command.expected,
        )
        return accepted(receipt, response)

    @router.post("/clusters/{id}/leaders")
    async def choose(id: UUID, body: Leaders, command: Command, response: Response) -> Answer:
        """Head and deputies of one year."""
        receipt = await parts.clusters.record(
            id,
            lambda cluster: clusters.choose_leaders(
                cluster,
                year=body.year,
                head=body.head,
                deputies=body.deputies,
                reason=body.reason,
                rules=clusters.rules_at(command.at),
                by=command.by,
            ),
            command.context,
            expected=command.expected,
        )
        return accepted(receipt, response)


def _add_pledges(router: APIRouter, parts: Parts) -> None:
    @router.post("/clusters/{id}/pledges", status_code=201)
    async def open_pledge(
        id: UUID, body: PledgeText, command: Command, response: Response
    ) -> Answer:
        """Lays a pledge before the members, for a year or for a campaign."""
        pledge = command.new_id("pledge")

        async def decide() -> list[Change]:
            if body.campaign is not None:
                running((await parts.campaigns.load(body.campaign)).state, command.by)
            cluster = (await parts.clusters.load(id)).state
            past = await parts.pledges.load(pledge)
            events = clusters.open_pledge(
                cluster,
                past.state,
                pledge,
                id,
                year=body.year,
                campaign=body.campaign,
                text=body.text,
                at=command.at,
                by=command.by,
            )
            return [Change(pledge, past.version, events)]

        return accepted(await parts.pledges.transact(pledge, decide, command.context), response)

    @router.post("/pledges/{id}/signature")
    async def sign(id: UUID, command: Command, response: Response) -> Answer:
        receipt = await parts.pledges.record(
            id,
            lambda pledge: clusters.sign_pledge(pledge, by=command.by),
            command.context,
            expected=command.expected,
        )
        return accepted(receipt, response)
