"""An Excel workbook from a stranger: looked at before it is read, then rows of plain values.

What is inflated is counted, whatever the file declares; only then does the reader see it.
"""

import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import msgspec
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from libs.eventlog.events import Refused

LARGEST_FILE = 1024 * 1024  # bytes
LARGEST_INFLATED = 30 * 1024 * 1024  # bytes, all parts together
MOST_PARTS = 200
MOST_ROWS = 1000
PIECE = 64 * 1024
TYPED_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


class Column(msgspec.Struct, frozen=True):
    name: str
    heading: str
    meaning: str
    required: bool = True


class Sheet(msgspec.Struct, frozen=True):
    title: str
    columns: tuple[Column, ...]


class Fault(msgspec.Struct, frozen=True):
    """What is wrong in one cell; `code` is stable, the sentence is the portal's."""

    sheet: str
    row: int
    column: str
    code: str
    value: str = ""


class Row(msgspec.Struct, frozen=True):
    """A row as typed: values by column name, without formulas."""

    sheet: str
    number: int
    values: dict[str, Any]

    def text(self, name: str) -> str:
        value = self.values.get(name)
        whole = isinstance(value, float) and value.is_integer()
        return "" if value is None else str(int(value) if whole else value).strip()

    def day(self, name: str) -> date | None:
        """The day in a cell; None for an empty one. Raises ValueError for what is none."""
        value = self.values.get(name)
        if isinstance(value, datetime):
            return value.date()
        if value is None or isinstance(value, date):
            return value
        typed = TYPED_DAY.fullmatch(str(value).strip())
        if typed is None:
            raise ValueError(value)
        return date(int(typed[3]), int(typed[2]), int(typed[1]))


def read(content: bytes, sheets: Sequence[Sheet]) -> tuple[list[Row], list[Fault]]:
    """The filled rows of all sheets, in order. Raises Refused for a file that is no such workbook.

    Codes: too-large, not-a-workbook, workbook-with-macros, workbook-with-links,
    workbook-too-large, workbook-of-another-shape, workbook-too-long.
    """
    _look_at(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except Exception:  # noqa: BLE001  # the library raises whatever the broken part led it to
        raise Refused("not-a-workbook") from None
    rows: list[Row] = []
    faults: list[Fault] = []
    try:
        for sheet in sheets:
            _read_sheet(book, sheet, rows, faults)
    except Refused:
        raise
    except Exception:  # noqa: BLE001  # as above: sheets are read while they are walked
        raise Refused("not-a-workbook") from None
    finally:
        book.close()
    return rows, faults


def template(sheets: Sequence[Sheet], notes: Sequence[str]) -> bytes:
    """An empty workbook of these sheets, with one that explains them in front."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Hướng dẫn"
    for note in notes:
        first.append([note])
    for sheet in sheets:
        first.append([])
        first.append([sheet.title])
        made = book.create_sheet(sheet.title)
        made.append([column.heading for column in sheet.columns])
        made.freeze_panes = "A2"
        for number, column in enumerate(sheet.columns, 1):
            cell = made.cell(1, number)
            cell.font = Font(bold=True)
            made.column_dimensions[cell.column_letter].width = 28
            need = "bắt buộc" if column.required else "không bắt buộc"
            first.append([column.heading, need, column.meaning])
    for letter, width in (("A", 30), ("B", 16), ("C", 90)):
        first.column_dimensions[letter].width = width
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _look_at(content: bytes) -> None:
    if len(content) > LARGEST_FILE:
        raise Refused("too-large", at_most=LARGEST_FILE)
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            _look_into(parts)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise Refused("not-a-workbook") from None
    except zipfile.zlib.error:  # type: ignore[attr-defined]  # the module it uses
        raise Refused("not-a-workbook") from None


def _look_into(parts: zipfile.ZipFile) -> None:
    names = [info.filename.lower() for info in parts.infolist()]
    if any("vbaproject" in name for name in names):
        raise Refused("workbook-with-macros")
    if any("externallink" in name for name in names):
        raise Refused("workbook-with-links")
    if "xl/workbook.xml" not in names:
        raise Refused("not-a-workbook")
    declared = sum(info.file_size for info in parts.infolist())
    if len(names) > MOST_PARTS or declared > LARGEST_INFLATED:
        raise Refused("workbook-too-large")
    left = LARGEST_INFLATED
    for info in parts.infolist():  # what is declared may be a lie
        with parts.open(info) as part:
            while piece := part.read(PIECE):
                left -= len(piece)
                if left < 0:
                    raise Refused("workbook-too-large")


def _read_sheet(book: Any, sheet: Sheet, rows: list[Row], faults: list[Fault]) -> None:
    if sheet.title not in book.sheetnames:
        raise Refused("workbook-of-another-shape", missing=[sheet.title])
    read_rows = book[sheet.title].iter_rows(max_col=40)
    headings = [str(cell.value or "").strip() for cell in next(read_rows, ())]
    missing = [c.heading for c in sheet.columns if c.heading not in headings]
    if missing:
        raise Refused("workbook-of-another-shape", missing=missing)
    places = {headings.index(column.heading): column for column in sheet.columns}
    empty = 0
    for number, cells in enumerate(read_rows, 2):
        filled = {p: cells[p] for p in places if p < len(cells) and cells[p].value is not None}
        empty = 0 if filled else empty + 1
        if empty > MOST_ROWS:
            return
        if not filled:
            continue
        if len(rows) >= MOST_ROWS:
            raise Refused("workbook-too-long", at_most=MOST_ROWS)
        for place, cell in filled.items():
            if cell.data_type == "f":
                column = places[place].heading
                faults.append(Fault(sheet.title, number, column, "formula-not-value"))
        values = {places[p].name: c.value for p, c in filled.items() if c.data_type != "f"}
        rows.append(Row(sheet.title, number, values))
