"""The directory as its callers see it."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import httpx
import psycopg
import pytest

from libs.serving.acting import Tokens, published
from libs.serving.days import day_of
from libs.serving.tests import signing
from services.directory.app import create_app
from services.directory.tests.conftest import CHI_LANG, NOI_VU, PASSWORD, SPECIALIST, Directory

TODAY = day_of(datetime.now(UTC))


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


# ---- units
async def test_units_are_those_of_the_day(directory: Directory) -> None:
    await directory.establish(CHI_LANG, NOI_VU)
    closing = {"valid_to": "2025-07-01", "reason": "Tổ chức lại"}
    closed = await directory.http.post(
        "/units/chi-lang-noi-vu/closing", json=closing, headers=directory.admin
    )
    seen = {}
    for day in ("2019-12-31", "2025-06-30", "2025-07-01"):
        answer = await directory.http.get(
            "/units",
            params={"at": day, "authority": "chi-lang", "after": closed.json()["position"]},
            headers=directory.admin,
        )
        seen[day] = [item["code"] for item in answer.json()["items"]]
    assert seen == {
        "2019-12-31": [],
        "2025-06-30": ["chi-lang", "chi-lang-noi-vu"],
        "2025-07-01": ["chi-lang"],
    }


async def test_unit_reads_as_established(directory: Directory) -> None:
    await directory.establish(CHI_LANG, NOI_VU)
    answer = await directory.http.get("/units/chi-lang-noi-vu", headers=directory.admin)
    assert answer.json() == NOI_VU | {"valid_to": None, "version": 1, "sector": "", "area": ""}
    past = await directory.http.get(
        "/units/chi-lang-noi-vu", params={"at": "2020-01-01T00:00:00Z"}, headers=directory.admin
    )
    assert refusal(past) == (404, "not-found")


async def test_taken_code_and_unknown_parent_are_refused(directory: Directory) -> None:
    await directory.establish(CHI_LANG)
    again = await directory.http.post(
        "/units", json=CHI_LANG | {"name": "Khác"}, headers=directory.admin
    )
    orphan = await directory.http.post(
        "/units", json=NOI_VU | {"parent": "khong-co"}, headers=directory.admin
    )
    assert (refusal(again), refusal(orphan)) == ((409, "code-taken"), (409, "parent-unknown"))


async def test_only_administrators_establish_units(directory: Directory) -> None:
    await directory.establish(CHI_LANG, NOI_VU)
    await directory.register()
    mine = await directory.bearer("mau.nguyen")
    answer = await directory.http.post("/units", json=NOI_VU | {"code": "moi"}, headers=mine)
    assert refusal(answer) == (403, "not-allowed")
    assert (await directory.http.get("/units")).status_code == 401


async def test_repeated_key_answers_the_same(directory: Directory) -> None:
    headers = directory.admin | {"Idempotency-Key": "unit-1"}
    first = await directory.http.post("/units", json=CHI_LANG, headers=headers)
    second = await directory.http.post("/units", json=CHI_LANG, headers=headers)
    assert (second.status_code, second.json()) == (201, first.json())
    assert directory.topics().count("unit.established.v1") == 2  # and the one of the system


# ---- officials
async def test_registered_official_signs_in_with_a_role(directory: Directory) -> None:
    await directory.establish(CHI_LANG, NOI_VU)
    created = await directory.register()
    facts = (await directory.sign_in("Mau.Nguyen ", PASSWORD)).json()
    by = await Tokens("", log_token="", keys=published(signing.KEY)).acting(
        f"Bearer {facts['token']}"
    )
    told = {
        "official": facts["official"],
        "appointment": facts["appointment"],
        "role": facts["role"],
        "unit": facts["unit"],
        "duty": facts["duty"],
        "authority": facts["authority"],
        "name": facts["name"],
        "unit_name": facts["unit_name"],
        "title": facts["title"],
    }
    assert told == {
        "official": created["id"],
        "appointment": created["appointment"],
        "role": "specialist",
        "unit": "chi-lang-noi-vu",
        "duty": "home-affairs",
        "authority": "chi-lang",
        "name": "Nguyễn Thị Mẫu",
        "unit_name": "Phòng Nội vụ",
        "title": "Chuyên viên",
    }
    assert (str(by.official), by.role, by.unit, by.duty, by.authority, str(by.session)) == (
        created["id"],
        "specialist",
        "chi-lang-noi-vu",
        "home-affairs",
        "chi-lang",
        facts["session"],
    )
    assert facts["expires_in"] == 600


async def test_one_act_registers_or_nothing_does(directory: Directory) -> None:
    await directory.establish(CHI_LANG, NOI_VU)
    await directory.register()
    before = directory.topics()
    for changes, code in [
        ({}, "username-taken"),
        ({"username": "khac", "unit": "khong-co"}, "unit-unknown"),
        ({"username": "khac", "role": "king"}, "role-unknown"),
        ({"username": "khac", "password": "ngan"}, "password-too-short"),
        ({"username": "khac", "valid_from": "2019-01-01"}, "unit-not-valid"),
    ]:
        answer = await directory.http.post(
            "/officials", json=SPECIALIST | changes, headers=directory.admin
        )
        assert refusal(answer) == (409, code)
    assert directory.topics() == before


async def test_names_are_for_the_same_authority(directory: Directory) -> None:
    other = CHI_LANG | {"code": "khac", "authority": "khac"}
    await directory.establish(CHI_LANG, NOI_VU, other)
    created = await directory.register()
    await directory.register(unit="khac", username="nguoi.khac")
    mine, theirs = await directory.bearer("mau.nguyen"), await directory.bearer("nguoi.khac")
    path = f"/officials/{created['id']}"
    seen = (await directory.http.get(path, headers=mine)).json()
    assert (seen["name"], [a["role"] for a in seen["appointments"]]) == (
        "Nguyễn Thị Mẫu",
        ["specialist"],
    )
    assert refusal(await directory.http.get(path, headers=theirs)) == (404, "not-found")
    listed = await directory.http.get("/officials?authority=chi-lang", headers=theirs)
    assert refusal(listed) == (403, "not-allowed")
    items = (await directory.http.get("/officials", headers=mine)).json()["items"]
    assert [(item["id"], item["name"]) for item in items] == [(created["id"], "Nguyễn Thị Mẫu")]


async def test_two_hats_must_be_chosen_between(directory: Directory) -> None:
    await directory.establish(CHI_LANG, NOI_VU)
    created = await directory.register()
    second = await directory.http.post(
        f"/officials/{created['id']}/appointments",
        json={"unit": "chi-lang", "role": "council-secretary", "title": "Thư ký hội đồng"},
        headers=directory.admin,
    )
    unchosen = await directory.sign_in("mau.nguyen", PASSWORD)
    assert refusal(unchosen) == (409, "choose-appointment")
    assert [hat["id"] for hat in unchosen.json()["facts"]["appointments"]] == [
        created["appointment"],
        second.json()["appointment"],
    ]
    chosen = await directory.sign_in(
        "mau.nguyen", PASSWORD, appointment=second.json()["appointment"]
    )
    assert (chosen.json()["role"], chosen.json()["unit"]) == ("council-secretary", "chi-lang")


async def test_ended_appointment_gives_no_new_token(directory: Directory) -> None:
    await directory.establish(CHI_LANG, NOI_VU)
    created = await directory.register()
    facts = (await directory.sign_in("mau.nguyen", PASSWORD)).json()
    path = f"/officials/{created['id']}/appointments/{created['appointment']}"
    ended = await directory.http.request(
        "DELETE", path, json={"reason": "Chuyển công tác"}, headers=directory.admin
    )
    assert ended.status_code == 200
    token = await directory.http.post(
        f"/sessions/{facts['session']}/token", json={"secret": facts["secret"]}
    )
    assert refusal(token) == (401, "appointment-ended")
    assert refusal(await directory.sign_in("mau.nguyen", PASSWORD)) == (409, "no-appointment")
    before = await directory.http.get(
        f"/officials/{created['id']}", params={"version": 2}, headers=directory.admin
    )
    after = await directory.http.get(f"/officials/{created['id']}", headers=directory.admin)
    assert [a["valid_to"] for a in before.json()["appointments"]] == [None]
    assert [a["valid_to"] for a in after.json()["appointments"]] == [TODAY.isoformat()]


# ---- accounts and sessions
async def test_five_wrong_passwords_lock_the_account(directory: Directory) -> None:
    answers = await asyncio.gather(*(directory.sign_in("quantri", "sai " * 4) for _ in range(5)))
    assert [refusal(answer) for answer in answers] == [(401, "sign-in-refused")] * 5
    assert refusal(await directory.sign_in("quantri", PASSWORD)) == (401, "account-locked")
    assert directory.topics()[-6:] == ["account.sign-in-refused.v1"] * 5 + ["account.locked.v1"]


async def test_unknown_name_is_locked_like_a_known_one(directory: Directory) -> None:
    before = directory.topics()
    answers = [await directory.sign_in("khong.co", "sai " * 4) for _ in range(6)]
    expected = [(401, "sign-in-refused")] * 5 + [(401, "account-locked")]
    assert [refusal(answer) for answer in answers] == expected
    assert directory.topics() == before


async def test_unknown_name_takes_as_long_and_leaves_nothing(directory: Directory) -> None:
    before = directory.topics()
    clock = asyncio.get_running_loop().time
    started = clock()
    answer = await directory.sign_in("khong.co", PASSWORD)
    assert refusal(answer) == (401, "sign-in-refused")
    assert clock() - started >= 0.4
    assert directory.topics() == before


async def test_session_renews_its_token_until_it_ends(directory: Directory) -> None:
    facts = (await directory.sign_in("quantri", PASSWORD)).json()
    path, holder = f"/sessions/{facts['session']}", {"secret": facts["secret"]}
    renewed = await directory.http.post(f"{path}/token", json=holder)
    assert {k: v for k, v in renewed.json().items() if k != "token"} == {
        k: v for k, v in facts.items() if k not in ("token", "secret", "position")
    }
    wrong = await directory.http.post(f"{path}/token", json={"secret": "x" * 43})
    assert refusal(wrong) == (401, "session-unknown")
    for _ in range(2):
        assert (await directory.http.request("DELETE", path, json=holder)).status_code == 200
    ended = await directory.http.post(f"{path}/token", json=holder)
    assert refusal(ended) == (401, "session-ended")
    assert directory.topics().count("account.session-ended.v1") == 1


async def test_no_password_nor_name_stands_in_the_log(directory: Directory) -> None:
    await directory.establish(CHI_LANG, NOI_VU)
    headers = directory.admin | {"Idempotency-Key": "official-1"}
    for _ in range(2):
        answer = await directory.http.post("/officials", json=SPECIALIST, headers=headers)
        assert answer.status_code == 201
    changed = await directory.http.post(
        "/officials", json=SPECIALIST | {"password": PASSWORD + "!"}, headers=headers
    )
    assert changed.json() == answer.json()  # the password is not part of the fingerprint
    assert (await directory.sign_in("mau.nguyen", PASSWORD)).status_code == 201
    with psycopg.connect(directory.databases.owner_dsn) as owner:
        states = owner.execute("SELECT convert_from(state, 'UTF8') FROM log.events").fetchall()
    whole = "".join(state for (state,) in states)
    found = [word for word in ("Mẫu", "mau.nguyen", PASSWORD, "argon2") if word in whole]
    assert found == []


async def test_starting_again_changes_nothing(directory: Directory, settings_of: Any) -> None:
    before = directory.topics()
    app = create_app(settings_of(directory.databases))
    async with app.router.lifespan_context(app):
        assert directory.topics() == before


async def test_published_keys_hold_no_secret(directory: Directory) -> None:
    answer = await directory.http.get("/.well-known/jwks.json")
    (key,) = answer.json()["keys"]
    assert sorted(key) == ["crv", "kid", "kty", "use", "x"]
    assert key["kid"] == signing.KEY.thumbprint()


async def test_views_equal_a_replay_of_the_log(directory: Directory) -> None:
    await directory.establish(CHI_LANG, NOI_VU)
    await directory.register()
    answer = await directory.http.post("/views/comparison", headers=signing.LOG_READER)
    assert (answer.json()["equal"], answer.json()["rows"]) == (
        True,
        {
            "account": 2,
            "appointment": 2,
            "delegation": 0,
            "official": 2,
            "permission_change": 2,
            "progress": 1,
            "reorganisation": 0,
            "succession": 0,
            "unit": 3,
            "unit_before": 0,
        },
    )


async def test_text_that_the_views_cannot_hold_is_refused(directory: Directory) -> None:
    for changes in ({"name": "a\x00b"}, {"mailbox": "a\x00@b.test"}):
        answer = await directory.http.post(
            "/units", json=CHI_LANG | changes, headers=directory.admin
        )
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00%2B14:00"])
async def test_ends_of_the_calendar_are_days_too(directory: Directory, at: str) -> None:
    answer = await directory.http.get(f"/units?at={at}", headers=directory.admin)
    assert answer.status_code == 200
