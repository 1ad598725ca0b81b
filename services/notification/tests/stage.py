"""The notification service with a database of its own, what it hears, and the mail server."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
from fastapi import FastAPI
from psycopg.rows import dict_row

from libs.eventlog.log import Recorded
from libs.eventlog.message import Cursor
from libs.eventlog.streams import Streams
from libs.serving.acting import Acting
from libs.serving.service import Service
from libs.serving.tests import signing
from libs.serving.tests.databases import service_databases
from services.notification.app import create_app
from services.notification.decisions import Notice
from services.notification.events import Occasion
from services.notification.heard import CampaignLaunched, Recipient, UnitEstablished
from services.notification.history import notices_of
from services.notification.mail import Mailer
from services.notification.sending import Sender
from services.notification.settings import Settings
from services.notification.telling import Telling
from services.notification.tellings.queueing import Heard
from services.notification.tests.mail_server import MailServer
from tests.infrastructure import Postgres

MAIL_FROM = "Thi đua <thidua@chi-lang.test>"
CAMPAIGN = UUID("5d3c2f10-0000-4000-8000-000000000001")
LAUNCHED = CampaignLaunched(
    campaign=CAMPAIGN,
    title="Phát động đợt thi đua năm 2024",
    number=45,
    symbol="KH-UBND",
    scope=("bac-thuy", "van-linh"),
    recipients=(
        Recipient("for-information", ("so-noi-vu", "bac-thuy")),
        Recipient("archive", ("van-thu",)),
    ),
)
DEADLINE = datetime(2024, 9, 30, 10, tzinfo=UTC)
SENDER = signing.official("specialist", unit="noi-vu", duty="home-affairs")
COMMUNE = signing.official("leader", unit="bac-thuy", duty="commune")


@dataclass
class Stage:
    app: FastAPI
    http: httpx.AsyncClient
    dsn: str
    mail: MailServer

    @property
    def service(self) -> Service:
        service: Service = self.app.state.service
        return service

    @property
    def notices(self) -> Streams[Notice]:
        return notices_of(self.service.log)

    # ---- what others tell
    def establish(self, code: str, mailbox: str | None = None) -> None:
        box = f"{code}@chi-lang.test" if mailbox is None else mailbox
        self.tell(
            lambda tx, telling: telling.unit_established(
                tx, UnitEstablished(code, f"Xã {code}", "chi-lang", box)
            )
        )

    def tell(self, act: Callable[[Cursor, Telling], None]) -> None:
        """As the follower does it: one transaction."""
        with psycopg.connect(self.dsn, row_factory=dict_row) as db, db.cursor() as tx:
            act(tx, Telling(self.notices))

    def launch(self, campaign: CampaignLaunched = LAUNCHED, *, event: UUID | None = None) -> None:
        heard = occasion("campaign", campaign.campaign, "campaign.launched.v1", event=event)
        self.tell(lambda tx, telling: telling.launched(tx, heard, campaign))

    # ---- asking
    async def get(self, by: Acting, path: str, **params: Any) -> Any:
        position = str(await self.service.log.head())
        headers = signing.bearer(by) | {"X-At-Least-Position": position}
        answer = await self.http.get(path, params=params, headers=headers)
        return answer.raise_for_status().json()

    async def post(self, by: Acting, path: str, **headers: str) -> httpx.Response:
        return await self.http.post(path, json={}, headers=signing.bearer(by) | headers)

    async def recorded(self, *topics: str) -> list[Recorded]:
        found = await self.service.log.after(0)
        return [one for one in found if not topics or one.topic in topics]

    async def notice_of(self, unit: str) -> str:
        by = signing.official("leader", unit=unit, duty="commune")
        (item,) = (await self.get(by, "/inbox"))["items"]
        return str(item["id"])

    # ---- sending
    def sender(self, *, finish: float = 5.0) -> Sender:
        mailer = Mailer("127.0.0.1", self.mail.port, MAIL_FROM, timeout=5)
        return Sender(self.notices, self.service.views, mailer, finish=finish)

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.sender().run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def figures(self) -> dict[str, int]:
        found: dict[str, int] = await self.get(SENDER, "/figures")
        return found

    async def until_none_waits(self) -> dict[str, int]:
        return await self.until_figures(lambda figures: figures["waiting"] == 0)

    async def until_figures(self, reached: Callable[[dict[str, int]], bool]) -> dict[str, int]:
        async with asyncio.timeout(20):
            while True:
                if reached(figures := await self.figures()):
                    return figures
                await asyncio.sleep(0.02)


def occasion(
    service: str, stream: UUID, topic: str, *, event: UUID | None = None, position: int = 7
) -> Heard:
    at = Occasion(
        service, event or uuid4(), stream, topic, position, datetime(2024, 4, 5, tzinfo=UTC)
    )
    return Heard(at, "chi-lang", uuid4())


@asynccontextmanager
async def stage(postgres: Postgres, mail: MailServer) -> AsyncIterator[Stage]:
    databases = service_databases(postgres, "notification")
    app = create_app(settings(databases.dsn, mail))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://notification"
        ) as http,
    ):
        yield Stage(app, http, databases.dsn, mail)


def settings(dsn: str, mail: MailServer, **changes: Any) -> Settings:
    given: dict[str, Any] = {
        "port": 0,
        "database_dsn": dsn,
        "nats_url": "nats://127.0.0.1:9",
        "log_token": signing.LOG_TOKEN,
        "directory_url": "http://127.0.0.1:9",
        "campaign_url": "http://127.0.0.1:9",
        "dossier_url": "http://127.0.0.1:9",
        "directory_keys": signing.KEYS,
        "roles": "api",
        "smtp_host": "127.0.0.1",
        "smtp_port": mail.port,
        "mail_from": MAIL_FROM,
    }
    return Settings(**(given | changes))


async def until(condition: Callable[[], bool]) -> None:
    """Returns as soon as the condition holds; fails after twenty seconds."""
    async with asyncio.timeout(20):
        while True:
            if condition():
                return
            await asyncio.sleep(0.02)
