"""A campaign's life over HTTP on a real PostgreSQL: code, readiness, changes, registers."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from libs.serving.days import day_of
from libs.serving.tests import signing
from services.campaign.tests.test_service import (
    CHAIRMAN,
    CLERK,
    GUIDANCE,
    HOME,
    LEAD,
    LEAD_HEAD,
    STRANGER,
    code_of,
    confirmed,
    databases,
    get,
    guided,
    http,
    launched,
    post,
)

__all__ = ["databases", "http"]  # fixtures
COMMUNE = signing.official("leader", unit="bac-thuy", duty="commune")
WHY = "Theo chỉ đạo mới của cấp trên"
TODAY = day_of(datetime.now(UTC))
TOPICAL = {"kind": "topical", "level": "commune", "ends_event": "trước Đại hội"}


async def put(http: httpx.AsyncClient, path: str, body: Any) -> httpx.Response:
    return await http.put(path, json=body, headers=signing.bearer(LEAD))


async def numbered(http: httpx.AsyncClient, **described: Any) -> str:
    id = await confirmed(http)
    if described:
        attributes = TOPICAL | described
        (await put(http, f"/campaigns/{id}/attributes", attributes)).raise_for_status()
    for by, noun, body in (
        (LEAD, "submission", None),
        (LEAD_HEAD, "approval", None),
        (CHAIRMAN, "signature", None),
        (CLERK, "number", {"issued_on": TODAY.isoformat()}),
    ):
        (await post(http, by, f"/campaigns/{id}/{noun}", body)).raise_for_status()
    return id


async def listed(http: httpx.AsyncClient, id: str) -> dict[str, Any]:
    position = (await get(http, LEAD, f"/campaigns/{id}"))["position"]
    items = (await get(http, LEAD, f"/campaigns?after={position}"))["items"]
    found: dict[str, Any] = next(one for one in items if one["id"] == id)
    return found


async def test_two_approved_at_once_get_codes_without_gap(http: httpx.AsyncClient) -> None:
    ids = [await confirmed(http) for _ in range(2)]
    for id in ids:
        (await post(http, LEAD, f"/campaigns/{id}/submission")).raise_for_status()
    answers = await asyncio.gather(
        *(post(http, LEAD_HEAD, f"/campaigns/{id}/approval") for id in ids)
    )
    assert [answer.status_code for answer in answers] == [200, 200]
    codes = sorted([(await get(http, LEAD, f"/campaigns/{id}"))["code"] for id in ids])
    numbers = [int(code.removeprefix(f"PT-{TODAY.year}-")) for code in codes]
    assert numbers[1] == numbers[0] + 1


async def test_readiness_names_what_is_open_and_what_blocks(http: httpx.AsyncClient) -> None:
    id = await confirmed(http)
    before = await get(http, LEAD, f"/campaigns/{id}/readiness")
    assert before["blocking"] == ["numbered"]
    (await put(http, f"/campaigns/{id}/attributes", TOPICAL)).raise_for_status()
    items = (await get(http, LEAD, f"/campaigns/{id}/readiness"))["items"]
    assert {item["code"]: (item["have"], item["need"]) for item in items if not item["done"]} == {
        "criteria": (0, 3),
        "numbered": (0, 1),
    }
    row = await listed(http, id)
    assert (row["kind"], row["level"], row["ends"]) == ("topical", "commune", None)


async def test_end_is_bound_later_and_stays_visible_to_units(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    ends = (TODAY + timedelta(days=90)).isoformat()
    body = {"ends": ends, "reason": WHY}
    (await post(http, LEAD_HEAD, f"/campaigns/{id}/end", body)).raise_for_status()
    page = await get(http, COMMUNE, f"/campaigns/{id}")
    (change,) = page["changes"]
    told = {name: change[name] for name in ("change", "old", "new", "reason", "by")}
    author = str(LEAD_HEAD.official)
    assert told == {"change": "bound", "old": None, "new": ends, "reason": WHY, "by": author}
    impossible = {"ends": "2025-02-31", "reason": WHY}
    answer = await post(http, LEAD_HEAD, f"/campaigns/{id}/end", impossible)
    assert await code_of(answer) == (422, "invalid-request")


async def test_deadline_moves_for_everybody(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    await guided(http, id)
    body = {"until": "2024-10-15T17:00:00+07:00", "reason": WHY}
    (await post(http, HOME, f"/campaigns/{id}/intake/deadline", body)).raise_for_status()
    guidance = await get(http, COMMUNE, f"/campaigns/{id}/guidance")
    until = datetime.fromisoformat(guidance["intake_until"])
    assert until == datetime.fromisoformat(body["until"])
    row = await listed(http, id)
    assert datetime.fromisoformat(row["intake_until"]) == until


async def test_recalled_plan_is_hidden_from_units_and_kept(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    (await post(http, CHAIRMAN, f"/campaigns/{id}/recall", {"reason": WHY})).raise_for_status()
    page = await get(http, COMMUNE, f"/campaigns/{id}?version=1")
    assert (page["standing"], page["standing_reason"], page["fields"]) == ("recalled", WHY, [])
    for path in ("source", "guidance", "recipients", "readiness"):
        answer = await http.get(f"/campaigns/{id}/{path}", headers=signing.bearer(COMMUNE))
        assert await code_of(answer) == (404, "not-found")
    steps = (await get(http, COMMUNE, f"/campaigns/{id}/history"))["items"]
    assert [step["event"] for step in steps] == ["campaign.recalled"]
    assert len((await get(http, LEAD, f"/campaigns/{id}"))["fields"]) > 10
    answer = await post(http, HOME, f"/campaigns/{id}/guidance", GUIDANCE)
    assert await code_of(answer) == (409, "campaign-not-running")


async def test_amendment_is_numbered_in_the_plans_series(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    path = f"/campaigns/{id}/amendment"
    body = {
        "form": "amendment",
        "values": [{"field": "theme.0", "value": "Chủ đề mới"}],
        "reason": WHY,
    }
    for by, noun, given in (
        (LEAD, "", body),
        (LEAD_HEAD, "/approval", None),
        (CHAIRMAN, "/signature", None),
        (CLERK, "/number", {"issued_on": TODAY.isoformat()}),
    ):
        (await post(http, by, path + noun, given)).raise_for_status()
    page = await get(http, COMMUNE, f"/campaigns/{id}")
    assert [f["value"] for f in page["fields"] if f["id"] == "theme.0"] == ["Chủ đề mới"]
    (change,) = page["changes"]
    assert (change["kind"], change["number"]) == ("amendment", page["number"] + 1)
    book = (await get(http, CLERK, f"/registers/{TODAY.year}/KH"))["items"]
    assert [line["number"] for line in book] == list(range(1, len(book) + 1))
    assert [line["kind"] for line in book[-2:]] == ["plan", "amendment"]


async def test_voided_number_stays_in_the_book_with_its_reason(http: httpx.AsyncClient) -> None:
    id = await numbered(http)
    number = (await get(http, CLERK, f"/campaigns/{id}"))["number"]
    path = f"/campaigns/{id}/number"
    (await post(http, CLERK, f"{path}/voiding", {"reason": WHY})).raise_for_status()
    waiting = await listed(http, id)
    assert (waiting["state"], waiting["number"], waiting["symbol"]) == ("signed", None, None)
    (await post(http, CLERK, path, {"issued_on": TODAY.isoformat()})).raise_for_status()
    book = (await get(http, CLERK, f"/registers/{TODAY.year}/KH"))["items"]
    voided = {line["number"]: line["voided"] and line["voided"]["reason"] for line in book}
    assert (voided[number], voided[number + 1]) == (WHY, None)
    for by, refused in ((COMMUNE, 403), (STRANGER, 200)):
        answer = await http.get(f"/registers/{TODAY.year}/KH", headers=signing.bearer(by))
        assert (answer.status_code, answer.json().get("items", [])) == (refused, [])


async def test_parent_and_child_name_each_other(http: httpx.AsyncClient) -> None:
    parent = await launched(http)
    child = await numbered(http, parent=parent)
    lines = (await get(http, CLERK, f"/campaigns/{child}/recipients"))["items"]
    recipients = [{**line, "units": ["so-noi-vu"]} for line in lines]
    for line in recipients:
        line.pop("suggested")
    told = {"scope": ["bac-thuy"], "recipients": recipients}
    (await post(http, CLERK, f"/campaigns/{child}/launch", told)).raise_for_status()
    await listed(http, child)
    pages = [await get(http, COMMUNE, f"/campaigns/{id}") for id in (parent, child)]
    assert [[one["id"] for one in page["children"]] for page in pages] == [[child], []]
    assert [page["parent"] and page["parent"]["id"] for page in pages] == [None, parent]
    review = f"/campaigns/{parent}/reviews/final"
    (await post(http, LEAD, review, {"text": "Đạt kết quả"})).raise_for_status()
    (await post(http, CHAIRMAN, f"{review}/approval")).raise_for_status()
    assert (await listed(http, parent))["state"] == "concluded"
    assert (await get(http, COMMUNE, f"/campaigns/{child}"))["parent"]["id"] == parent


async def test_guidance_has_its_book_among_the_registers(http: httpx.AsyncClient) -> None:
    items = (await get(http, CLERK, "/registers"))["items"]
    assert {one["series"]: one["kinds"] for one in items} == {
        "KH": ["plan", "amendment"],
        "CV": ["correction"],
        "HD": ["guidance"],
        "PT": ["code"],
    }


async def test_views_of_a_campaigns_life_equal_a_rebuild(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    for noun in ("closing", "reopening", "cancellation"):
        answer = await post(http, CHAIRMAN, f"/campaigns/{id}/{noun}", {"reason": WHY})
        answer.raise_for_status()
    assert (await listed(http, id))["standing"] == "cancelled"
    compared = await http.post("/views/comparison", headers=signing.LOG_READER)
    assert compared.json()["equal"] is True
