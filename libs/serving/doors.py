"""The routes that are the same in every service: health, log, followers, dead letters, views."""

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Header, Query, Request, Response
from pydantic import BaseModel, Field

from libs.eventlog.dead_letters import DeadLetters, NotBuried
from libs.eventlog.events import Refused
from libs.eventlog.follower import LogFollower, asyncapi
from libs.eventlog.wire import LONGEST_PAGE, log_page
from libs.serving.acting import Tokens
from libs.serving.command import LARGEST, By

if TYPE_CHECKING:  # the service is made of these routes
    from libs.serving.service import Service


async def log_reader(
    request: Request, authorization: Annotated[str | None, Header()] = None
) -> None:
    """Entitled to the log of all authorities: our services, and who audits or runs the system."""
    tokens: Tokens = request.app.state.tokens
    if not tokens.is_log_reader(authorization):
        (await tokens.acting(authorization)).require_system("auditor", "administrator")


LogReader = Depends(log_reader)


class Discarding(BaseModel):
    reason: str = Field(min_length=1, max_length=2000)


def doors(service: "Service") -> APIRouter:
    router = APIRouter()
    _add_health(router, service)
    _add_log(router, service)
    _add_dead_letters(router, service)
    _add_views(router, service)
    return router


def _add_health(router: APIRouter, service: "Service") -> None:
    @router.get("/health/live", tags=["operation"])
    async def live() -> dict[str, str]:
        return {"status": "live", "service": service.name}

    @router.get("/health/ready", tags=["operation"])
    async def ready(response: Response) -> dict[str, Any]:
        """Ready when the database answers and the views follow."""
        head = await service.log.head()
        fit = service.views.error is None
        response.status_code = 200 if fit else 503
        behind = max(0, head - service.views.position)
        return {
            "status": "ready" if fit else "not-ready",
            "service": service.name,
            "head": head,
            "views_behind": behind,
        }

    @router.get("/followers", tags=["operation"], dependencies=[LogReader])
    async def followers() -> dict[str, Any]:
        """How far relay, followers and views are, and what holds them up."""
        relay = service.relay.health() if service.relay is not None else None
        return {
            "relay": msgspec.to_builtins(relay),
            "followers": {f.name: msgspec.to_builtins(f.health()) for f in _followers(service)},
            "views": {"position": service.views.position, "error": service.views.error},
            "workers": service.troubles,
        }

    @router.get("/asyncapi.json", tags=["operation"])
    async def asyncapi_document() -> dict[str, Any]:
        return asyncapi(service.broker, service.name) if service.broker is not None else {}


def _add_log(router: APIRouter, service: "Service") -> None:
    @router.get("/log", tags=["log"], dependencies=[LogReader])
    async def log(
        after: Annotated[int, Query(ge=0, lt=LARGEST)] = 0,
        limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = 500,
    ) -> Response:
        """The events after a position, in order of commit; the truth behind the bus."""
        page = await log_page(service.log, service.name, after, limit)
        return Response(page, media_type="application/json")


def _add_dead_letters(router: APIRouter, service: "Service") -> None:
    letters = DeadLetters(service.settings.database_dsn, service.settings.database_password)

    @router.get("/dead-letters", tags=["operation"], dependencies=[LogReader])
    async def buried(resolved: bool = False) -> list[dict[str, Any]]:
        """Messages that no handler could take, without their bodies."""
        found = await (letters.resolved() if resolved else letters.pending())
        return [msgspec.to_builtins(letter) for letter in found]

    @router.post("/dead-letters/{follower}/{position}/retry", tags=["operation"])
    async def retry(follower: str, position: int, by: By) -> dict[str, str]:
        by.require_system("administrator")
        chosen = next((f for f in _followers(service) if f.name == follower), None)
        if chosen is None:
            raise Refused("not-found")
        try:
            await chosen.retry(position, by=str(by.official))
        except NotBuried:
            raise Refused("not-found") from None
        return {"resolution": "retried"}

    @router.post("/dead-letters/{follower}/{position}/discard", tags=["operation"])
    async def discarding(follower: str, position: int, body: Discarding, by: By) -> dict[str, str]:
        by.require_system("administrator")
        try:
            await letters.discard(follower, position, reason=body.reason, by=str(by.official))
        except NotBuried:
            raise Refused("not-found") from None
        return {"resolution": "discarded"}


def _add_views(router: APIRouter, service: "Service") -> None:
    @router.post("/views/comparison", tags=["views"], dependencies=[LogReader])
    async def compare_views() -> dict[str, Any]:
        """Replays the whole log into fresh views beside the live ones; compares row by row."""
        found = await service.views.compare()
        return {**msgspec.to_builtins(found), "equal": found.equal}

    @router.post("/views/rebuild", tags=["views"])
    async def rebuild_views(by: By) -> dict[str, int]:
        by.require_system("administrator")
        return {"position": await service.views.rebuild()}


def _followers(service: "Service") -> list[LogFollower]:
    return service.broker.followers if service.broker is not None else []
