"""The short road answers whatever is sent exactly as FastAPI's ordinary road does."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest
from fastapi import APIRouter, FastAPI, Query, Request, Response
from fastapi.routing import APIRoute
from joserfc.jwk import KeySet
from pydantic import BaseModel, ConfigDict, Field

from libs.eventlog.events import Refused
from libs.serving.acting import Tokens
from libs.serving.command import Command
from libs.serving.plain import shorten
from libs.serving.problems import add_problem_handlers
from libs.serving.tests import signing

BY = signing.official("specialist", unit="noi-vu", duty="home-affairs")
KNOWN = "/things/00000000-0000-4000-8000-000000000001/fields/abstract.0"


class Change(BaseModel):
    model_config = ConfigDict(extra="forbid")
    value: int = Field(ge=0)
    note: str = ""


def things() -> APIRouter:
    router = APIRouter()

    @router.post("/things/{id}/fields/{field}", status_code=201)
    async def change(
        id: UUID, field: str, body: Change, command: Command, response: Response
    ) -> dict[str, Any]:
        if body.value == 409:
            raise Refused("not-so", field=field)
        if body.value == 202:
            response.status_code = 202
        response.headers["ETag"] = '"7"'
        unit = command.by.unit
        return {"id": str(id), "field": field, "value": body.value, "note": body.note, "unit": unit}

    @router.post("/things/{id}")
    async def touch(id: UUID, command: Command) -> dict[str, Any]:
        return {"id": str(id), "expected": command.expected}

    @router.post("/answered")
    async def answer_itself(command: Command) -> Any:
        return Response(command.by.role, 203, media_type="text/plain")

    return router


def app_of(router: APIRouter) -> FastAPI:
    app = FastAPI()
    keys = KeySet.import_key_set(msgspec.json.decode(signing.KEYS))
    app.state.tokens = Tokens("", log_token="-", keys=keys)
    add_problem_handlers(app)
    app.router.routes.extend(router.routes)
    return app


@pytest.fixture
async def roads() -> AsyncIterator[tuple[httpx.AsyncClient, httpx.AsyncClient]]:
    """Clients of the same endpoints: by the ordinary road, and with the short one before it."""
    ordinary, short = things(), things()
    for route in short.routes:
        assert isinstance(route, APIRoute)
        before = route.app
        shorten(route)
        assert route.app is not before
    async with AsyncExitStack() as stack:
        clients = []
        for router in (ordinary, short):
            transport = httpx.ASGITransport(app_of(router))
            client = httpx.AsyncClient(transport=transport, base_url="http://things")
            clients.append(await stack.enter_async_context(client))
        yield clients[0], clients[1]


JSON = {"content-type": "application/json"}
CASES: list[tuple[str, bytes, dict[str, str]]] = [
    (KNOWN, b'{"value": 1, "note": "Th\xc3\xa0nh t\xc3\xadch"}', JSON),
    (KNOWN, b'{"value": 202}', JSON),
    (KNOWN, b'{"value": 409}', JSON),
    (KNOWN, b'{"value": "3"}', JSON),
    (KNOWN, b'{"value": -1}', JSON),
    (KNOWN, b'{"value": 1, "other": 2}', JSON),
    (KNOWN, b'{"value": NaN}', JSON),
    (KNOWN, b"{}", JSON),
    (KNOWN, b"null", JSON),
    (KNOWN, b"[1]", JSON),
    (KNOWN, b"", JSON),
    (KNOWN, b'{"value": ', JSON),
    (KNOWN, b'{"note": "\xff"}', JSON),
    (KNOWN, b"[" * 100_000, JSON),
    (KNOWN, b'{"value": 1}', {}),
    (KNOWN, b'{"value": 1}', {"content-type": "application/json; charset=utf-8"}),
    (KNOWN, b'{"value": 1}', {"content-type": "application/merge-patch+json"}),
    (KNOWN, b"value=1", {"content-type": "application/x-www-form-urlencoded"}),
    (KNOWN, b'{"value": 1}', {**JSON, "if-match": "x"}),
    (KNOWN, b'{"value": 1}', {**JSON, "authorization": "Bearer forged"}),
    (KNOWN, b'{"value": -1}', {**JSON, "authorization": ""}),
    ("/things/nobody/fields/a", b'{"value": 1}', JSON),
    ("/things/00000000-0000-4000-8000-000000000001", b"", {"if-match": '"4"'}),
    ("/things/nobody", b"", {}),
    ("/answered", b"", {}),
]


@pytest.mark.parametrize(
    ("path", "body", "headers"), CASES, ids=[str(n) for n in range(len(CASES))]
)
async def test_both_roads_answer_the_same(
    roads: tuple[httpx.AsyncClient, httpx.AsyncClient],
    path: str,
    body: bytes,
    headers: dict[str, str],
) -> None:
    said = [
        await client.post(path, content=body, headers=signing.bearer(BY) | headers)
        for client in roads
    ]
    ordinary, short = ((a.status_code, a.content, sorted(a.headers.multi_items())) for a in said)
    assert short == ordinary


def test_unusual_endpoints_keep_the_ordinary_road() -> None:
    router = APIRouter()

    @router.post("/query")
    async def with_query(command: Command, page: int = Query(1)) -> dict[str, Any]:
        return {"page": page, "at": command.at}

    @router.post("/request")
    async def with_request(command: Command, request: Request) -> dict[str, Any]:
        return {"url": str(request.url), "at": command.at}

    @router.post("/open")
    async def without_command(body: Change) -> dict[str, Any]:
        return {"value": body.value}

    @router.post("/blocking")
    def blocking(command: Command) -> dict[str, Any]:
        return {"at": command.at}

    for route in router.routes:
        assert isinstance(route, APIRoute)
        before = route.app
        shorten(route)
        assert route.app is before
