"""A plan's PDF against the table of Decree 30/2020, Annex I, part by part, read back from it.

Bold is the semibold cut, see `templates/decree30.typ`.
"""

from itertools import pairwise

import msgspec
import pytest

from libs.officialdocs import Appendix, Paragraph, Plan, as_pdf, register_book
from libs.officialdocs.book import (
    RegisterBook,
)
from libs.officialdocs.papers import (
    Correction,
)
from libs.officialdocs.sample import paper_sample, sample
from libs.officialdocs.tests.layout_read import MM, Run, Sheet, sheets

PLAN = sample("plan", Plan)
ISSUER = msgspec.structs.replace(PLAN.issuer, superior="TÊN CƠ QUAN CHỦ QUẢN")
APPENDICES = [
    Appendix(title="Biểu mẫu", body=[Paragraph(text="Nội dung phụ lục.")]),
    Appendix(title="Danh mục", body=[Paragraph(text="Nội dung thứ hai.")]),
]
WHOLE = msgspec.structs.replace(
    PLAN, issuer=ISSUER, number="05/KH-UBND", appendices=APPENDICES, urgency="KHẨN"
)
SHEETS = sheets(as_pdf(WHOLE))
FIRST, SECOND = SHEETS[:2]
REGULAR, BOLD, ITALIC, BOLD_ITALIC = (
    f"LibertinusSerif-{cut}" for cut in ("Regular", "Semibold", "Italic", "SemiboldItalic")
)


def set_as(run: Run) -> tuple[str, bool]:
    return run.cut, run.text == run.text.upper()


def part_below(sheet: Sheet, run: Run) -> float:
    """The length of the rule under a run beside the run's own."""
    return sheet.rule_below(run).length / (sheet.end_of(run) - run.x)


def test_page_is_a4_with_the_margins_of_the_decree() -> None:
    assert {(round(s.width / MM), round(s.height / MM)) for s in SHEETS} == {(210, 297)}
    left = min(run.x for run in FIRST.runs) / MM
    right = (FIRST.width - max(FIRST.end_of(run) for run in FIRST.runs)) / MM
    top = (FIRST.height - max(run.y + run.size for run in FIRST.runs)) / MM
    bottom = min(run.y for run in FIRST.runs) / MM
    assert (30 <= round(left, 2) <= 35, 15 <= right <= 20, 17 <= top <= 25, bottom >= 20) == (
        True,
    ) * 4


def test_page_number_stands_in_the_middle_of_the_top_margin_from_page_two() -> None:
    assert [run.text for run in FIRST.runs if run.y > FIRST.height - 20 * MM] == []
    (number,) = [run for run in SECOND.runs if run.y > SECOND.height - 20 * MM]
    area = (30 * MM + SECOND.width - 18 * MM) / 2
    middle = (number.x + SECOND.end_of(number)) / 2
    assert (number.text, number.cut, 13 <= number.size <= 14) == ("2", REGULAR, True)
    assert middle == pytest.approx(area, abs=1)


def test_national_name_is_bold_capitals_of_12_to_13() -> None:
    run = FIRST.run("CỘNG HÒA")
    assert (set_as(run), 12 <= run.size <= 13) == ((BOLD, True), True)


def test_motto_is_bold_of_13_to_14_over_a_solid_line_of_its_length() -> None:
    run = FIRST.run("Độc lập - Tự do - Hạnh phúc")
    assert (run.cut, 13 <= run.size <= 14) == (BOLD, True)
    assert part_below(FIRST, run) == pytest.approx(1, abs=0.02)
    assert FIRST.rule_below(run).dashed is False


def test_superior_is_upright_and_issuer_bold_capitals_over_a_third_to_half_line() -> None:
    superior, issuer = FIRST.run("TÊN CƠ QUAN"), FIRST.run("HUYỆN CHI LĂNG")
    assert (set_as(superior), 12 <= superior.size <= 13) == ((REGULAR, True), True)
    assert (set_as(issuer), 12 <= issuer.size <= 13) == ((BOLD, True), True)
    assert 1 / 3 <= part_below(FIRST, issuer) <= 1 / 2
    assert superior.y > FIRST.run("ỦY BAN NHÂN DÂN").y > issuer.y


