"""The campaign service over HTTP on a real PostgreSQL, from a plan's text to opened intake."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from libs.serving.acting import Acting
from libs.serving.days import day_of
from libs.serving.tests import signing
from libs.serving.tests.databases import ServiceDatabases, service_databases
from services.campaign.app import create_app
from services.campaign.settings import Settings
from tests.infrastructure import Nats, Postgres

PLAN = (Path(__file__).parents[3] / "examples/chi-lang-2024/plan.txt").read_text(encoding="utf-8")
LEAD = signing.official("specialist", unit="ldtbxh-dt", duty="lead-office")
LEAD_HEAD = signing.official("leader", unit="ldtbxh-dt", duty="lead-office")
HOME = signing.official("leader", unit="noi-vu", duty="home-affairs")
HOME_SPECIALIST = signing.official("specialist", unit="noi-vu", duty="home-affairs")
CHAIRMAN = signing.official("chairman", unit="ubnd")
CLERK = signing.official("clerk", unit="van-phong", duty="office")
STRANGER = signing.official("specialist", unit="x", duty="lead-office", authority="trang-dinh")
GUIDANCE = {
    "forms": [
        {"code": "giay-khen", "name": "Giấy khen", "kinds": ["individual"], "quota": 20},
    ],
    "criteria": [{"kind": "individual", "text": "Có thành tích tiêu biểu trong phong trào"}],
    "papers": ["achievement-report", "minutes"],
    "who": "Cá nhân trên địa bàn huyện",
    "intake_from": "2024-08-01T00:00:00+07:00",
    "intake_until": "2024-09-30T17:00:00+07:00",
}


@pytest.fixture(scope="module")
def databases(postgres: Postgres) -> ServiceDatabases:
    return service_databases(postgres, "campaign")


@pytest.fixture
async def http(
    databases: ServiceDatabases, nats_server: Nats, tmp_path: Path
) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(
        port=0,
        database_dsn=databases.dsn,
        nats_url=nats_server.url,
        log_token=signing.LOG_TOKEN,
        directory_url="http://127.0.0.1:9",
        directory_keys=signing.KEYS,
        roles="api",
        evidence_dir=str(tmp_path),
    )
    app = create_app(settings)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://campaign") as client,
    ):
        yield client


async def post(
    http: httpx.AsyncClient, by: Acting, path: str, body: Any = None, **headers: str
) -> httpx.Response:
    return await http.post(path, json=body, headers=signing.bearer(by) | headers)


async def get(http: httpx.AsyncClient, by: Acting, path: str) -> Any:
    answer = await http.get(path, headers=signing.bearer(by))
    return answer.raise_for_status().json()


async def drafted(http: httpx.AsyncClient) -> str:
    answer = await post(http, LEAD, "/campaigns", {"text": PLAN, "source_name": "plan.txt"})
    assert answer.status_code == 201
    return str(answer.json()["id"])


async def confirmed(http: httpx.AsyncClient) -> str:
    id = await drafted(http)
    for field in (await get(http, LEAD, f"/campaigns/{id}"))["fields"]:
        path = f"/campaigns/{id}/fields/{field['id']}/confirmation"
        (await post(http, LEAD, path, {})).raise_for_status()
    return id


async def launched(http: httpx.AsyncClient) -> str:
    id = await confirmed(http)
    steps: list[tuple[Acting, str, Any]] = [
        (LEAD, "submission", None),
        (LEAD_HEAD, "approval", None),
        (CHAIRMAN, "signature", None),
        (CLERK, "number", {"issued_on": day_of(datetime.now(UTC)).isoformat()}),
    ]
    for by, noun, body in steps:
        (await post(http, by, f"/campaigns/{id}/{noun}", body)).raise_for_status()
    lines = (await get(http, CLERK, f"/campaigns/{id}/recipients"))["items"]
    recipients = [
        {
            "label": line["label"],
            "purpose": line["purpose"],
            "units": [] if line["purpose"] == "archive" else ["so-noi-vu"],
        }
        for line in lines
    ]
    told = {"scope": ["bac-thuy", "van-linh"], "recipients": recipients}
    (await post(http, CLERK, f"/campaigns/{id}/launch", told)).raise_for_status()
    return id


async def guided(http: httpx.AsyncClient, id: str, **changes: Any) -> None:
    """Drafted, approved, signed, numbered and issued, by those whose part each is."""
    today = day_of(datetime.now(UTC)).isoformat()
    steps: list[tuple[Acting, str, Any]] = [
        (HOME_SPECIALIST, "", GUIDANCE | changes),
        (HOME, "/approval", None),
        (HOME, "/signature", None),
        (CLERK, "/number", {"issued_on": today}),
        (CLERK, "/publication", None),
    ]
    for by, noun, body in steps:
        (await post(http, by, f"/campaigns/{id}/guidance{noun}", body)).raise_for_status()


async def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_plan_becomes_a_draft_with_places_in_its_text(http: httpx.AsyncClient) -> None:
    id = await drafted(http)
    page = await get(http, LEAD, f"/campaigns/{id}")
    source = (await get(http, LEAD, f"/campaigns/{id}/source"))["text"]
    assert source == PLAN
    assert page["state"] == "draft"
    spans = [(f["span"]["start"], f["span"]["end"], f["text"]) for f in page["fields"]]
    assert [source[start:end] for start, end, _ in spans] == [text for *_, text in spans]
    assert {m["field"] for m in page["missing"]} >= {"document_number"}


async def test_text_that_is_no_plan_leaves_nothing_behind(
    http: httpx.AsyncClient, databases: ServiceDatabases
) -> None:
    def stored() -> int:
        with psycopg.connect(databases.owner_dsn) as db:
            row = db.execute("SELECT count(*) FROM log.events").fetchone()
        assert row is not None
        return int(row[0])

    before = stored()
    answer = await post(http, LEAD, "/campaigns", {"text": "Công thức nấu phở bò. " * 20})
    assert answer.status_code == 422
    assert answer.json()["code"].startswith("plan-")
    assert answer.json()["detail"].endswith(".")
    assert stored() == before


async def test_unconfirmed_fields_block_submission_by_name(http: httpx.AsyncClient) -> None:
    id = await drafted(http)
    answer = await post(http, LEAD, f"/campaigns/{id}/submission")
    assert await code_of(answer) == (409, "unconfirmed-fields")
    assert "theme.0" in answer.json()["facts"]["fields"]


async def test_preparer_cannot_approve_own_plan(http: httpx.AsyncClient) -> None:
    head = signing.official("leader", unit="ldtbxh-dt", duty="lead-office", official=LEAD.official)
    id = await confirmed(http)
    (await post(http, LEAD, f"/campaigns/{id}/submission")).raise_for_status()
    answer = await post(http, head, f"/campaigns/{id}/approval")
    assert await code_of(answer) == (409, "same-person")


async def test_campaign_runs_from_plan_to_open_intake(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    await guided(http, id)
    (await post(http, HOME, f"/campaigns/{id}/intake")).raise_for_status()
    page = await get(http, LEAD, f"/campaigns/{id}")
    assert (page["state"], page["intake_open"]) == ("launched", True)
    assert page["scope"] == ["bac-thuy", "van-linh"]
    history = (await get(http, LEAD, f"/campaigns/{id}/history"))["items"]
    assert [step["event"] for step in history if "field" not in step["event"]] == [
        "campaign.drafted",
        "campaign.submitted",
        "campaign.approved",
        "campaign.signed",
        "campaign.numbered",
        "campaign.paper-issued",
        "campaign.launched",
        "campaign.guidance-drafted",
        "campaign.guidance-approved",
        "campaign.guidance-signed",
        "campaign.guidance-numbered",
        "campaign.guidance-issued",
        "campaign.intake-opened",
    ]


async def test_numbers_follow_each_other_without_gaps(http: httpx.AsyncClient) -> None:
    numbers = [
        (await get(http, LEAD, f"/campaigns/{await launched(http)}"))["number"] for _ in range(2)
    ]
    assert numbers[1] == numbers[0] + 1


async def test_second_launch_is_refused(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    body: dict[str, Any] = {"scope": ["x"], "recipients": []}
    answer = await post(http, CLERK, f"/campaigns/{id}/launch", body)
    assert await code_of(answer) == (409, "already-launched")


async def test_other_authority_finds_nothing(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    for path in ("", "/source", "/history", "/recipients", "/guidance"):
        answer = await http.get(f"/campaigns/{id}{path}", headers=signing.bearer(STRANGER))
        assert await code_of(answer) == (404, "not-found")
    assert (await get(http, STRANGER, "/campaigns"))["items"] == []


async def test_past_version_is_shown_as_it_was(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    assert (await get(http, LEAD, f"/campaigns/{id}?version=1"))["state"] == "draft"
    long_ago = f"/campaigns/{id}?at=2000-01-01T00:00:00Z"
    assert await code_of(await http.get(long_ago, headers=signing.bearer(LEAD))) == (
        404,
        "not-found",
    )


async def test_repeat_with_same_key_answers_the_same(http: httpx.AsyncClient) -> None:
    body = {"text": PLAN, "source_name": "plan.txt"}
    first = await post(http, LEAD, "/campaigns", body, **{"Idempotency-Key": "k-1"})
    again = await post(http, LEAD, "/campaigns", body, **{"Idempotency-Key": "k-1"})
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    other = await post(
        http, LEAD, "/campaigns", body | {"source_name": "b"}, **{"Idempotency-Key": "k-1"}
    )
    assert await code_of(other) == (422, "idempotency-key-reused")


async def test_stale_version_is_told_the_present_one(http: httpx.AsyncClient) -> None:
    id = await drafted(http)
    path = f"/campaigns/{id}/fields/theme.0/confirmation"
    (await post(http, LEAD, path, {}, **{"If-Match": '"1"'})).raise_for_status()
    answer = await post(http, LEAD, path, {"value": "Chủ đề khác"}, **{"If-Match": '"1"'})
    assert (answer.status_code, answer.headers["ETag"]) == (412, '"2"')


async def test_view_answers_with_what_was_just_done(http: httpx.AsyncClient) -> None:
    answer = await post(http, LEAD, "/campaigns", {"text": PLAN})
    position = answer.json()["position"]
    listed = await get(http, LEAD, f"/campaigns?after={position}")
    assert listed["items"][0]["id"] == answer.json()["id"]
    compared = await http.post("/views/comparison", headers=signing.LOG_READER)
    assert compared.json()["equal"] is True


async def test_without_sign_in_nothing_is_answered(http: httpx.AsyncClient) -> None:
    for path in ("/campaigns", "/log", "/followers", "/dead-letters"):
        answer = await http.get(path)
        assert await code_of(answer) == (401, "sign-in-required")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("theme.0", "a\x00b"),
        ("theme.0", 10**30),
        ("theme.0", [[[[[["deep"]]]]]]),
        ("recipients.0", "Sở Nội vụ"),
        ("recipients.0", {"name": 1, "purpose": "for-action"}),
    ],
)
async def test_value_that_no_plan_can_have_is_refused(
    http: httpx.AsyncClient, field: str, value: Any
) -> None:
    path = f"/campaigns/{await drafted(http)}/fields/{field}/confirmation"
    assert await code_of(await post(http, LEAD, path, {"value": value})) == (422, "invalid-request")


async def test_plan_with_nul_characters_is_refused(http: httpx.AsyncClient) -> None:
    answer = await post(http, LEAD, "/campaigns", {"text": PLAN.replace("thi đua", "thi\x00đua")})
    assert await code_of(answer) == (422, "invalid-request")


async def test_number_is_given_to_the_version_that_was_seen(http: httpx.AsyncClient) -> None:
    id = await confirmed(http)
    for by, noun in ((LEAD, "submission"), (LEAD_HEAD, "approval"), (CHAIRMAN, "signature")):
        (await post(http, by, f"/campaigns/{id}/{noun}")).raise_for_status()
    body = {"issued_on": day_of(datetime.now(UTC)).isoformat()}
    answer = await post(http, CLERK, f"/campaigns/{id}/number", body, **{"If-Match": '"1"'})
    assert await code_of(answer) == (412, "version-changed")


COMMUNE = signing.official("specialist", unit="bac-thuy", duty="commune")


async def test_revision_shows_old_beside_new(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    await guided(http, id)
    later = {"intake_until": "2024-10-15T17:00:00+07:00", "reason": "Đại hội lùi ngày"}
    await guided(http, id, **later)
    page = await get(http, COMMUNE, f"/campaigns/{id}/guidance")
    assert (page["version"], page["reason"]) == (2, "Đại hội lùi ngày")
    assert page["differences"] == [
        {
            "field": "intake_until",
            "of": "",
            "before": "2024-09-30T10:00:00+00:00",
            "after": "2024-10-15T10:00:00+00:00",
        }
    ]
    assert page["prepared_by"] == str(HOME_SPECIALIST.official)
    first = await get(http, COMMUNE, f"/campaigns/{id}/guidance?version=1")
    assert (first["version"], first["differences"]) == (1, [])
    numbers = [one["number"] for one in page["versions"]]
    assert numbers[1] == numbers[0] + 1
    absent = await http.get(f"/campaigns/{id}/guidance?version=3", headers=signing.bearer(COMMUNE))
    assert await code_of(absent) == (404, "not-found")


async def test_draft_of_guidance_is_seen_by_those_who_prepare_only(
    http: httpx.AsyncClient,
) -> None:
    id = await launched(http)
    path = f"/campaigns/{id}/guidance"
    drafted = await post(http, HOME_SPECIALIST, path, GUIDANCE)
    drafted.raise_for_status()
    draft = (await get(http, HOME, path))["draft"]
    assert (draft["stage"], draft["version"], draft["signer"]) == ("draft", 1, "home-affairs")
    answer = await http.get(path, headers=signing.bearer(COMMUNE))
    assert await code_of(answer) == (404, "not-found")
    assert "guidance_draft" not in await get(http, COMMUNE, f"/campaigns/{id}")
    steps = (await get(http, COMMUNE, f"/campaigns/{id}/history"))["items"]
    assert [step for step in steps if "guidance" in step["event"]] == []
    seen = f"/guidance?after={drafted.json()['position']}"
    waiting = (await get(http, HOME, seen))["items"]
    assert [one["stage"] for one in waiting if one["campaign"] == id] == ["draft"]
    assert (await get(http, COMMUNE, "/guidance"))["items"] == []
    assert (await get(http, STRANGER, "/guidance"))["items"] == []


async def test_intake_closes_and_opens_again(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    await guided(http, id, intake_until="2099-09-30T17:00:00+07:00")

    async def intake() -> str:
        page = await get(http, COMMUNE, f"/campaigns/{id}/guidance")
        return str(page["intake"])

    assert await intake() == "not-open"
    (await post(http, HOME, f"/campaigns/{id}/intake")).raise_for_status()
    assert await intake() == "receiving"
    path, reason = f"/campaigns/{id}/intake", {"reason": "Đã đủ hồ sơ"}
    answer = await http.request("DELETE", path, headers=signing.bearer(HOME), json=reason)
    answer.raise_for_status()
    assert await intake() == "closed"
    (await post(http, HOME, f"/campaigns/{id}/intake")).raise_for_status()
    assert await intake() == "receiving"
