"""Reorganisations as administrators carry them out, over HTTP."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import httpx
import pytest

from libs.serving.days import day_of
from libs.serving.tests import signing
from services.directory.history import Histories
from services.directory.reorganisations import Reorganisations
from services.directory.tests.conftest import CHI_LANG, NOI_VU, PASSWORD, Directory

TODAY = day_of(datetime.now(UTC))
SECOND = {
    "name": "Quản trị Hai",
    "unit": "system",
    "role": "administrator",
    "title": "Quản trị",
    "username": "quantri.hai",
    "password": PASSWORD,
}
DOCUMENT = {
    "number": "1672/NQ-UBTVQH15",
    "issued_on": "2025-06-16",
    "issuer": "UBTVQH",
    "abstract": "Sắp xếp (dữ liệu mẫu)",
}
NEW = {
    "code": "xa-chi-lang",
    "name": "UBND xã Chi Lăng",
    "kind": "authority",
    "authority": "xa-chi-lang",
    "duties": ["home-affairs"],
    "valid_from": TODAY.isoformat(),
}


def plan(effective: str, *more: dict[str, Any]) -> dict[str, Any]:
    acts = [
        {"act": "establish", "new": NEW},
        {"act": "abolish", "units": ["chi-lang"], "into": [{"unit": "xa-chi-lang"}]},
        *more,
    ]
    return {"effective": effective, "document": DOCUMENT, "acts": acts}


@pytest.fixture
async def district(directory: Directory) -> Directory:
    await directory.establish(CHI_LANG, NOI_VU)
    await directory.register()
    await directory.http.post("/officials", json=SECOND, headers=directory.admin)
    return directory


async def prepared(district: Directory, effective: str) -> str:
    answer = await district.http.post(
        "/reorganisations", json=plan(effective), headers=district.admin
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def confirmed(district: Directory, effective: str) -> httpx.Response:
    id = await prepared(district, effective)
    other = await district.bearer("quantri.hai")
    answer = await district.http.post(f"/reorganisations/{id}/confirmation", headers=other)
    assert answer.status_code == 200, answer.text
    return answer


async def test_dry_run_tells_what_passes_to_whom(district: Directory) -> None:
    answer = await district.http.post(
        "/reorganisations/check", json=plan(TODAY.isoformat()), headers=district.admin
    )
    passing = [(p["unit"], p["custodian_name"]) for p in answer.json()["passing"]]
    assert passing == [
        ("chi-lang", "UBND xã Chi Lăng"),
        ("chi-lang-noi-vu", "UBND xã Chi Lăng"),
    ]
    assert "reorganisation.prepared.v1" not in district.topics()


async def test_faulty_plan_saves_nothing_and_names_lines(district: Directory) -> None:
    wrong = plan(TODAY.isoformat(), {"act": "merge", "units": ["khong-co"], "into": []})
    answer = await district.http.post("/reorganisations", json=wrong, headers=district.admin)
    assert (answer.status_code, answer.json()["code"], answer.json()["facts"]["faults"]) == (
        409,
        "reorganisation-faulty",
        [
            {"row": 3, "code": "unit-unknown", "unit": "khong-co"},
            {"row": 3, "code": "no-successor", "unit": "khong-co"},
        ],
    )
    assert "reorganisation.prepared.v1" not in district.topics()


async def test_who_prepared_does_not_confirm(district: Directory) -> None:
    id = await prepared(district, TODAY.isoformat())
    answer = await district.http.post(f"/reorganisations/{id}/confirmation", headers=district.admin)
    assert (answer.status_code, answer.json()["code"]) == (409, "same-person")


async def test_district_gives_way_in_one_act(district: Directory) -> None:
    signed_in = (await district.sign_in("mau.nguyen", PASSWORD)).json()
    before = len(district.topics())
    await confirmed(district, TODAY.isoformat())
    acts = [topic for topic in district.topics()[before:] if not topic.startswith("account")]
    assert acts == [
        "reorganisation.prepared.v1",
        "unit.established.v1",
        "unit.closed.v1",
        "unit.succeeded.v1",
        "unit.closed.v1",
        "unit.succeeded.v1",
        "appointment.ended.v1",
        "reorganisation.confirmed.v1",
        "reorganisation.took-effect.v1",
    ]
    again = await district.http.post(
        f"/sessions/{signed_in['session']}/token", json={"secret": signed_in["secret"]}
    )
    assert (again.status_code, again.json()["code"]) == (401, "appointment-ended")


async def test_units_are_a_tree_on_a_day(district: Directory) -> None:
    done = await confirmed(district, TODAY.isoformat())
    after = done.json()["position"]
    yesterday = (TODAY - timedelta(days=1)).isoformat()

    async def codes(at: str) -> list[tuple[str, list[str]]]:
        answer = await district.http.get(
            "/units/tree", params={"at": at, "after": after}, headers=district.admin
        )
        return [
            (u["code"], [below["code"] for below in u["below"]])
            for u in answer.json()["items"]
            if u["code"] != "system"
        ]

    assert await codes(yesterday) == [("chi-lang", ["chi-lang-noi-vu"])]
    assert await codes(TODAY.isoformat()) == [("xa-chi-lang", [])]
    succession = await district.http.get("/units/chi-lang/succession", headers=district.admin)
    assert [
        (s["predecessor"], s["custodian"], s["successors"][0]["name"])
        for s in succession.json()["items"]
    ] == [("chi-lang", "xa-chi-lang", "UBND xã Chi Lăng")]


async def test_confirmed_ahead_passes_on_its_day(district: Directory) -> None:
    """Until then the old unit acts for itself; its officials' appointments end that day."""
    await confirmed(district, (TODAY + timedelta(days=3)).isoformat())
    assert "unit.succeeded.v1" not in district.topics()
    assert (await district.sign_in("mau.nguyen", PASSWORD)).status_code == 201
    comparison = await district.http.post("/views/comparison", headers=signing.LOG_READER)
    assert comparison.json()["equal"]


