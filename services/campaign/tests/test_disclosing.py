"""Given a campaign's past, what units that only take part are told of it. Pure, and over HTTP."""

from datetime import date

import httpx

from libs.eventlog.events import Event
from libs.serving.tests import signing
from services.campaign.decisions import access, registering
from services.campaign.decisions.disclosing import told, told_when_recalled
from services.campaign.decisions.states import Campaign, Stage
from services.campaign.events import (
    CampaignRecalled,
    RegistrationDrafted,
    RegistrationRefused,
    RegistrationSubmitted,
    Target,
    UnitRelaunched,
)
from services.campaign.tests import test_service as service
from services.campaign.tests.test_registering import (
    HEAD,
    HOUSES,
    ID,
    LEAD,
    SCHOOL,
    SPECIALIST,
    UNIT,
    drafted,
    submitted,
)
from services.campaign.tests.test_service import get, launched, post
from tests.ours import EVERYBODYS, LAUNCHED, RECALLED, recorded

databases, http = service.databases, service.http  # the same service, used from here

AUDITOR = signing.official("auditor", unit="chi-lang")
GUEST = signing.official("leader", unit="trang-dinh-lao-dong", duty="lead-office", authority="td")


def test_units_are_told_what_holds_and_nothing_under_way() -> None:
    past = recorded("campaign")[LAUNCHED]
    seen = [type(past[place]).__name__ for place in sorted(told(past))]
    assert seen == [
        "CampaignLaunched",
        "RegistrationCalled",
        "GuidanceIssued",
        "ReviewPrepared",
        "ReviewApproved",
    ]
    reviews = [past[place] for place in sorted(told(past)) if hasattr(past[place], "figures")]
    assert [getattr(review, "text", "") for review in reviews] == [EVERYBODYS]


def test_of_a_recalled_plan_only_its_recall_is_told() -> None:
    past = recorded("campaign")[RECALLED]
    shown = [past[place] for place in told_when_recalled(past)]
    assert [type(event) for event in shown] == [CampaignRecalled]


def test_guest_sees_what_units_see_whatever_the_duty_at_home() -> None:
    running = Campaign(
        stage=Stage.launched, authority="chi-lang", guests=frozenset({GUEST.unit}), scope=(UNIT,)
    )
    access.visible(running, GUEST)
    assert [access.draws_up(running, by) for by in (GUEST, LEAD, SPECIALIST)] == [
        False,
        True,
        False,
    ]
    assert access.sees_drafts(GUEST)


def test_draft_is_told_once_it_is_sent_and_as_it_was_sent() -> None:
    better = RegistrationDrafted(ID, UNIT, "chi-lang", 1, (SCHOOL,), "", SPECIALIST.official)
    again = RegistrationDrafted(ID, UNIT, "chi-lang", 2, (HOUSES,), "", SPECIALIST.official)
    refused = RegistrationRefused(ID, UNIT, 1, "Chưa rõ")
    relaunched = UnitRelaunched(ID, UNIT, date(2024, 5, 2), "")
    past: list[Event] = [drafted, better, relaunched, submitted, refused, again]
    assert registering.never_sent(past) == {0, 5}
    assert registering.never_sent([*past, RegistrationSubmitted(ID, UNIT, 2, ID, None, 0)]) == {0}
    assert registering.never_sent([]) == set()


def test_unsent_draft_is_read_by_the_unit_and_the_auditor_only() -> None:
    readers = [registering.reads_drafts(UNIT, by) for by in (SPECIALIST, HEAD, AUDITOR, LEAD)]
    assert readers == [True, True, True, False]


# ---- the service over HTTP
async def test_lead_office_reads_a_registration_once_it_is_sent(http: httpx.AsyncClient) -> None:
    campaign = await launched(http)
    path = f"/campaigns/{campaign}/registrations/{UNIT}"
    target = Target("Xóa 12 nhà tạm").text
    (
        await post(http, SPECIALIST, f"{path}/draft", {"targets": [{"text": "Bản nháp đầu"}]})
    ).raise_for_status()
    answer = await post(http, SPECIALIST, f"{path}/draft", {"targets": [{"text": target}]})
    page = await get(http, LEAD, path)
    assert (page["state"], page["version"], page["revisions"]) == ("draft", 2, [])
    assert (await get(http, LEAD, f"{path}/history"))["items"] == []
    listed = f"/campaigns/{campaign}/registrations?after={answer.json()['position']}"
    rows = {row["unit"]: row["targets"] for row in (await get(http, LEAD, listed))["items"]}
    assert rows[UNIT] == 0
    (own,) = (await get(http, SPECIALIST, listed))["items"]
    assert own["targets"] == 1
    assert len((await get(http, HEAD, f"{path}/history"))["items"]) == 2
    (await post(http, HEAD, f"{path}/submission")).raise_for_status()
    (revision,) = (await get(http, LEAD, path))["revisions"]
    assert [one["text"] for one in revision["targets"]] == [target]
    steps = (await get(http, LEAD, f"{path}/history"))["items"]
    assert [step["event"] for step in steps] == ["registration.drafted", "registration.submitted"]
    assert (await get(http, LEAD, f"{path}?version=1"))["revisions"] == []
