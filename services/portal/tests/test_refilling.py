"""A form shown again, and the fields of a plan put right."""

from starlette.datastructures import FormData

from services.portal.clients import SaidNo
from services.portal.pages import Ask
from services.portal.parts import Act, Choice, Field, Problem
from services.portal.present.values import boxes, corrected, field_label, sentence
from services.portal.refilling import as_problem, missing, refilled

ASK = Ask(
    "Trả lại",
    "",
    (
        Field("reason", "Lý do", "textarea"),
        Field("papers", "Giấy tờ", "checkbox", "a b", choices=(Choice("a", "A"), Choice("b", "B"))),
        Field("session", "", "hidden", "7"),
        Field("note", "Ghi chú", required=False),
    ),
    Act("Trả lại", "/dossiers/7/return", "post"),
    "/dossiers/7",
)
BASIS = {"kind": "Chỉ thị", "number": "28-CT/TU", "date": "2024-03-12", "issuer": "Tỉnh ủy"}


def test_form_shown_again_keeps_what_was_typed_and_unticked() -> None:
    again = refilled(ASK, {"reason": ["Thiếu"], "session": ["forged"]})
    assert [field.value for field in again.fields] == ["Thiếu", "", "7", ""]


def test_form_shown_for_the_first_time_has_its_own_values() -> None:
    assert refilled(ASK, {}) == ASK


def test_problem_stands_at_its_field_and_at_the_top() -> None:
    problem = Problem("Ghi lý do", "reason")
    again = refilled(ASK, {}, [problem])
    assert (again.problems, again.fields[0].error) == ((problem,), "Ghi lý do")


def test_only_required_fields_left_empty_are_missing() -> None:
    form = FormData([("reason", "  "), ("papers", "a")])
    assert [problem.field for problem in missing(ASK.fields, form)] == ["reason"]


def test_refusal_is_one_sentence_with_its_facts() -> None:
    problem = as_problem(SaidNo(409, "papers-missing", {"missing": ["minutes"]}))
    assert "(Còn thiếu: biên bản xét khen thưởng)" in problem.text


def test_legal_basis_reads_as_a_sentence_and_is_put_right_in_boxes() -> None:
    said = "Chỉ thị số 28-CT/TU ngày 12/03/2024 của Tỉnh ủy"
    assert sentence("legal_bases", BASIS) == said
    assert [box.value for box in boxes(BASIS)] == ["Chỉ thị", "28-CT/TU", "12/03/2024", "Tỉnh ủy"]
    after = corrected(BASIS, {"value.date": "13/3/2024", "value.number": "29-CT/TU"})
    assert after == BASIS | {"date": "2024-03-13", "number": "29-CT/TU"}


def test_parts_within_parts_are_put_right_without_touching_the_rest() -> None:
    period = {"starts": None, "ends": {"kind": "event", "event": "Đại hội", "date": None}}
    after = corrected(period, {"value.ends.event": "khai mạc Đại hội"})
    assert after == {
        "starts": None,
        "ends": {"kind": "event", "event": "khai mạc Đại hội", "date": None},
    }
    assert period["ends"] == {"kind": "event", "event": "Đại hội", "date": None}


def test_plain_values_stay_of_their_kind() -> None:
    assert (corrected(4, {"value": "5"}), corrected("a", {"value": " b "})) == (5, "b")


def test_fields_of_a_kind_are_numbered_from_the_second() -> None:
    assert (field_label("legal_bases.0"), field_label("legal_bases.1")) == ("Căn cứ", "Căn cứ 2")
