"""Papers as DOCX: the same data as the PDF, in real Word styles, for people who edit.

The bytes depend on the data alone. A text that XML cannot hold raises Unprintable.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from libs.officialdocs import wording
from libs.officialdocs.compiler import Unprintable, clean
from libs.officialdocs.composing import Document, paper_of
from libs.officialdocs.docx_styles import add_styles
from libs.officialdocs.numbered import blocks_of, numbered_appendices
from libs.officialdocs.papers import Paper, RegisterBook
from libs.officialdocs.render import belongs_to
from libs.officialdocs.times import width_of

T = TypeVar("T")
LONGEST_TITLE = 255  # characters; the format holds no more
LEFT_COLUMN, RIGHT_COLUMN, TEXT_WIDTH = Mm(66), Mm(96), Mm(162)
SIGNING_ROOM = Pt(72)  # for a signature by hand
URGENCY_WIDTHS = {"HỎA TỐC": Mm(30), "THƯỢNG KHẨN": Mm(40), "KHẨN": Mm(20)}
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day a zip can say; entries are not dated
NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  python-docx writes naive dates as UTC


def as_docx(data: Document) -> bytes:
    """Any portrait paper, A4. Raises Unprintable."""
    return _bytes(_checked(_portrait, paper_of(data)))


def register_docx(data: RegisterBook) -> bytes:
    """Sổ đăng ký văn bản đi, A4 landscape with its cover. Raises Unprintable."""
    return _bytes(_checked(_landscape, data))


def _checked(make: Callable[[T], DocxDocument], data: T) -> DocxDocument:
    try:
        return make(data)
    except ValueError as error:  # control characters are no XML
        raise Unprintable(str(error)) from None


def _portrait(paper: Paper) -> DocxDocument:
    document = _new(f"{paper.number} {paper.subject}")
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    _page_numbers(section, draft=paper.draft)
    _letterhead(document, paper)
    _title(document, paper)
    for basis in wording.as_clauses(paper.bases):
        _say(document, "Căn cứ", basis)
    _blocks(document, blocks_of(paper.body, end_mark=True), TEXT_WIDTH)
    _closing(document, paper)
    _appendices(document, paper)
    return document


def _landscape(book: RegisterBook) -> DocxDocument:
    document = _new("Sổ đăng ký văn bản đi")
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.bottom_margin = Mm(15)
    section.top_margin = Mm(20)
    _page_numbers(section)
    _cover(document, book)
    _book(document, book)
    return document


# ---- the parts
def _letterhead(document: DocxDocument, paper: Paper) -> None:
    left, right = _two_columns(document, LEFT_COLUMN, RIGHT_COLUMN)
    _lines(left, "Cơ quan chủ quản", paper.issuer.superior)
    authority = _lines(left, "Cơ quan ban hành", paper.issuer.authority)
    _rule(left, width_of(max(authority, key=len), 13) * 0.42, LEFT_COLUMN)
    _say(left, "Số ký hiệu", f"Số: {paper.number}")
    if not paper.name:
        _say(left, "Trích yếu công văn", paper.subject)
    if paper.draft:
        _say(left, "Dự thảo", "DỰ THẢO")
    if paper.urgency:
        _urgency(left, paper.urgency)
    _say(right, "Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = _say(right, "Tiêu ngữ", "Độc lập - Tự do - Hạnh phúc")
    motto.runs[0].underline = True  # exactly as long as the words, however they are edited
    dated = wording.place_and_date(paper.issuer.place, paper.issued_on)
    _say(right, "Địa danh ngày tháng", dated)


def _title(document: DocxDocument, paper: Paper) -> None:
    if paper.name:
        _say(document, "Tên loại", paper.name)
        _say(document, "Trích yếu", paper.subject)
        line = min(width_of(clean(paper.subject), 14), TEXT_WIDTH.pt)
        _rule(document, line * 0.4, TEXT_WIDTH)
    names = wording.as_addressees(paper.addressees)
    if len(names) == 1:
        _say(document, "Kính gửi", f"Kính gửi: {names[0]}")
    elif names:
        _say(document, "Kính gửi", "Kính gửi:")
        for name in names:
            _say(document, "Kính gửi", name).alignment = ALIGN.LEFT
            document.paragraphs[-1].paragraph_format.left_indent = Mm(60)


def _blocks(document: DocxDocument, blocks: Sequence[Mapping[str, Any]], width: Length) -> None:
    styles = {"heading": "Heading 1", "point": "Nội dung", "paragraph": "Nội dung"}
    for one in blocks:
        if one["kind"] == "table":
            _table(document, one, width)
        else:
            _say(document, styles[one["kind"]], one["text"])


def _table(document: DocxDocument, block: Mapping[str, Any], width: Length) -> None:
    if block["caption"]:
        _say(document, "Tên bảng", block["caption"])
    total = [block["total"]] if block["total"] else []
    made = _grid(document, [block["columns"], *block["rows"], *total], block["widths"], width)
    for number, row in enumerate(made.rows):
        for column, cell in enumerate(row.cells):
            if number == 0 or column == 0:
                cell.paragraphs[0].alignment = ALIGN.CENTER
            elif column in block["numbers"]:
                cell.paragraphs[0].alignment = ALIGN.RIGHT
            if number == 0 or (total and number == len(made.rows) - 1):
                for run in cell.paragraphs[0].runs:
                    run.bold = True
    document.add_paragraph(style="Đường kẻ")  # or two tables in a row would grow together


def _closing(document: DocxDocument, paper: Paper) -> None:
    left, right = _two_columns(document, Mm(78), Mm(84))
    _say(left, "Nơi nhận tiêu đề", "Nơi nhận:")
    for recipient in wording.as_recipients(paper.recipients, paper.filing):
        _say(left, "Nơi nhận", recipient)
    _lines(right, "Chức vụ người ký", paper.issuer.signer_title)
    name = _say(right, "Họ tên người ký", wording.without_titles(paper.issuer.signer_name))
    name.paragraph_format.space_before = SIGNING_ROOM


def _appendices(document: DocxDocument, paper: Paper) -> None:
    for label, appendix in numbered_appendices(paper.appendices):
        _say(document, "Phụ lục", label).paragraph_format.page_break_before = True
        _say(document, "Phụ lục", appendix.title.upper())
        _say(document, "Kèm theo", belongs_to(paper))
        _blocks(document, blocks_of(appendix.body), TEXT_WIDTH)


def _cover(document: DocxDocument, book: RegisterBook) -> None:
    _lines(document, "Cơ quan chủ quản", book.superior)
    authority = _lines(document, "Cơ quan ban hành", book.authority)
    _rule(document, width_of(max(authority, key=len), 13) * 0.42, Mm(267))
    _say(document, "Tên sổ", "SỔ ĐĂNG KÝ VĂN BẢN ĐI")
    for line in wording.book_cover(book):
        _say(document, "Bìa sổ", line)


def _book(document: DocxDocument, book: RegisterBook) -> None:
    numbers = [f"({number})" for number in range(1, len(wording.BOOK_COLUMNS) + 1)]
    rows = [wording.BOOK_COLUMNS, numbers, *map(wording.book_row, book.entries)]
    document.paragraphs[-1].paragraph_format.space_after = Pt(0)
    _say(document, "Đường kẻ", "").paragraph_format.page_break_before = True
    made = _grid(document, rows, [30, 24, 61, 32, 44, 28, 16, 32], Mm(267))
    for entry, row in zip(book.entries, made.rows[2:], strict=True):
        if entry.void:
            for cell in row.cells[1:-1]:
                for run in cell.paragraphs[0].runs:
                    run.font.strike = True


# ---- what they are built from
def _new(title: str) -> DocxDocument:
    document = docx.Document()
    add_styles(document)
    core = document.core_properties
    core.title, core.author, core.comments = clean(title)[:LONGEST_TITLE], "", ""
    core.language = "vi-VN"
    core.created = core.modified = NO_DAY
    return document


def _say(place: Any, style: str, text: str) -> Any:
    """A paragraph in a style; the empty one of a new cell is used first."""
    empty = not isinstance(place, DocxDocument) and place.paragraphs[0]
    if empty and not empty.text and len(place.paragraphs) == 1 and not empty.runs:
        empty.style = style
        empty.add_run(clean(text))
        return empty
    return place.add_paragraph(clean(text), style)


def _lines(place: Any, style: str, text: str) -> list[str]:
    lines = text.splitlines()
    for line in lines:
        _say(place, style, line)
    return lines or [""]


def _two_columns(document: DocxDocument, left: Length, right: Length) -> tuple[Any, Any]:
    table = document.add_table(1, 2)
    table.autofit = False
    cant_split = OxmlElement("w:cantSplit")
    table.rows[0]._tr.get_or_add_trPr().append(cant_split)
    first, second = table.rows[0].cells
    first.width, second.width = left, right
    return first, second


def _grid(
    document: DocxDocument, rows: Sequence[Sequence[str]], parts: Sequence[float], width: Length
) -> Any:
    """A ruled table whose first row is repeated on every page."""
    table = document.add_table(len(rows), len(parts), "Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text, part in zip(row.cells, texts, parts, strict=True):
            cell.width = Length(int(width * part / sum(parts)))
            _say(cell, "Ô bảng", text)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    return table


def _rule(place: Any, length: float, room: Length) -> None:
    """A line of `length` points, centred: the border of an empty paragraph that is indented."""
    paragraph = _say(place, "Đường kẻ", "")
    side = Length(int((room - Pt(length)) / 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    _border(paragraph, "top")


def _urgency(place: Any, word: str) -> None:
    paragraph = _say(place, "Mức độ khẩn", word)
    side = Length(int((LEFT_COLUMN - URGENCY_WIDTHS[word]) / 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    paragraph.paragraph_format.line_spacing = Mm(8)
    _border(paragraph, "top", "left", "bottom", "right")


def _border(paragraph: Any, *sides: str) -> None:
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def _page_numbers(section: Any, *, draft: bool = False) -> None:
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


def _bytes(document: DocxDocument) -> bytes:
    """The package with undated entries in their order: the same content, the same bytes."""
    written, made = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as source, ZipFile(made, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, LONG_AGO)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return made.getvalue()
