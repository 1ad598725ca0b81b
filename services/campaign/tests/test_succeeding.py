"""A unit, or the authority itself, gives way in the middle of a campaign."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from functools import reduce
from uuid import UUID, uuid4

import httpx
import msgspec
import psycopg
import pytest
from psycopg.rows import dict_row

from libs.eventlog.events import Context, Event, Meta
from libs.eventlog.log import Change, Log
from libs.eventlog.message import Message
from libs.serving.tests import signing
from libs.serving.tests.databases import ServiceDatabases, service_databases
from libs.serving.tests.stored import id_of
from services.campaign.app import create_app
from services.campaign.decisions.difficulties import explain
from services.campaign.decisions.difficulty import Difficulty
from services.campaign.decisions.states import Campaign
from services.campaign.decisions.succeeding import Succession, pass_on, succeed
from services.campaign.difficulties_history import difficulties_of, evolve_difficulty
from services.campaign.events import (
    AmendmentDrafted,
    CampaignDrafted,
    CampaignLaunched,
    CustodyPassed,
    DifficultyAskedBack,
    DifficultyPassedOn,
    PlanWritten,
    ScopeSucceeded,
)
from services.campaign.history import campaigns_of, evolve
from services.campaign.messages import Successor, UnitSucceeded, unit_succeeded
from services.campaign.settings import Settings
from services.campaign.tests.test_difficulties import DEADLINES, NOW, answered, resolved
from services.campaign.tests.test_difficulties import reported as difficult
from tests.infrastructure import Postgres

DAY, ID, ORDER = date(2025, 7, 1), id_of(1), id_of(9)
DRAFTED = CampaignDrafted("huyen", id_of(2), "Thi đua", "p.txt", "0" * 64, "", (), ())
LAUNCHED = CampaignLaunched(ID, "Thi đua", "phong", 5, "KH-UBND", ("a", "b", "c"), ())
MERGE = Succession("a", "Xã A", "commune", "huyen", ("xa",), "xa", "xa", DAY, ORDER)
DISTRICT = Succession("huyen", "Huyện", "authority", "huyen", ("xa",), "xa", "xa", DAY, ORDER)


def difficulty(*past: Event) -> Difficulty:
    return reduce(evolve_difficulty, past, Difficulty())


def campaign(*past: Event) -> Campaign:
    return reduce(evolve, past, Campaign())


def test_successor_stands_where_the_unit_stood() -> None:
    events = succeed(campaign(DRAFTED, LAUNCHED), ID, MERGE)
    assert events == [ScopeSucceeded(ID, "a", "Xã A", "xa", ("xa",), DAY, ORDER)]
    after = campaign(DRAFTED, LAUNCHED, *events)
    assert after.scope == ("xa", "b", "c")
    assert succeed(after, ID, MERGE) == []


def test_authority_passes_its_campaigns_launched_or_not() -> None:
    passed = [CustodyPassed(ID, "huyen", "xa", DAY, ORDER)]
    for past in ((DRAFTED,), (DRAFTED, LAUNCHED)):
        assert succeed(campaign(*past), ID, DISTRICT) == passed
    after = campaign(DRAFTED, LAUNCHED, *passed)
    assert (after.authority, succeed(after, ID, DISTRICT)) == ("xa", [])


def test_campaign_of_others_is_left_alone() -> None:
    other = msgspec.structs.replace(DRAFTED, authority="huyen-khac")
    assert succeed(campaign(other), ID, DISTRICT) == []


def test_open_difficulty_goes_to_the_custodian_and_a_resolved_one_stays() -> None:
    passed = DifficultyPassedOn(
        difficult.campaign, "bac-thuy", "xa", "ldtbxh-dt", "ldtbxh-dt", "chi-lang", DAY, ORDER
    )
    gone = msgspec.structs.replace(MERGE, code="bac-thuy", authority="chi-lang")
    assert pass_on(difficulty(difficult), gone) == [passed]
    assert pass_on(difficulty(difficult, passed), gone) == []
    assert pass_on(difficulty(difficult, answered, resolved), gone) == []
    heir = signing.official("specialist", unit="xa", duty="commune", authority="xa")
    asked = DifficultyAskedBack(difficult.campaign, "bac-thuy", "Mẫu nào?", 3)
    explaining = difficulty(difficult, asked, passed)
    assert explain(explaining, "Mẫu 1", deadlines=DEADLINES, at=NOW, by=heir)


def test_difficulties_go_with_their_authority() -> None:
    district = msgspec.structs.replace(DISTRICT, code="chi-lang", authority="chi-lang")
    (event,) = pass_on(difficulty(difficult, answered, resolved), district)
    assert isinstance(event, DifficultyPassedOn)
    assert (event.unit, event.authority) == ("bac-thuy", "xa")


@pytest.fixture
def databases(postgres: Postgres) -> ServiceDatabases:
    return service_databases(postgres, "campaign")


@pytest.fixture
async def running(databases: ServiceDatabases) -> AsyncIterator[tuple[httpx.AsyncClient, Log]]:
    settings = Settings(
        port=0,
        database_dsn=databases.dsn,
        nats_url="nats://127.0.0.1:1",
        log_token=signing.LOG_TOKEN,
        directory_url="http://127.0.0.1:9",
        directory_keys=signing.KEYS,
        roles="api",
        evidence_dir="/nonexistent",  # no file is given here
    )
    app = create_app(settings)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://campaign") as client,
    ):
        yield client, app.state.service.log


async def recorded(log: Log, id: UUID, events: Sequence[Event]) -> None:
    context = Context(at=datetime.now(UTC), authority="huyen", command="test", correlation=uuid4())

    async def decide() -> list[Change]:
        return [Change(id, 0, events)]

    await log.transact(decide, context)


def hear(one: Succession, log: Log, databases: ServiceDatabases) -> None:
    facts = msgspec.structs.asdict(one) | {"successors": (Successor("xa"),)}
    meta = Meta(
        event_id=uuid4(),
        command="test",
        authority="system",
        correlation=uuid4(),
        recorded_at=datetime.now(UTC),
    )
    message = Message[UnitSucceeded](meta=meta, data=UnitSucceeded(**facts))
    with psycopg.connect(databases.dsn, row_factory=dict_row) as db:
        unit_succeeded(campaigns_of(log), difficulties_of(log), message, db.cursor(), 7)


async def test_plan_written_in_the_portal_passes_too(
    running: tuple[httpx.AsyncClient, Log], databases: ServiceDatabases
) -> None:
    _, log = running
    written = PlanWritten("huyen", id_of(2), "Thi đua", "plan", ())
    await recorded(log, ID, [written, LAUNCHED])
    hear(DISTRICT, log, databases)
    assert (await log.read(ID))[-1].event == CustodyPassed(ID, "huyen", "xa", DAY, ORDER)


async def test_succession_in_anothers_campaign_is_told_by_that_authority(
    running: tuple[httpx.AsyncClient, Log], databases: ServiceDatabases
) -> None:
    _, log = running
    province = msgspec.structs.replace(DRAFTED, authority="tinh")
    await recorded(log, ID, [province, msgspec.structs.replace(LAUNCHED, scope=("huyen",))])
    hear(DISTRICT, log, databases)
    (passed,) = (await log.read(ID))[2:]
    assert (passed.topic, passed.meta.authority) == ("campaign.scope-succeeded.v1", "tinh")


async def test_successor_of_another_authority_registers_and_reports_difficulties(
    running: tuple[httpx.AsyncClient, Log], databases: ServiceDatabases
) -> None:
    http, log = running
    await recorded(log, ID, [DRAFTED, LAUNCHED])
    hear(MERGE, log, databases)
    by = signing.bearer(signing.official("specialist", unit="xa", duty="commune", authority="xa"))
    targets = {"targets": [{"text": "Xóa nhà tạm"}]}
    said = {"kind": "papers", "title": "Mẫu", "description": "Không có mẫu"}
    answers = [
        await http.post(f"/campaigns/{ID}/registrations/xa/draft", json=targets, headers=by),
        await http.post(f"/campaigns/{ID}/difficulties", json=said, headers=by),
    ]
    assert [answer.status_code for answer in answers] == [200, 201]
    drafted = (await log.read(UUID(answers[0].json()["id"])))[0]
    reported = (await log.read(UUID(answers[1].json()["id"])))[0]
    assert {drafted.meta.authority, reported.meta.authority} == {"huyen"}
    params = {"after": await log.head()}
    listed = (await http.get("/difficulties", params=params, headers=by)).json()["items"]
    assert [item["id"] for item in listed] == [answers[1].json()["id"]]


async def test_difficulty_of_the_old_unit_is_its_successors_to_go_on_with(
    running: tuple[httpx.AsyncClient, Log], databases: ServiceDatabases
) -> None:
    http, log = running
    await recorded(log, ID, [DRAFTED, LAUNCHED])
    open_one = msgspec.structs.replace(difficult, campaign=ID, authority="huyen", unit="a")
    await recorded(log, id_of(5), [open_one])
    for _ in range(2):
        hear(MERGE, log, databases)
    hear(DISTRICT, log, databases)
    topics = [one.topic for one in await log.read(id_of(5))]
    assert topics == ["difficulty.reported.v1", *["difficulty.passed-on.v1"] * 2]
    by = signing.bearer(signing.official("leader", unit="xa", duty="commune", authority="xa"))
    params = {"after": await log.head()}
    (item,) = (await http.get("/difficulties", params=params, headers=by)).json()["items"]
    page = (await http.get(f"/difficulties/{id_of(5)}", headers=by)).json()
    for told in (item, page):
        assert (told["unit"], told["authority"], told["state"]) == ("xa", "xa", "waiting")
    gone = {"reason": "Đơn vị mới tự giải quyết"}
    path = f"/difficulties/{id_of(5)}/withdrawal"
    assert (await http.post(path, json=gone, headers=by)).status_code == 200
    compared = await http.post("/views/comparison", headers=signing.LOG_READER)
    assert compared.json()["equal"] is True


async def test_units_see_no_draft_of_a_launched_campaign(
    running: tuple[httpx.AsyncClient, Log],
) -> None:
    http, log = running
    change = AmendmentDrafted(id_of(4), "amendment", (), "Vì có sai sót", id_of(2))
    await recorded(log, ID, [DRAFTED, LAUNCHED, change])
    for duty, shown, past in (("commune", False, 404), ("home-affairs", True, 200)):
        by = signing.official("specialist", unit="b", duty=duty, authority="huyen")
        page = await http.get(f"/campaigns/{ID}", headers=signing.bearer(by))
        draft = await http.get(f"/campaigns/{ID}?version=1", headers=signing.bearer(by))
        assert ("amendment" in page.json(), draft.status_code) == (shown, past)


async def test_successors_see_and_continue_the_campaign(
    running: tuple[httpx.AsyncClient, Log], databases: ServiceDatabases
) -> None:
    http, log = running
    await recorded(log, ID, [DRAFTED, LAUNCHED])
    for one in (MERGE, DISTRICT):
        for _ in range(2):  # heard twice, recorded once
            hear(one, log, databases)
    topics = [one.topic for one in await log.read(ID)]
    assert topics[2:] == ["campaign.scope-succeeded.v1", "campaign.custody-passed.v1"]

    async def seen(authority: str, unit: str, duty: str) -> list[str]:
        by = signing.official("specialist", unit=unit, duty=duty, authority=authority)
        params = {"after": await log.head()}
        answer = await http.get("/campaigns", params=params, headers=signing.bearer(by))
        return [item["id"] for item in answer.json()["items"]]

    assert await seen("xa", "xa", "home-affairs") == [str(ID)]
    assert await seen("huyen", "phong", "home-affairs") == []
    by = signing.official("specialist", unit="xa", duty="", authority="xa")
    page = (await http.get(f"/campaigns/{ID}", headers=signing.bearer(by))).json()
    assert (page["scope"], page["authority"], page["succeeded"][0]["name"]) == (
        ["xa", "b", "c"],
        "xa",
        "Xã A",
    )
