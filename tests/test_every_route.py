"""Every route of every service, whoever comes with whatever: refused in order, never broken.

Without a token 401; with one of another authority nothing of ours; with rubbish a 4xx problem that
has a code. Routes are found by walking the applications, so a new one is tested from its first day.
"""

import json
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from fastapi import FastAPI
from fastapi.routing import APIRoute

from libs.eventlog.events import Context
from libs.eventlog.log import Change
from libs.serving.acting import Acting
from libs.serving.settings import Secret
from libs.serving.tests import signing
from libs.serving.tests.databases import service_databases
from services.audit import app as audit
from services.audit.settings import Settings as AuditSettings
from services.campaign import app as campaign
from services.campaign.settings import Settings as CampaignSettings
from services.directory import app as directory
from services.directory.settings import Settings as DirectorySettings
from services.dossier import app as dossier
from services.dossier.settings import Settings as DossierSettings
from services.notification import app as notification
from services.notification.settings import Settings as NotificationSettings
from tests.infrastructure import Postgres
from tests.ours import AUTHORITY, EVERY, LAUNCHED, ONE, OURS, RECALLED, UNIT, UNSEEN, recorded

SERVICES = ("directory", "campaign", "dossier", "notification", "audit")
FOREIGN = [
    signing.official(role, unit=unit, duty=duty, authority="trang-dinh")
    for role, unit, duty in (
        ("administrator", "trang-dinh", ""),
        ("auditor", "trang-dinh", ""),
        ("chairman", "trang-dinh", ""),
        ("clerk", "trang-dinh-van-phong", "office"),
        ("specialist", "trang-dinh-noi-vu", "home-affairs"),
        ("leader", "trang-dinh-noi-vu", "home-affairs"),
    )
]
ONE_FOR_ALL = {"/log"}  # read by auditors and administrators; personal values stay sealed in it
OPEN = {  # answered without a token; sessions are for who has none yet
    "/health/live",
    "/health/ready",
    "/asyncapi.json",
    "/.well-known/jwks.json",
    "/sessions",
    "/sessions/{session}",
    "/sessions/{session}/token",
    "/sessions/{session}/hat",
    "/checkpoints/latest",
}
NOWHERE = "http://127.0.0.1:9"
EVERYBODY = [
    signing.official("administrator", authority="system"),
    signing.official("specialist", unit="noi-vu", duty="home-affairs"),
    signing.official("leader", unit="noi-vu", duty="home-affairs"),
    signing.official("council-secretary", unit="noi-vu", duty="home-affairs"),
    signing.official("clerk", unit="van-phong", duty="office"),
    signing.official("chairman", unit="chi-lang"),
    signing.official("auditor", unit="chi-lang"),
]
NUL, HALF, APART = "a\x00b", "\ud800", "Hòa"  # the last one in two parts, as some keyboards do
ODD_TEXTS = (NUL, HALF, APART, "", "x" * 300_000)
ODD_NUMBERS = (-1, 0, 2**31, 2**63, 10**40)
ODD_QUERIES = (
    *(f"{name}={number}" for name in ("before", "limit") for number in (-1, 2**63, 10**40)),
    "version=-1",
    f"version={2**62}",
    *(f"{name}=%00" for name in ("state", "authority", "campaign", "at")),
    "at=0001-01-01T00:00:00%2B14:00",
    "at=9999-12-31T23:59:59-14:00",
    "at=99999999999999999999",
    "after=-1",
)
ODD_BODIES: tuple[tuple[bytes, str], ...] = (
    (b"", "application/json"),
    (b"{", "application/json"),
    (b"null", "application/json"),
    (b"[]", "application/json"),
    (b'"\\u0000"', "application/json"),
    (b"[" * 100_000, "application/json"),
    (b"\xff\xfe", "application/json"),
    (b"NaN", "application/json"),
    (b"a=b", "application/x-www-form-urlencoded"),
    (b"", "multipart/form-data"),
    (b"", "multipart/form-data; boundary=x"),
    (b"--x--\r\n", "multipart/form-data; boundary=x"),
    (b"text", "text/plain"),
)
ODD_IDS = ("rubbish", str(UUID(int=0)), "9" * 40, "%00", "-1", "Ho%CC%80a", "x" * 5000)
ODD_HEADERS = (
    {"If-Match": "*"},
    {"If-Match": '"' + "9" * 40 + '"'},
    {"Idempotency-Key": "x" * 300},
    {"X-Correlation-Id": "x"},
    {"X-At-Least-Position": "-1"},
)


