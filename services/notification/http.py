"""Units read their inbox, senders their board, over HTTP. No rules here: parse, call, answer."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response

from libs.eventlog.events import Context
from libs.eventlog.log import before as recorded_by
from libs.eventlog.streams import Streams
from libs.eventlog.views import Views
from libs.serving.command import AsOf, AtLeast, By, Command, CommandContext, accepted
from libs.serving.history import history_of
from services.notification import decisions, views
from services.notification.decisions import Notice

Answer = dict[str, Any]
State = Literal["unopened", "opened", "to-acknowledge", "acknowledged"]
Before = Annotated[int | None, Query(ge=1, le=2**63 - 1)]  # a bigint


def routes(notices: Streams[Notice], seen: Views) -> APIRouter:
    router = APIRouter(tags=["notices"])
    _add_unit(router, notices, seen)
    _add_sender(router, seen)
    _add_notice(router, notices)
    return router


def _add_unit(router: APIRouter, notices: Streams[Notice], seen: Views) -> None:
    @router.get("/inbox")
    async def inbox(
        by: By,
        at_least: AtLeast,
        state: State | None = None,
        unit: Annotated[str | None, Query(max_length=60)] = None,
        before: Before = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Answer:
        """The own unit's notices, or those of one below, newest first.

        Go on with `before` = the last `position`.
        """
        asked = unit or by.unit
        decisions.see_inbox(asked, by)
        await seen.at_least(at_least)
        items = await views.inbox(seen.pool, asked, state=state, before=before, limit=limit)
        return {"items": items, "position": seen.position}

    @router.post("/notices/{id}/opening")
    async def open_notice(id: UUID, command: Command, response: Response) -> Answer:
        receipt = await notices.record(
            id,
            lambda notice: decisions.open_notice(notice, by=command.by),
            await _of_sender(notices, id, command),
            expected=command.expected,
        )
        return accepted(receipt, response)

    @router.post("/notices/{id}/acknowledgement")
    async def acknowledge(id: UUID, command: Command, response: Response) -> Answer:
        receipt = await notices.record(
            id,
            lambda notice: decisions.acknowledge(notice, by=command.by),
            await _of_sender(notices, id, command),
            expected=command.expected,
        )
        return accepted(receipt, response)


def _add_sender(router: APIRouter, seen: Views) -> None:
    @router.get("/notices")
    async def board(
        by: By,
        about: UUID,
        at_least: AtLeast,
        before: Before = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 500,
    ) -> Answer:
        """Who was told of a campaign, dossier or decision, and who has opened and acknowledged."""
        decisions.see_board(by)
        await seen.at_least(at_least)
        items = await views.board(seen.pool, by.authority, about, before=before, limit=limit)
        return {"items": items, "position": seen.position}

    @router.get("/figures")
    async def figures(by: By, at_least: AtLeast, about: UUID | None = None) -> Answer:
        decisions.see_board(by)
        await seen.at_least(at_least)
        counted = await views.figures(seen.pool, by.authority, about)
        return {**counted, "position": seen.position}


def _add_notice(router: APIRouter, notices: Streams[Notice]) -> None:
    @router.get("/notices/{id}")
    async def show(id: UUID, by: By, moment: AsOf, response: Response) -> Answer:
        """The notice as rendered, with its proof of delivery; now, or as of a moment."""
        past = await notices.log.read(id, upto=moment.version)
        past = past if moment.at is None else recorded_by(past, moment.at)
        decisions.see_notice(notices.fold(past).state, by=by)
        page = views.picture(id, past)
        response.headers["ETag"] = f'"{page["version"]}"'
        return page

    @router.get("/notices/{id}/history")
    async def history(id: UUID, by: By) -> Answer:
        decisions.see_notice((await notices.load(id)).state, by=by)
        return {"items": await history_of(notices.log, id)}


async def _of_sender(notices: Streams[Notice], id: UUID, command: CommandContext) -> Context:
    """A notice stays its sender's, though another authority's unit may open it."""
    return command.context_of((await notices.load(id)).state.authority)
