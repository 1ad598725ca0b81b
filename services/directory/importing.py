"""Units and officials out of a workbook: what each row says, and what is wrong with it.

Nothing is recorded here: the same reading serves the preview and the act.
"""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from pydantic import TypeAdapter, ValidationError

from libs.eventlog.events import Personal, Refused
from libs.serving.acting import Acting
from services.directory.bodies import Code, Mailbox, Name, NewUsername
from services.directory.decisions.officials import register_official
from services.directory.decisions.states import Official, Unit
from services.directory.decisions.units import establish_unit
from services.directory.events import AppointmentMade, UnitEstablished
from services.directory.workbook import Column, Fault, Row, Sheet

KINDS = {
    "cơ quan ban hành": "authority",
    "phòng, ban": "department",
    "văn phòng": "office",
    "xã, phường, thị trấn": "commune",
    "cơ quan ngoài": "external",
    "hội đồng": "council",
    "cụm, khối thi đua": "cluster",
}
DUTIES = {
    "chủ trì": "lead-office",
    "nội vụ": "home-affairs",
    "văn phòng": "office",
    "xã, phường, thị trấn": "commune",
    "phòng, ban": "department",
    "cơ quan ngoài": "external",
    "hội đồng": "council",
}
ROLES = {
    "lãnh đạo": "leader",
    "cấp trưởng": "head",
    "cấp phó": "deputy",
    "chuyên viên": "specialist",
    "văn thư": "clerk",
    "chủ tịch": "chairman",
    "thành viên hội đồng": "council-member",
    "thư ký hội đồng": "council-secretary",
    "người kiểm phiếu": "teller",
    "kiểm tra": "auditor",
    "quản trị": "administrator",
}
DAY = "Ngày, dạng 05/04/2024"
UNITS = Sheet(
    "Đơn vị",
    (
        Column("code", "Mã đơn vị", "Chữ thường không dấu, số, gạch nối; không trùng"),
        Column("name", "Tên đơn vị", "Như viết trên văn bản"),
        Column("kind", "Loại", f"Một trong: {'; '.join(KINDS)}"),
        Column("parent", "Mã đơn vị cấp trên", "Có sẵn hoặc ở dòng trên", required=False),
        Column("duty", "Chức năng", f"Một trong: {'; '.join(DUTIES)}", required=False),
        Column("mailbox", "Hộp thư", "Địa chỉ nhận thông báo", required=False),
        Column("valid_from", "Từ ngày", DAY),
    ),
)
OFFICIALS = Sheet(
    "Cán bộ",
    (
        Column("name", "Họ và tên", "Không ghi học vị, chức danh"),
        Column("username", "Tên đăng nhập", "Chữ thường không dấu, số, dấu chấm; không trùng"),
        Column("unit", "Mã đơn vị", "Có sẵn hoặc ở bảng Đơn vị"),
        Column("role", "Vai trò", f"Một trong: {'; '.join(ROLES)}"),
        Column("title", "Chức danh", "Như viết trên văn bản, ví dụ Phó Trưởng phòng"),
        Column("valid_from", "Từ ngày", f"{DAY}; để trống là hôm nay", required=False),
    ),
)
SHEETS = (UNITS, OFFICIALS)
NOTES = (
    "Mẫu nhập đơn vị và cán bộ. Điền từ dòng 2 của hai bảng sau; không đổi tên bảng, tên cột.",
    "Chỉ điền giá trị, không dùng công thức, không dùng macro. Tệp không quá 1 MB, 1.000 dòng.",
    "Không ghi mật khẩu: tài khoản mở ra chưa có mật khẩu, người quản trị cấp mật khẩu lần đầu.",
)
COLUMN_OF = {  # which cell a rule speaks of
    "code-taken": "Mã đơn vị",
    "parent-unknown": "Mã đơn vị cấp trên",
    "kind-unknown": "Loại",
    "duty-unknown": "Chức năng",
    "dates-reversed": "Từ ngày",
    "unit-unknown": "Mã đơn vị",
    "role-unknown": "Vai trò",
    "role-not-of-unit": "Vai trò",
    "unit-not-valid": "Từ ngày",
    "username-taken": "Tên đăng nhập",
}


class NewPerson(msgspec.Struct, frozen=True):
    row: int
    name: str
    username: str
    appointment: AppointmentMade


class Reading(msgspec.Struct):
    """What the workbook asks for; while there are faults, none of it is done."""

    units: list[UnitEstablished] = []
    people: list[NewPerson] = []
    faults: list[Fault] = []


