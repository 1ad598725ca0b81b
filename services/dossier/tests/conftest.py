"""The service on a real PostgreSQL; what NATS would bring goes to the handlers directly."""

import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import psycopg
import pytest
from fastapi import FastAPI
from psycopg.rows import dict_row

from libs.eventlog.message import Message
from libs.serving.service import Service
from libs.serving.settings import Secret
from libs.serving.tests import signing
from libs.serving.tests.databases import ServiceDatabases, service_databases
from services.dossier import messages, succeeding
from services.dossier.app import create_app
from services.dossier.settings import Settings
from services.dossier.tests.directory import Directory, running_directory
from services.dossier.tests.story import Story, guidance, launched, new_campaign
from tests.infrastructure import Postgres

AUTHORITY = "chi-lang"
UNITS = {
    "chi-lang": ("Ủy ban nhân dân huyện Chi Lăng", "authority"),
    "bac-thuy": ("Ủy ban nhân dân xã Bắc Thủy", "commune"),
    "mai-sao": ("Ủy ban nhân dân xã Mai Sao", "commune"),
}


@pytest.fixture
def databases(postgres: Postgres) -> ServiceDatabases:
    return service_databases(postgres, "dossier")


@pytest.fixture
def directory() -> Iterator[Directory]:
    with running_directory() as running:
        yield running


@pytest.fixture
def settings(databases: ServiceDatabases, directory: Directory, tmp_path: Path) -> Settings:
    kek = tmp_path / "kek"
    kek.write_bytes(os.urandom(32))
    return Settings(
        database_dsn=databases.dsn,
        keys_dsn=databases.keys_dsn,
        nats_url="nats://127.0.0.1:1",
        log_token=signing.LOG_TOKEN,
        directory_url=directory.url,
        directory_keys=signing.KEYS,
        campaign_url="http://127.0.0.1:1",
        kek_file=str(kek),
        pseudonym_key=Secret("a key that is used in tests and nowhere else"),
        evidence_dir=str(tmp_path / "papers"),
        roles="api",
    )


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    return create_app(settings)


@pytest.fixture
def service(app: FastAPI) -> Service:
    """The parts behind the HTTP door."""
    found: Service = app.state.service
    return found


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://dossier") as client,
    ):
        yield client


@pytest.fixture
async def story(
    http: httpx.AsyncClient, databases: ServiceDatabases, directory: Directory
) -> Story:
    """A campaign with open intake, known to the service."""
    campaign = new_campaign()
    told(databases, "campaign.launched.v1", launched(campaign, "bac-thuy", "mai-sao"))
    told(databases, "campaign.guidance-issued.v1", guidance(campaign))
    told(databases, "campaign.intake-opened.v1", {"campaign": campaign})
    for code, (name, kind) in UNITS.items():
        unit = {"code": code, "name": name, "kind": kind, "authority": AUTHORITY}
        told(databases, "unit.established.v1", unit)
    story = Story(http, campaign)
    directory.register(story.chairman, "Hoàng Văn Mẫu", "Chủ tịch")
    return story


def told(
    databases: ServiceDatabases, topic: str, data: dict[str, Any], authority: str = AUTHORITY
) -> None:
    """Runs the follower's handler of one event as the follower does, in a transaction."""
    handler: Any = (messages.CAMPAIGN | messages.DIRECTORY)[topic]
    meta = {
        "event_id": uuid4(),
        "command": "test",
        "authority": authority,
        "correlation": uuid4(),
        "recorded_at": datetime.now(UTC),
    }
    body = msgspec.json.decode(msgspec.json.encode({"meta": meta, "data": data}))
    message = HANDLED[topic].model_validate(body)
    with psycopg.connect(databases.dsn, row_factory=dict_row) as connection:
        handler(message, connection.cursor())


HANDLED: dict[str, type[Message[Any]]] = {
    "campaign.launched.v1": Message[messages.CampaignLaunched],
    "campaign.guidance-issued.v1": Message[messages.GuidanceIssued],
    "campaign.intake-opened.v1": Message[messages.IntakeOpened],
    "campaign.intake-closed.v1": Message[messages.IntakeClosed],
    "unit.established.v1": Message[messages.UnitEstablished],
    "unit.renamed.v1": Message[messages.UnitRenamed],
    "campaign.scope-succeeded.v1": Message[succeeding.ScopeSucceeded],
    "campaign.custody-passed.v1": Message[succeeding.CustodyPassed],
}
