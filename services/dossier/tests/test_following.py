"""What campaign and directory tell reaches this service through its followers."""

import asyncio
from typing import Any

import httpx
import msgspec

from libs.eventlog.events import meta_of
from libs.serving.tests.signing import bearer, official
from libs.serving.tests.stored import CONTRACTS
from services.dossier import messages
from services.dossier.app import create_app
from services.dossier.settings import Settings
from services.dossier.tests.directory import running_directory
from tests.infrastructure import Nats

PATIENCE = 20.0  # seconds


async def test_campaign_becomes_known_by_following(settings: Settings, nats_server: Nats) -> None:
    with running_directory() as campaign:
        for topic in messages.CAMPAIGN:
            state = (CONTRACTS / f"{topic}.example.json").read_bytes()
            campaign.tell("campaign", topic, state)
        app = create_app(
            msgspec.structs.replace(
                settings,
                campaign_url=campaign.url,
                nats_url=nats_server.url,
                roles="api,followers",
            )
        )
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://dossier") as http,
        ):
            known = await _known(http, meta_of(state).authority)
    example = msgspec.json.decode(state)["data"]
    assert (known["id"], known["intake_open"]) == (example["campaign"], True)
    assert [form["code"] for form in known["forms"]] != []


async def test_recalled_campaign_is_known_to_take_nothing(
    settings: Settings, nats_server: Nats
) -> None:
    with running_directory() as campaign:
        told = (*messages.CAMPAIGN, "campaign.intake-deadline-changed.v1", "campaign.recalled.v1")
        for topic in told:
            state = (CONTRACTS / f"{topic}.example.json").read_bytes()
            campaign.tell("campaign", topic, state)
        following = msgspec.structs.replace(
            settings, campaign_url=campaign.url, nats_url=nats_server.url, roles="api,followers"
        )
        app = create_app(following)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://d") as http,
        ):
            async with asyncio.timeout(PATIENCE):
                while True:
                    known = await _known(http, meta_of(state).authority)
                    if known["standing"] == "recalled":
                        break
                    await asyncio.sleep(0.05)
    moved = (CONTRACTS / "campaign.intake-deadline-changed.v1.example.json").read_bytes()
    assert known["intake_until"] == msgspec.json.decode(moved)["data"]["new"]


async def _known(http: httpx.AsyncClient, authority: str) -> dict[str, Any]:
    headers = bearer(official("auditor", authority=authority))
    async with asyncio.timeout(PATIENCE):
        while True:
            items = (await http.get("/campaigns", headers=headers)).json()["items"]
            if items and items[0]["intake_open"]:
                found: dict[str, Any] = items[0]
                return found
            await asyncio.sleep(0.05)


async def test_documents_of_the_doors_are_complete(http: httpx.AsyncClient) -> None:
    followed = (await http.get("/asyncapi.json")).json()
    assert sorted(followed["channels"]) == ["dossier.campaign", "dossier.directory"]
    paths = (await http.get("/openapi.json")).json()["paths"]
    papers = paths["/dossiers/{dossier_id}/papers"]["post"]["requestBody"]["content"]
    assert list(papers) == ["multipart/form-data"]
