"""Given who has answered, when reminded, then exactly the others: pure, and over HTTP."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import httpx
import pytest

from libs.eventlog.events import Refused
from libs.eventlog.message import Cursor
from libs.serving.acting import Acting
from libs.serving.tests import signing
from services.notification.events import NoticeQueued, UnitsReminded
from services.notification.heard import (
    PledgeOpened,
    RegistrationApproved,
    RegistrationCalled,
    RegistrationRefused,
    RegistrationSubmitted,
    StandingChanged,
    UnitRelaunched,
)
from services.notification.reminding import Reminders, Repeating, evolve, remind
from services.notification.telling import Telling
from services.notification.tellings.queueing import Heard
from services.notification.tests.stage import CAMPAIGN, COMMUNE, SENDER, Stage, occasion

AT = datetime(2024, 6, 3, 1, 30, tzinfo=UTC)
TODAY = date(2024, 6, 3)
STRANGER = signing.official("specialist", unit="noi-vu-td", duty="home-affairs", authority="td")
NONE_YET = Reminders()
NEVER = (Repeating(since=datetime(2024, 1, 1, tzinfo=UTC), same_day="never"),)
REMINDED = UnitsReminded(
    CAMPAIGN, "chi-lang", "acknowledgement", ("van-linh",), 3, "", TODAY, "with-reason"
)


def reminded(past: Reminders = NONE_YET, **changes: Any) -> list[Any]:
    given: dict[str, Any] = {
        "awaited": "acknowledgement",
        "units": ["van-linh"],
        "answered": 3,
        "reason": "",
        "at": AT,
        "by": SENDER,
    }
    return remind(past, CAMPAIGN, **(given | changes))


def refusal(past: Reminders = NONE_YET, **changes: Any) -> str:
    with pytest.raises(Refused) as refused:
        reminded(past, **changes)
    return refused.value.code


def test_reminder_names_whom_it_reached_and_under_which_rule() -> None:
    assert reminded() == [REMINDED]


def test_second_reminder_of_a_day_asks_for_a_reason() -> None:
    past = evolve(Reminders(), REMINDED)
    assert refusal(past) == "reminded-today"
    (again,) = reminded(past, reason="Đại hội dời sớm hơn")
    assert again.reason == "Đại hội dời sớm hơn"
    (tomorrow,) = reminded(past, at=AT + timedelta(days=1))
    assert tomorrow.on == date(2024, 6, 4)


def test_setting_may_refuse_a_second_reminder_of_a_day() -> None:
    past = evolve(Reminders(), REMINDED)
    assert refusal(past, reason="Gấp", repeating=NEVER) == "reminded-today"


def test_what_else_is_awaited_may_be_reminded_the_same_day() -> None:
    past = evolve(Reminders(), REMINDED)
    (other,) = reminded(past, awaited="registration")
    assert other.awaited == "registration"


def test_nobody_is_reminded_when_all_have_answered() -> None:
    assert refusal(units=[]) == "everybody-answered"


def test_units_that_take_part_remind_nobody() -> None:
    assert refusal(by=COMMUNE) == "not-allowed"
    auditor = signing.official("auditor", unit="chi-lang")
    assert refusal(by=auditor) == "not-allowed"


def test_nobody_is_reminded_to_register_in_a_campaign_that_is_over() -> None:
    assert refusal(awaited="registration", standing="cancelled") == "campaign-not-running"
    assert reminded(standing="cancelled") == [REMINDED]


# ---- the service over HTTP
async def told_units(stage: Stage) -> None:
    for code in ("bac-thuy", "van-linh", "so-noi-vu"):
        stage.establish(code)
    stage.launch()


async def remind_over_http(stage: Stage, by: Acting = SENDER, **body: Any) -> httpx.Response:
    path = f"/campaigns/{CAMPAIGN}/reminders"
    return await stage.http.post(path, json=body, headers=signing.bearer(by))


async def board(stage: Stage, by: Acting = SENDER, **query: Any) -> dict[str, dict[str, Any]]:
    items = (await stage.get(by, f"/campaigns/{CAMPAIGN}/board", **query))["items"]
    return {item["unit"]: item for item in items}


async def acknowledge_launch(stage: Stage) -> None:
    id = await stage.notice_of("bac-thuy")
    (await stage.post(COMMUNE, f"/notices/{id}/acknowledgement")).raise_for_status()


async def test_board_tells_answered_from_unanswered_by_purpose(on_stage: Stage) -> None:
    await told_units(on_stage)
    await acknowledge_launch(on_stage)
    rows = await board(on_stage)
    assert {unit: (row["purpose"], row["answered"]) for unit, row in rows.items()} == {
        "bac-thuy": ("for-action", True),
        "van-linh": ("for-action", False),
        "so-noi-vu": ("for-information", True),
    }
    assert list(await board(on_stage, state="unanswered")) == ["van-linh"]
    assert list(await board(on_stage, state="answered")) == ["bac-thuy"]


async def test_one_act_reminds_only_units_that_have_not_answered(on_stage: Stage) -> None:
    await told_units(on_stage)
    await acknowledge_launch(on_stage)
    assert (await remind_over_http(on_stage)).status_code == 201
    queued = [one.event for one in await on_stage.recorded("notice.queued.v1")]
    told = [
        (event.unit, event.subject)
        for event in queued
        if isinstance(event, NoticeQueued) and event.template == "reminder-acknowledgement"
    ]
    assert told == [
        ("van-linh", "Nhắc xác nhận đã tiếp nhận chỉ đạo: Phát động đợt thi đua năm 2024")
    ]
    (act,) = [one.event for one in await on_stage.recorded("units.reminded.v1")]
    assert isinstance(act, UnitsReminded)
    assert (act.units, act.answered) == (("van-linh",), 1)
    assert (await board(on_stage))["van-linh"]["reminders"] == 1


async def test_reminder_also_goes_out_by_mail(on_stage: Stage) -> None:
    await told_units(on_stage)
    await acknowledge_launch(on_stage)
    (await remind_over_http(on_stage)).raise_for_status()
    async with on_stage.sending():
        await on_stage.until_none_waits()
    subjects = [
        str(letter["Subject"]).partition(":")[0]
        for to, letter in on_stage.mail.letters
        if to == "van-linh@chi-lang.test"
    ]
    assert subjects == [
        "Triển khai Kế hoạch số 45/KH-UBND",
        "Nhắc xác nhận đã tiếp nhận chỉ đạo",
    ]


async def test_same_click_twice_reminds_once(on_stage: Stage) -> None:
    await told_units(on_stage)
    headers = signing.bearer(SENDER) | {"Idempotency-Key": "one-click"}
    path = f"/campaigns/{CAMPAIGN}/reminders"
    first = await on_stage.http.post(path, json={}, headers=headers)
    second = await on_stage.http.post(path, json={}, headers=headers)
    assert first.json() == second.json()
    assert len(await on_stage.recorded("units.reminded.v1")) == 1


async def test_another_authority_has_nobody_to_remind_here(on_stage: Stage) -> None:
    await told_units(on_stage)
    answer = await remind_over_http(on_stage, STRANGER)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert await board(on_stage, STRANGER) == {}
    unknown = f"/campaigns/{UUID(int=9)}/reminders"
    answer = await on_stage.http.post(unknown, json={}, headers=signing.bearer(SENDER))
    assert answer.json()["code"] == "not-found"


async def test_last_answer_before_the_click_leaves_nobody(on_stage: Stage) -> None:
    await told_units(on_stage)
    await acknowledge_launch(on_stage)
    other = signing.official("leader", unit="van-linh", duty="commune")
    id = await on_stage.notice_of("van-linh")
    (await on_stage.post(other, f"/notices/{id}/acknowledgement")).raise_for_status()
    answer = await remind_over_http(on_stage)
    assert (answer.status_code, answer.json()["code"]) == (409, "everybody-answered")
    assert await on_stage.recorded("units.reminded.v1") == []


# ---- registration
def of_registration(name: str) -> Any:
    return occasion("campaign", CAMPAIGN, f"registration.{name}.v1")


async def test_reminder_to_register_leaves_out_who_has(on_stage: Stage) -> None:
    await told_units(on_stage)
    heard = of_registration("submitted")
    said = RegistrationSubmitted(CAMPAIGN, "bac-thuy")
    on_stage.tell(lambda tx, telling: telling.registration_submitted(tx, heard, said))
    assert list(await board(on_stage, state="registered")) == ["bac-thuy"]
    assert list(await board(on_stage, state="unregistered")) == ["van-linh"]
    (await remind_over_http(on_stage, awaited="registration")).raise_for_status()
    (act,) = [one.event for one in await on_stage.recorded("units.reminded.v1")]
    assert isinstance(act, UnitsReminded)
    assert (act.awaited, act.units, act.answered) == ("registration", ("van-linh",), 1)


async def test_unit_is_told_what_became_of_its_registration(on_stage: Stage) -> None:
    await told_units(on_stage)
    yes, no = (RegistrationApproved(CAMPAIGN, "bac-thuy"), RegistrationRefused(CAMPAIGN, "x"))
    on_stage.tell(lambda tx, t: t.registration_approved(tx, of_registration("approved"), yes))
    on_stage.tell(lambda tx, t: t.registration_refused(tx, of_registration("refused"), no))
    queued = [one.event for one in await on_stage.recorded("notice.queued.v1")]
    told = [(e.unit, e.purpose, e.template) for e in queued[-2:] if isinstance(e, NoticeQueued)]
    assert told == [
        ("bac-thuy", "for-information", "registration-approved"),
        ("x", "for-action", "registration-refused"),
    ]
    assert (await board(on_stage))["bac-thuy"]["registration"] == "approved"


async def test_call_to_register_reaches_every_unit_in_scope(on_stage: Stage) -> None:
    await told_units(on_stage)
    heard = occasion("campaign", CAMPAIGN, "campaign.registration-called.v1")
    call = RegistrationCalled(CAMPAIGN, datetime(2024, 5, 31, 10, tzinfo=UTC))
    on_stage.tell(lambda tx, telling: telling.registration_called(tx, heard, call))
    queued = [one.event for one in await on_stage.recorded("notice.queued.v1")]
    told = [e for e in queued if isinstance(e, NoticeQueued)]
    assert [(e.unit, e.template) for e in told[-2:]] == [
        ("bac-thuy", "registration-called"),
        ("van-linh", "registration-called"),
    ]
    assert "trước 17:00 ngày 31/05/2024" in told[-1].text


async def test_launching_again_at_home_shows_on_the_board(on_stage: Stage) -> None:
    await told_units(on_stage)
    said = UnitRelaunched(CAMPAIGN, "van-linh", date(2024, 5, 2))
    on_stage.tell(lambda tx, telling: telling.unit_relaunched(tx, said))
    assert (await board(on_stage))["van-linh"]["relaunched_on"] == "2024-05-02"


async def test_members_are_asked_to_sign_a_pledge(on_stage: Stage) -> None:
    cluster, promised = UUID(int=5), UUID(int=6)
    said = PledgeOpened(promised, cluster, "Cụm số 1", 2024, None, ("bac-thuy", "van-linh"))
    heard = occasion("campaign", promised, "pledge.opened.v1")
    on_stage.tell(lambda tx, telling: telling.pledge_opened(tx, heard, said))
    queued = [one.event for one in await on_stage.recorded("notice.queued.v1")]
    told = [(e.unit, e.subject, e.about.id) for e in queued if isinstance(e, NoticeQueued)]
    assert told == [
        (unit, "Ký giao ước thi đua năm 2024: Cụm số 1", promised)
        for unit in ("bac-thuy", "van-linh")
    ]


def stands(heard: Heard, tx: Cursor, telling: Telling) -> None:
    telling.standing_changed(tx, heard, StandingChanged(CAMPAIGN))


async def test_cancelled_campaign_asks_no_unit_to_register(on_stage: Stage) -> None:
    await told_units(on_stage)
    for name, status in (("cancelled", 409), ("reopened", 201)):
        heard = occasion("campaign", CAMPAIGN, f"campaign.{name}.v1")
        on_stage.tell(partial(stands, heard))
        answer = await remind_over_http(on_stage, awaited="registration")
        assert answer.status_code == status