def test_number_is_upright_of_13_and_prefixed_below_ten() -> None:
    run = FIRST.run("Số:")
    assert (run.text, run.cut, run.size) == ("Số: 05/KH-UBND", REGULAR, 13)


def test_subject_of_a_letter_stands_below_its_number_in_12_to_13() -> None:
    letter = sheets(as_pdf(sample("correction", Correction)))[0]
    number, subject = letter.run("Số: 118/UBND-NV"), letter.run("V/v đính chính")
    assert (subject.cut, 12 <= subject.size <= 13, subject.y < number.y) == (REGULAR, True, True)
    assert [
        run.text for run in letter.runs if run.text == run.text.upper() and run.size == 14
    ] == []


def test_place_and_date_are_italic_of_13_to_14_beside_the_number() -> None:
    run = FIRST.run("Chi Lăng, ngày")
    assert run.text == "Chi Lăng, ngày 05 tháng 4 năm 2024"
    assert (run.cut, 13 <= run.size <= 14) == (ITALIC, True)
    assert run.y == pytest.approx(FIRST.run("Số:").y, abs=1)


def test_kind_and_subject_are_bold_of_13_to_14_over_a_third_to_half_line() -> None:
    kind, subject = FIRST.run("KẾ HOẠCH"), FIRST.run("các dân tộc thiểu số huyện")
    assert (set_as(kind), 13 <= kind.size <= 14) == ((BOLD, True), True)
    assert (set_as(subject), 13 <= subject.size <= 14) == ((BOLD, False), True)
    assert 1 / 3 <= part_below(FIRST, subject) <= 1 / 2


def test_bases_are_italic_and_end_with_semicolons_and_a_full_stop() -> None:
    start, end = FIRST.run("Thực hiện Chỉ thị"), FIRST.run("Ủy ban nhân dân huyện")
    lines = [run for run in FIRST.runs if end.y < run.y <= start.y]
    assert {run.cut for run in lines} == {ITALIC}
    assert [run.text for run in lines if run.text[-1] in ";."] == ["năm 2024;", "Đại hội."]


def test_body_is_of_13_to_14_justified_indented_and_parted_by_six_points() -> None:
    body = [run for run in FIRST.runs if run.cut == REGULAR and run.y < FIRST.run("KẾ HOẠCH").y]
    assert {13 <= run.size <= 14 for run in body} == {True}
    openings = [run for run in body if run.x > 31 * MM]
    assert {round((run.x / MM - 30) / 10, 2) for run in openings} == {1.27}
    edge = max(FIRST.end_of(run) for run in body)
    continued = [run for run, after in pairwise(body) if after.x < 31 * MM]
    assert [round(FIRST.end_of(run) - edge, 1) for run in continued] == [0] * len(continued)
    within = [run.y - after.y for run, after in pairwise(body) if after.x < 31 * MM]
    between = [r.y - after.y for r, after in pairwise(body) if after in openings]
    assert {1.15 <= gap / 13.5 <= 1.5 * 1.15 for gap in within} == {True}
    assert min(between) - max(within) == pytest.approx(6, abs=0.01)


def test_sections_are_bold_with_roman_numbers_and_the_text_ends_with_its_mark() -> None:
    headings = [run for run in FIRST.runs if run.text.split(".")[0] in ("I", "II", "III", "IV")]
    assert [(run.text[: run.text.index(".")], run.cut) for run in headings] == [
        (number, BOLD) for number in ("I", "II", "III", "IV")[: len(headings)]
    ]
    assert len(headings) >= 3
    last = [run for run in SECOND.runs if run.y > SECOND.run("Nơi nhận").y and run.cut == REGULAR]
    assert last[-1].text.endswith("./.")


def test_signature_is_bold_of_13_to_14_with_the_bare_name_under_its_offices() -> None:
    offices = [SECOND.run("TM. ỦY BAN NHÂN DÂN"), SECOND.run("CHỦ TỊCH")]
    name = SECOND.run("Nguyễn Văn Mẫu")
    assert [(set_as(run), 13 <= run.size <= 14) for run in offices] == [((BOLD, True), True)] * 2
    assert (set_as(name), 13 <= name.size <= 14) == ((BOLD, False), True)
    assert offices[0].y > offices[1].y > name.y + 60
    middles = [(run.x + SECOND.end_of(run)) / 2 for run in (*offices, name)]
    assert max(middles) - min(middles) < 1
    assert min(middles) > SECOND.width / 2


