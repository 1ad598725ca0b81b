"""Difficulties over HTTP on a real PostgreSQL, and time that acts on them once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
from fastapi import FastAPI

from libs.eventlog.events import Context
from libs.serving.acting import Acting
from libs.serving.service import Service
from libs.serving.tests import signing
from libs.serving.tests.databases import ServiceDatabases, service_databases
from libs.serving.working_days import DEFAULT as CALENDAR
from services.campaign.app import clockwork_of, create_app
from services.campaign.clocks import Clockwork, Due, Kind
from services.campaign.deadlines import DEFAULT as LIMITS
from services.campaign.deadlines import Deadlines
from services.campaign.decisions.falling_due import fall_due
from services.campaign.difficulties_history import difficulties_of
from services.campaign.events import CampaignDrafted, CampaignLaunched
from services.campaign.history import campaigns_of
from services.campaign.settings import Settings
from services.campaign.views import difficulties as listed
from tests.infrastructure import Postgres

UNIT = signing.official("specialist", unit="bac-thuy", duty="commune")
OTHER = signing.official("leader", unit="van-linh", duty="commune")
LEAD = signing.official("specialist", unit="ldtbxh-dt", duty="lead-office")
CHAIRMAN = signing.official("chairman", unit="chi-lang")
STRANGER = signing.official("specialist", unit="x", duty="lead-office", authority="trang-dinh")
REPORT = {"kind": "papers", "title": "Biểu mẫu", "description": "Không có mẫu báo cáo"}
DEADLINES = Deadlines(LIMITS, CALENDAR)
LATER = timedelta(days=60)
EXAMPLES = Path(__file__).parents[3] / "examples/working-days"


@pytest.fixture
def databases(postgres: Postgres) -> ServiceDatabases:
    return service_databases(postgres, "campaign")


def settings(databases: ServiceDatabases, **more: str) -> Settings:
    return Settings(
        port=0,
        database_dsn=databases.dsn,
        nats_url="nats://127.0.0.1:9",
        log_token=signing.LOG_TOKEN,
        directory_url="http://127.0.0.1:9",
        directory_keys=signing.KEYS,
        roles="api",
        evidence_dir="/nonexistent",  # no file is given here
        **more,  # type: ignore[arg-type]  # names of files only
    )


@pytest.fixture
async def app(databases: ServiceDatabases) -> AsyncIterator[FastAPI]:
    with psycopg.connect(databases.owner_dsn) as db:
        for unit in ("bac-thuy", "van-linh", "ldtbxh-dt", "noi-vu"):
            told = [unit, unit, "commune", "chi-lang"]
            db.execute("INSERT INTO following.unit VALUES (%s, %s, %s, %s)", told)
    app = create_app(settings(databases))
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://campaign") as client:
        yield client


def service_of(app: FastAPI) -> Service:
    service: Service = app.state.service
    return service


async def launched(app: FastAPI) -> UUID:
    id = uuid4()
    scope = ("bac-thuy", "van-linh")
    past = [
        CampaignDrafted("chi-lang", uuid4(), "Phong trào", "x", "", "", (), ()),
        CampaignLaunched(id, "Phong trào", "ldtbxh-dt", 1, "KH-UBND", scope, ()),
    ]
    context = Context(datetime.now(UTC), "chi-lang", str(uuid4()), uuid4())
    await campaigns_of(service_of(app).log).record(id, lambda _: past, context)
    return id


async def post(http: httpx.AsyncClient, by: Acting, path: str, body: Any = None) -> httpx.Response:
    return await http.post(path, json=body, headers=signing.bearer(by))


async def get(app: FastAPI, http: httpx.AsyncClient, by: Acting, path: str) -> Any:
    position = str(await service_of(app).log.head())
    headers = signing.bearer(by) | {"X-At-Least-Position": position}
    return (await http.get(path, headers=headers)).raise_for_status().json()


async def reported(http: httpx.AsyncClient, campaign: UUID, by: Acting = UNIT) -> str:
    answer = await post(http, by, f"/campaigns/{campaign}/difficulties", REPORT)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def events_of(app: FastAPI, id: str) -> list[str]:
    past = await service_of(app).log.read(UUID(id))
    return [one.topic.removeprefix("difficulty.").removesuffix(".v1") for one in past]


async def test_difficulty_goes_from_report_to_resolution(
    app: FastAPI, http: httpx.AsyncClient
) -> None:
    id = await reported(http, await launched(app))
    steps: list[tuple[Acting, str, Any]] = [
        (LEAD, "taking-up", None),
        (LEAD, "question", {"reason": "Mẫu nào?"}),
        (UNIT, "explanation", {"reason": "Mẫu báo cáo thành tích"}),
        (LEAD, "assignment", {"unit": "van-linh"}),
        (OTHER, "answer", {"reason": "Dùng mẫu cũ"}),
        (UNIT, "reopening", {"reason": "Mẫu cũ thiếu cột"}),
        (LEAD, "escalation", {"to": "chairman", "reason": "Vượt thẩm quyền"}),
        (CHAIRMAN, "answer", {"reason": "Đồng ý bổ sung"}),
        (UNIT, "resolution", {}),
    ]
    for by, noun, body in steps:
        answer = await post(http, by, f"/difficulties/{id}/{noun}", body)
        assert answer.status_code == 200, (noun, answer.text)
    page = await get(app, http, UNIT, f"/difficulties/{id}")
    assert (page["state"], page["resolved"]["by_unit"], page["version"]) == ("resolved", True, 10)
    assert [one["what"] for one in page["said"]] == [
        "question",
        "explanation",
        "answer",
        "reopening",
        "answer",
    ]
    past = await get(app, http, UNIT, f"/difficulties/{id}?version=3")
    assert (past["state"], past["due_at"]) == ("asked-back", None)
    then = await http.get(
        f"/difficulties/{id}",
        params={"at": "2020-01-01T00:00:00Z"},
        headers=signing.bearer(UNIT),
    )
    assert then.status_code == 404
    history = (await get(app, http, UNIT, f"/difficulties/{id}/history"))["items"]
    assert [one["event"] for one in history] == [
        f"difficulty.{e}" for e in await events_of(app, id)
    ]


async def test_units_see_only_their_own(app: FastAPI, http: httpx.AsyncClient) -> None:
    campaign = await launched(app)
    mine, theirs = await reported(http, campaign), await reported(http, campaign, OTHER)

    async def seen(by: Acting, query: str = "") -> set[str]:
        items = (await get(app, http, by, f"/difficulties{query}"))["items"]
        return {item["id"] for item in items}

    assert [await seen(by) for by in (UNIT, OTHER, LEAD, CHAIRMAN, STRANGER)] == [
        {mine},
        {theirs},
        {mine, theirs},
        {mine, theirs},
        set(),
    ]
    for by in (OTHER, STRANGER):
        for path in ("", "/history"):
            answer = await http.get(f"/difficulties/{mine}{path}", headers=signing.bearer(by))
            assert answer.status_code == 404
        answer = await post(http, by, f"/difficulties/{mine}/answer", {"reason": "x"})
        assert answer.status_code == 404
    counts = [
        (await get(app, http, by, "/difficulties/board"))["counts"]["on-time"]
        for by in (UNIT, LEAD, STRANGER)
    ]
    assert counts == [1, 2, 0]


async def test_list_is_filtered_and_paged_by_urgency(app: FastAPI, http: httpx.AsyncClient) -> None:
    campaign = await launched(app)
    ids = [await reported(http, campaign) for _ in range(5)]
    await post(http, LEAD, f"/difficulties/{ids[0]}/answer", {"reason": "Có"})
    seen, query = [], "limit=2"
    while items := (await get(app, http, LEAD, f"/difficulties?{query}"))["items"]:
        seen += [item["id"] for item in items]
        due = items[-1]["due_at"]
        query = f"limit=2&before={items[-1]['position']}" + (f"&due={due}" if due else "")
        query = query.replace("+", "%2B")
    assert seen == [*reversed(ids[1:]), ids[0]]
    filters = ("state=answered", "clock=on-time", "clock=overdue", "unit=van-linh", "state=open")
    found = [(await get(app, http, LEAD, f"/difficulties?{one}"))["items"] for one in filters]
    assert [len(items) for items in found] == [1, 4, 0, 0, 5]


async def test_what_falls_due_is_recorded_once_by_several_replicas(
    app: FastAPI, http: httpx.AsyncClient, databases: ServiceDatabases
) -> None:
    id = await reported(http, await launched(app))
    later = datetime.now(UTC) + LATER
    another = create_app(settings(databases))
    async with another.router.lifespan_context(another):
        replicas = [clockwork_of(service_of(one), DEADLINES) for one in (app, another, app)]
        await asyncio.gather(*(replica.step(later) for replica in replicas))
    restarted = clockwork_of(service_of(app), DEADLINES)
    again = await restarted.step(later)
    assert await events_of(app, id) == [
        "reported",
        "overdue",
        "reminded",
        "escalated",
    ]
    assert again.due == 0
    page = await get(app, http, CHAIRMAN, f"/difficulties/{id}")
    assert (page["state"], page["level"], page["holder"]) == ("waiting", "chairman", "chi-lang")


async def test_silence_is_overdue_and_escalated_but_never_resolved(
    app: FastAPI, http: httpx.AsyncClient
) -> None:
    id = await reported(http, await launched(app))
    clockwork, at = clockwork_of(service_of(app), DEADLINES), datetime.now(UTC)
    for _ in range(3):
        at += LATER
        await clockwork.step(at)
    page = await get(app, http, UNIT, f"/difficulties/{id}")
    assert (page["state"], page["level"]) == ("waiting", "chairman")
    assert (await events_of(app, id))[-1] == "reminded"


async def test_asked_back_difficulty_is_not_reminded_of(
    app: FastAPI, http: httpx.AsyncClient
) -> None:
    id = await reported(http, await launched(app))
    await post(http, LEAD, f"/difficulties/{id}/question", {"reason": "Mẫu nào?"})
    done = await clockwork_of(service_of(app), DEADLINES).step(datetime.now(UTC) + LATER)
    assert (done.due, await events_of(app, id)) == (0, ["reported", "asked-back"])


async def test_failing_difficulty_stops_no_other_and_is_tried_again(
    app: FastAPI, http: httpx.AsyncClient
) -> None:
    campaign = await launched(app)
    bad, good = await reported(http, campaign), await reported(http, campaign)
    service, later = service_of(app), datetime.now(UTC) + LATER

    def decide(state: Any, due: Due, at: datetime) -> Any:
        if str(due.stream) == bad:
            raise ValueError("cannot")
        return fall_due(state, due.step, deadlines=DEADLINES, at=at)

    breaking = Kind("difficulty", difficulties_of(service.log), listed.due, decide)
    failed = (await Clockwork(service.views, [breaking], {}).step(later)).failed
    assert [len(await events_of(app, id)) for id in (bad, good)] == [1, 4]
    assert len(failed) == 5
    await clockwork_of(service, DEADLINES).step(later)
    assert [len(await events_of(app, id)) for id in (bad, good)] == [4, 4]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while True:
            if condition():
                return
            await asyncio.sleep(0.01)


async def test_worker_tells_what_fails_until_it_works(app: FastAPI) -> None:
    service, troubles = service_of(app), dict[str, str]()

    async def due(_: Any, now: datetime, after: Due | None, __: int) -> list[Due]:
        return [] if after else [Due(uuid4(), "1.overdue", now, "chi-lang", uuid4())]

    def decide(*_: Any) -> Any:
        raise ValueError("cannot")

    kind = Kind("difficulty", difficulties_of(service.log), due, decide)
    worker = asyncio.create_task(Clockwork(service.views, [kind], troubles).run())
    await until(lambda: "clocks" in troubles)
    worker.cancel()
    assert troubles["clocks"].startswith("1 of 1 due steps failed, first difficulty")
    idle = asyncio.create_task(Clockwork(service.views, [], troubles).run())
    await until(lambda: not troubles)
    idle.cancel()


async def test_calendar_and_limits_are_told_with_their_sources(
    app: FastAPI, http: httpx.AsyncClient
) -> None:
    told = await get(app, http, UNIT, "/working-days")
    sources = {one["source"] for one in told["calendar"]["yearly"]}
    assert (sources, told["limits"][0]["within"]) == ({"cấu hình mặc định"}, 5)


async def test_office_sets_its_calendar_and_limits_in_files(databases: ServiceDatabases) -> None:
    files = {
        "calendar_file": str(EXAMPLES / "2024.json"),
        "limits_file": str(EXAMPLES / "limits.json"),
    }
    app = create_app(settings(databases, **files))
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://campaign") as http,
    ):
        told = await get(app, http, UNIT, "/working-days")
        id = await reported(http, await launched(app))
        page = await get(app, http, UNIT, f"/difficulties/{id}")
    assert [one["on"] for one in told["calendar"]["days_worked"]] == ["2024-05-04"]
    assert [one["within"] for one in told["limits"]] == [5, 4]
    assert (page["clock"]["calendar"], page["clock"]["limits"]["within"]) == ("lịch mẫu 2024", 4)


async def test_views_equal_a_rebuild(app: FastAPI, http: httpx.AsyncClient) -> None:
    await reported(http, await launched(app))
    await clockwork_of(service_of(app), DEADLINES).step(datetime.now(UTC) + LATER)
    assert (await service_of(app).views.compare()).equal
