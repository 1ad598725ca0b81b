"""What a person types into the form of a guidance, and what a revision shows of it."""

import pytest
from starlette.datastructures import FormData, UploadFile

from services.portal.deeds import Mistyped
from services.portal.http.guidance_form import body_of, fields_of
from services.portal.parts import Field
from services.portal.present.campaigns import state_of
from services.portal.present.guidance import changes, differences, gauges
from services.portal.tests.example_guidance import CHANGED, DIRECTORY, GIVEN


def posted(fields: tuple[Field, ...], **typed: str) -> FormData:
    """The form as a browser sends it: every ticked box on its own."""
    pairs: list[tuple[str, str | UploadFile]] = []
    for field in fields:
        value = typed.get(field.name, field.value)
        if field.kind == "checkbox":
            pairs += [(field.name, one) for one in value.split()]
        else:
            pairs.append((field.name, value))
    return FormData(pairs)


def test_form_that_is_sent_as_it_was_shown_changes_nothing() -> None:
    body = body_of(posted(fields_of(GIVEN, save_to="/x")), GIVEN)
    assert body == {name: GIVEN[name] for name in body}


def test_points_stand_after_a_bar_and_an_unknown_day_is_named() -> None:
    fields = fields_of(GIVEN, save_to="/x")
    typed = {"criteria-household": "Gương mẫu | 60\nGiúp đỡ hộ nghèo|40 điểm\nKhông vi phạm"}
    body = body_of(posted(fields, **typed), GIVEN)
    assert [one for one in body["criteria"] if one["kind"] == "household"] == [
        {"kind": "household", "text": "Gương mẫu", "max_points": 60},
        {"kind": "household", "text": "Giúp đỡ hộ nghèo", "max_points": 40},
        {"kind": "household", "text": "Không vi phạm", "max_points": 0},
    ]
    with pytest.raises(Mistyped) as wrong:
        body_of(posted(fields, intake_until="32/13/2024"), GIVEN)
    assert [problem.field for problem in wrong.value.problems] == ["intake_until"]


def test_changes_stand_side_by_side_in_words() -> None:
    rows = [tuple(cell.text for cell in row) for row in changes(CHANGED, GIVEN).rows]
    assert rows == [
        ("Hạn nhận hồ sơ", "17:00 ngày 30/09/2024", "17:00 ngày 15/10/2024"),
        ("Số lượng tối đa", "20", "25"),
        ("Số lượng theo khối", "không có", "2"),
        ("Tiêu chuẩn đối với cá nhân", "đạt hoặc không đạt", "30 điểm"),
        ("Tỷ lệ", "không có", "30 %"),
        ("Giấy tờ phải có", "không có", "biên bản xét khen thưởng"),
    ]


def test_each_difference_says_what_is_to_be_done() -> None:
    found = [
        {"what": "form-gone", "line": 2, "of": "giay-khen", "before": "", "after": "", "open": True}
    ]
    (fact,) = differences({"differences": found}, {"giay-khen": "Giấy khen"})
    assert fact.label == "Trường hợp 2: không còn hình thức “Giấy khen”"
    assert fact.value.startswith("Phòng Nội vụ thẩm định lại")


def test_closed_intake_is_a_state_of_its_own() -> None:
    launched = {"state": "launched", "guidance": GIVEN, "intake_until": GIVEN["intake_until"]}
    states = [
        state_of(launched | {"intake_open": is_open, "intake_closed": closed})
        for is_open, closed in ((False, None), (True, None), (False, {"reason": "Đủ"}))
    ]
    assert states == ["guided", "intake-closed", "intake-ended"]


def test_gauge_says_by_how_much_a_quota_is_exceeded() -> None:
    one = {"form": "x", "form_name": "Giấy khen", "group": "commune", "unit": ""}
    (gauge,) = gauges([one | {"value": 7, "limit": 6}], DIRECTORY)
    assert (gauge.label, gauge.text) == (
        "Giấy khen: khối xã, thị trấn",
        "Vượt 1 so với số lượng trong hướng dẫn.",
    )
