"""Other services tell over real NATS and from their real logs; units are told by real mail."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID, uuid4

import httpx
import msgspec
import uvicorn
from fastapi import FastAPI

from deploy.local.processes import free_port
from libs.eventlog.events import Context, Event, Registry, meta_of
from libs.eventlog.log import Change
from libs.eventlog.message import Message
from libs.eventlog.migrate import migrate
from libs.eventlog.views import Projection
from libs.serving.service import Service
from libs.serving.settings import ServiceSettings
from libs.serving.tests import signing
from libs.serving.tests.databases import PASSWORD, make_role, service_databases
from libs.serving.tests.stored import CONTRACTS
from services.notification import heard, succeeding
from services.notification.app import create_app
from services.notification.difficulties import TELLINGS
from services.notification.messages import subscriptions
from services.notification.telling import Telling
from services.notification.tests.mail_server import MailServer
from services.notification.tests.stage import SENDER, Stage, settings
from tests.infrastructure import Nats, Postgres

HEARD: dict[str, type[msgspec.Struct]] = {
    "unit.established.v1": heard.UnitEstablished,
    "unit.renamed.v1": succeeding.UnitRenamed,
    "unit.changed.v1": succeeding.UnitChanged,
    "unit.succeeded.v1": succeeding.UnitSucceeded,
    "campaign.scope-succeeded.v1": heard.ScopeSucceeded,
    "campaign.launched.v1": heard.CampaignLaunched,
    "campaign.guidance-issued.v1": heard.GuidanceIssued,
    "campaign.intake-opened.v1": heard.IntakeOpened,
    "campaign.end-changed.v1": heard.EndChanged,
    "campaign.intake-deadline-changed.v1": heard.IntakeDeadlineChanged,
    "campaign.amended.v1": heard.CampaignAmended,
    **{
        f"campaign.{name}.v1": heard.StandingChanged
        for name in ("closed", "reopened", "cancelled", "recalled", "replaced", "concluded")
    },
    "campaign.registration-called.v1": heard.RegistrationCalled,
    "pledge.opened.v1": heard.PledgeOpened,
    "registration.submitted.v1": heard.RegistrationSubmitted,
    "registration.refused.v1": heard.RegistrationRefused,
    "registration.approved.v1": heard.RegistrationApproved,
    "registration.relaunched.v1": heard.UnitRelaunched,
    "campaign.intake-closed.v1": heard.IntakeClosed,
    "dossier.rechecked.v1": heard.DossierRechecked,
    "dossier.received.v1": heard.DossierReceived,
    "dossier.returned.v1": heard.DossierReturned,
    "dossier.line-held.v1": heard.LineHeld,
    "dossier.line-released.v1": heard.LineReleased,
    "decision.published.v1": heard.DecisionPublished,
    **{topic: telling_of.heard for topic, telling_of in TELLINGS.items()},
}
TOLD = {
    "directory": ("unit.established.v1",),
    "campaign": (
        "campaign.launched.v1",
        "campaign.guidance-issued.v1",
        "difficulty.reported.v1",
    ),
    "dossier": ("dossier.returned.v1", "decision.published.v1"),
}
MANDATED = {"bac-thuy": "bacthuy@chi-lang.test", "mai-sao": "", "so-noi-vu": "snv@lang-son.test"}


def example(topic: str) -> bytes:
    return (CONTRACTS / f"{topic}.example.json").read_bytes()


def as_told(topic: str) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.json.decode(example(topic))["data"]
    return told


class Teller:
    """Another service as far as we see it: events of the contracts, in a log, on the bus."""

    def __init__(self, postgres: Postgres, nats: Nats, name: str) -> None:
        self.registry, self.port = Registry(name), free_port()
        for topic in TOLD[name]:
            self._declare(topic)
        database, role = postgres.create_database(name), make_role(postgres, name)
        migrate(postgres.dsn(database), app_role=role)
        given = ServiceSettings(
            port=self.port,
            database_dsn=postgres.dsn(database, role, PASSWORD),
            nats_url=nats.url,
            log_token=signing.LOG_TOKEN,
            directory_url=self.url,
            directory_keys=signing.KEYS,
            roles="api,relay",
        )
        self.service = Service(name, given, self.registry, Projection(""))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _declare(self, topic: str) -> None:
        fields = [(name, Any) for name in as_told(topic)]
        made = msgspec.defstruct(topic, fields, bases=(Event,), frozen=True)
        self.registry.of(topic.removesuffix(".v1"))(cast(type[Event], made))

    async def tell(self, topic: str, **changes: Any) -> None:
        """The contract's example, with these facts instead."""
        event = self.registry.topics()[topic](**(as_told(topic) | changes))
        meta = meta_of(example(topic))
        context = Context(datetime.now(UTC), meta.authority, meta.command, meta.correlation)

        async def decide() -> list[Change]:
            return [Change(uuid4(), 0, [event])]

        await self.service.log.transact(decide, context)


