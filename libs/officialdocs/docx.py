"""Papers as DOCX: the same data as the PDF, in real Word styles, for people who edit.

The bytes depend on the data alone. A text that XML cannot hold raises Unprintable.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Length, Mm, Pt

from libs.officialdocs import wording
from libs.officialdocs.book import BOOK_COLUMNS, RegisterBook, cells_of, cover_lines
from libs.officialdocs.compiler import Unprintable, clean
from libs.officialdocs.composing import Document, paper_of
from libs.officialdocs.docx_building import (
    bytes_of,
    new_document,
    page_numbers,
    rule,
    ruled_table,
    say,
    say_lines,
    two_columns,
    urgency_mark,
)
from libs.officialdocs.numbered import blocks_of, numbered_appendices
from libs.officialdocs.papers import Paper
from libs.officialdocs.render import belongs_to
from libs.officialdocs.times import width_of

T = TypeVar("T")
LEFT_COLUMN, RIGHT_COLUMN, TEXT_WIDTH = Mm(66), Mm(96), Mm(162)
SIGNING_ROOM = Pt(72)  # for a signature by hand


def as_docx(data: Document) -> bytes:
    """Any portrait paper, A4. Raises Unprintable."""
    return bytes_of(_checked(_portrait, paper_of(data)))


def register_docx(data: RegisterBook) -> bytes:
    """Sổ đăng ký văn bản đi, A4 landscape with its cover. Raises Unprintable."""
    return bytes_of(_checked(_landscape, data))


def _checked(make: Callable[[T], DocxDocument], data: T) -> DocxDocument:
    try:
        return make(data)
    except ValueError as error:  # control characters are no XML
        raise Unprintable(str(error)) from None


def _portrait(paper: Paper) -> DocxDocument:
    document = new_document(f"{paper.number} {paper.subject}")
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    page_numbers(section, draft=paper.draft)
    _letterhead(document, paper)
    _title(document, paper)
    for basis in wording.as_clauses(paper.bases):
        say(document, "Căn cứ", basis)
    _blocks(document, blocks_of(paper.body, end_mark=True), TEXT_WIDTH)
    _closing(document, paper)
    _appendices(document, paper)
    return document


def _landscape(book: RegisterBook) -> DocxDocument:
    document = new_document("Sổ đăng ký văn bản đi")
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.bottom_margin = Mm(15)
    section.top_margin = Mm(20)
    page_numbers(section)
    _cover(document, book)
    _book(document, book)
    return document


# ---- the parts
def _letterhead(document: DocxDocument, paper: Paper) -> None:
    left, right = two_columns(document, LEFT_COLUMN, RIGHT_COLUMN)
    say_lines(left, "Cơ quan chủ quản", paper.issuer.superior)
    authority = say_lines(left, "Cơ quan ban hành", paper.issuer.authority)
    rule(left, width_of(max(authority, key=len), 13) * 0.42, LEFT_COLUMN)
    say(left, "Số ký hiệu", f"Số: {paper.number}")
    if not paper.name:
        say(left, "Trích yếu công văn", paper.subject)
    if paper.draft:
        say(left, "Dự thảo", "DỰ THẢO")
    if paper.urgency:
        urgency_mark(left, paper.urgency, LEFT_COLUMN)
    say(right, "Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = say(right, "Tiêu ngữ", "Độc lập - Tự do - Hạnh phúc")
    motto.runs[0].underline = True  # exactly as long as the words, however they are edited
    dated = wording.place_and_date(paper.issuer.place, paper.issued_on)
    say(right, "Địa danh ngày tháng", dated)


def _title(document: DocxDocument, paper: Paper) -> None:
    if paper.name:
        say(document, "Tên loại", paper.name)
        say(document, "Trích yếu", paper.subject)
        line = min(width_of(clean(paper.subject), 14), TEXT_WIDTH.pt)
        rule(document, line * 0.4, TEXT_WIDTH)
    names = wording.as_addressees(paper.addressees)
    if len(names) == 1:
        say(document, "Kính gửi", f"Kính gửi: {names[0]}")
    elif names:
        say(document, "Kính gửi", "Kính gửi:")
        for name in names:
            say(document, "Kính gửi", name).alignment = ALIGN.LEFT
            document.paragraphs[-1].paragraph_format.left_indent = Mm(60)


def _blocks(document: DocxDocument, blocks: Sequence[Mapping[str, Any]], width: Length) -> None:
    styles = {"heading": "Heading 1", "point": "Nội dung", "paragraph": "Nội dung"}
    for one in blocks:
        if one["kind"] == "table":
            _table(document, one, width)
        else:
            say(document, styles[one["kind"]], one["text"])


def _table(document: DocxDocument, block: Mapping[str, Any], width: Length) -> None:
    if block["caption"]:
        say(document, "Tên bảng", block["caption"])
    total = [block["total"]] if block["total"] else []
    made = ruled_table(document, [block["columns"], *block["rows"], *total], block["widths"], width)
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
    left, right = two_columns(document, Mm(78), Mm(84))
    say(left, "Nơi nhận tiêu đề", "Nơi nhận:")
    for recipient in wording.as_recipients(paper.recipients, paper.filing):
        say(left, "Nơi nhận", recipient)
    say_lines(right, "Chức vụ người ký", paper.issuer.signer_title)
    name = say(right, "Họ tên người ký", wording.without_titles(paper.issuer.signer_name))
    name.paragraph_format.space_before = SIGNING_ROOM


def _appendices(document: DocxDocument, paper: Paper) -> None:
    for label, appendix in numbered_appendices(paper.appendices):
        say(document, "Phụ lục", label).paragraph_format.page_break_before = True
        say(document, "Phụ lục", appendix.title.upper())
        say(document, "Kèm theo", belongs_to(paper))
        _blocks(document, blocks_of(appendix.body), TEXT_WIDTH)


def _cover(document: DocxDocument, book: RegisterBook) -> None:
    say_lines(document, "Cơ quan chủ quản", book.superior)
    authority = say_lines(document, "Cơ quan ban hành", book.authority)
    rule(document, width_of(max(authority, key=len), 13) * 0.42, Mm(267))
    say(document, "Tên sổ", "SỔ ĐĂNG KÝ VĂN BẢN ĐI")
    for line in cover_lines(book):
        say(document, "Bìa sổ", line)


def _book(document: DocxDocument, book: RegisterBook) -> None:
    numbers = [f"({number})" for number in range(1, len(BOOK_COLUMNS) + 1)]
    rows = [BOOK_COLUMNS, numbers, *map(cells_of, book.entries)]
    document.paragraphs[-1].paragraph_format.space_after = Pt(0)
    say(document, "Đường kẻ", "").paragraph_format.page_break_before = True
    made = ruled_table(document, rows, [30, 24, 61, 32, 44, 28, 16, 32], Mm(267))
    for entry, row in zip(book.entries, made.rows[2:], strict=True):
        if entry.void:
            for cell in row.cells[1:-1]:
                for run in cell.paragraphs[0].runs:
                    run.font.strike = True
