"""The register of outgoing papers as the book it is printed as: its lines, cover and columns."""

from collections.abc import Sequence
from datetime import date

import msgspec

from libs.officialdocs.wording import number_and_symbol, two_digits


class RegisterEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One number of a register. A void one keeps its line: `void` says why it was not used."""

    number: int
    symbol: str
    issued_on: date
    abstract: str
    signer: str = ""
    recipients: str = ""
    kept_by: str = ""
    copies: str = ""
    note: str = ""
    void: str = ""


class RegisterBook(msgspec.Struct, frozen=True, kw_only=True):
    """Sổ đăng ký văn bản đi of one year and series, in the form of the book (Decree 30/2020 art.
    16.2b: a register kept electronically must be printable so). `series` is in words; `printed_on`
    dates the print.
    """

    authority: str
    year: int
    series: str
    entries: Sequence[RegisterEntry]
    printed_on: date
    superior: str = ""


BOOK_COLUMNS = (
    "Số, ký hiệu văn bản",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Người ký",
    "Nơi nhận văn bản",
    "Đơn vị, người nhận bản lưu",
    "Số lượng bản",
    "Ghi chú",
)


def cover_lines(book: RegisterBook) -> list[str]:
    """The lines of the cover: year, series, and from which day and number to which."""
    lines = [f"Năm: {book.year}", f"Sổ: {book.series}"]
    if book.entries:
        first, last = book.entries[0], book.entries[-1]
        lines.append(f"Từ ngày {_day(first.issued_on)} đến ngày {_day(last.issued_on)}")
        lines.append(f"Từ số {two_digits(first.number)} đến số {two_digits(last.number)}")
    return lines


def cells_of(entry: RegisterEntry) -> list[str]:
    """One line of the book; a void number keeps its line and says why it was not used."""
    return [
        number_and_symbol(entry.number, entry.symbol),
        _day(entry.issued_on),
        entry.abstract,
        entry.signer,
        entry.recipients,
        entry.kept_by,
        entry.copies,
        f"Hủy số: {entry.void}" if entry.void else entry.note,
    ]


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