def _app(name: str, postgres: Postgres, folder: Path) -> FastAPI:
    databases = service_databases(postgres, name)
    kek = folder / "kek"
    kek.write_bytes(bytes(range(32)))
    given: dict[str, Any] = {
        "port": 0,
        "database_dsn": databases.dsn,
        "nats_url": "nats://127.0.0.1:9",
        "log_token": signing.LOG_TOKEN,
        "directory_url": NOWHERE,
        "directory_keys": signing.KEYS,
        "roles": "api",
    }
    with_persons: dict[str, Any] = {"keys_dsn": databases.keys_dsn, "kek_file": str(kek)}
    own: dict[str, Any]
    match name:
        case "directory":
            key = Secret(signing.KEY.as_pem(private=True).decode())
            own = {"signing_key": key, "admin_password": Secret("long enough to be one")}
            return directory.create_app(DirectorySettings(**given, **with_persons, **own))
        case "campaign":
            return campaign.create_app(
                CampaignSettings(**given, evidence_dir=str(folder / "plans"))
            )
        case "dossier":
            own = {"campaign_url": NOWHERE, "evidence_dir": str(folder / "papers")}
            own |= {"pseudonym_key": Secret("a key that is used in tests and nowhere else")}
            return dossier.create_app(DossierSettings(**given, **with_persons, **own))
        case "notification":
            own = {"campaign_url": NOWHERE, "dossier_url": NOWHERE}
            own |= {"smtp_host": "127.0.0.1", "smtp_port": 9, "mail_from": "a@thidua.test"}
            return notification.create_app(NotificationSettings(**given, **own))
    urls: dict[str, Any] = dict.fromkeys(
        ("campaign_url", "dossier_url", "notification_url", "audit_url"), NOWHERE
    )
    return audit.create_app(AuditSettings(**given, **urls, audit_key=_audit_key()))


def _audit_key() -> Secret:
    made = Ed25519PrivateKey.generate()
    return Secret(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


class Running:
    """One service and a way to ask it as anybody."""

    def __init__(self, name: str, app: FastAPI, http: httpx.AsyncClient) -> None:
        self.name, self.app, self.http = name, app, http

    def routes(self) -> Iterator[tuple[str, APIRoute]]:
        for route in self.app.routes:
            if isinstance(route, APIRoute):
                for method in sorted(route.methods or ()):
                    yield method, route

    async def ask(self, by: Acting, method: str, path: str, **more: Any) -> httpx.Response:
        headers = signing.bearer(by) | more.pop("headers", {})
        return await self.http.request(method, path, headers=headers, **more)

    def body_schema(self, method: str, route: APIRoute) -> dict[str, Any] | None:
        described = self.app.openapi()
        operation = described["paths"][route.path][method.lower()]
        content = operation.get("requestBody", {}).get("content", {})
        found: dict[str, Any] | None = content.get("application/json", {}).get("schema")
        return found

    def filled(self, schema: dict[str, Any], text: str, number: int) -> Any:
        """A value of this schema's form with odd texts and numbers where it leaves room."""
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            return self.filled(self.app.openapi()["components"]["schemas"][name], text, number)
        if "anyOf" in schema:
            return self.filled(schema["anyOf"][0], text, number)
        if "enum" in schema:
            return schema["enum"][0]
        if "const" in schema:
            return schema["const"]
        match schema.get("type"):
            case "object":
                known = schema.get("properties", {})
                return {key: self.filled(value, text, number) for key, value in known.items()}
            case "array":
                return [self.filled(schema.get("items", {}), text, number)]
            case "string":
                formats = {"uuid": str(UUID(int=1)), "date": "9999-12-31"}
                formats["date-time"] = "9999-12-31T23:59:59-14:00"
                shaped = formats.get(schema.get("format", ""))
                return shaped or ("a" if _asks_for_a_code(schema) else text)
            case "integer" | "number":
                return min(number, schema.get("maximum", number))
            case "boolean":
                return True
        return {"name": text, "value": [number, None, text]}


def _asks_for_a_code(schema: dict[str, Any]) -> bool:
    return "pattern" in schema and re.search(schema["pattern"], "a") is not None


@pytest.fixture
async def running(
    request: pytest.FixtureRequest, postgres: Postgres, tmp_path: Path
) -> AsyncIterator[Running]:
    async with _serving(request.param, postgres, tmp_path) as service:
        yield service


@asynccontextmanager
async def _serving(name: str, postgres: Postgres, folder: Path) -> AsyncIterator[Running]:
    app = _app(name, postgres, folder)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url=f"http://{name}", timeout=60) as http,
    ):
        yield Running(name, app, http)


