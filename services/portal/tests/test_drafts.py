"""A draft beside its text: marks within marks, where a value comes from, values put right."""

from typing import Any

from services.portal.known import Directory
from services.portal.parts import Piece
from services.portal.present.drafts import draft_fields, plan_pieces
from services.portal.present.values import boxes, corrected

TEXT = "Giao Phòng Nội vụ chủ trì."


def field(id: str, start: int, end: int, **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "field": id.partition(".")[0],
        "value": TEXT[start:end],
        "span": {"start": start, "end": end, "line": 1},
        "confirmed": False,
        "corrected": False,
        "by": None,
        "at": None,
    } | more


def draft(*fields: dict[str, Any], missing: Any = ()) -> dict[str, Any]:
    return {"id": "1", "version": 7, "fields": list(fields), "missing": list(missing)}


def test_field_within_another_is_marked_within_it() -> None:
    campaign = draft(field("lead_unit.0", 5, 17), field("duties.0", 0, 26))
    inner = (
        Piece("Giao "),
        Piece("Phòng Nội vụ", "text-lead_unit.0", "Cơ quan chủ trì"),
        Piece(" chủ trì."),
    )
    assert plan_pieces(campaign, TEXT) == (
        Piece(TEXT, "text-duties.0", "Phân công thực hiện", inner),
    )


def test_overlapping_field_has_no_link_that_leads_nowhere() -> None:
    campaign = draft(field("theme.0", 0, 10), field("period.0", 5, 17))
    found, _ = draft_fields(campaign, TEXT, Directory(), may_edit=True)
    assert [one.excerpt and one.excerpt.anchor for one in found] == ["text-theme.0", ""]


def test_every_act_on_a_field_names_the_version_that_was_seen() -> None:
    gap = {"field": "signer", "reason": "Không thấy."}
    found, missing = draft_fields(
        draft(field("theme.0", 0, 4), missing=[gap]), TEXT, Directory(), may_edit=True
    )
    assert [one.confirm and one.confirm.version for one in (*found, *missing)] == [7, 7]


def test_value_says_where_it_comes_from() -> None:
    at = "2024-04-05T01:30:00+00:00"
    said = {"confirmed": True, "by": "somebody", "at": at}
    campaign = draft(
        field("theme.0", 0, 4),
        field("theme.1", 5, 9, **said),
        field("theme.2", 10, 12, **said, corrected=True),
        field("theme.3", 13, 14, **said) | {"span": None},
    )
    found, _ = draft_fields(campaign, TEXT, Directory(), may_edit=False)
    assert [one.note.partition(".")[0] for one in found] == [
        "",
        "Đọc từ văn bản, đã xác nhận",
        "Đọc từ văn bản, đã sửa",
        "Nhập tay, không có trong văn bản",
    ]
    assert all("08:30" in one.note for one in found[1:])


def test_reason_for_a_gap_is_told_beside_what_was_read_of_the_same_field() -> None:
    gap = {"field": "theme", "reason": "Còn một chủ đề chưa rõ."}
    _, missing = draft_fields(
        draft(field("theme.0", 0, 4), missing=[gap]), TEXT, Directory(), may_edit=True
    )
    assert [one.note for one in missing] == ["Còn một chủ đề chưa rõ."]


def test_end_of_a_period_that_was_not_read_can_be_typed() -> None:
    period = {"starts": {"kind": "date", "date": "2024-04-01", "event": None}, "ends": None}
    assert "value.ends" in [box.name for box in boxes(period)]
    assert corrected(period, {"value.ends": "30/04/2024"})["ends"] == {
        "kind": "date",
        "relation": "on",
        "date": "2024-04-30",
        "event": None,
        "text": "30/04/2024",
    }
    assert corrected(period, {"value.ends": "Đại hội"})["ends"]["event"] == "Đại hội"
    assert corrected(period, {"value.ends": " "})["ends"] is None


def test_units_and_purposes_can_be_put_right() -> None:
    duty = {"text": "Giao A", "assigned_units": ["A"], "coordinating_units": []}
    typed = {"value.assigned_units": "A\r\nB", "value.coordinating_units": "C"}
    assert corrected(duty, typed) == {
        "text": "Giao A",
        "assigned_units": ["A", "B"],
        "coordinating_units": ["C"],
    }
    recipient = {"name": "Sở Nội vụ", "purpose": "for-action"}
    [_, purpose] = boxes(recipient)
    assert purpose.kind == "select"
    assert (
        corrected(recipient, {"value.purpose": "for-information"})["purpose"] == "for-information"
    )
