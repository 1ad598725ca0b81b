"""Units and reorganisations in the portal: lines are read, old names say what stands there now."""

import pytest

from services.portal.known import former_names
from services.portal.present.units import fault, tree
from services.portal.reorganising import Unreadable, acts_in
from services.portal.tests.example_units import PASSED, UNIT, unit_page, units_page

DAY = "2025-07-01"


def test_lines_become_acts() -> None:
    text = """thành lập xa-moi | UBND xã Mới
Sáp nhập xa-a, xa-b vào xa-moi

tách xa-c thành xa-d, xa-e
đổi tên xa-g thành UBND xã Gia
giải thể huyen-h, kế thừa xa-moi, xa-d"""
    new = {
        "code": "xa-moi",
        "name": "UBND xã Mới",
        "kind": "authority",
        "authority": "xa-moi",
        "valid_from": DAY,
    }
    assert acts_in(text, DAY) == [
        {"act": "establish", "new": new},
        {"act": "merge", "units": ["xa-a", "xa-b"], "into": [{"unit": "xa-moi"}]},
        {"act": "split", "units": ["xa-c"], "into": [{"unit": "xa-d"}, {"unit": "xa-e"}]},
        {"act": "rename", "units": ["xa-g"], "name": "UBND xã Gia"},
        {"act": "abolish", "units": ["huyen-h"], "into": [{"unit": "xa-moi"}, {"unit": "xa-d"}]},
    ]


def test_line_of_no_known_form_is_named() -> None:
    with pytest.raises(Unreadable) as unreadable:
        acts_in("đổi tên a thành B\nxóa huyện", DAY)
    assert unreadable.value.row == 2


def test_old_name_says_what_stands_there_now() -> None:
    later = PASSED | {
        "predecessor": "xa-chi-lang-2025",
        "name": "UBND xã Chi Lăng",
        "custodian": "phuong",
        "successors": [{"unit": "phuong", "name": "UBND phường"}],
    }
    assert former_names([PASSED, later]) == {
        "huyen-chi-lang": "UBND huyện Chi Lăng (nay là UBND phường)",
        "xa-chi-lang-2025": "UBND xã Chi Lăng (nay là UBND phường)",
        "phuong": "UBND phường",
    }


def test_faults_are_told_in_words() -> None:
    told = fault({"row": 3, "code": "unit-unknown", "unit": "xa-x"})
    assert told == "Dòng 3: không có đơn vị này (xa-x)."


def test_tree_writes_its_depth() -> None:
    assert [row[0].text for row in units_page.table.rows] == [
        "UBND huyện Chi Lăng",
        "– Phòng Nội vụ",
    ]
    assert unit_page.tables[0].rows[0][0].text == "Nay là"


def test_tree_says_no_duty_that_the_kind_says_already() -> None:
    units = [
        UNIT | {"kind": "commune", "duties": ["commune"], "below": []},
        UNIT | {"kind": "department", "duties": ["lead-office"], "below": []},
    ]
    kinds = [row[2] for row in tree(units).rows]
    assert [(cell.text, cell.note) for cell in kinds] == [
        ("xã, thị trấn", ""),
        ("phòng, ban", "chủ trì"),
    ]