@asynccontextmanager
async def answering(app: FastAPI, port: int) -> AsyncIterator[None]:
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(10):
        while True:
            if server.started:
                break
            await asyncio.sleep(0.02)
    try:
        yield
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def everybody(
    postgres: Postgres, nats: Nats, mail: MailServer
) -> AsyncIterator[tuple[dict[str, Teller], Stage]]:
    tellers = {name: Teller(postgres, nats, name) for name in TOLD}
    databases = service_databases(postgres, "notification")
    urls = {f"{name}_url": teller.url for name, teller in tellers.items()}
    chosen = settings(databases.dsn, mail, nats_url=nats.url, roles="api,relay,followers", **urls)
    app = create_app(chosen)
    async with AsyncExitStack() as stack:
        for teller in tellers.values():
            await stack.enter_async_context(
                answering(teller.service.app("Teller", []), teller.port)
            )
        await stack.enter_async_context(app.router.lifespan_context(app))
        transport = httpx.ASGITransport(app)
        client = httpx.AsyncClient(transport=transport, base_url="http://notification")
        http = await stack.enter_async_context(client)
        yield tellers, Stage(app, http, databases.dsn, mail)


async def test_what_others_tell_becomes_letters_to_units(
    postgres: Postgres, fresh_nats: Nats, mail: MailServer
) -> None:
    async with everybody(postgres, fresh_nats, mail) as (tellers, stage):
        for code, mailbox in MANDATED.items():
            await tellers["directory"].tell("unit.established.v1", code=code, mailbox=mailbox)
        scope = ["bac-thuy", "mai-sao"]
        await tellers["dossier"].tell("dossier.returned.v1")  # heard of before its campaign
        await tellers["campaign"].tell("campaign.launched.v1", scope=scope)
        await tellers["campaign"].tell("campaign.guidance-issued.v1")
        campaign = UUID(as_told("campaign.launched.v1")["campaign"])
        reported = {"campaign": str(campaign), "lead_unit": "mai-sao"}
        await tellers["campaign"].tell("difficulty.reported.v1", **reported)
        await tellers["dossier"].tell("decision.published.v1")
        await stage.until_figures(lambda found: found["sent"] >= 9)
        figures = await stage.get(SENDER, "/figures", about=str(campaign))
        health = await stage.http.get("/followers", headers=signing.LOG_READER)
    addressed = sorted(recipient for recipient, _ in mail.letters)
    assert addressed == ["bacthuy@chi-lang.test"] * 4 + ["snv@lang-son.test"]
    assert (figures["queued"], figures["sent"], figures["in_app"]) == (9, 9, 4)
    followers = health.json()["followers"]
    assert {name: found["dead"] for name, found in followers.items()} == {
        "notification.directory": 0,
        "notification.campaign": 0,
        "notification.dossier": 0,
    }


def test_examples_of_what_is_followed_are_understood(mail: MailServer) -> None:
    given = settings("postgresql://nobody@127.0.0.1:9/none", mail)
    broker = subscriptions(given, Telling(None))  # type: ignore[arg-type]  # only topics are asked
    topics = {topic for f in broker.followers for topic in f.following.applier.topics}
    assert topics == HEARD.keys()
    for topic, struct in HEARD.items():
        Message[struct].model_validate_json(example(topic))  # type: ignore[valid-type]