async def test_worker_carries_it_out_on_its_day_once(district: Directory) -> None:
    day = TODAY + timedelta(days=3)
    await confirmed(district, day.isoformat())
    late = {"username": "muon", "name": "Người Đến Sau"}
    await district.register(**late)  # while the unit still stands
    service = district.service
    together = Reorganisations(Histories(service.log), service.views)
    before = len(district.topics())
    await together.take_effect(now_is=at_noon(day - timedelta(days=1)))
    assert district.topics()[before:] == []
    replicas = [together.take_effect(now_is=at_noon(day)) for _ in range(2)]
    await asyncio.gather(*replicas)
    assert district.topics()[before:] == [
        "unit.succeeded.v1",
        "unit.succeeded.v1",
        "appointment.ended.v1",
        "reorganisation.took-effect.v1",
    ]


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(5), UTC)  # noon in Vietnam


async def test_name_is_that_of_the_day_asked(district: Directory) -> None:
    body = {"name": "Phòng Nội vụ mới", "effective": TODAY.isoformat(), "reason": "Đổi tên"}
    done = await district.http.post(
        "/units/chi-lang-noi-vu/name", json=body, headers=district.admin
    )
    names = []
    for day in (TODAY - timedelta(days=1), TODAY):
        answer = await district.http.get(
            "/units",
            params={"at": day.isoformat(), "after": done.json()["position"]},
            headers=district.admin,
        )
        names += [u["name"] for u in answer.json()["items"] if u["code"] == "chi-lang-noi-vu"]
    assert names == ["Phòng Nội vụ", "Phòng Nội vụ mới"]


async def test_closing_a_unit_ends_its_appointments(district: Directory) -> None:
    closing = {"valid_to": TODAY.isoformat(), "reason": "Giải thể"}
    await district.http.post("/units/chi-lang-noi-vu/closing", json=closing, headers=district.admin)
    refused = await district.sign_in("mau.nguyen", PASSWORD)
    assert (refused.status_code, refused.json()["code"]) == (409, "no-appointment")
    assert district.topics()[-2:] == ["appointment.ended.v1", "unit.closed.v1"]
