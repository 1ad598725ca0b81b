"""The audit service and the logs it follows, on real databases and over real HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from fastapi import FastAPI, Response

from deploy.local.processes import free_port
from libs.eventlog.events import Context, Event, Registry
from libs.eventlog.log import Change, Log
from libs.eventlog.wire import log_page
from libs.serving.settings import Secret
from libs.serving.tests import signing
from libs.serving.tests.databases import service_databases
from services.audit.app import create_app
from services.audit.notes import Signer
from services.audit.settings import Settings
from tests.infrastructure import Nats, Postgres

AUDIT_KEY = Secret(
    Ed25519PrivateKey.generate()
    .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    .decode()
)
SIGNER = Signer("thidua/audit", AUDIT_KEY)
AUDITOR = signing.bearer(signing.official("auditor"))
WITHIN = 20.0  # seconds

happenings = Registry("happenings")


@happenings.of("thing.happened")
class ThingHappened(Event):
    what: str


class Producer:
    """A service that is followed: its log, and the superuser's way into its database."""

    def __init__(self, postgres: Postgres, name: str) -> None:
        databases = service_databases(postgres, name)
        self.name, self.owner_dsn = name, databases.owner_dsn
        self.log = Log(happenings, dsn=databases.dsn)

    async def record(self, *things: str) -> None:
        """One event on a stream of its own for each thing."""
        for thing in things:
            change = Change(uuid4(), 0, [ThingHappened(thing)])
            context = Context(
                at=datetime.now(UTC), authority="chi-lang", command="test", correlation=UUID(int=1)
            )

            async def decide(change: Change = change) -> list[Change]:
                return [change]

            await self.log.transact(decide, context)


def as_superuser(dsn: str, statement: str, *, table: str = "log.events") -> None:
    """Changes what nobody may change: triggers are switched off, as only an owner can."""
    with psycopg.connect(dsn) as owner:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL".encode())
        owner.execute(statement.encode())
        owner.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER a_append_only".encode())


@dataclass
class World:
    """Producers with something in their logs, and the running audit service."""

    campaign: Producer
    dossier: Producer
    audit_owner_dsn: str
    audit_dsn: str
    http: httpx.AsyncClient

    async def status(self) -> dict[str, Any]:
        answer = await self.http.get("/status", headers=AUDITOR)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def followed(self, **positions: int) -> None:
        """Returns once the logs of these services have reached us up to these positions."""

        async def there() -> bool:
            services = (await self.status())["services"]
            return all(services[name]["position"] >= at for name, at in positions.items())

        await until(there)

    async def verify(self) -> dict[str, Any]:
        answer = await self.http.post("/verifications", headers=AUDITOR)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def findings(self) -> list[tuple[str, int, str]]:
        """What a verification finds: service, position, what."""
        found = await self.verify()
        assert found["result"] == ("discrepancy" if found["findings"] else "verified")
        return [(f["service"], f["position"], f["what"]) for f in found["findings"]]


async def until(there: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(WITHIN):
        while not await there():  # noqa: ASYNC110  # asked as a caller asks
            await asyncio.sleep(0.05)


@asynccontextmanager
async def serving(app: FastAPI, port: int) -> AsyncIterator[None]:
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    task = asyncio.create_task(server.serve())

    async def started() -> bool:
        return server.started

    await until(started)
    try:
        yield
    finally:
        server.should_exit = True
        await task


def logs_of(logs: dict[str, Log]) -> FastAPI:
    """The logs of several services under one address, as each would answer under its own."""
    app = FastAPI()

    @app.get("/{service}/log")
    async def log(service: str, after: int, limit: int) -> Response:
        page = await log_page(logs[service], service, after, limit)
        return Response(page, media_type="application/json")

    return app


@pytest.fixture
async def world(postgres: Postgres, nats_server: Nats) -> AsyncIterator[World]:
    campaign, dossier = Producer(postgres, "campaign"), Producer(postgres, "dossier")
    quiet, databases = Producer(postgres, "directory"), service_databases(postgres, "audit")
    producers, port, own_port = (campaign, dossier, quiet), free_port(), free_port()
    for producer in producers:
        await producer.log.open()
    logs = {
        "campaign": campaign.log,
        "dossier": dossier.log,
        "directory": quiet.log,
        "notification": quiet.log,
    }
    await campaign.record("mot", "hai", "ba", "bon", "nam")
    await dossier.record("sau", "bay")
    base, own = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{own_port}"
    settings = Settings(
        port=own_port,
        database_dsn=databases.dsn,
        nats_url=nats_server.url,
        log_token=signing.LOG_TOKEN,
        directory_url=f"{base}/directory",
        campaign_url=f"{base}/campaign",
        dossier_url=f"{base}/dossier",
        notification_url=f"{base}/notification",
        audit_url=own,
        directory_keys=signing.KEYS,
        audit_key=AUDIT_KEY,
        seal_every=0.1,
        roles="api,followers",
    )
    async with (
        serving(logs_of(logs), port),
        serving(create_app(settings), own_port),
        httpx.AsyncClient(base_url=own, timeout=WITHIN) as http,
    ):
        there = World(campaign, dossier, databases.owner_dsn, databases.dsn, http)
        await there.followed(campaign=5, dossier=2)
        yield there
    for producer in producers:
        await producer.log.close()
