"""What a campaign's page offers each person: one main act, deeds and pages apart, nothing twice."""

from typing import Any

import msgspec
import pytest

from services.portal.http.campaigns import papers_shown, summary_of
from services.portal.http.reporting import review_tasks
from services.portal.session import Hat

NOBODY = Hat("s", "t", 0, "me", "a", "", "xa-1", "UBND xã", "commune", "chi-lang", "", "Mẫu")
HATS = {
    "lead": {"role": "specialist", "unit": "lead", "duty": "lead-office"},
    "lead-head": {"role": "leader", "unit": "lead", "duty": "lead-office"},
    "home-head": {"role": "leader", "unit": "home", "duty": "home-affairs"},
    "unit": {"role": "specialist"},
    "chairman": {"role": "chairman", "unit": "chi-lang", "duty": ""},
    "clerk": {"role": "clerk", "unit": "office", "duty": "office"},
    "auditor": {"role": "auditor", "unit": "chi-lang", "duty": ""},
}
GUIDANCE = {"intake_until": "2099-08-15T23:59:59+07:00"}
CAMPAIGN: dict[str, Any] = {
    "id": "1",
    "version": 9,
    "state": "launched",
    "number": 1,
    "symbol": "KH-UBND",
    "issued_on": "2024-04-05",
    "scope": ["lead", "home", "xa-1"],
    "guidance": GUIDANCE,
    "intake_open": True,
    "intake_until": GUIDANCE["intake_until"],
}


def shown(who: str, **more: Any) -> tuple[str, list[str], list[str]]:
    hat = msgspec.structs.replace(NOBODY, **HATS[who])
    summary = summary_of(hat, CAMPAIGN | more, "/campaigns/1")
    act = summary.act.label if summary.act else ""
    return act, [one.label for one in summary.others], [one.label for one in summary.ways]


def test_specialist_of_a_unit_writes_a_dossier_first() -> None:
    act, others, ways = shown("unit")
    assert act == "Lập hồ sơ đề nghị khen thưởng"
    assert others == ["Báo khó khăn, vướng mắc"]
    assert ways == [
        "Hướng dẫn khen thưởng",
        "Hồ sơ của phong trào này",
        "Đăng ký thi đua của đơn vị bạn",
        "Báo cáo của đơn vị bạn",
    ]


@pytest.mark.parametrize("who", HATS)
def test_nothing_is_offered_twice(who: str) -> None:
    act, others, ways = shown(who)
    offered = [act, *others, *ways]
    assert len(offered) == len(set(offered))


def test_who_only_looks_is_offered_no_deed() -> None:
    assert [shown(who)[:2] for who in ("clerk", "auditor")] == [("", []), ("", [])]


def test_review_that_waits_for_approval_is_the_main_act() -> None:
    review = {"approved_at": None, "prepared_by": "somebody"}
    act, others, _ = shown("lead-head", reviews={"final": review})
    assert act == "Duyệt báo cáo tổng kết và kết thúc phong trào"
    assert act not in others
    own = review | {"prepared_by": "me"}
    assert shown("lead-head", reviews={"final": own})[0] == ""


def test_deeds_that_cannot_be_taken_back_come_last() -> None:
    assert shown("home-head")[1] == [
        "Sửa đổi, đính chính kế hoạch",
        "Ghi ngày kết thúc",
        "Báo khó khăn, vướng mắc",
        "Lập báo cáo sơ kết, tổng kết",
        "Kết thúc nhận hồ sơ",
    ]


def test_recalled_plan_is_offered_neither_to_read_nor_to_act_on() -> None:
    recalled = {name: CAMPAIGN[name] for name in ("id", "version", "state", "number", "scope")}
    recalled |= {"symbol": "KH-UBND", "issued_on": "2024-04-05", "hidden": True}
    assert papers_shown(recalled) == ()
    hat = msgspec.structs.replace(NOBODY, **HATS["unit"])
    summary = summary_of(hat, recalled | {"standing": "recalled"}, "/campaigns/1")
    assert (summary.act, summary.others, summary.ways) == (None, (), ())


def test_review_that_waits_is_found_on_the_home_page_of_who_may_approve_it() -> None:
    review = {"approved_at": None, "prepared_by": "somebody"}
    page = CAMPAIGN | {"title": "Phong trào", "reviews": {"preliminary": review}}
    hats = {who: msgspec.structs.replace(NOBODY, **changes) for who, changes in HATS.items()}
    found = {
        who: [(task.title, task.href) for task in review_tasks(hat, page)]
        for who, hat in hats.items()
    }
    asked = [("Duyệt báo cáo sơ kết", "/campaigns/1")]
    assert {who for who, tasks in found.items() if tasks == asked} == {
        "lead-head",
        "home-head",
        "chairman",
    }
    assert [found[who] for who in ("lead", "unit", "clerk", "auditor")] == [[], [], [], []]
