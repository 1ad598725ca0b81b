"""The head of a plan: authorities, number and symbol, place and date, kind, abstract."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.campaign.plan.dates import iso_day
from services.campaign.plan.draft import Found, Missing
from services.campaign.plan.layout import Piece
from services.campaign.plan.text import Source, Text, joined

_KINDS = {
    "KEHOACH": "Kế hoạch",
    "QUYETDINH": "Quyết định",
    "TOTRINH": "Tờ trình",
    "BAOCAO": "Báo cáo",
    "THONGBAO": "Thông báo",
    "HUONGDAN": "Hướng dẫn",
    "CHITHI": "Chỉ thị",
    "NGHIQUYET": "Nghị quyết",
    "CONGDIEN": "Công điện",
    "BIENBAN": "Biên bản",
    "CHUONGTRINH": "Chương trình",
    "QUYCHE": "Quy chế",
    "GIAYMOI": "Giấy mời",
    "DEAN": "Đề án",
}
_TITLE = re.compile(
    r"(?P<caps>KE ?HOACH|QUYET ?DINH|TO ?TRINH|BAO ?CAO|THONG ?BAO|HUONG ?DAN|CHI ?THI"
    r"|NGHI ?QUYET|CONG ?DIEN|BIEN ?BAN|CHUONG ?TRINH|QUY ?CHE|GIAY ?MOI|DE ?AN)\b(?! ?SO\b)"
    r"|(?P<alone>Ke hoach|Quyet dinh|To trinh|Bao cao|Thong bao|Huong dan|Bien ban)$"
)
_LETTER = re.compile(r"Kinh gui\b")
_NATION = re.compile(r"CONG ?HOA ?XA ?HOI|Doc ?lap ?- ?Tu ?do", re.IGNORECASE)
_AUTHORITY = re.compile(
    r"(?:[UO]Y ?BAN|U?BND|HOI ?DONG|BAN\b|HUYEN ?UY|THANH ?UY|TINH ?UY|DANG ?BO|SO\b|PHONG\b"
    r"|TRUONG |CHI CUC|CUC |TRUNG TAM|CONG AN|BENH VIEN|KHO BAC|LIEN DOAN)"
)
_MARK = re.compile(r"(?:HOA TOC|THUONG KHAN|KHAN|TUYET MAT|TOI MAT|MAT|DU THAO)\b")
_NUMBER = re.compile(
    r"So ?:?[ .…_]{0,40}(?P<number>\d{0,6})[ .…_]{0,40}/ ?"
    r"(?P<symbol>(?:\d{4} ?/ ?)?[A-Z][A-Za-z]{0,11}(?: ?[-/] ?[A-Z][A-Za-z]{0,11}){0,4})"
)
_NUMBERLESS = re.compile(r"So\b ?:? ?.{0,60}")
_DATED = re.compile(
    r"(?P<place>[^,;:/\d]{0,40}),? ?\bngay(?P<day>[ .…_]{0,40}\d{0,3})[ .…_]{0,40}"
    r"thang(?P<month>[ .…_]{0,40}\d{0,3})[ .…_]{0,40}nam(?P<year>[ .…_]{0,40}\d{0,5})"
)
_AFTER_ABSTRACT = re.compile(r"(?:Thuc hien|Can cu|Theo|De|Nham|Xet)\b")


@dataclass(frozen=True, slots=True)
class Head:
    """Where the head ends, what the title says, and the pieces before the title."""

    title: Text
    kind: str
    before: list[Piece]
    abstract: Text
    end: int


def find_head(parts: Sequence[Piece]) -> Head | None:
    """The head that ends with the first title line, of whatever kind of document it is."""
    for at, piece in enumerate(parts):
        if _LETTER.match(piece.text.plain):
            return Head(piece.text, "Công văn", list(parts[:at]), piece.text.cut(0, 0), at)
        match = _TITLE.match(piece.text.plain)
        if match:
            title = piece.text.group(match)
            abstract, end = _abstract(piece.text.cut(match.end()), parts, at + 1)
            return Head(title, _KINDS[title_key(title)], list(parts[:at]), abstract, end)
    return None


def title_key(title: Text) -> str:
    return title.plain.replace(" ", "").upper()


def count_plans(parts: Sequence[Piece]) -> int:
    """How many plans the text holds: a numbered head followed by a plan's title counts as one."""
    plans, numbered = 0, False
    for piece in parts:
        if _NUMBER.match(piece.text.plain):
            numbered = True
        elif numbered and title_key(piece.text) == "KEHOACH":
            plans, numbered = plans + 1, False
    return plans


def head_facts(source: Source, head: Head) -> tuple[list[Found], list[Missing]]:
    """Everything the head says, apart from what it leaves blank."""
    found = [source.found("document_kind", head.title.chars, head.title)]
    missing: list[Missing] = []
    for facts, gaps in (
        _authorities(source, head.before),
        _number(source, head.before),
        _dated(source, head.before),
    ):
        found += facts
        missing += gaps
    if len(head.abstract):
        found.append(source.found("abstract", head.abstract.chars, head.abstract))
    else:
        missing.append(
            Missing("abstract", "Không thấy hoặc không rõ trích yếu dưới tên loại văn bản.")
        )
    return found, missing


