"""Rights in words: the last day that counts, what held before and after, both names of an act."""

from datetime import date

from services.portal.known import Directory
from services.portal.parts import Cell
from services.portal.places import choices_of
from services.portal.present import rights
from services.portal.present.history import history
from services.portal.session import Hat
from services.portal.tests.example_rights import NAMES, UNITS, change, delegation, directory

HAT = Hat("s", "t", 0.0, "o", "a1", "leader", "noi-vu", "Phòng Nội vụ", "", "chi-lang", "", "Tên")


def test_changed_right_shows_before_and_after() -> None:
    row = rights.changes([change], NAMES, UNITS).rows[0]
    assert [cell.text for cell in row[1:]] == [
        "Nông Văn Thí Dụ",
        "Vi Thị Ví Dụ",
        "Ủy quyền khi vắng mặt",
        "–",
        "làm thay Nông Văn Thí Dụ; hồ sơ, hội đồng, quyết định; từ 15/04/2024; không thời hạn",
    ]


def test_delegation_says_its_last_day_and_can_be_ended() -> None:
    row = rights.delegation_table([delegation], directory, date(2024, 4, 20)).rows[0]
    assert row[3:] == (
        Cell("15/04/2024 – 30/04/2024", note="Đi công tác"),
        Cell("Kết thúc", "/officials/holder/delegations/d1/ending/new"),
    )
    over = rights.delegation_table([delegation], directory, date(2024, 5, 1)).rows[0]
    assert over[4] == Cell("Đã kết thúc")


def test_hats_of_others_name_whom_one_acts_for() -> None:
    hats = [
        {"id": "a1", "role": "leader", "unit": "noi-vu"},
        {"id": "d1", "role": "clerk", "unit": "noi-vu", "on_behalf_name": "Lý Văn Mẫu"},
    ]
    choices = choices_of(hats, HAT, directory)
    assert [(one.value, one.label) for one in choices] == [
        ("d1", "văn thư, Phòng Nội vụ (thay Lý Văn Mẫu)")
    ]


def test_step_of_a_history_carries_both_names() -> None:
    entry = {
        "version": 1,
        "at": "2024-04-15T02:00:00+00:00",
        "event": "campaign.approved",
        "actor": "deputy",
        "on_behalf": "holder",
        "role": "leader",
        "unit": "noi-vu",
        "data": {},
    }
    people = {id: {"name": name} for id, name in NAMES.items()}
    step = history("/campaigns/1", [entry], Directory(people=people)).steps[0]
    assert (step.who, step.on_behalf) == ("Vi Thị Ví Dụ", "Nông Văn Thí Dụ")
