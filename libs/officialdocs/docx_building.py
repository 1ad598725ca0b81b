"""What a DOCX is put together from: paragraphs in styles, rules, tables, headers, the package."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from libs.officialdocs.compiler import clean
from libs.officialdocs.docx_styles import add_styles

LONGEST_TITLE = 255  # characters; the format holds no more
URGENCY_WIDTHS = {"HỎA TỐC": Mm(30), "THƯỢNG KHẨN": Mm(40), "KHẨN": Mm(20)}
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day a zip can say; entries are not dated
NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  python-docx writes naive dates as UTC


def new_document(title: str) -> DocxDocument:
    document = docx.Document()
    add_styles(document)
    core = document.core_properties
    core.title, core.author, core.comments = clean(title)[:LONGEST_TITLE], "", ""
    core.language = "vi-VN"
    core.created = core.modified = NO_DAY
    return document


def say(place: Any, style: str, text: str) -> Any:
    """A paragraph in a style; the empty one of a new cell is used first."""
    empty = not isinstance(place, DocxDocument) and place.paragraphs[0]
    if empty and not empty.text and len(place.paragraphs) == 1 and not empty.runs:
        empty.style = style
        empty.add_run(clean(text))
        return empty
    return place.add_paragraph(clean(text), style)


def say_lines(place: Any, style: str, text: str) -> list[str]:
    lines = text.splitlines()
    for line in lines:
        say(place, style, line)
    return lines or [""]


def two_columns(document: DocxDocument, left: Length, right: Length) -> tuple[Any, Any]:
    table = document.add_table(1, 2)
    table.autofit = False
    cant_split = OxmlElement("w:cantSplit")
    table.rows[0]._tr.get_or_add_trPr().append(cant_split)
    first, second = table.rows[0].cells
    first.width, second.width = left, right
    return first, second


def ruled_table(
    document: DocxDocument, rows: Sequence[Sequence[str]], parts: Sequence[float], width: Length
) -> Any:
    """A ruled table whose first row is repeated on every page."""
    table = document.add_table(len(rows), len(parts), "Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text, part in zip(row.cells, texts, parts, strict=True):
            cell.width = Length(int(width * part / sum(parts)))
            say(cell, "Ô bảng", text)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    return table


def rule(place: Any, length: float, room: Length) -> None:
    """A line of `length` points, centred: the border of an empty paragraph that is indented."""
    paragraph = say(place, "Đường kẻ", "")
    side = Length(int((room - Pt(length)) / 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    border(paragraph, "top")


def urgency_mark(place: Any, word: str, room: Length) -> None:
    paragraph = say(place, "Mức độ khẩn", word)
    side = Length(int((room - URGENCY_WIDTHS[word]) / 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    paragraph.paragraph_format.line_spacing = Mm(8)
    border(paragraph, "top", "left", "bottom", "right")


def border(paragraph: Any, *sides: str) -> None:
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def page_numbers(section: Any, *, draft: bool = False) -> None:
    """Centred in the top margin from page 2 on; a draft says so on every page."""
    section.different_first_page_header_footer = True
    section.header_distance = Mm(10)
    header = section.header.paragraphs[0]
    header.alignment = ALIGN.CENTER
    run = header.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run._r.append(_field_part(kind, text))
    if draft:
        for said in (section.first_page_header.paragraphs[0], section.header.add_paragraph()):
            said.alignment = ALIGN.RIGHT
            said.add_run("DỰ THẢO").bold = True


def _field_part(kind: str, text: str) -> Any:
    if not kind:
        part = OxmlElement("w:instrText")
        part.text = text
        return part
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    return part


def bytes_of(document: DocxDocument) -> bytes:
    """The package with undated entries in their order: the same content, the same bytes."""
    written, made = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as source, ZipFile(made, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, LONG_AGO)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return made.getvalue()
