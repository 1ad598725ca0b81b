"""The shell that every service with a log shares: what runs, how it starts and stops."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import uvicorn
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from libs.eventlog.events import Registry
from libs.eventlog.faults import told
from libs.eventlog.follower import LogBroker
from libs.eventlog.log import Log
from libs.eventlog.relay import Relay
from libs.eventlog.vault import Vault
from libs.eventlog.views import Projection, Views
from libs.serving.acting import Tokens
from libs.serving.body_limit import BodyLimit
from libs.serving.describing import describe, describe_signing_in
from libs.serving.doors import doors
from libs.serving.plain import shorten
from libs.serving.problems import Problem, add_problem_handlers, problem
from libs.serving.settings import ServiceSettings

log = logging.getLogger(__name__)
PAUSE = 1.0  # seconds before a worker that failed is set to work again
GARBAGE = 20_000  # objects more than before, until the collector looks for cycles among them
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
        starting: Sequence[Worker] = (),
    ) -> None:
        self.name, self.settings, self.broker, self.workers = name, settings, broker, workers
        self._starting = starting  # run to their end before the first request is answered
        vault = None
        if kek is not None:
            assert settings.keys_dsn is not None, "a service with personal data has a key database"
            vault = Vault(settings.keys_dsn, kek=kek, schema=name, password=settings.keys_password)
        self.log = Log(
            registry, dsn=settings.database_dsn, password=settings.database_password, vault=vault
        )
        self.views = Views(projection, self.log)
        self.tokens = Tokens(
            settings.directory_url, log_token=settings.log_token, keys=settings.key_set()
        )
        self.relay: Relay | None = None
        self.troubles: dict[str, str] = {}  # by worker: why it stands still

    def app(self, title: str, routers: Sequence[APIRouter]) -> FastAPI:
        app = FastAPI(
            title=title,
            version="1",
            lifespan=self._lifespan,
            telemetry={"logs": False, "operation_spans": False},
        )
        app.add_middleware(BodyLimit, largest=MAX_BODY, too_large=_too_large)
        app.state.tokens, app.state.service = self.tokens, self
        add_problem_handlers(app)
        for router in (*routers, doors(self)):  # routes are tried in this order
            describe(router)
            for route in router.routes:
                if isinstance(route, APIRoute):
                    shorten(route)
            # As routes of the app's own: routers that FastAPI includes are walked on every request.
            app.router.routes.extend(router.routes)
        describe_signing_in(app)
        return app

    @asynccontextmanager
    async def _lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            await self.log.open()
            stack.push_async_callback(self.log.close)
            await self.views.open()
            stack.push_async_callback(self.views.close)
            for start in self._starting:
                await start()
            if self.settings.does("relay"):
                await self._start_relay(stack)
            if self.broker is not None and self.settings.does("followers"):
                await self.broker.start()
                stack.push_async_callback(self.broker.stop)
            for worker in self.workers if self.settings.does("followers") else ():
                _start(stack, self._kept_at_work(worker))
            spare_the_collector()
            yield

    async def _kept_at_work(self, worker: Worker) -> None:
        """Runs a worker again when it fails; what holds it up shows in /followers."""
        name = getattr(worker, "__name__", "worker")
        while True:
            try:
                self.troubles.pop(name, None)
                return await worker()
            except Exception as error:  # noqa: BLE001  # whatever it is, it must not end unseen
                self.troubles[name] = told(error)
                log.warning("%s of %s failed: %s; again soon", name, self.name, told(error))
                await asyncio.sleep(PAUSE)

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


def _too_large() -> Problem:
    return problem(413, "too-large", "the request has too many bytes", facts={"largest": MAX_BODY})


def spare_the_collector() -> None:
    """What is there when a service has started stays there.

    To walk it again and again stopped all requests for 60 to 90 ms each time, and took a fifth of
    the CPU under load; most of what requests leave behind is freed by its reference counts.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, 20, 20)


def _start(stack: AsyncExitStack, work: Awaitable[None]) -> None:
    task = asyncio.ensure_future(work)

    async def finish() -> None:
        task.cancel()
        await asyncio.wait([task], timeout=10)

    stack.push_async_callback(finish)


def serve(app: FastAPI, settings: ServiceSettings) -> None:
    """Runs the service until SIGTERM or SIGINT; requests under way are finished."""
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        proxy_headers=False,  # nothing here asks for the client's address
        server_header=False,
        timeout_graceful_shutdown=10,
    )
