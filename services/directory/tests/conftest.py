"""A directory on real databases, asked over HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import msgspec
import psycopg
import pytest

from libs.serving.service import Service
from libs.serving.settings import Secret
from libs.serving.tests import signing
from libs.serving.tests.databases import ServiceDatabases, service_databases
from services.directory.app import create_app
from services.directory.settings import Settings
from tests.infrastructure import Postgres

PASSWORD = "đủ dài để an toàn"
CHI_LANG = {
    "code": "chi-lang",
    "name": "Ủy ban nhân dân huyện Chi Lăng",
    "kind": "authority",
    "authority": "chi-lang",
    "duties": [],
    "mailbox": "ubnd@chi-lang.test",
    "valid_from": "2020-01-01",
}
NOI_VU = {
    "code": "chi-lang-noi-vu",
    "name": "Phòng Nội vụ",
    "kind": "department",
    "parent": "chi-lang",
    "authority": "chi-lang",
    "duties": ["home-affairs", "department"],
    "mailbox": "noivu@chi-lang.test",
    "valid_from": "2020-01-01",
}
SPECIALIST = {
    "name": "Nguyễn Thị Mẫu",
    "unit": "chi-lang-noi-vu",
    "role": "specialist",
    "title": "Chuyên viên",
    "username": "mau.nguyen",
    "password": PASSWORD,
}


@dataclass
class Directory:
    """The running service and whoever asks it."""

    http: httpx.AsyncClient
    databases: ServiceDatabases
    service: Service
    admin: dict[str, str] = field(default_factory=dict)

    async def sign_in(self, username: str, password: str, **more: Any) -> httpx.Response:
        body = {"username": username, "password": password, **more}
        return await self.http.post("/sessions", json=body)

    async def bearer(self, username: str) -> dict[str, str]:
        answer = await self.sign_in(username, PASSWORD)
        return {"Authorization": f"Bearer {answer.json()['token']}"}

    async def establish(self, *units: dict[str, Any]) -> None:
        for unit in units:
            answer = await self.http.post("/units", json=unit, headers=self.admin)
            assert answer.status_code == 201, answer.text

    async def register(self, **changes: Any) -> dict[str, Any]:
        answer = await self.http.post("/officials", json=SPECIALIST | changes, headers=self.admin)
        assert answer.status_code == 201, answer.text
        created: dict[str, Any] = answer.json()
        return created

    def topics(self) -> list[str]:
        """What is in the log, in order."""
        with psycopg.connect(self.databases.owner_dsn) as owner:
            rows = owner.execute("SELECT topic FROM log.events ORDER BY notification_id").fetchall()
        return [topic for (topic,) in rows]


@pytest.fixture(scope="session")
def settings_of(tmp_path_factory: pytest.TempPathFactory) -> Any:
    kek = tmp_path_factory.mktemp("keys") / "kek"
    Path(kek).write_bytes(bytes(range(32)))

    def settings(databases: ServiceDatabases) -> Settings:
        return Settings(
            port=0,
            database_dsn=databases.dsn,
            keys_dsn=databases.keys_dsn,
            nats_url="nats://127.0.0.1:1",
            log_token=signing.LOG_TOKEN,
            directory_url="http://directory.invalid",
            roles="api",
            signing_key=Secret(signing.KEY.as_pem(private=True).decode()),
            kek_file=str(kek),
            admin_password=Secret(PASSWORD),
        )

    return settings


@asynccontextmanager
async def running(settings: Settings, databases: ServiceDatabases) -> AsyncIterator[Directory]:
    app = create_app(settings)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://directory") as http,
    ):
        started = Directory(http, databases, app.state.service)
        started.admin = await started.bearer("quantri")
        yield started


@pytest.fixture
async def directory(postgres: Postgres, settings_of: Any) -> AsyncIterator[Directory]:
    databases = service_databases(postgres, "directory")
    async with running(settings_of(databases), databases) as started:
        yield started


@pytest.fixture
async def single(postgres: Postgres, settings_of: Any) -> AsyncIterator[Directory]:
    """A directory that allows one session for each account."""
    databases = service_databases(postgres, "directory")
    settings = msgspec.structs.replace(settings_of(databases), one_session=True)
    async with running(settings, databases) as started:
        yield started
