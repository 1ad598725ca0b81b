"""What a request says of its command: who, key, expected version, correlation."""

import hashlib
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest
from fastapi import APIRouter, FastAPI
from joserfc.jwk import KeySet

from libs.serving.acting import Tokens
from libs.serving.command import LARGEST, AsOf, By, Command
from libs.serving.describing import describe, describe_signing_in
from libs.serving.problems import add_problem_handlers
from libs.serving.tests import signing

BY = signing.official("specialist", unit="noi-vu", duty="home-affairs")


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI()
    keys = KeySet.import_key_set(msgspec.json.decode(signing.KEYS))
    app.state.service = SimpleNamespace(name="things")
    app.state.tokens = Tokens("", log_token="-", keys=keys)
    add_problem_handlers(app)
    router = APIRouter()

    @router.post("/things")
    async def change(command: Command) -> dict[str, Any]:
        return {"expected": command.expected, "context": msgspec.to_builtins(command.context)}

    @router.post("/things/signature")
    async def sign(command: Command) -> dict[str, Any]:
        return {"by": str(command.by.official)}

    @router.get("/things")
    async def show(by: By) -> dict[str, Any]:
        return {"role": by.role}

    @router.get("/things/past")
    async def past(moment: AsOf) -> None:
        raise KeyError(moment.version)

    describe(router)
    app.include_router(router)
    describe_signing_in(app)
    return app


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://things") as client:
        yield client


async def ask(http: httpx.AsyncClient, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await http.post("/things", content=b"body", headers=signing.bearer(BY) | named)


async def test_command_without_headers(http: httpx.AsyncClient) -> None:
    said = (await ask(http)).json()
    assert said["expected"] is None
    context = said["context"]
    assert (context["key"], context["fingerprint"]) == (None, "")
    assert (context["actor"], context["unit"]) == (str(BY.official), "noi-vu")


async def test_key_belongs_to_the_official_and_the_request(http: httpx.AsyncClient) -> None:
    context = (await ask(http, Idempotency_Key="k")).json()["context"]
    assert context["key"] == context["command"] == f"{BY.official}:k"
    digest = hashlib.sha256(b"POST /things\nbody").digest()
    assert msgspec.convert(context["fingerprint"], bytes, strict=False) == digest


@pytest.mark.parametrize("tag", ['"7"', 'W/"7"', "7"])
async def test_expected_version(http: httpx.AsyncClient, tag: str) -> None:
    assert (await ask(http, If_Match=tag)).json()["expected"] == 7


async def test_correlation_is_taken_over(http: httpx.AsyncClient) -> None:
    given = str(uuid4())
    answer = await ask(http, X_Correlation_Id=given)
    assert answer.json()["context"]["correlation"] == given


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("If-Match", '"x"'),
        ("If-Match", '"1234567890"'),
        ("X-Correlation-Id", "1"),
        ("Idempotency-Key", "k" * 201),
    ],
)
async def test_misformed_header_is_named(http: httpx.AsyncClient, header: str, value: str) -> None:
    answer = await ask(http, **{header: value})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
    assert [e["pointer"] for e in answer.json()["errors"]] == [f"/header/{header.lower()}"]


async def test_nobody_is_told_to_sign_in(http: httpx.AsyncClient) -> None:
    for answer in (await http.post("/things"), await http.get("/things")):
        assert (answer.status_code, answer.json()["code"]) == (401, "sign-in-required")


async def test_no_version_is_beyond_the_database(http: httpx.AsyncClient) -> None:
    answer = await http.get("/things/past", params={"version": LARGEST + 1})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")


async def test_fault_of_ours_is_a_problem_without_its_words(http: httpx.AsyncClient) -> None:
    answer = await http.get("/things/past", params={"version": 7423})
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["code"]) == (500, "internal-error")
    assert "7423" not in answer.text


def test_document_tells_what_handlers_do_not_declare(app: FastAPI) -> None:
    document = app.openapi()
    command, reading = (document["paths"]["/things"][method] for method in ("post", "get"))
    names = [parameter["name"] for parameter in command["parameters"]]
    assert names == ["Idempotency-Key", "If-Match", "X-Correlation-Id"]
    assert command["security"] == reading["security"] == [{"official": []}]
    assert document["components"]["securitySchemes"]["official"]["scheme"] == "bearer"


async def test_command_under_a_delegation_carries_both_names(http: httpx.AsyncClient) -> None:
    by = signing.standing_in(BY, signing.official("clerk"), "things")
    answer = await http.post("/things", headers=signing.bearer(by))
    context = answer.json()["context"]
    assert (context["actor"], context["on_behalf"], context["role"]) == (
        str(by.official),
        str(BY.official),
        "specialist",
    )


async def test_command_beyond_what_was_delegated_is_refused(http: httpx.AsyncClient) -> None:
    deputy = signing.official("clerk")
    elsewhere = signing.bearer(signing.standing_in(BY, deputy, "other", "signature"))
    unsigned = signing.bearer(signing.standing_in(BY, deputy, "things"))
    signer = signing.bearer(signing.standing_in(BY, deputy, "things", "signature"))
    answers = [
        await http.post("/things", headers=elsewhere),
        await http.post("/things/signature", headers=unsigned),
        await http.post("/things/signature", headers=signer),
    ]
    assert [answer.status_code for answer in answers] == [409, 409, 200]
    assert answers[0].json()["code"] == answers[1].json()["code"] == "outside-delegation"
