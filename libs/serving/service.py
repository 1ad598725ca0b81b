"""The shell that every service with a log shares: what runs, in which order it starts and stops,
and the doors that look the same everywhere (health, log, followers, dead letters, comparison of views)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Annotated, Any

import uvicorn
from fastapi import APIRouter, Depends, FastAPI, Header, Query, Request, Response

from libs.eventlog.dead_letters import DeadLetters
from libs.eventlog.events import Registry, meta_of
from libs.eventlog.follower import LogBroker, asyncapi
from libs.eventlog.log import Log
from libs.eventlog.relay import Relay
from libs.eventlog.vault import Vault
from libs.eventlog.views import Projection, Views
from libs.eventlog.wire import log_page
from libs.serving.acting import Tokens
from libs.serving.command import By
from libs.serving.problems import add_problem_handlers, problem
from libs.serving.settings import ServiceSettings

MAX_BODY = 25 * 1024 * 1024  # bytes; scans of papers
Worker = Callable[[], Awaitable[None]]  # runs until cancelled


class Service:
    """The parts of one service process. `app()` wires them; parts are usable in its lifespan."""

    def __init__(
        self,
        name: str,
        settings: ServiceSettings,
        registry: Registry,
        projection: Projection,
        *,
        kek: bytes | None = None,
        broker: LogBroker | None = None,
        workers: Sequence[Worker] = (),
    ) -> None:
        self.name, self.settings, self.broker, self.workers = name, settings, broker, workers
        vault = None
        if kek is not None:
            assert settings.keys_dsn is not None, "a service with personal data has a key database"
            vault = Vault(
                settings.keys_dsn, kek=kek, schema=name, password=settings.keys_password
            )
        self.log = Log(
            registry, dsn=settings.database_dsn, password=settings.database_password, vault=vault
        )
        self.views = Views(projection, self.log)
        self.tokens = Tokens(
            settings.directory_url, log_token=settings.log_token, keys=settings.key_set()
        )
        self.relay: Relay | None = None

    def app(self, title: str, routers: Sequence[APIRouter]) -> FastAPI:
        app = FastAPI(
            title=title,
            version="1",
            lifespan=self._lifespan,
            telemetry={"logs": False, "operation_spans": False},
            max_body_size=MAX_BODY,
        )
        app.state.tokens, app.state.service = self.tokens, self
        add_problem_handlers(app)
        app.include_router(doors(self))
        for router in routers:
            app.include_router(router)
        return app

    @asynccontextmanager
    async def _lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            await self.log.open()
            stack.push_async_callback(self.log.close)
            await self.views.open()
            stack.push_async_callback(self.views.close)
            if self.settings.does("relay"):
                await self._start_relay(stack)
            if self.broker is not None and self.settings.does("followers"):
                await self.broker.start()
                stack.push_async_callback(self.broker.stop)
            for worker in self.workers if self.settings.does("followers") else ():
                _start(stack, worker())
            yield

    async def _start_relay(self, stack: AsyncExitStack) -> None:
        self.relay = Relay(
            service=self.name,
            dsn=self.settings.database_dsn,
            password=self.settings.database_password,
            nats_url=self.settings.nats_url,
            nats_user=self.settings.nats_user,
            nats_password=self.settings.nats_password,
        )
        stop = asyncio.Event()
        task = asyncio.create_task(self.relay.run(stop))

        async def finish() -> None:
            stop.set()
            await asyncio.wait([task], timeout=10)

        stack.push_async_callback(finish)


def _start(stack: AsyncExitStack, work: Awaitable[None]) -> None:
    task = asyncio.ensure_future(work)

    async def finish() -> None:
        task.cancel()
        await asyncio.wait([task], timeout=10)

    stack.push_async_callback(finish)


async def log_reader(
    request: Request, authorization: Annotated[str | None, Header()] = None
) -> None:
    """Entitled to the whole log: our own services, auditors and administrators."""
    tokens: Tokens = request.app.state.tokens
    if not tokens.is_log_reader(authorization):
        (await tokens.acting(authorization)).require("auditor", "administrator")


LogReader = Depends(log_reader)


def doors(service: Service) -> APIRouter:
    """The routes that are the same in every service."""
    router = APIRouter()
    letters = DeadLetters(service.settings.database_dsn, service.settings.database_password)

    @router.get("/health/live", tags=["operation"])
    async def live() -> dict[str, str]:
        return {"status": "live", "service": service.name}

    @router.get("/health/ready", tags=["operation"])
    async def ready(response: Response) -> dict[str, Any]:
        head = await service.log.head()
        behind = head - service.views.position
        if service.views.error is not None:
            response.status_code = 503
        return {"status": "ready", "service": service.name, "head": head, "views_behind": behind}

    @router.get("/log", tags=["log"], dependencies=[LogReader])
    async def log(
        after: Annotated[int, Query(ge=0)] = 0, limit: Annotated[int, Query(ge=1, le=1000)] = 500
    ) -> Response:
        page = await log_page(service.log, service.name, after, limit)
        return Response(page, media_type="application/json")

    @router.get("/followers", tags=["operation"], dependencies=[LogReader])
    async def followers() -> dict[str, Any]:
        following = service.broker.followers if service.broker is not None else []
        return {
            "relay": service.relay.health() if service.relay is not None else None,
            "followers": {follower.name: follower.health() for follower in following},
            "views": {"position": service.views.position, "error": service.views.error},
        }

    @router.get("/dead-letters", tags=["operation"], dependencies=[LogReader])
    async def dead_letters() -> list[dict[str, Any]]:
        return await letters.pending()

    @router.post("/views/comparison", tags=["views"], dependencies=[LogReader])
    async def compare_views() -> dict[str, Any]:
        """Rebuilds all views from the log beside the live ones and compares row by row."""
        found = await service.views.compare()
        return {
            "position": found.position,
            "rows": found.rows,
            "different": found.different,
            "equal": found.equal,
        }

    @router.post("/views/rebuild", tags=["views"])
    async def rebuild_views(by: By) -> dict[str, int]:
        by.require("administrator")
        return {"position": await service.views.rebuild()}

    @router.get("/asyncapi.json", tags=["operation"])
    async def asyncapi_document() -> dict[str, Any]:
        return asyncapi(service.broker, service.name) if service.broker is not None else {}

    return router


def serve(app: FastAPI, settings: ServiceSettings) -> None:
    """Runs the service until SIGTERM or SIGINT; requests under way are finished."""
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=10,
    )