EACH = pytest.mark.parametrize("running", SERVICES, indirect=True)
WITH_AUTHORITIES = pytest.mark.parametrize("running", SERVICES[:-1], indirect=True)


def _path(route: APIRoute, id: str) -> str:
    return re.sub(r"\{[^}]+\}", id, route.path)


NAMED = {"unit": UNIT, "kind": "preliminary", "line": "1", "year": "2024", "series": "KH"}


def _ours(route: APIRoute, id: UUID) -> str:
    """The address of something that is there, as far as this id has such a thing."""
    return re.sub(r"\{([^}]+)\}", lambda found: NAMED.get(found[1], str(id)), route.path)


def _ids(running: Running, ids: Sequence[UUID]) -> list[UUID]:
    """Those of them that this service has recorded something under."""
    return [id for id in ids if id in recorded(running.name)]


@EACH
async def test_nobody_is_answered_without_token(running: Running) -> None:
    for method, route in running.routes():
        if route.path not in OPEN:
            path = _path(route, str(UUID(int=0))).replace("papers/" + str(UUID(int=0)), "papers/x")
            for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}):
                answer = await running.http.request(method, path, headers=headers)
                assert answer.status_code == 401, (method, path)
                assert answer.headers["content-type"] == "application/problem+json"


class Broken(list[Any]):
    """What was asked where a service broke instead of refusing."""

    def note(self, answer: httpx.Response, *asked: Any) -> None:
        """Unless this is an answer or a problem with a code; a service not started may be away."""
        problem = answer.headers.get("content-type") == "application/problem+json"
        code = answer.json()["code"] if problem else None
        refused = answer.status_code < 500 or code == "service-away"
        if answer.status_code >= 400 and not (code and refused):
            self.append((answer.status_code, code, *asked))


@EACH
async def test_rubbish_is_refused_in_order(running: Running) -> None:
    by, broken = EVERYBODY[0], Broken()
    for method, route in running.routes():
        for id in ODD_IDS:
            answer = await running.ask(by, method, _path(route, id))
            broken.note(answer, method, route.path, id[:50])
        path = _path(route, str(UUID(int=0)))
        if method == "GET":
            for query in ODD_QUERIES:
                answer = await running.ask(by, method, f"{path}?{query}")
                broken.note(answer, method, route.path, query)
            continue
        for content, media_type in ODD_BODIES:
            headers = {"Content-Type": media_type}
            answer = await running.ask(by, method, path, content=content, headers=headers)
            broken.note(answer, method, route.path, content[:20], media_type)
        for headers in ODD_HEADERS:
            answer = await running.ask(by, method, path, json={}, headers=headers)
            broken.note(answer, method, route.path, headers)
    assert not broken, "\n".join(map(str, broken))