def reading_of(
    rows: list[Row],
    faults: list[Fault],
    *,
    authority: str,
    units: Mapping[str, Unit],
    taken: frozenset[str],
    new_id: Callable[[str], UUID],
    day: date,
    by: Acting,
) -> Reading:
    """`units`: those there already, by code; `taken`: user names; `new_id` by a kind and a key."""
    found, known = Reading(faults=list(faults)), dict(units)
    faulty = {(fault.sheet, fault.row) for fault in faults}  # a formula, which says no value
    codes: set[str] = set()
    names = set(taken)
    for row in rows:
        if (row.sheet, row.number) in faulty or not _complete(row, found.faults):
            continue
        if row.sheet == UNITS.title:
            _unit(row, found, known, codes, authority, by)
        else:
            _person(row, found, known, names, new_id, day, by)
    found.faults.sort(key=lambda fault: (fault.sheet != UNITS.title, fault.row))
    return found


def _complete(row: Row, faults: list[Fault]) -> bool:
    before = len(faults)
    sheet = UNITS if row.sheet == UNITS.title else OFFICIALS
    faults += [
        Fault(row.sheet, row.number, column.heading, "cell-empty")
        for column in sheet.columns
        if column.required and not row.text(column.name)
    ]
    return len(faults) == before


def _unit(
    row: Row, found: Reading, known: dict[str, Unit], codes: set[str], authority: str, by: Acting
) -> None:
    cell = _Cells(row, found.faults)
    code = cell.shaped("code", Code)
    name, mailbox = cell.shaped("name", Name), cell.shaped("mailbox", Mailbox)
    kind, since = cell.of("kind", KINDS), cell.day("valid_from")
    duty = cell.of("duty", DUTIES) if row.text("duty") else ""
    if code in codes:
        cell.wrong("code", "row-twice")
    codes.add(code)
    if cell.bad or since is None:
        return
    duties = (duty,) if duty else ()
    parent = row.text("parent") or None
    new = UnitEstablished(code, name, kind, parent, authority, duties, mailbox, since)
    try:
        above = known.get(parent or "", Unit())
        establish_unit(known.get(code, Unit()), new, parent=above, by=by)
    except Refused as refused:
        cell.refused(refused)
        return
    known[code] = Unit(**msgspec.structs.asdict(new))
    found.units.append(new)


def _person(
    row: Row,
    found: Reading,
    known: Mapping[str, Unit],
    names: set[str],
    new_id: Callable[[str], UUID],
    day: date,
    by: Acting,
) -> None:
    cell = _Cells(row, found.faults)
    name, title = cell.shaped("name", Name), cell.shaped("title", Name)
    username, role = cell.shaped("username", NewUsername), cell.of("role", ROLES)
    since = cell.day("valid_from") or day
    if username in names:
        cell.wrong("username", "username-taken")
    names.add(username)
    if cell.bad:
        return
    official = new_id(f"official|{username}")
    new = AppointmentMade(
        official=official,
        appointment=new_id(f"appointment|{username}"),
        unit=row.text("unit"),
        authority="",
        role=role,
        title=title,
        valid_from=since,
    )
    unit = known.get(new.unit, Unit())
    try:
        register_official(Official(), new, name=Personal(official, text=name), unit=unit, by=by)
    except Refused as refused:
        cell.refused(refused)
        return
    found.people.append(NewPerson(row.number, name, username, new))


class _Cells:
    """Reads the cells of one row and notes what is wrong with them."""

    def __init__(self, row: Row, faults: list[Fault]) -> None:
        self._row, self._faults, self.bad = row, faults, False
        sheet = UNITS if row.sheet == UNITS.title else OFFICIALS
        self._headings = {column.name: column.heading for column in sheet.columns}

    def shaped(self, name: str, shape: Any) -> str:
        try:
            return str(TypeAdapter(shape).validate_python(self._row.text(name)))
        except ValidationError:
            self.wrong(name, "cell-misformed")
            return ""

    def of(self, name: str, words: Mapping[str, str]) -> str:
        typed = unicodedata.normalize("NFC", self._row.text(name)).lower()
        if typed not in words:
            self.wrong(name, "not-on-the-list")
        return words.get(typed, "")

    def day(self, name: str) -> date | None:
        try:
            return self._row.day(name)
        except ValueError:
            self.wrong(name, "date-impossible")
            return None

    def wrong(self, name: str, code: str) -> None:
        self.bad = True
        row, value = self._row, self._row.text(name)[:100]
        self._faults.append(Fault(row.sheet, row.number, self._headings[name], code, value))

    def refused(self, refused: Refused) -> None:
        column = COLUMN_OF.get(refused.code, "")
        self._faults.append(Fault(self._row.sheet, self._row.number, column, refused.code))
