"""What a campaign that was closed, cancelled, recalled or concluded still takes. Pure."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import msgspec
import pytest

from libs.eventlog.events import Event, Refused
from libs.serving.tests import signing
from services.campaign.decisions import (
    access,
    attributes,
    changing,
    difficulties,
    registering,
    reporting,
)
from services.campaign.decisions.difficulty import Difficulty, visible
from services.campaign.decisions.registering import Registration
from services.campaign.decisions.reporting import Reports
from services.campaign.decisions.states import Campaign, Review, Stage
from services.campaign.difficulties_history import evolve_difficulty
from services.campaign.events import Target
from services.campaign.tests.test_decisions import CHAIRMAN, HEAD, ID, LEAD, RULES
from services.campaign.tests.test_difficulties import DEADLINES, NOW

UNIT = "bac-thuy"
SPECIALIST = signing.official("specialist", unit=UNIT, duty="commune")
UNIT_HEAD = signing.official("leader", unit=UNIT, duty="commune")
GUEST = signing.official("specialist", unit=UNIT, duty="lead-office", authority="bac-thuy")
WHY = "Theo yêu cầu nhiệm vụ năm 2024"
RUNNING = Campaign(stage=Stage.launched, authority="chi-lang", scope=(UNIT,))
replace = msgspec.structs.replace


def standing(name: str) -> Campaign:
    return replace(RUNNING, standing=name)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as no:
        act()
    return no.value.code


def draft(campaign: Campaign, by: Any = SPECIALIST) -> list[Event]:
    return registering.draft(
        campaign, Registration(), ID, UNIT, targets=(Target("Nhà"),), reason="", by=by
    )


def call(campaign: Campaign) -> list[Event]:
    until = datetime(2024, 9, 1, tzinfo=UTC)
    return registering.call(campaign, ID, until=until, required=True, at=NOW, by=LEAD)


def send(campaign: Campaign, by: Any = SPECIALIST) -> list[Event]:
    told: dict[str, Any] = {"kind": "progress", "period": "Quý II", "figures": (), "text": "Đạt"}
    return reporting.send_report(campaign, Reports(), ID, UNIT, **told, by=by)


def review(campaign: Campaign) -> list[Event]:
    return reporting.prepare_review(campaign, ID, kind="final", text="Đạt", figures=(), by=LEAD)


def conclude(campaign: Campaign) -> list[Event]:
    reviews = {"final": Review(frozenset({LEAD.official}), "Đạt")}
    concluding = replace(campaign, reviews=reviews)
    return reporting.approve_review(concluding, ID, kind="final", by=CHAIRMAN)


def report(campaign: Campaign, by: Any = SPECIALIST) -> list[Event]:
    texts = {"kind": "papers", "title": "Mẫu", "description": "x", "asks_for": ""}
    return difficulties.report(
        Difficulty(), campaign, ID, **texts, lead_unit="x", deadlines=DEADLINES, at=NOW, by=by
    )


@pytest.mark.parametrize("name", ["cancelled", "recalled", "replaced"])
@pytest.mark.parametrize("act", [draft, call, send, review, conclude, report])
def test_campaign_that_came_to_nothing_takes_nothing_more(
    name: str, act: Callable[[Campaign], list[Event]]
) -> None:
    assert act(RUNNING)
    assert refused(lambda: act(standing(name))) == "campaign-not-running"


def test_campaign_closed_early_is_reported_on_and_concluded() -> None:
    closed = standing("closed")
    assert all(act(closed) for act in (send, review, conclude))
    over = {refused(partial(act, closed)) for act in (draft, call, report)}
    assert over == {"campaign-not-running"}


def test_concluded_campaign_neither_reopens_nor_is_recalled_nor_gets_money() -> None:
    concluded = replace(RUNNING, stage=Stage.concluded, standing="closed")
    acts = [
        partial(changing.reopen, concluded, ID, WHY, rules=RULES, by=CHAIRMAN),
        partial(changing.recall, concluded, ID, WHY, rules=RULES, by=CHAIRMAN),
    ]
    assert [refused(act) for act in acts] == ["campaign-not-running"] * 2
    assert (
        refused(lambda: attributes.record_funding(concluded, source="x", amount=1, by=HEAD))
        == "already-launched"
    )


def test_unit_of_another_authority_that_took_over_does_all_that_a_unit_does() -> None:
    assert refused(lambda: draft(RUNNING, GUEST)) == "not-found"
    guesting = replace(RUNNING, guests=frozenset({UNIT}))
    told: list[Any] = [*draft(guesting, GUEST), *send(guesting, GUEST), *report(guesting, GUEST)]
    assert [event.authority for event in told] == ["chi-lang"] * 3
    access.visible(replace(guesting, stage=Stage.concluded), GUEST)


def test_lead_office_of_another_authority_sees_no_drafts_of_ours() -> None:
    guesting = replace(standing("recalled"), guests=frozenset({UNIT}))
    assert access.hidden(guesting, GUEST)
    other = "van-linh"
    assert (
        refused(lambda: registering.may_read(replace(guesting, scope=(UNIT, other)), other, GUEST))
        == "not-found"
    )


def test_reporting_unit_of_another_authority_sees_its_difficulty_only() -> None:
    (event,) = report(replace(RUNNING, guests=frozenset({UNIT})), GUEST)
    reported = evolve_difficulty(Difficulty(), event)
    visible(reported, GUEST)
    assert refused(lambda: difficulties.answer(reported, "Có", by=GUEST)) == "not-allowed"
    stranger = signing.official("leader", unit="khac", duty="lead-office", authority="bac-thuy")
    assert refused(lambda: visible(reported, stranger)) == "not-found"
