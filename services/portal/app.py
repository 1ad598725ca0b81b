"""Start here: the portal, wired. It holds no data and no rules; it asks the services."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI

from libs.serving.body_limit import BodyLimit
from libs.serving.settings import read_settings
from services.portal.clients import Services
from services.portal.drafts import Drafts
from services.portal.http import (
    account,
    amending,
    appraising,
    audit,
    boards,
    campaigns,
    changing,
    clusters,
    council,
    decisions,
    difficulties,
    difficulties_acts,
    dossiers,
    files,
    guiding,
    home,
    importing,
    inbox,
    launching,
    officials,
    papers,
    plans,
    preparing,
    registering,
    registers,
    reorganisations,
    reporting,
    signing_in,
    troubles,
    units,
    working_days,
    writing,
)
from services.portal.known import Known
from services.portal.seal import Seal
from services.portal.session import Sessions
from services.portal.settings import Settings
from services.portal.visits import Portal

MAX_BODY = 25 * 1024 * 1024  # bytes; scans of papers
PARTS = (
    files,
    signing_in,
    home,
    writing,
    papers,
    plans,
    campaigns,
    boards,
    registering,
    reporting,
    clusters,
    launching,
    changing,
    amending,
    registers,
    guiding,
    preparing,
    dossiers,
    appraising,
    council,
    decisions,
    inbox,
    audit,
    difficulties,
    difficulties_acts,
    working_days,
    units,
    reorganisations,
    account,
    officials,
    importing,
)


def create_app(settings: Settings) -> FastAPI:
    services = Services(settings.urls())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await services.close()

    app = FastAPI(
        title="Cổng thi đua, khen thưởng",
        lifespan=lifespan,
        telemetry={"logs": False, "operation_spans": False},
        openapi_url=None,
    )
    app.state.portal = Portal(
        services=services,
        sessions=Sessions(services),
        known=Known(services),
        drafts=Drafts(),
        seal=Seal(settings.session_key),
        https=settings.https,
    )
    app.add_middleware(BodyLimit, largest=MAX_BODY, too_large=troubles.too_large, listens_out=True)
    troubles.add_handlers(app)
    for part in PARTS:
        app.include_router(part.routes())
    return app


def main() -> None:
    settings = read_settings(Settings)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=10,
    )
