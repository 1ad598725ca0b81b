"""Hats, delegations, sessions and passwords as their holders and administrators meet them."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import psycopg

from libs.serving.acting import Acting, Tokens, published
from libs.serving.tests import signing
from services.directory.tests.conftest import CHI_LANG, NOI_VU, PASSWORD, Directory
from services.directory.tests.test_service import TODAY, refusal

NEW = "một mật khẩu khác hẳn"
COMMUNE = NOI_VU | {"code": "chi-lang-xa", "name": "Xã", "kind": "commune", "duties": ["commune"]}


async def read(token: str) -> Acting:
    return await Tokens("", log_token="", keys=published(signing.KEY)).acting(f"Bearer {token}")


async def organised(directory: Directory) -> tuple[dict[str, Any], dict[str, Any]]:
    await directory.establish(CHI_LANG, NOI_VU, COMMUNE)
    head = await directory.register(username="truong", role="head", title="Trưởng phòng")
    return head, await directory.register(username="vien", title="Chuyên viên")


async def delegated(directory: Directory, head: dict[str, Any], to: dict[str, Any]) -> str:
    body = {
        "official": head["id"],
        "appointment": head["appointment"],
        "to": to["id"],
        "kinds": ["dossier"],
        "valid_from": TODAY.isoformat(),
        "valid_to": (TODAY + timedelta(days=5)).isoformat(),
        "reason": "Đi công tác",
    }
    bearer = await directory.bearer("truong")
    answer = await directory.http.post("/delegations", json=body, headers=bearer)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["delegation"])


async def wearing(directory: Directory, session: dict[str, Any], hat: str) -> httpx.Response:
    body = {"secret": session["secret"], "hat": hat}
    return await directory.http.post(f"/sessions/{session['session']}/hat", json=body)


async def test_head_acts_as_leader_and_says_so(directory: Directory) -> None:
    await organised(directory)
    facts = (await directory.sign_in("truong", PASSWORD)).json()
    by = await read(facts["token"])
    assert (by.role, by.post, facts["role"]) == ("leader", "head", "leader")


async def test_delegate_acts_with_both_names_until_it_ends(directory: Directory) -> None:
    head, other = await organised(directory)
    delegation = await delegated(directory, head, other)
    session = (await directory.sign_in("vien", PASSWORD)).json()
    bearer = {"Authorization": f"Bearer {session['token']}"}
    hats = (await directory.http.get("/account/hats", headers=bearer)).json()["items"]
    assert [hat["id"] for hat in hats] == [other["appointment"], delegation]
    facts = (await wearing(directory, session, delegation)).json()
    by = await read(facts["token"])
    assert (str(by.official), str(by.on_behalf), str(by.appointment), by.role, by.kinds) == (
        other["id"],
        head["id"],
        head["appointment"],
        "leader",
        ("dossier",),
    )
    bearer = {"Authorization": f"Bearer {facts['token']}"}
    again = await directory.http.post(
        "/account/password", json={"current": PASSWORD, "new": NEW}, headers=bearer
    )
    assert refusal(again) == (409, "outside-delegation")
    path = f"/officials/{head['id']}/delegations/{delegation}"
    await directory.http.request(
        "DELETE", path, json={"reason": "Về sớm"}, headers=await directory.bearer("truong")
    )
    token = await directory.http.post(
        f"/sessions/{session['session']}/token", json={"secret": session["secret"]}
    )
    assert refusal(token) == (401, "delegation-ended")
    assert (await wearing(directory, session, other["appointment"])).status_code == 200
    assert directory.topics().count("account.hat-chosen.v1") == 2


async def test_delegation_ends_at_once_with_the_appointment(directory: Directory) -> None:
    head, other = await organised(directory)
    delegation = await delegated(directory, head, other)
    session = (await directory.sign_in("vien", PASSWORD)).json()
    await wearing(directory, session, delegation)
    path = f"/officials/{head['id']}/appointments/{head['appointment']}"
    await directory.http.request("DELETE", path, json={"reason": "Nghỉ"}, headers=directory.admin)
    token = await directory.http.post(
        f"/sessions/{session['session']}/token", json={"secret": session["secret"]}
    )
    assert refusal(token) == (401, "delegation-ended")


async def test_nobody_wears_a_hat_that_is_not_theirs(directory: Directory) -> None:
    head, _ = await organised(directory)
    session = (await directory.sign_in("vien", PASSWORD)).json()
    assert refusal(await wearing(directory, session, head["appointment"])) == (
        409,
        "no-appointment",
    )


async def test_officer_of_an_upper_unit_sees_those_below(directory: Directory) -> None:
    below = COMMUNE | {"code": "chi-lang-thon", "parent": "chi-lang-noi-vu"}
    await organised(directory)
    await directory.establish(below)
    seen = [
        (await read((await directory.sign_in(who, PASSWORD)).json()["token"])).below
        for who in ("truong", "quantri")
    ]
    assert seen == [("chi-lang-thon",), ()]


async def test_own_sessions_are_listed_and_ended(directory: Directory) -> None:
    await organised(directory)
    here = (await directory.sign_in("vien", PASSWORD, device="Chrome, Windows")).json()
    there = (await directory.sign_in("vien", PASSWORD, device="Safari, iPhone")).json()
    bearer = {"Authorization": f"Bearer {here['token']}"}
    listed = (await directory.http.get("/account/sessions", headers=bearer)).json()["items"]
    assert [(one["device"], one["current"]) for one in listed] == [
        ("Safari, iPhone", False),
        ("Chrome, Windows", True),
    ]
    path = f"/account/sessions/{there['session']}"
    assert (await directory.http.delete(path, headers=bearer)).status_code == 200
    foreign = await directory.http.delete(path, headers=directory.admin)
    token = await directory.http.post(
        f"/sessions/{there['session']}/token", json={"secret": there["secret"]}
    )
    assert (refusal(foreign), refusal(token)) == ((404, "not-found"), (401, "session-ended"))


async def test_idle_session_ends(directory: Directory) -> None:
    await organised(directory)
    session = (await directory.sign_in("vien", PASSWORD)).json()
    with psycopg.connect(directory.databases.owner_dsn) as owner:
        owner.execute("UPDATE private.session SET seen_at = now() - '71 minutes'::interval")
    token = await directory.http.post(
        f"/sessions/{session['session']}/token", json={"secret": session["secret"]}
    )
    assert refusal(token) == (401, "session-ended")
    assert directory.topics()[-1] == "account.session-ended.v1"


async def test_changed_password_ends_the_other_sessions(directory: Directory) -> None:
    await organised(directory)
    there = (await directory.sign_in("vien", PASSWORD)).json()
    bearer = await directory.bearer("vien")

    async def changing(current: str, new: str) -> httpx.Response:
        return await directory.http.post(
            "/account/password", json={"current": current, "new": new}, headers=bearer
        )

    assert refusal(await changing(NEW, NEW)) == (409, "password-wrong")
    assert refusal(await changing(PASSWORD, "ngan")) == (409, "password-too-short")
    assert refusal(await changing(PASSWORD, PASSWORD)) == (409, "password-unchanged")
    assert (await changing(PASSWORD, NEW)).status_code == 200
    token = await directory.http.post(
        f"/sessions/{there['session']}/token", json={"secret": there["secret"]}
    )
    assert refusal(token) == (401, "session-ended")
    assert refusal(await directory.sign_in("vien", PASSWORD)) == (401, "sign-in-refused")
    assert (await directory.sign_in("vien", NEW)).status_code == 201


async def test_first_password_is_told_once_and_must_be_changed(directory: Directory) -> None:
    _, other = await organised(directory)
    path = f"/officials/{other['id']}/account/reset"
    headers = directory.admin | {"Idempotency-Key": "reset-1"}
    answer = await directory.http.post(path, json={"reason": "Quên"}, headers=headers)
    again = await directory.http.post(path, json={"reason": "Quên"}, headers=headers)
    first = answer.json()["password"]
    assert (len(first), again.json()["password"]) == (16, None)
    assert refusal(await directory.sign_in("vien", first)) == (409, "password-must-change")
    same = await directory.sign_in("vien", first, new_password=first)
    assert refusal(same) == (409, "password-unchanged")
    assert (await directory.sign_in("vien", first, new_password=NEW)).status_code == 201
    assert (await directory.sign_in("vien", NEW)).status_code == 201
    with psycopg.connect(directory.databases.owner_dsn) as owner:
        told = owner.execute("SELECT string_agg(convert_from(state, 'UTF8'), '') FROM log.events")
        row = told.fetchone()
    assert row is not None
    assert first not in row[0]


async def test_locked_account_is_unlocked_with_a_reason(directory: Directory) -> None:
    _, other = await organised(directory)
    for _ in range(5):
        await directory.sign_in("vien", "sai " * 4)
    assert refusal(await directory.sign_in("vien", PASSWORD)) == (401, "account-locked")
    path = f"/officials/{other['id']}/account/unlocking"
    await directory.http.post(path, json={"reason": "Gõ nhầm"}, headers=directory.admin)
    assert (await directory.sign_in("vien", PASSWORD)).status_code == 201
    mine = await directory.bearer("vien")
    denied = await directory.http.post(path, json={"reason": "x"}, headers=mine)
    assert refusal(denied) == (403, "not-allowed")


async def test_administration_is_handed_over_in_one_act(directory: Directory) -> None:
    _, other = await organised(directory)
    one = await directory.register(username="quan-1", unit="chi-lang", role="administrator")
    path = f"/officials/{one['id']}/appointments/{one['appointment']}"
    alone = await directory.http.request(
        "DELETE", path, json={"reason": "Nghỉ"}, headers=directory.admin
    )
    assert refusal(alone) == (409, "last-administrators")
    body = {"to": other["id"], "title": "Quản trị", "reason": "Chuyển công tác"}
    handed = await directory.http.post(f"{path}/handover", json=body, headers=directory.admin)
    assert handed.status_code == 200, handed.text
    assert directory.topics()[-2:] == ["appointment.made.v1", "appointment.ended.v1"]


async def test_two_administrators_do_not_leave_at_once(directory: Directory) -> None:
    """Of three one may leave, whichever; the other stays, though both were asked together."""
    await directory.establish(CHI_LANG, NOI_VU)
    three = [
        await directory.register(username=f"quan-{n}", unit="chi-lang", role="administrator")
        for n in range(3)
    ]
    answers = await asyncio.gather(
        *(
            directory.http.request(
                "DELETE",
                f"/officials/{one['id']}/appointments/{one['appointment']}",
                json={"reason": "Nghỉ"},
                headers=directory.admin,
            )
            for one in three
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert {refusal(answer)[1] for answer in answers if answer.is_error} == {"last-administrators"}
    assert directory.topics()[-2:] == ["administrator.left.v1", "appointment.ended.v1"]


async def test_second_sign_in_ends_the_first(single: Directory) -> None:
    await organised(single)
    first = (await single.sign_in("vien", PASSWORD)).json()
    second = (await single.sign_in("vien", PASSWORD)).json()
    assert refusal(await renewed(single, first)) == (401, "session-ended")
    assert (await renewed(single, second)).status_code == 200
    with psycopg.connect(single.databases.owner_dsn) as owner:
        ended = owner.execute(
            "SELECT convert_from(state, 'UTF8')::jsonb -> 'data' FROM log.events "
            "WHERE topic = 'account.session-ended.v1'"
        ).fetchall()
    assert [row[0] for row in ended] == [{"session": first["session"], "reason": "replaced"}]


async def test_of_sign_ins_at_once_the_last_stays(single: Directory) -> None:
    """Both are recorded before the row of either is there."""
    await organised(single)
    before = single.topics().count("account.signed-in.v1")
    with psycopg.connect(single.databases.owner_dsn) as owner:
        owner.execute("LOCK TABLE private.session IN SHARE ROW EXCLUSIVE MODE")
        signing_in = [asyncio.create_task(single.sign_in("vien", PASSWORD)) for _ in range(2)]
        while single.topics().count("account.signed-in.v1") < before + 2:  # noqa: ASYNC110  # asked
            await asyncio.sleep(0.05)
    sessions = [(await task).json() for task in signing_in]
    living = [s["session"] for s in sessions if (await renewed(single, s)).is_success]
    assert living == [sessions_of(single)[-1]]


def sessions_of(directory: Directory) -> list[str]:
    """All that were begun, in order."""
    with psycopg.connect(directory.databases.owner_dsn) as owner:
        rows = owner.execute(
            "SELECT convert_from(state, 'UTF8')::jsonb -> 'data' ->> 'session' FROM log.events "
            "WHERE topic = 'account.signed-in.v1' ORDER BY notification_id"
        ).fetchall()
    return [session for (session,) in rows]


async def renewed(directory: Directory, session: dict[str, Any]) -> httpx.Response:
    path = f"/sessions/{session['session']}/token"
    return await directory.http.post(path, json={"secret": session["secret"]})


async def test_changes_of_rights_show_before_and_after(directory: Directory) -> None:
    head, other = await organised(directory)
    path = f"/officials/{other['id']}/appointments/{other['appointment']}"
    ended = await directory.http.request(
        "DELETE", path, json={"reason": "Chuyển công tác"}, headers=directory.admin
    )
    answer = await directory.http.get(
        "/permission-changes",
        params={"authority": "chi-lang", "after": ended.json()["position"]},
        headers=directory.admin,
    )
    newest = answer.json()["items"][0]
    assert (newest["official"], newest["event"], newest["reason"]) == (
        other["id"],
        "appointment.ended",
        "Chuyển công tác",
    )
    assert (newest["before"]["valid_to"], newest["after"]["valid_to"]) == (None, TODAY.isoformat())
    denied = await directory.http.get(
        "/permission-changes", headers=await directory.bearer("truong")
    )
    assert (head["id"] != other["id"], refusal(denied)) == (True, (403, "not-allowed"))
