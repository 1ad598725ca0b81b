"""A district is abolished in the middle of a campaign: what it and its units held passes, whole."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import msgspec
import psycopg
import pytest
from psycopg.rows import dict_row

from libs.eventlog.events import Meta
from libs.eventlog.message import Message
from libs.serving.service import Service
from libs.serving.tests import signing
from libs.serving.tests.databases import ServiceDatabases
from libs.serving.tests.signing import official
from libs.serving.tests.stored import CONTRACTS
from services.dossier.history import Histories
from services.dossier.succeeding import CONCERNED, Succeeding, UnitSucceeded
from services.dossier.tests.conftest import AUTHORITY, told
from services.dossier.tests.story import Refusal, Story, Unit

DAY = date(2025, 7, 1)
XA, NHAN_LY = "xa-chi-lang-2025", "xa-nhan-ly-2025"


def gives_way(
    service: Service, databases: ServiceDatabases, code: str, custodian: str, kind: str = "commune"
) -> None:
    """As the follower does it, twice: hearing again passes nothing."""
    data = UnitSucceeded(code, code, kind, AUTHORITY, custodian, custodian, DAY, uuid4())
    meta = Meta(
        event_id=uuid4(),
        command="test",
        authority="system",
        correlation=uuid4(),
        recorded_at=datetime.now(UTC),
    )
    message = Message[UnitSucceeded](meta=meta, data=data)
    for _ in range(2):
        with psycopg.connect(databases.dsn, row_factory=dict_row) as db:
            Succeeding(Histories(service.log)).unit_succeeded(message, db.cursor(), 12)


async def abolished(service: Service, databases: ServiceDatabases, story: Story) -> None:
    """bac-thuy and the district go to the new commune Chi Lăng, mai-sao to Nhân Lý."""
    for code in (XA, NHAN_LY):
        unit = {"code": code, "name": f"Tên {code}", "kind": "authority", "authority": code}
        told(databases, "unit.established.v1", unit, authority=code)
    gives_way(service, databases, "bac-thuy", XA)
    gives_way(service, databases, "mai-sao", NHAN_LY)
    gives_way(service, databases, AUTHORITY, XA, kind="authority")
    for code, custodian in (("bac-thuy", XA), ("mai-sao", NHAN_LY)):
        passed = {"campaign": story.campaign, "predecessor": code, "custodian": custodian}
        told(databases, "campaign.scope-succeeded.v1", passed | {"successors": [custodian]})
    told(databases, "campaign.custody-passed.v1", {"campaign": story.campaign, "authority": XA})
    await service.views.at_least(await service.log.head())


async def test_district_abolished_in_mid_campaign_loses_nothing(
    story: Story, service: Service, databases: ServiceDatabases
) -> None:
    draft = await story.dossier(story.bac_thuy, "Nháp")
    received = await story.received(story.mai_sao, "Đã nhận")
    decided = await story.received(story.bac_thuy, "Đã có kết quả")
    (line,) = await story.lines(decided)
    await story.appraise(decided, line)
    decision = await story.decision(await story.council({(decided, line): 3}))
    await abolished(service, databases, story)

    home = official("specialist", unit=XA, duty="home-affairs", authority=XA)
    listed = {d["id"]: d for d in (await story.get("/dossiers", home))["items"]}
    assert {
        id_: (d["state"], d["opened_unit"], d["unit"], d["authority"]) for id_, d in listed.items()
    } == {
        draft: ("draft", "bac-thuy", XA, XA),
        received: ("received", "mai-sao", NHAN_LY, XA),
        decided: ("appraised", "bac-thuy", XA, XA),
    }
    # The successors go on where the old ones stopped.
    successor = Unit(XA, duty="home-affairs", authority=XA)
    await story.submit(draft, successor)
    await story.post(f"/dossiers/{draft}/receipt", home)
    chairman = official("chairman", unit=XA, duty="", authority=XA)
    assert (await story.get(f"/decisions/{decision}", chairman))["id"] == decision
    # What was recorded under the old names still says so.
    history = (await story.get(f"/dossiers/{received}/history", home))["items"]
    assert [(i["event"], i["data"].get("unit")) for i in history if "unit" in i["data"]] == [
        ("dossier.opened", "mai-sao"),
        ("dossier.submitted", "mai-sao"),
        ("dossier.received", "mai-sao"),
        ("custody.passed", NHAN_LY),
        ("custody.passed", NHAN_LY),
    ]
    comparison = await story.http.post("/views/comparison", headers=signing.LOG_READER)
    assert comparison.json()["equal"]


async def test_only_the_custodians_officials_act(
    story: Story, service: Service, databases: ServiceDatabases
) -> None:
    dossier = await story.dossier(story.mai_sao, "Một")
    await abolished(service, databases, story)
    heir = Unit(NHAN_LY, duty="commune", authority=NHAN_LY)
    assert (await story.get(f"/dossiers/{dossier}", heir.leader))["unit_name"] == f"Tên {NHAN_LY}"
    await story.nominee(dossier, heir, "Hai")
    impostor = official("specialist", unit=NHAN_LY, duty="commune", authority="trang-dinh")
    others: list[tuple[Any, str]] = [
        (story.mai_sao.leader, "not-found"),
        (story.appraiser, "not-found"),
        (impostor, "not-found"),
    ]
    for by, code in others:
        with pytest.raises(Refusal) as refused:
            await story.get(f"/dossiers/{dossier}", by)
        assert refused.value.code == code


async def test_last_token_of_a_unit_opens_nothing(
    story: Story, service: Service, databases: ServiceDatabases
) -> None:
    """The campaign service tells of the new scope later than the directory of the succession."""
    gives_way(service, databases, "mai-sao", NHAN_LY)
    with pytest.raises(Refusal) as refused:
        await story.dossier(story.mai_sao, "Muộn")
    assert refused.value.code == "unit-not-in-scope"


async def test_lines_of_an_open_session_go_to_the_heirs_council(
    story: Story, service: Service, databases: ServiceDatabases
) -> None:
    """Who kept the old minutes no longer may; no line is stuck in a session without anybody."""
    dossier = await story.received(story.bac_thuy, "Một")
    await story.appraise(dossier, 1)
    session = await story.session([(dossier, 1)])
    await abolished(service, databases, story)
    with pytest.raises(Refusal) as refused:
        await story.post(f"/sessions/{session}/opening", story.secretary, {"present": []})
    assert refused.value.code == "not-found"
    home = official("specialist", unit=XA, duty="home-affairs", authority=XA)
    member, secretary = uuid4(), uuid4()
    body: dict[str, Any] = {
        "campaign": str(story.campaign),
        "members": [str(member)],
        "chair": str(member),
    }
    body |= {"secretary": str(secretary), "lines": [{"dossier": dossier, "line": 1}]}
    assert (await story.post("/sessions", home, body)).status_code == 201


def test_what_a_unit_held_is_found_by_an_index(databases: ServiceDatabases) -> None:
    with psycopg.connect(databases.dsn, row_factory=dict_row) as db:
        db.execute("SET enable_seqscan = off")
        asked = {"unit": "mai-sao", "authority": None}
        plan = db.execute("EXPLAIN " + CONCERNED, asked).fetchall()
    assert [line for row in plan for line in row.values() if "events_of_custody" in line] != []


async def test_heir_of_a_unit_in_scope_opens_a_dossier(
    story: Story, service: Service, databases: ServiceDatabases
) -> None:
    await abolished(service, databases, story)
    heir = Unit(NHAN_LY, duty="commune", authority=NHAN_LY)
    dossier = await story.dossier(heir, "Mới")
    await story.submit(dossier, heir)
    home = official("specialist", unit=XA, duty="home-affairs", authority=XA)
    await story.post(f"/dossiers/{dossier}/receipt", home)
    assert (await story.get(f"/dossiers/{dossier}", heir.leader))["state"] == "received"


async def test_figures_agree_by_either_map(
    story: Story, service: Service, databases: ServiceDatabases
) -> None:
    await story.received(story.bac_thuy, "Một", "Hai")
    await story.received(story.mai_sao, "Ba")
    await abolished(service, databases, story)
    home = official("specialist", unit=XA, duty="home-affairs", authority=XA)
    shown = {}
    for day in ("2025-06-30", "2025-07-01"):
        found = await story.get(f"/figures/units?campaign={story.campaign}&map={day}", home)
        assert found["totals"] == {"dossiers": 2, "nominees": 3}
        shown[day] = {item["unit"]: item["nominees"] for item in found["items"]}
    assert shown == {
        "2025-06-30": {"bac-thuy": 2, "mai-sao": 1},
        "2025-07-01": {XA: 2, NHAN_LY: 1},
    }


def test_message_reads_what_the_directory_promises() -> None:
    example = (CONTRACTS / "unit.succeeded.v1.example.json").read_bytes()
    assert msgspec.json.decode(example)["data"]["custodian"] == (
        Message[UnitSucceeded].model_validate_json(example).data.custodian
    )