def _abstract(first: Text, parts: Sequence[Piece], at: int) -> tuple[Text, int]:
    lines = [first] if len(first) else []
    while at < len(parts) and len(lines) < 6:
        piece = parts[at]
        if (lines and piece.after_blank) or _AFTER_ABSTRACT.match(piece.text.plain):
            break
        lines.append(piece.text)
        at += 1
    return _without_preamble(lines, at)


def _without_preamble(lines: list[Text], end: int) -> tuple[Text, int]:
    """An abstract is no sentence: where one ends in these lines, it began in the one after the
    abstract if it has one line only; otherwise nobody can tell, and nothing is taken."""
    stops = [at for at, line in enumerate(lines) if at and line.plain.endswith((";", ":"))]
    if not stops:
        return joined(lines), end
    taken = lines[:1] if stops[0] == 1 else []
    return joined(taken), end - len(lines) + 1


def _authorities(source: Source, before: list[Piece]) -> tuple[list[Found], list[Missing]]:
    groups: list[list[Text]] = []
    for piece in before:
        plain = piece.text.plain
        if (
            _NATION.match(plain)
            or _MARK.match(plain)
            or not piece.text.chars.isupper()
            or ":" in plain
        ):
            continue
        if _AUTHORITY.match(plain):
            groups.append([piece.text])
        elif groups:
            groups[-1].append(piece.text)
    names = [joined(group) for group in groups]
    found = []
    if names:
        found.append(source.found("issuing_authority", names[-1].chars, names[-1]))
    if len(names) == 2:
        found.append(source.found("superior_authority", names[0].chars, names[0]))
        return found, []
    reason = "Phần đầu văn bản không ghi cơ quan chủ quản."
    if len(names) > 2:
        reason = "Phần đầu văn bản ghi nhiều cơ quan, chưa rõ đâu là cơ quan chủ quản."
    return found, [Missing("superior_authority", reason)]


def _number(source: Source, before: list[Piece]) -> tuple[list[Found], list[Missing]]:
    for piece in before:
        text = piece.text
        match = _NUMBER.match(text.plain)
        if match:
            return _number_facts(source, text, match)
        if line := _NUMBERLESS.match(text.plain):
            reason = f"Không đọc được số, ký hiệu từ “{text.group(line).chars}”."
            return [], _both("document_number", "document_symbol", reason)
    reason = "Không thấy dòng “Số: …/KH-…” ở phần đầu văn bản."
    return [], _both("document_number", "document_symbol", reason)


def _number_facts(
    source: Source, text: Text, match: re.Match[str]
) -> tuple[list[Found], list[Missing]]:
    number, symbol = text.group(match, "number"), text.group(match, "symbol")
    found = [source.found("document_symbol", symbol.tight(), symbol)]
    if not len(number):
        return found, [Missing("document_number", "Số văn bản còn để trống.")]
    return [source.found("document_number", number.chars, number), *found], []


def _both(first: str, second: str, reason: str) -> list[Missing]:
    return [Missing(first, reason), Missing(second, reason)]


def _dated(source: Source, before: list[Piece]) -> tuple[list[Found], list[Missing]]:
    for piece in before:
        number = _NUMBER.match(piece.text.plain)
        text = piece.text.cut(number.end() if number else 0)
        match = _DATED.match(text.plain)
        if match:
            place = text.group(match, "place")
            found, missing = _date_facts(source, text, match)
            if any(map(str.isalpha, place.chars)):
                return [source.found("place", place.chars, place), *found], missing
            return found, [Missing("place", "Địa danh còn để trống."), *missing]
    reason = "Không thấy dòng địa danh và “ngày … tháng … năm …” ở phần đầu văn bản."
    return [], _both("place", "document_date", reason)


def _date_facts(
    source: Source, text: Text, match: re.Match[str]
) -> tuple[list[Found], list[Missing]]:
    written = {part: _digits(text.group(match, part)) for part in ("day", "month", "year")}
    whole = text.cut(match.start("day") - len("ngay"), match.end())
    if all(len(part) for part in written.values()):
        day, month, year = (int(part.plain) for part in written.values())
        iso = iso_day(year, month, day)
        if iso and len(written["year"]) == 4:
            return [source.found("document_date", iso, whole)], []
        return [], [Missing("document_date", f"Văn bản ghi “{whole.chars}”: không có ngày này.")]
    names = {"day": "ngày", "month": "tháng", "year": "năm"}
    blank = ", ".join(names[part] for part, text in written.items() if not len(text))
    partial = [
        source.found(f"document_{part}", int(text.plain), text)
        for part, text in written.items()
        if len(text)
    ]
    return partial, [Missing("document_date", f"Ngày ban hành còn để trống: {blank}.")]


def _digits(text: Text) -> Text:
    return text.cut(len(text.plain) - len(text.plain.lstrip(" ._")))
