"""A plan's DOCX against the same table, read from its XML: styles, rules, header, table grid."""

import hashlib
from io import BytesIO
from typing import Any

import docx
import msgspec
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from libs.officialdocs import Appendix, Paragraph, Plan, Unprintable, as_docx, register_docx
from libs.officialdocs.book import (
    RegisterBook,
)
from libs.officialdocs.papers import (
    Correction,
    Report,
)
from libs.officialdocs.sample import PAPERS, paper_sample, sample
from libs.officialdocs.times import width_of

PLAN = sample("plan", Plan)
APPENDICES = [
    Appendix(title="Biểu mẫu", body=[Paragraph(text="Một.")]),
    Appendix(title="Danh mục", body=[Paragraph(text="Hai.")]),
]
WHOLE = msgspec.structs.replace(
    PLAN,
    issuer=msgspec.structs.replace(PLAN.issuer, superior="TÊN CƠ QUAN CHỦ QUẢN"),
    number="05/KH-UBND",
    appendices=APPENDICES,
    urgency="KHẨN",
)


def opened(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def paragraphs(document: Any) -> list[Any]:
    """All paragraphs in the order of the text, those of tables too."""
    found: list[Any] = []
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            found += [p for row in part.rows for cell in row.cells for p in cell.paragraphs]
        else:
            found.append(part)
    return found


DOCUMENT = opened(as_docx(WHOLE))
PARAGRAPHS = paragraphs(DOCUMENT)


def of_style(name: str, among: list[Any] = PARAGRAPHS) -> list[Any]:
    return [paragraph for paragraph in among if paragraph.style.name == name]


def texts(name: str) -> list[str]:
    return [paragraph.text for paragraph in of_style(name)]


def look(name: str) -> tuple[float, bool, bool, str]:
    """Size, bold, italic and alignment that a style gives."""
    style = DOCUMENT.styles[name]
    size, align = style.font.size.pt, style.paragraph_format.alignment
    return size, bool(style.font.bold), bool(style.font.italic), align.name


def rule_after(paragraph: Any) -> float:
    """The length in points of the line drawn by the empty paragraph that follows, within 66 mm."""
    element = paragraph._p.getnext()
    assert element.pPr.find(qn("w:pBdr")).find(qn("w:top")).get(qn("w:val")) == "single"
    return float(element.pPr.find(qn("w:ind")).get(qn("w:left")))


def test_page_is_a4_with_the_margins_of_the_decree() -> None:
    section = DOCUMENT.sections[0]
    measured = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    assert [round(one.mm) for one in measured] == [210, 297, 20, 20, 30, 18]


def test_every_style_names_times_new_roman_for_every_script_in_black() -> None:
    used = {paragraph.style.name for paragraph in PARAGRAPHS} | {"Normal"}
    for name in used:
        fonts = DOCUMENT.styles[name].element.rPr.rFonts
        named = {script: fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs")}
        assert set(named.values()) == {"Times New Roman"}
        assert [key for key in fonts.attrib if "Theme" in key] == []
    colours = {DOCUMENT.styles[name].font.color.rgb for name in used}
    assert {str(colour) for colour in colours} <= {"None", "000000"}


def test_page_number_is_a_centred_field_of_the_header_from_page_two() -> None:
    section = DOCUMENT.sections[0]
    assert section.different_first_page_header_footer is True
    (number,) = section.header.paragraphs
    assert (number.alignment.name, number.runs[0].font.size.pt) == ("CENTER", 13)
    assert [e.text for e in number._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert [p.text for p in section.first_page_header.paragraphs] == [""]
    assert section.header_distance < section.top_margin


def test_national_name_and_motto_with_its_line_of_the_full_length() -> None:
    assert texts("Quốc hiệu") == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert look("Quốc hiệu") == (13, True, False, "CENTER")
    (motto,) = of_style("Tiêu ngữ")
    assert look("Tiêu ngữ") == (14, True, False, "CENTER")
    assert [(run.text, run.underline) for run in motto.runs] == [
        ("Độc lập - Tự do - Hạnh phúc", True)
    ]


def test_superior_is_upright_and_issuer_bold_over_a_third_to_half_line() -> None:
    assert texts("Cơ quan chủ quản") == ["TÊN CƠ QUAN CHỦ QUẢN"]
    assert look("Cơ quan chủ quản") == (13, False, False, "CENTER")
    assert texts("Cơ quan ban hành") == ["ỦY BAN NHÂN DÂN", "HUYỆN CHI LĂNG"]
    assert look("Cơ quan ban hành") == (13, True, False, "CENTER")
    side = rule_after(of_style("Cơ quan ban hành")[-1]) / 20
    part = (Mm(66).pt - 2 * side) / width_of("ỦY BAN NHÂN DÂN", 13)
    assert 1 / 3 <= part <= 1 / 2


def test_number_place_and_date() -> None:
    assert texts("Số ký hiệu") == ["Số: 05/KH-UBND"]
    assert look("Số ký hiệu") == (13, False, False, "CENTER")
    assert texts("Địa danh ngày tháng") == ["Chi Lăng, ngày 05 tháng 4 năm 2024"]
    assert look("Địa danh ngày tháng") == (14, False, True, "CENTER")


def test_letter_has_its_subject_below_the_number_and_no_kind() -> None:
    letter = paragraphs(opened(as_docx(sample("correction", Correction))))
    (subject,) = of_style("Trích yếu công văn", letter)
    assert subject.text.startswith("V/v đính chính Kế hoạch số 05/KH-UBND")
    assert look("Trích yếu công văn") == (13, False, False, "CENTER")
    assert of_style("Tên loại", letter) == []
    assert [p.text for p in of_style("Kính gửi", letter)] == [
        "Kính gửi:",
        "- Các cơ quan, đơn vị thuộc huyện;",
        "- UBND các xã, thị trấn.",
    ]


def test_kind_and_subject_are_bold_over_a_third_to_half_line() -> None:
    assert texts("Tên loại") == ["KẾ HOẠCH"]
    assert texts("Trích yếu") == [PLAN.subject]
    assert [look(name) for name in ("Tên loại", "Trích yếu")] == [(14, True, False, "CENTER")] * 2
    side = rule_after(of_style("Trích yếu")[0]) / 20
    shown = min(width_of(PLAN.subject, 14), Mm(162).pt)
    assert 1 / 3 <= (Mm(162).pt - 2 * side) / shown <= 1 / 2


def test_bases_are_italic_with_semicolons_and_a_full_stop() -> None:
    assert [text[-1] for text in texts("Căn cứ")] == [";", "."]
    assert look("Căn cứ") == (14, False, True, "JUSTIFY")


def test_body_is_justified_indented_and_spaced() -> None:
    assert look("Nội dung") == (14, False, False, "JUSTIFY")
    form = DOCUMENT.styles["Nội dung"].paragraph_format
    assert round(form.first_line_indent.cm, 2) == 1.27
    assert (form.space_after.pt, form.line_spacing) == (6, 1.0)
    assert texts("Nội dung")[-3].endswith("./.")  # two appendices follow


def test_sections_are_headings_that_word_knows_with_roman_numbers() -> None:
    assert [text.split(".")[0] for text in texts("Heading 1")] == ["I", "II", "III", "IV"]
    style = DOCUMENT.styles["Heading 1"]
    assert (style.font.size.pt, style.font.bold) == (14, True)
    assert str(style.font.color.rgb) == "000000"


def test_signature_has_bold_offices_and_the_bare_name() -> None:
    assert texts("Chức vụ người ký") == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    assert texts("Họ tên người ký") == ["Nguyễn Văn Mẫu"]
    for name in ("Chức vụ người ký", "Họ tên người ký"):
        assert look(name) == (14, True, False, "CENTER")
    assert of_style("Họ tên người ký")[0].paragraph_format.space_before >= Pt(60)


def test_recipients_are_12_bold_italic_and_11_with_filing_last() -> None:
    assert texts("Nơi nhận tiêu đề") == ["Nơi nhận:"]
    assert look("Nơi nhận tiêu đề") == (12, True, True, "LEFT")
    assert (texts("Nơi nhận")[0], texts("Nơi nhận")[-1]) == (
        "- Sở Nội vụ (B/c);",
        "- Lưu: VT, LĐTBXH-DT.",
    )
    assert look("Nơi nhận") == (11, False, False, "LEFT")


def test_appendices_begin_pages_of_their_own_with_roman_numbers() -> None:
    assert texts("Phụ lục") == ["Phụ lục I", "BIỂU MẪU", "Phụ lục II", "DANH MỤC"]
    assert look("Phụ lục") == (14, True, False, "CENTER")
    breaks = [p.paragraph_format.page_break_before for p in of_style("Phụ lục")]
    assert breaks == [True, None, True, None]
    assert set(texts("Kèm theo")) == {"(Kèm theo Kế hoạch số 05/KH-UBND ngày 05 tháng 4 năm 2024)"}


@pytest.mark.parametrize(("word", "width"), [("HỎA TỐC", 30), ("THƯỢNG KHẨN", 40), ("KHẨN", 20)])
def test_mark_of_urgency_has_the_size_of_the_decree(word: str, width: int) -> None:
    made = paragraphs(opened(as_docx(msgspec.structs.replace(PLAN, urgency=word))))
    (mark,) = of_style("Mức độ khẩn", made)
    form = mark.paragraph_format
    assert round((Mm(66) - form.left_indent - form.right_indent) / Mm(1)) == width
    assert round(form.line_spacing.mm) == 8
    assert len(mark._p.pPr.find(qn("w:pBdr"))) == 4


def test_draft_says_so_on_every_page() -> None:
    made = opened(as_docx(msgspec.structs.replace(PLAN, draft=True)))
    section = made.sections[0]
    assert [p.text for p in section.first_page_header.paragraphs] == ["DỰ THẢO"]
    assert [p.text for p in section.header.paragraphs][1:] == ["DỰ THẢO"]
    assert [p.text for p in of_style("Dự thảo", paragraphs(made))] == ["DỰ THẢO"]


def test_table_repeats_its_head_and_sets_figures_to_the_right() -> None:
    report = sample("report", Report)
    made = opened(as_docx(report))
    table = next(t for t in made.tables if t.cell(0, 0).text == "STT")
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [c.paragraphs[0].alignment.name for c in table.rows[1].cells[2:]] == ["RIGHT"] * 3
    assert [c.text for c in table.rows[-1].cells] == ["", "Cộng", "1.069", "54", "7"]
    assert table.rows[-1].cells[1].paragraphs[0].runs[0].bold is True


def test_register_is_landscape_and_strikes_out_what_is_void() -> None:
    made = opened(register_docx(sample("register", RegisterBook)))
    section, (table,) = made.sections[0], made.tables
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    cells = table.rows[-1].cells
    assert (cells[0].text, cells[7].text) == ("06/KH-UBND", "Hủy số: cấp nhầm loại văn bản")
    assert [c.paragraphs[0].runs[0].font.strike for c in cells] == [None, *[True] * 6, None]


@pytest.mark.parametrize("name", PAPERS)
def test_same_data_gives_the_same_bytes_and_every_kind_opens(name: str) -> None:
    first, again = as_docx(paper_sample(name)), as_docx(paper_sample(name))
    assert hashlib.sha256(first).digest() == hashlib.sha256(again).digest()
    assert of_style("Quốc hiệu", paragraphs(opened(first))) != []


def test_control_characters_are_refused() -> None:
    with pytest.raises(Unprintable):
        as_docx(msgspec.structs.replace(PLAN, subject="Kế hoạch \x07"))


def test_very_long_subject_is_no_obstacle() -> None:
    long = " ".join(["Phát động phong trào thi đua"] * 60)
    made = paragraphs(opened(as_docx(msgspec.structs.replace(PLAN, subject=long))))
    assert [p.text for p in of_style("Trích yếu", made)] == [long]
