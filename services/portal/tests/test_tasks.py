"""What each role finds on its first page."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from libs.serving.working_days import DEFAULT, Calendar, Dated
from services.portal.session import Hat
from services.portal.tasks import Lists, following, waiting

NOW = datetime(2024, 8, 1, 3, tzinfo=UTC)
AT = "2024-07-01T02:00:00+00:00"
NOBODY = Hat("s", "t", 0, "me", "a", "", "bac-thuy", "UBND xã", "commune", "chi-lang", "", "Mẫu")


def hat(role: str, duty: str = "commune", unit: str = "bac-thuy") -> Hat:
    return msgspec.structs.replace(NOBODY, role=role, duty=duty, unit=unit)


def dossier(state: str, unit: str = "bac-thuy", **facts: Any) -> dict[str, Any]:
    told = {"id": f"{unit}-{state}", "campaign": "c", "unit": unit, "state": state, "lines": 2}
    return {**told, "unit_name": unit, "opened_at": AT, "submitted_at": AT, **facts}


def campaign(state: str, **facts: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"id": "c", "title": "Phong trào", "state": state, "number": None}
    told |= {"drafted_at": AT, "launched_at": AT, "intake_open": False, "symbol": None}
    return {**told, "intake_from": None, "intake_until": None, **facts}


INTAKE = {
    "campaign": "c",
    "title": "Phong trào",
    "scope": ["bac-thuy"],
    "intake_open": True,
    "intake_from": AT,
    "intake_until": "2024-08-15T16:59:59+00:00",
}


def titles(of: Hat, lists: Lists) -> list[str]:
    return [task.title for task in waiting(of, lists)]


def test_returned_dossiers_come_before_unfinished_ones() -> None:
    lists = Lists(NOW, dossiers=[dossier("draft"), dossier("returned")])
    expected = ["Bổ sung hồ sơ bị trả lại", "Hoàn thiện hồ sơ"]
    assert titles(hat("specialist"), lists) == expected


def test_leader_finds_what_is_to_be_sent() -> None:
    lists = Lists(NOW, dossiers=[dossier("draft"), dossier("submitted")])
    assert titles(hat("leader"), lists) == ["Xem và gửi hồ sơ"]


def test_open_campaign_waits_for_a_unit_that_has_not_answered() -> None:
    assert titles(hat("specialist"), Lists(NOW, intake=[INTAKE])) == [
        "Lập hồ sơ đề nghị khen thưởng"
    ]
    answered = Lists(NOW, intake=[INTAKE], dossiers=[dossier("submitted")])
    assert titles(hat("specialist"), answered) == []
    over = replace(Lists(NOW, intake=[INTAKE]), now=datetime(2024, 8, 16, tzinfo=UTC))
    assert titles(hat("specialist"), over) == []


def test_other_units_dossiers_wait_for_home_affairs_only() -> None:
    lists = Lists(NOW, dossiers=[dossier("submitted"), dossier("received", "van-linh")])
    home = hat("specialist", "home-affairs", "noi-vu")
    assert titles(home, lists) == ["Tiếp nhận hồ sơ", "Thẩm định hồ sơ"]
    assert titles(hat("specialist", unit="y-tich"), lists) == []


def test_plan_goes_from_hand_to_hand() -> None:
    def who(state: str) -> list[str]:
        roles = (
            hat("specialist", "lead-office"),
            hat("leader", "lead-office"),
            hat("chairman", ""),
            hat("clerk", "office"),
        )
        lists = Lists(NOW, campaigns=[campaign(state)])
        return [one.role for one in roles if titles(one, lists)]

    assert [who(state) for state in ("draft", "submitted", "approved", "signed")] == [
        ["specialist", "leader"],
        ["leader"],
        ["chairman"],
        ["clerk"],
    ]


def test_guidance_goes_from_hand_to_hand() -> None:
    def who(stage: str, **facts: Any) -> list[str]:
        one = {"campaign": "c", "title": "Phong trào", "version": 1, "stage": stage, "since": AT}
        one |= {"signer": "home-affairs", "prepared_by": "other", "returned": False, **facts}
        roles = (
            hat("specialist", "home-affairs"),
            hat("leader", "home-affairs"),
            hat("chairman", ""),
            hat("clerk", "office"),
        )
        lists = Lists(NOW, guidance=[one])
        return [one.role for one in roles if titles(one, lists)]

    assert [who(stage) for stage in ("draft", "approved", "signed", "numbered")] == [
        ["leader"],
        ["leader"],
        ["clerk"],
        ["clerk"],
    ]
    assert who("approved", signer="chairman") == ["chairman"]
    assert who("draft", prepared_by="me", returned=True) == [
        "specialist",
        "leader",
        "chairman",
        "clerk",
    ]


def test_dossier_that_differs_from_new_guidance_waits_for_unit_and_home_affairs() -> None:
    lists = Lists(NOW, dossiers=[dossier("appraised", differences=2)])
    expected = ["Xem 2 điểm khác với hướng dẫn mới"]
    assert titles(hat("leader"), lists) == expected
    assert titles(hat("specialist", "home-affairs", "noi-vu"), lists) == expected
    assert titles(hat("leader", unit="y-tich"), lists) == []


def test_council_meets_when_lines_wait_and_none_is_under_way() -> None:
    secretary = hat("council-secretary", "home-affairs")
    lists = Lists(NOW, intake=[INTAKE], presentable={"c": 3})
    assert titles(secretary, lists) == ["Triệu tập phiên họp: 3 trường hợp chờ xét"]
    session = {"id": "x", "campaign": "c", "state": "convened", "convened_at": AT}
    assert titles(secretary, replace(lists, sessions=[session])) == ["Khai mạc phiên họp"]


def test_lead_office_follows_who_has_not_acknowledged() -> None:
    lists = Lists(NOW, campaigns=[campaign("launched")], unacknowledged={"c": 5})
    found = [task.title for task in following(hat("specialist", "lead-office"), lists)]
    assert found == ["5 đơn vị chưa xác nhận đã nhận kế hoạch"]


def test_amendment_waits_at_one_desk_after_another() -> None:
    people = (
        hat("leader", "lead-office"),
        hat("chairman", ""),
        hat("clerk", "office"),
        hat("leader", "commune"),
    )

    def who(amendment: str, **facts: Any) -> list[str]:
        lists = Lists(NOW, campaigns=[campaign("launched", amendment=amendment, **facts)])
        return [one.role for one in people if titles(one, lists)]

    steps = ("drafted", "approved", "signed")
    assert [who(step) for step in steps] == [["leader"], ["chairman"], ["clerk"]]
    assert who("drafted", standing="recalled") == []


def test_end_that_hangs_on_an_event_waits_for_its_day() -> None:
    open_end = campaign("launched", ends_event="trước Đại hội", ends=None)
    lists = Lists(NOW, campaigns=[open_end])
    assert titles(hat("leader", "lead-office"), lists) == ["Ghi ngày kết thúc khi đã biết"]
    assert titles(hat("leader"), lists) == []
    bound = Lists(NOW, campaigns=[{**open_end, "ends": "2024-10-15"}])
    assert titles(hat("leader", "lead-office"), bound) == []


def test_campaign_that_is_over_asks_for_no_dossier() -> None:
    over = Lists(NOW, intake=[{**INTAKE, "standing": "closed"}])
    assert titles(hat("specialist"), over) == []


def test_days_left_are_counted_by_the_offices_calendar() -> None:
    holiday = Dated(date(2024, 8, 9), "Ngày nghỉ mẫu", "mẫu")
    found = [
        waiting(hat("specialist"), Lists(NOW, intake=[INTAKE], calendar=calendar))[0].days_left
        for calendar in (DEFAULT, Calendar("mẫu", days_off=(holiday,)))
    ]
    assert found == [10, 9]


def difficulty(state: str, **facts: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"id": "d", "unit": "bac-thuy", "state": state, "title": "Biểu mẫu"}
    told |= {"lead_unit": "chu-tri", "holder": "chu-tri", "level": "lead-office"}
    told |= {"official": None, "changed_at": AT, "due_at": "2024-08-06T16:59:59+00:00"}
    return {**told, **facts}


def who_has(one: dict[str, Any]) -> list[str]:
    everybody = {
        "unit": hat("specialist"),
        "lead": hat("specialist", "lead-office", "chu-tri"),
        "assigned": hat("specialist", "department", "noi-vu"),
        "chairman": hat("chairman", "", "chi-lang"),
        "stranger": hat("specialist", unit="y-tich"),
    }
    return [name for name, of in everybody.items() if titles(of, Lists(NOW, difficulties=[one]))]


def test_difficulty_waits_for_who_has_to_act_on_it() -> None:
    assert [
        who_has(difficulty("waiting")),
        who_has(difficulty("waiting", holder="noi-vu")),
        who_has(difficulty("waiting", holder="noi-vu", official="somebody else")),
        who_has(difficulty("waiting", holder="chi-lang", level="chairman")),
        who_has(difficulty("waiting", holder="so-noi-vu", level="province")),
        who_has(difficulty("asked-back", due_at=None)),
        who_has(difficulty("answered", due_at=None)),
        who_has(difficulty("resolved", due_at=None)),
    ] == [["lead"], ["assigned"], [], ["chairman"], ["lead"], ["unit"], ["unit"], []]


def test_difficulty_shows_its_due_date_in_working_days() -> None:
    lead = hat("specialist", "lead-office", "chu-tri")
    (task,) = waiting(lead, Lists(NOW, difficulties=[difficulty("waiting")]))
    assert (task.due, task.days_left) == (date(2024, 8, 6), 3)


def registered(state: str, **call: str) -> dict[str, Any]:
    rows = [{"unit": "bac-thuy", "state": state}, {"unit": "van-linh", "state": "submitted"}]
    return {"c": {"items": rows, "call": call or None}}


def test_registration_goes_from_specialist_to_leader_to_lead_office() -> None:
    def found(of: Hat, state: str, **call: str) -> list[str]:
        listed = registered(state, **call)
        return titles(of, Lists(NOW, campaigns=[campaign("launched")], registrations=listed))

    lead = hat("leader", "lead-office", "ldtbxh-dt")
    assert found(hat("specialist"), "none") == []
    assert found(hat("specialist"), "none", until=AT) == ["Soạn đăng ký thi đua"]
    assert found(hat("leader"), "draft") == ["Xem và gửi đăng ký thi đua"]
    assert found(hat("specialist"), "refused") == ["Sửa đăng ký thi đua bị từ chối"]
    assert found(lead, "submitted") == ["Duyệt 2 đăng ký thi đua"]


def test_pledge_waits_for_the_leader_of_a_member() -> None:
    lists = Lists(NOW, pledges=[{"id": "p", "name": "Cụm số 1", "year": 2024, "opened_at": AT}])
    assert titles(hat("leader"), lists) == ["Ký giao ước thi đua"]
    assert titles(hat("specialist"), lists) == []
