"""The styles of a DOCX, named as officials name the parts, so that an edited paper keeps its form.

Sizes and weights are those of Decree 30/2020, Annex I. The font is Times New Roman: the reader's
machine has it, and a DOCX has no bytes that must agree with anything.
"""

from typing import Any

from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

FONT = "Times New Roman"
BLACK = RGBColor(0, 0, 0)
INDENT = Cm(1.27)

# name: size, bold, italic, alignment, points before and after, first-line indent
STYLES: dict[str, tuple[float, bool, bool, Any, float, float, Any]] = {
    "Quốc hiệu": (13, True, False, ALIGN.CENTER, 0, 0, None),
    "Tiêu ngữ": (14, True, False, ALIGN.CENTER, 0, 0, None),
    "Cơ quan chủ quản": (13, False, False, ALIGN.CENTER, 0, 0, None),
    "Cơ quan ban hành": (13, True, False, ALIGN.CENTER, 0, 0, None),
    "Số ký hiệu": (13, False, False, ALIGN.CENTER, 6, 0, None),
    "Trích yếu công văn": (13, False, False, ALIGN.CENTER, 0, 0, None),
    "Địa danh ngày tháng": (14, False, True, ALIGN.CENTER, 6, 0, None),
    "Dự thảo": (13, True, False, ALIGN.CENTER, 0, 0, None),
    "Mức độ khẩn": (13, True, False, ALIGN.CENTER, 2, 2, None),
    "Tên loại": (14, True, False, ALIGN.CENTER, 18, 0, None),
    "Trích yếu": (14, True, False, ALIGN.CENTER, 0, 0, None),
    "Đường kẻ": (4, False, False, ALIGN.CENTER, 0, 0, None),
    "Kính gửi": (14, False, False, ALIGN.CENTER, 6, 6, None),
    "Căn cứ": (14, False, True, ALIGN.JUSTIFY, 0, 6, INDENT),
    "Nội dung": (14, False, False, ALIGN.JUSTIFY, 0, 6, INDENT),
    "Tên bảng": (13, True, False, ALIGN.CENTER, 6, 3, None),
    "Ô bảng": (13, False, False, ALIGN.LEFT, 2, 2, None),
    "Chức vụ người ký": (14, True, False, ALIGN.CENTER, 0, 0, None),
    "Họ tên người ký": (14, True, False, ALIGN.CENTER, 0, 0, None),
    "Nơi nhận tiêu đề": (12, True, True, ALIGN.LEFT, 0, 0, None),
    "Nơi nhận": (11, False, False, ALIGN.LEFT, 0, 0, None),
    "Phụ lục": (14, True, False, ALIGN.CENTER, 0, 0, None),
    "Kèm theo": (14, False, True, ALIGN.CENTER, 0, 6, None),
    "Tên sổ": (24, True, False, ALIGN.CENTER, 120, 12, None),
    "Bìa sổ": (14, False, False, ALIGN.CENTER, 0, 4, None),
}


def add_styles(document: DocxDocument) -> None:
    _set_font(document.styles["Normal"], 14)
    heading = document.styles["Heading 1"]  # so that Word's own outline finds the sections
    _set_font(heading, 14)
    heading.font.bold, heading.font.color.rgb = True, BLACK
    _set_paragraph(heading, ALIGN.JUSTIFY, 0, 6, INDENT)
    for name, (size, bold, italic, align, before, after, indent) in STYLES.items():
        style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.quick_style = True
        _set_font(style, size)
        style.font.bold, style.font.italic = bold, italic
        _set_paragraph(style, align, before, after, indent)


def _set_font(style: Any, size: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's font would win over the named one
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _set_paragraph(style: Any, align: Any, before: float, after: float, indent: Any) -> None:
    form = style.paragraph_format
    form.alignment, form.first_line_indent = align, indent
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing = 1.0
