"""Given a running campaign, when a unit registers, then events: pure, and over HTTP."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import reduce
from typing import Any
from uuid import UUID

import httpx
import pytest

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from libs.serving.tests import signing
from services.campaign.decisions import registering
from services.campaign.decisions.registering import Registration
from services.campaign.decisions.states import Campaign, Stage
from services.campaign.events import (
    RegistrationApproved,
    RegistrationCalled,
    RegistrationDrafted,
    RegistrationRefused,
    RegistrationSubmitted,
    Target,
    UnitRelaunched,
)
from services.campaign.history import evolve, register
from services.campaign.tests import test_service as service
from services.campaign.tests.test_service import code_of, get, launched, post

databases, http = service.databases, service.http  # the same service, used from here

ID = UUID(int=1)
UNIT = "bac-thuy"
UNTIL = datetime(2024, 5, 31, 10, tzinfo=UTC)
HOUSES = Target("Xóa nhà tạm cho hộ nghèo", Decimal(12), "nhà")
SCHOOL = Target("Không để học sinh bỏ học")
SPECIALIST = signing.official("specialist", unit=UNIT, duty="commune")
HEAD = signing.official("leader", unit=UNIT, duty="commune")
NEIGHBOUR = signing.official("leader", unit="van-linh", duty="commune")
LEAD = signing.official("leader", unit="ldtbxh-dt", duty="lead-office")
STRANGER = signing.official("leader", unit=UNIT, duty="commune", authority="trang-dinh")
RUNNING = Campaign(
    stage=Stage.launched,
    authority="chi-lang",
    scope=(UNIT, "van-linh"),
    call=RegistrationCalled(ID, UNTIL),
)

drafted = RegistrationDrafted(ID, UNIT, "chi-lang", 1, (HOUSES,), "", SPECIALIST.official)
submitted = RegistrationSubmitted(ID, UNIT, 1, HEAD.official, UNTIL, 0)
approved = RegistrationApproved(ID, UNIT, 1, LEAD.official)
refused = RegistrationRefused(ID, UNIT, 1, "Chưa rõ")


def after(*events: Event) -> Registration:
    return reduce(register, events, Registration())


def draft(past: Registration, *targets: Target, by: Acting = SPECIALIST, reason: str = "") -> Any:
    return registering.draft(RUNNING, past, ID, UNIT, targets=targets, reason=reason, by=by)


def submit(past: Registration, *, at: datetime = UNTIL, by: Acting = HEAD) -> Any:
    return registering.submit(RUNNING, past, ID, UNIT, at=at, by=by)


def refusal(act: Any, *given: Any, **how: Any) -> str:
    with pytest.raises(Refused) as said:
        act(*given, **how)
    return said.value.code


def test_specialist_drafts_in_the_units_own_words() -> None:
    assert draft(after(), HOUSES) == [drafted]
    assert draft(after(drafted), HOUSES) == []
    (better,) = draft(after(drafted), HOUSES, SCHOOL)
    assert (better.revision, better.targets) == (1, (HOUSES, SCHOOL))


def test_who_drafted_does_not_submit() -> None:
    assert submit(after(drafted)) == [submitted]
    own = another_hat(HEAD, SPECIALIST.official)
    assert refusal(submit, after(drafted), by=own) == "same-person"
    assert refusal(submit, after(drafted), by=SPECIALIST) == "not-allowed"


def another_hat(by: Acting, official: UUID) -> Acting:
    return signing.official(by.role, unit=by.unit, duty=by.duty, official=official)


def test_days_after_the_deadline_are_counted() -> None:
    (late,) = submit(after(drafted), at=UNTIL + timedelta(days=3))
    assert late.late_days == 3


def test_change_after_approval_is_a_new_revision_with_a_reason() -> None:
    past = after(drafted, submitted, approved)
    assert refusal(draft, past, SCHOOL) == "change-reason-missing"
    (changed,) = draft(past, SCHOOL, reason="Mưa lũ")
    assert (changed.revision, changed.reason) == (2, "Mưa lũ")
    assert register(past, changed).approved == 1


def test_refused_registration_is_drafted_again_as_the_next() -> None:
    (again,) = draft(after(drafted, submitted, refused), SCHOOL)
    assert again.revision == 2


def test_what_waits_for_approval_is_not_changed() -> None:
    assert refusal(draft, after(drafted, submitted), SCHOOL) == "registration-submitted"


def test_only_the_lead_office_approves_and_not_its_own_hand() -> None:
    past = after(drafted, submitted)
    assert registering.approve(RUNNING, past, ID, UNIT, by=LEAD) == [approved]
    assert refusal(registering.approve, RUNNING, past, ID, UNIT, by=HEAD) == "not-allowed"
    both = signing.official("leader", duty="lead-office", official=HEAD.official)
    assert refusal(registering.approve, RUNNING, past, ID, UNIT, by=both) == "same-person"


def test_neighbour_and_stranger_find_nothing() -> None:
    assert refusal(draft, after(), HOUSES, by=NEIGHBOUR) == "not-found"
    assert refusal(draft, after(), HOUSES, by=STRANGER) == "not-found"
    assert refusal(registering.may_read, RUNNING, UNIT, NEIGHBOUR) == "not-found"
    registering.may_read(RUNNING, UNIT, LEAD)


def test_deadline_is_the_campaigns_and_can_be_moved() -> None:
    called = RegistrationCalled(ID, UNTIL + timedelta(days=7))
    given: dict[str, Any] = {"until": called.until, "required": False, "at": UNTIL, "by": LEAD}
    assert registering.call(RUNNING, ID, **given) == [called]
    assert registering.call(evolve(RUNNING, called), ID, **given) == []
    assert refusal(registering.call, RUNNING, ID, **given | {"until": UNTIL}) == "deadline-passed"


def test_unit_says_when_it_launched_again_at_home() -> None:
    given: dict[str, Any] = {"on": date(2024, 5, 2), "document": "12/KH", "by": SPECIALIST}
    told = registering.relaunch(RUNNING, after(), ID, UNIT, today=date(2024, 5, 2), **given)
    assert told == [UnitRelaunched(ID, UNIT, date(2024, 5, 2), "12/KH")]
    early: dict[str, Any] = given | {"today": date(2024, 5, 1)}
    assert refusal(registering.relaunch, RUNNING, after(), ID, UNIT, **early) == "issued-in-future"


# ---- the service over HTTP
async def test_registration_goes_from_hand_to_hand(http: httpx.AsyncClient) -> None:
    campaign = await launched(http)
    path = f"/campaigns/{campaign}/registrations/{UNIT}"
    until = {"until": "2099-05-31T17:00:00+07:00"}
    (await post(http, LEAD, f"/campaigns/{campaign}/registration-call", until)).raise_for_status()
    body = {"targets": [{"text": HOUSES.text, "number": 12, "measure": "nhà"}]}
    steps: list[tuple[Acting, str, Any]] = [
        (SPECIALIST, "draft", body),
        (HEAD, "submission", None),
        (LEAD, "refusal", {"reason": "Thêm chỉ tiêu giáo dục"}),
        (SPECIALIST, "draft", {"targets": [*body["targets"], {"text": SCHOOL.text}]}),
        (HEAD, "submission", None),
        (LEAD, "approval", None),
    ]
    for by, noun, given in steps:
        (await post(http, by, f"{path}/{noun}", given)).raise_for_status()
    page = await get(http, SPECIALIST, path)
    assert (page["state"], page["approved"]) == ("approved", 2)
    assert [one["state"] for one in page["revisions"]] == ["refused", "approved"]
    assert page["revisions"][1]["targets"][0] == {
        "text": HOUSES.text,
        "number": "12",
        "measure": "nhà",
    }


async def test_lead_office_sees_who_has_not_registered(http: httpx.AsyncClient) -> None:
    campaign = await launched(http)
    answer = await post(
        http,
        SPECIALIST,
        f"/campaigns/{campaign}/registrations/{UNIT}/draft",
        {"targets": [{"text": SCHOOL.text}]},
    )
    path = f"/campaigns/{campaign}/registrations?after={answer.json()['position']}"
    rows = (await get(http, LEAD, path))["items"]
    assert [(row["unit"], row["state"]) for row in rows] == [
        (UNIT, "draft"),
        ("van-linh", "none"),
    ]
    silent = (await get(http, LEAD, f"{path}&state=none"))["items"]
    assert [row["unit"] for row in silent] == ["van-linh"]
    own = (await get(http, NEIGHBOUR, path))["items"]
    assert [row["unit"] for row in own] == ["van-linh"]


async def test_foreign_units_find_no_registration_of_others(http: httpx.AsyncClient) -> None:
    campaign = await launched(http)
    path = f"/campaigns/{campaign}/registrations/{UNIT}"
    for by in (NEIGHBOUR, STRANGER):
        for noun in ("", "/history"):
            answer = await http.get(f"{path}{noun}", headers=signing.bearer(by))
            assert await code_of(answer) == (404, "not-found")
        answer = await post(http, by, f"{path}/draft", {"targets": [{"text": "x"}]})
        assert await code_of(answer) == (404, "not-found")
