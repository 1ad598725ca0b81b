"""Given a campaign that is concluded, closed, cancelled, recalled or replaced: no act any more."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from libs.eventlog.events import Event, Refused
from libs.serving.tests import signing
from libs.serving.working_days import Calendar
from services.campaign.deadlines import DEFAULT, Deadlines
from services.campaign.decisions import (
    access,
    amending,
    attributes,
    changing,
    difficulties,
    guiding,
    registering,
    reporting,
)
from services.campaign.decisions.difficulty import Difficulty
from services.campaign.decisions.registering import Registration
from services.campaign.decisions.reporting import Reports
from services.campaign.decisions.rules import DEFAULT as RULES
from services.campaign.decisions.states import Campaign
from services.campaign.events import (
    CampaignCancelled,
    CampaignClosed,
    CampaignConcluded,
    CampaignRecalled,
    CampaignReplaced,
    IntakeOpened,
    Target,
)
from services.campaign.history import evolve, register
from services.campaign.tests.test_registering import HEAD as UNIT_HEAD
from services.campaign.tests.test_registering import LEAD, SPECIALIST, UNIT, drafted, submitted
from tests.ours import LAUNCHED as ID
from tests.ours import recorded

WHY, WHO = "Hoàn cảnh đã thay đổi, không còn phù hợp", UUID(int=9)
AT, TODAY = datetime(2024, 6, 1, tzinfo=UTC), date(2024, 6, 1)
CHAIRMAN = signing.official("chairman", unit="chi-lang")
HOME = signing.official("leader", unit="noi-vu", duty="home-affairs")
ENDS: tuple[Event, ...] = (
    CampaignConcluded(ID, "Thi đua"),
    CampaignClosed(ID, WHY, WHO),
    CampaignCancelled(ID, WHY, WHO),
    CampaignRecalled(ID, WHY, WHO),
    CampaignReplaced(ID, ID, WHY, WHO),
)
OVER = "campaign-not-running"
Act = Callable[[Campaign], Any]
ACTS: dict[str, Act] = {
    "open intake": lambda c: guiding.open_intake(c, ID, by=HOME),
    "close intake": lambda c: guiding.close_intake(c, ID, reason=WHY, by=HOME),
    "approve guidance": lambda c: guiding.approve_guidance(c, ID, by=HOME),
    "return guidance": lambda c: guiding.return_guidance(c, ID, reason=WHY, by=HOME),
    "call": lambda c: registering.call(
        c, ID, until=AT.replace(year=2099), required=False, at=AT, by=LEAD
    ),
    "register": lambda c: registering.draft(
        c, Registration(), ID, UNIT, targets=[Target("x")], reason="", by=SPECIALIST
    ),
    "submit": lambda c: registering.submit(
        c, register(Registration(), drafted), ID, UNIT, at=AT, by=UNIT_HEAD
    ),
    "approve registration": lambda c: registering.approve(
        c, register(register(Registration(), drafted), submitted), ID, UNIT, by=LEAD
    ),
    "relaunch": lambda c: registering.relaunch(
        c, Registration(), ID, UNIT, on=TODAY, document="", today=TODAY, by=SPECIALIST
    ),
    "difficulty": lambda c: difficulties.report(
        Difficulty(),
        c,
        ID,
        kind="papers",
        title="x",
        description="x",
        asks_for="x",
        lead_unit="",
        deadlines=Deadlines(DEFAULT, Calendar("test")),
        at=AT,
        by=SPECIALIST,
    ),
    "approve amendment": lambda c: amending.approve(c, by=LEAD),
    "return amendment": lambda c: amending.send_back(c, WHY, rules=RULES[-1], by=CHAIRMAN),
    "approve funding": lambda c: attributes.approve_funding(c, by=CHAIRMAN),
    "change end": lambda c: changing.change_end(
        c, ID, ends=date(2099, 1, 1), reason=WHY, today=TODAY, rules=RULES[-1], by=LEAD
    ),
}
ACCOUNTS: dict[str, Act] = {
    "report": lambda c: reporting.send_report(
        c, Reports(), ID, UNIT, kind="final", period="x", figures=(), text="x", by=UNIT_HEAD
    ),
    "prepare review": lambda c: reporting.prepare_review(
        c, ID, kind="final", text="Tổng kết", figures=(), by=LEAD
    ),
    "approve review": lambda c: reporting.approve_review(c, ID, kind="final", by=CHAIRMAN),
}


def campaign(*more: Event) -> Campaign:
    state = Campaign()
    for event in (*recorded("campaign")[ID], *more):
        state = evolve(state, event)
    return state


def refusal(act: Act, state: Campaign) -> str:
    with pytest.raises(Refused) as said:
        act(state)
    return said.value.code


@pytest.mark.parametrize("name", sorted(ACTS | ACCOUNTS))
def test_act_is_done_while_the_campaign_runs(name: str) -> None:
    opened = [IntakeOpened(ID)] if name == "close intake" else []
    assert len((ACTS | ACCOUNTS)[name](campaign(*opened))) > 0


@pytest.mark.parametrize("name", sorted(ACTS))
@pytest.mark.parametrize("end", ENDS)
def test_nothing_is_done_in_a_campaign_that_has_ended(name: str, end: Event) -> None:
    assert refusal(ACTS[name], campaign(end)) == OVER
    assert refusal(ACTS[name], campaign(IntakeOpened(ID), end)) == OVER


@pytest.mark.parametrize("name", sorted(ACCOUNTS))
@pytest.mark.parametrize("end", ENDS)
def test_only_a_closed_campaign_is_still_accounted_for(name: str, end: Event) -> None:
    state = campaign(end)
    if state.standing == "closed":
        assert len(ACCOUNTS[name](state)) > 0
    else:
        assert refusal(ACCOUNTS[name], state) == OVER


@pytest.mark.parametrize("decide", [changing.reopen, changing.recall])
def test_concluded_campaign_is_neither_reopened_nor_recalled(decide: Any) -> None:
    def act(state: Campaign) -> Any:
        return decide(state, ID, WHY, rules=RULES[-1], by=CHAIRMAN)

    over = campaign(CampaignClosed(ID, WHY, WHO), CampaignConcluded(ID, "Thi đua"))
    assert refusal(act, over) == OVER


@pytest.mark.parametrize("end", ENDS)
def test_intake_of_an_ended_campaign_is_closed(end: Event) -> None:
    at = datetime(2024, 4, 6, tzinfo=UTC)
    assert guiding.intake_of(campaign(IntakeOpened(ID)), at) == "receiving"
    assert guiding.intake_of(campaign(IntakeOpened(ID), end), at) == "closed"


def test_accounting_asks_for_a_launched_campaign() -> None:
    assert refusal(access.going_on, Campaign()) == "not-launched"
