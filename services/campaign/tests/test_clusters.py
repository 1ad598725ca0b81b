"""Given a cluster, when led, when pledged, then events: pure, and over HTTP."""

from datetime import UTC, datetime
from functools import reduce
from typing import Any
from uuid import UUID

import httpx
import pytest

from libs.eventlog.events import Event, Refused
from libs.serving.tests import signing
from services.campaign.decisions import clusters
from services.campaign.decisions.clusters import Cluster, ClusterRules, Pledge
from services.campaign.events import (
    ClusterFormed,
    ClusterLeadersChosen,
    ClusterMembersChanged,
    PledgeOpened,
    PledgeSigned,
)
from services.campaign.history import gather, promise
from services.campaign.tests import test_service as service
from services.campaign.tests.test_service import code_of, get, post

databases, http = service.databases, service.http  # the same service, used from here

CLUSTER, PLEDGE = UUID(int=1), UUID(int=2)
AT = datetime(2024, 1, 10, tzinfo=UTC)
UNITS = ("bac-thuy", "bang-huu", "bang-mac", "chi-lang-xa", "van-linh")
RULES = ClusterRules(since=AT, least_members=5, most_deputies=2)
LEAD = signing.official("leader", unit="ldtbxh-dt", duty="lead-office")
HEAD = signing.official("leader", unit="bac-thuy", duty="commune")
MEMBER = signing.official("leader", unit="van-linh", duty="commune")
OUTSIDER = signing.official("leader", unit="y-tich", duty="commune")
STRANGER = signing.official("leader", unit="bac-thuy", duty="lead-office", authority="trang-dinh")
formed = ClusterFormed("chi-lang", "Cụm số 1", "cluster", UNITS, 5, LEAD.official)
led = ClusterLeadersChosen(2024, "bac-thuy", ("bang-huu", "bang-mac"), 2)
opened = PledgeOpened(
    PLEDGE, CLUSTER, "chi-lang", "Cụm số 1", 2024, None, "Cùng thi đua", UNITS, HEAD.official
)


def after(*events: Event) -> Cluster:
    return reduce(gather, events, Cluster())


def pledged(*events: Event) -> Pledge:
    return reduce(promise, events, Pledge())


def form(**changes: Any) -> list[Event]:
    given: dict[str, Any] = {"name": "Cụm số 1", "kind": "cluster", "members": UNITS}
    return clusters.form(Cluster(), **({**given, "rules": RULES, "by": LEAD} | changes))


def choose(past: Cluster, **changes: Any) -> list[Event]:
    given: dict[str, Any] = {"year": 2024, "head": "bac-thuy", "deputies": led.deputies}
    given |= {"reason": "", "rules": RULES, "by": LEAD}
    return clusters.choose_leaders(past, **(given | changes))


def pledge(past: Cluster, **changes: Any) -> list[Event]:
    given: dict[str, Any] = {"year": 2024, "campaign": None, "text": "Cùng thi đua", "at": AT}
    return clusters.open_pledge(
        past, Pledge(), PLEDGE, CLUSTER, **({**given, "by": HEAD} | changes)
    )


def refusal(act: Any, *given: Any, **how: Any) -> str:
    with pytest.raises(Refused) as said:
        act(*given, **how)
    return said.value.code


def test_cluster_has_as_many_members_as_the_setting_asks() -> None:
    assert form() == [formed]
    assert refusal(form, members=UNITS[:4]) == "too-few-members"
    assert refusal(form, by=MEMBER) == "not-allowed"


def test_members_change_with_a_reason_and_stay_enough() -> None:
    given: dict[str, Any] = {"reason": "Sáp nhập", "rules": RULES, "by": LEAD}
    members = (*UNITS[:4], "y-tich")
    changed = clusters.change_members(after(formed), members=members, **given)
    assert changed == [ClusterMembersChanged(members, "Sáp nhập", 5)]
    assert clusters.change_members(after(formed), members=UNITS, **given) == []


def test_head_and_deputies_are_members_and_not_too_many() -> None:
    assert choose(after(formed)) == [led]
    assert choose(after(formed, led)) == []
    assert refusal(choose, after(formed), head="y-tich") == "not-a-member"
    assert refusal(choose, after(formed), deputies=UNITS[1:4]) == "too-many-deputies"
    assert refusal(choose, after(formed), deputies=("bac-thuy",)) == "head-is-deputy"


def test_head_of_last_year_goes_on_only_with_a_reason() -> None:
    past = after(formed, led)
    assert refusal(choose, past, year=2025) == "head-again"
    (again,) = choose(past, year=2025, reason="Các thành viên nhất trí")
    assert again == ClusterLeadersChosen(
        2025, "bac-thuy", led.deputies, 2, "Các thành viên nhất trí"
    )


def test_head_unit_of_the_year_lays_the_pledge_before_all() -> None:
    assert pledge(after(formed, led)) == [opened]
    assert refusal(pledge, after(formed, led), by=MEMBER) == "not-allowed"
    assert refusal(pledge, after(formed, led), by=OUTSIDER) == "not-found"
    assert refusal(pledge, after(formed, led), year=2023, by=LEAD) == "year-over"


def test_each_member_signs_once_by_its_leader() -> None:
    signed = PledgeSigned("van-linh", MEMBER.official)
    assert clusters.sign_pledge(pledged(opened), by=MEMBER) == [signed]
    assert clusters.sign_pledge(pledged(opened, signed), by=MEMBER) == []
    specialist = signing.official("specialist", unit="van-linh")
    assert refusal(clusters.sign_pledge, pledged(opened), by=specialist) == "not-allowed"
    assert refusal(clusters.sign_pledge, pledged(opened), by=OUTSIDER) == "not-found"
    assert refusal(clusters.sign_pledge, pledged(opened), by=LEAD) == "not-a-member"


# ---- the service over HTTP
async def test_cluster_is_formed_led_and_pledged(http: httpx.AsyncClient) -> None:
    said = await post(http, LEAD, "/clusters", {"name": "Cụm số 1", "members": list(UNITS)})
    id = said.raise_for_status().json()["id"]
    leaders = {"year": 2100, "head": "bac-thuy", "deputies": ["bang-huu"]}
    (await post(http, LEAD, f"/clusters/{id}/leaders", leaders)).raise_for_status()
    text = {"year": 2100, "text": "Cùng thi đua"}
    said = await post(http, HEAD, f"/clusters/{id}/pledges", text)
    promised = said.raise_for_status().json()["id"]
    waiting = f"/pledges?after={said.json()['position']}"
    assert promised in {one["id"] for one in (await get(http, MEMBER, waiting))["items"]}
    (await post(http, MEMBER, f"/pledges/{promised}/signature")).raise_for_status()
    page = await get(http, MEMBER, f"/pledges/{promised}")
    assert (page["text"], list(page["signed"])) == ("Cùng thi đua", ["van-linh"])
    shown = await get(http, HEAD, f"/clusters/{id}")
    assert [(one["members"], one["signed"]) for one in shown["pledges"]] == [(5, 1)]
    assert shown["leaders"] == [leaders]


async def test_who_is_no_member_finds_no_cluster(http: httpx.AsyncClient) -> None:
    said = await post(http, LEAD, "/clusters", {"name": "Khối", "members": list(UNITS)})
    id, position = said.json()["id"], said.json()["position"]
    for by in (OUTSIDER, STRANGER):
        for path in (f"/clusters/{id}", f"/clusters/{id}/history"):
            answer = await http.get(path, headers=signing.bearer(by))
            assert await code_of(answer) == (404, "not-found")
        listed = await get(http, by, f"/clusters?after={position}")
        assert listed == {"items": []}