def test_recipients_are_12_bold_italic_and_11_with_filing_last() -> None:
    head = SECOND.run("Nơi nhận:")
    assert (head.cut, head.size) == (BOLD_ITALIC, 12)
    listed = [run for run in SECOND.runs if run.size == 11]
    assert {(run.cut, run.x < SECOND.width / 2) for run in listed} == {(REGULAR, True)}
    assert listed[0].text == "- Sở Nội vụ (B/c);"
    assert listed[-1].text == "- Lưu: VT, LĐTBXH-DT."


def test_appendices_are_14_bold_with_roman_numbers_and_say_what_they_come_with() -> None:
    for sheet, number, title in zip(SHEETS[2:], ("I", "II"), ("BIỂU MẪU", "DANH MỤC"), strict=True):
        label, name = sheet.run("Phụ lục"), sheet.run(title)
        assert (label.text, label.cut, label.size) == (f"Phụ lục {number}", BOLD, 14)
        assert (name.cut, name.size) == (BOLD, 14)
        belongs = sheet.run("(Kèm theo")
        assert belongs.text == "(Kèm theo Kế hoạch số 05/KH-UBND ngày 05 tháng 4 năm 2024)"
        assert belongs.cut == ITALIC


@pytest.mark.parametrize(
    ("word", "sides"), [("HỎA TỐC", (30, 8)), ("THƯỢNG KHẨN", (40, 8)), ("KHẨN", (20, 8))]
)
def test_mark_of_urgency_has_the_size_of_the_decree(word: str, sides: tuple[int, int]) -> None:
    sheet = sheets(as_pdf(msgspec.structs.replace(PLAN, urgency=word)))[0]
    assert [(round(box.width), round(box.height)) for box in sheet.boxes] == [sides]
    assert sheet.run(word).cut == BOLD


def test_every_page_of_a_draft_says_so_and_none_of_a_signed_paper() -> None:
    draft = sheets(as_pdf(msgspec.structs.replace(PLAN, draft=True)))
    marks = [sum(run.text == "DỰ THẢO" for run in sheet.runs) for sheet in draft]
    assert marks == [2, 1]
    assert [run.text for sheet in SHEETS for run in sheet.runs if "DỰ THẢO" in run.text] == []


def test_title_before_a_name_is_left_out() -> None:
    issuer = msgspec.structs.replace(PLAN.issuer, signer_name="ThS. Nguyễn Văn Mẫu")
    last = sheets(as_pdf(msgspec.structs.replace(PLAN, issuer=issuer)))[-1]
    assert last.run("Nguyễn Văn Mẫu").text == "Nguyễn Văn Mẫu"


def test_register_is_a_landscape_book_with_a_cover_and_its_void_numbers() -> None:
    cover, page = sheets(register_book(sample("register", RegisterBook)))
    assert (round(cover.width / MM), round(cover.height / MM)) == (297, 210)
    assert cover.run("SỔ ĐĂNG KÝ VĂN BẢN ĐI").cut == BOLD
    assert [run.text for run in cover.runs[3:]] == [
        "Năm: 2024",
        "Sổ: Kế hoạch",
        "Từ ngày 01/04/2024 đến ngày 06/04/2024",
        "Từ số 04 đến số 06",
    ]
    assert [run.text for run in page.runs if "/KH-UBND" in run.text] == [
        "04/KH-UBND",
        "05/KH-UBND",
        "06/KH-UBND",
    ]
    assert page.run("Hủy số: cấp").x > page.run("06/KH-UBND").x


@pytest.mark.parametrize("name", ["guidance", "amendment", "correction", "report", "answers"])
def test_every_other_kind_has_the_same_letterhead_and_closing(name: str) -> None:
    read = sheets(as_pdf(paper_sample(name)))
    head = read[0].run("CỘNG HÒA")
    assert (head.cut, head.size) == (BOLD, FIRST.run("CỘNG HÒA").size)
    ends = [run.text for sheet in read for run in sheet.runs if run.text.endswith("./.")]
    assert len(ends) == 1
    assert len([1 for sheet in read for run in sheet.runs if run.text.startswith("- Lưu: VT")]) == 1