@EACH
async def test_odd_values_in_proper_bodies_break_nothing(running: Running) -> None:
    """Nor do they break the views that gather what was recorded."""
    broken = Broken()
    for method, route in running.routes():
        schema = running.body_schema(method, route) if method != "GET" else None
        if schema is None or route.path.startswith("/sessions"):
            continue
        path = _path(route, str(UUID(int=1)))
        for text, number in zip(ODD_TEXTS, ODD_NUMBERS, strict=True):
            content = json.dumps(running.filled(schema, text, number)).encode()
            headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
            for by in EVERYBODY:
                answer = await running.ask(by, method, path, content=content, headers=headers)
                broken.note(answer, method, route.path, text[:5], number, by.role)
    assert not broken, "\n".join(map(str, broken))
    ready = await running.http.get("/health/ready")
    assert ready.status_code == 200, ready.text


async def _record(running: Running) -> None:
    log = running.app.state.service.log
    context = Context(
        at=datetime.now(UTC), authority=AUTHORITY, command="test", correlation=uuid4()
    )
    changes = [Change(stream, 0, told) for stream, told in recorded(running.name).items()]

    async def decide() -> Sequence[Change]:
        return changes

    if changes:
        await log.transact(decide, context)
    await running.app.state.service.views.at_least(await log.head())


@WITH_AUTHORITIES
async def test_another_authority_reads_nothing_of_ours(running: Running) -> None:
    await _record(running)
    for method, route in running.routes():
        if method != "GET" or route.path in OPEN | ONE_FOR_ALL:
            continue
        for id in _ids(running, EVERY):
            for query in (f"about={ONE}&campaign={ONE}", "version=1&authority=chi-lang"):
                for by in FOREIGN:
                    answer = await running.ask(by, "GET", f"{_ours(route, id)}?{query}")
                    assert OURS not in answer.text, (route.path, by.role)
                    if "{" in route.path and "{sha256}" not in route.path:
                        assert _refused(answer), (route.path, by.role, answer.text)


def _refused(answer: httpx.Response) -> bool:
    """What must look absent, what may not be asked, and lists of nothing."""
    if answer.status_code in (403, 404):
        return True
    return "json" in answer.headers["content-type"] and answer.json().get("items") == []


@WITH_AUTHORITIES
async def test_another_authority_changes_nothing_of_ours(running: Running) -> None:
    await _record(running)
    log = running.app.state.service.log
    for method, route in running.routes():
        if method == "GET" or "{" not in route.path or route.path in OPEN:
            continue
        schema = running.body_schema(method, route)
        body = None if schema is None else running.filled(schema, "a", 1)
        for id in _ids(running, EVERY):
            path = _ours(route, id)
            for by in FOREIGN:
                answer = await running.ask(by, method, path, json=body)
                assert 400 <= answer.status_code < 500, (method, path, by.role, answer.text)
    ours = {one.stream for one in await log.after(0)} & set(recorded(running.name))
    found = {stream: [r.event for r in await log.read(stream)] for stream in ours}
    assert {stream: len(told) for stream, told in found.items()} == {
        stream: len(told) for stream, told in recorded(running.name).items()
    }


# ---- a sibling: another unit of the same authority
SIBLINGS = [
    signing.official(role, unit="gia-loc", duty="commune") for role in ("specialist", "leader")
]
# What a unit may see of another: "nothing" (it looks absent, is refused, or is a list without it),
# "names" (colleagues and units of the authority), "counts" (of a whole campaign, no case of it),
# "own" (answers about the asking person or unit alone), "settings" (no case in them), "launched"
# (a campaign once it is everybody's).
# Every route that reads has its row; one without fails the test.
SEEN_BY_SIBLINGS: dict[str, str] = {
    "directory /units": "names",
    "directory /units/{code}": "names",
    "directory /units/{code}/history": "names",
    "directory /officials": "names",
    "directory /officials/{official}": "names",
    "directory /officials/{official}/history": "names",
    "directory /accounts": "nothing",
    "directory /account/hats": "own",
    "directory /account/sessions": "own",
    "directory /delegations": "own",
    "directory /imports/template.xlsx": "nothing",
    "directory /permission-changes": "nothing",
    "directory /units/tree": "names",
    "directory /units/successions": "names",
    "directory /units/{code}/succession": "names",
    "directory /reorganisations": "nothing",
    "directory /reorganisations/{id}": "nothing",
    "directory /reorganisations/{id}/history": "nothing",
    "campaign /campaigns": "launched",
    "campaign /campaigns/{id}": "launched",
    "campaign /campaigns/{id}/source": "launched",
    "campaign /campaigns/{id}/history": "launched",
    "campaign /campaigns/{id}/guidance": "launched",
    "campaign /campaigns/{id}/recipients": "launched",
    "campaign /campaigns/{id}/amendments/{amendment}.pdf": "nothing",  # ours is drafted only
    "campaign /campaigns/{id}/amendments/{amendment}.docx": "nothing",
    "campaign /campaigns/{id}/reviews/{kind}.pdf": "launched",
    "campaign /campaigns/{id}/reviews/{kind}.docx": "launched",
    "campaign /registers/{year}/{series}.pdf": "nothing",
    "campaign /registers/{year}/{series}.docx": "nothing",
    "notification /campaigns/{id}/board.pdf": "nothing",
    "notification /campaigns/{id}/board.docx": "nothing",
    "campaign /campaigns/{id}/source/file": "launched",
    "campaign /campaigns/{id}/readiness": "launched",
    "campaign /campaigns/{id}/plan.pdf": "launched",
    "campaign /campaigns/{id}/plan.docx": "launched",
    "campaign /campaigns/{id}/plan.png": "launched",
    "campaign /campaigns/{id}/guidance.pdf": "launched",
    "campaign /campaigns/{id}/guidance.docx": "launched",
    "campaign /campaigns/{id}/reviews/{kind}": "launched",
    "campaign /campaigns/{id}/registrations": "nothing",
    "campaign /campaigns/{id}/registrations/{unit}": "nothing",
    "campaign /campaigns/{id}/registrations/{unit}/history": "nothing",
    "campaign /campaigns/{id}/reports": "nothing",
    "campaign /campaigns/{id}/statistics": "nothing",
    "campaign /guidance": "nothing",
    "campaign /clusters": "nothing",
    "campaign /clusters/{id}": "nothing",
    "campaign /clusters/{id}/history": "nothing",
    "campaign /pledges": "own",
    "campaign /pledges/{id}": "nothing",
    "campaign /pledges/{id}/history": "nothing",
    "campaign /difficulties": "nothing",
    "campaign /difficulties/board": "own",
    "campaign /difficulties/{id}": "nothing",
    "campaign /difficulties/{id}/history": "nothing",
    "campaign /registers": "nothing",
    "campaign /registers/{year}/{series}": "nothing",
    "campaign /plan-template": "settings",
    "campaign /working-days": "settings",
    "dossier /campaigns": "launched",
    "dossier /campaigns/{campaign_id}/lines": "nothing",
    "dossier /campaigns/{campaign_id}/gauges": "counts",
    "dossier /figures": "counts",
    "dossier /figures/units": "nothing",
    "dossier /dossiers": "nothing",
    "dossier /dossiers/{dossier_id}": "nothing",
    "dossier /dossiers/{dossier_id}/history": "nothing",
    "dossier /papers/{sha256}": "nothing",
    "dossier /sessions": "nothing",
    "dossier /sessions/{session_id}": "nothing",
    "dossier /sessions/{session_id}/history": "nothing",
    "dossier /decisions": "launched",
    "dossier /decisions/{decision_id}": "launched",
    "dossier /decisions/{decision_id}/history": "launched",
    "dossier /decisions/{decision_id}/document.pdf": "launched",
    "dossier /decisions/{decision_id}/certificates.pdf": "nothing",
    "notification /inbox": "own",
    "notification /campaigns/{id}/board": "nothing",
    "notification /figures": "nothing",
    "notification /notices": "nothing",
    "notification /notices/{id}": "nothing",
    "notification /notices/{id}/history": "nothing",
}


def _row(running: Running, path: str) -> str | None:
    return SEEN_BY_SIBLINGS.get(f"{running.name} {path}")


@WITH_AUTHORITIES
async def test_every_reading_route_says_what_siblings_see(running: Running) -> None:
    shared = OPEN | ONE_FOR_ALL | {"/followers", "/dead-letters"}
    read = {route.path for method, route in running.routes() if method == "GET"} - shared
    assert [path for path in sorted(read) if _row(running, path) is None] == []


@WITH_AUTHORITIES
async def test_sibling_unit_reads_nothing_of_ours(running: Running) -> None:
    """Not even what was only drafted: the campaign here is not launched yet."""
    await _record(running)
    for method, route in running.routes():
        if (
            method != "GET"
            or route.path in OPEN | ONE_FOR_ALL
            or _row(running, route.path) == "names"
        ):
            continue
        for id in _ids(running, UNSEEN):
            for query in (f"about={ONE}&campaign={ONE}", "version=1&unit=bac-thuy"):
                for by in SIBLINGS:
                    answer = await running.ask(by, "GET", f"{_ours(route, id)}?{query}")
                    assert OURS not in answer.text, (route.path, by.role)
                    if "{" in route.path and "{sha256}" not in route.path:
                        assert _refused(answer), (route.path, by.role, answer.text)


CAMPAIGN = pytest.mark.parametrize("running", ["campaign"], indirect=True)
TOLD_OF_RECALLED = {"/campaigns/{id}", "/campaigns/{id}/history"}  # that it was recalled, and why


def _of_a_campaign(running: Running) -> list[APIRoute]:
    under = "/campaigns/{id}"
    return [r for method, r in running.routes() if method == "GET" and r.path.startswith(under)]


@CAMPAIGN
async def test_sibling_reads_of_a_launched_campaign_what_is_everybodys(running: Running) -> None:
    await _record(running)
    for route in _of_a_campaign(running):
        answer = await running.ask(SIBLINGS[0], "GET", _ours(route, LAUNCHED))
        assert OURS not in answer.text, route.path
        if route.path.endswith("/source/file"):  # there is none
            assert answer.status_code == 404
        elif _row(running, route.path) == "launched":
            assert answer.status_code == 200, (route.path, answer.text)
        else:
            assert _refused(answer), (route.path, answer.text)
    for path in ("/reviews/final", "/guidance?version=2", "?version=1", "?version=6"):
        answer = await running.ask(SIBLINGS[0], "GET", f"/campaigns/{LAUNCHED}{path}")
        assert answer.status_code == 404, (path, answer.text)
    (row,) = (
        one
        for one in (await running.ask(SIBLINGS[0], "GET", "/campaigns")).json()["items"]
        if one["id"] == str(LAUNCHED)
    )
    assert row["amendment"] is None


@CAMPAIGN
async def test_recalled_campaign_is_hidden_on_every_route(running: Running) -> None:
    """From siblings and from the unit that took part; not from those who run campaigns."""
    await _record(running)
    took_part = signing.official("leader", unit=UNIT, duty="commune")
    for route in _of_a_campaign(running):
        for by in (*SIBLINGS, took_part):
            for query in ("", "?version=7"):
                answer = await running.ask(by, "GET", _ours(route, RECALLED) + query)
                assert OURS not in answer.text, (route.path, by.unit)
                told = route.path in TOLD_OF_RECALLED
                assert told or _refused(answer), (route.path, by.unit, answer.text)
    answer = await running.ask(EVERYBODY[1], "GET", f"/campaigns/{RECALLED}/source")
    assert answer.json()["text"] == OURS


@WITH_AUTHORITIES
async def test_sibling_unit_changes_nothing_of_ours(running: Running) -> None:
    await _record(running)
    log = running.app.state.service.log
    for method, route in running.routes():
        if method == "GET" or "{" not in route.path or route.path in OPEN:
            continue
        schema = running.body_schema(method, route)
        body = None if schema is None else running.filled(schema, "a", 1)
        for id in _ids(running, EVERY):
            path = _ours(route, id)
            for by in SIBLINGS:
                answer = await running.ask(by, method, path, json=body)
                assert 400 <= answer.status_code < 500, (method, path, by.role, answer.text)
    ours = {one.stream for one in await log.after(0)} & set(recorded(running.name))
    found = {stream: len(await log.read(stream)) for stream in ours}
    assert found == {stream: len(told) for stream, told in recorded(running.name).items()}
