"""Documents a plan is based on: kind, number with symbol, date, issuer, abstract."""

import itertools
import re

from services.campaign.plan.dates import DATE, read_date
from services.campaign.plan.draft import Found, Missing
from services.campaign.plan.layout import Piece, without_bullet
from services.campaign.plan.text import Source, Text

_KINDS = (
    r"(?:Nghi quyet|Nghi dinh|Chi thi|Ke hoach|Cong van|Quyet dinh|Thong tu lien tich|Thong tu"
    r"|Huong dan|Thong bao ket luan|Thong bao|Ket luan|Chuong trinh|De an|Bo luat|Luat|To trinh"
    r"|Phap lenh|Cong dien"
    r"|Thong tri|Quy dinh|Quy che|Bao cao|Van ban|Lenh)"
)
_NUMBER = r"\d{1,6}(?: ?[/-] ?[0-9A-Za-z]{1,12}){1,5}"
_LEAD = re.compile(r"(?:(?:Thuc hien|Can cu|Theo|thuc hien|can cu|va|Va)\b:? ?){0,2}")
_KIND = re.compile(_KINDS + r"\b")
_NUMBERED = re.compile(rf" so:? ?(?P<number>{_NUMBER})")
_DATED = re.compile(rf"[ ,(]{{1,2}}(?:ngay )?(?P<date>{DATE})\)?")
_ODD_DATE = re.compile(r"[ ,(]{1,2}ngay [\d/.-]{1,12}\)?")
_ISSUED = re.compile(r",? cua (?=\S)")
_ABOUT = re.compile(r",? (?:ve|[Vv]/v)\b")
_ACTING = re.compile(
    r",? (?:ban hanh|huong dan|quy dinh|sua doi|phe duyet|trien khai|to chuc|phat dong|thuc hien"
    r"|phat trien|chi dao)\b"
)
_SETS = re.compile(r",? (?:ban hanh|quy dinh|sua doi|phe duyet)\b")
_SECOND = re.compile(rf"(?:,| va) {_KINDS} so:? ?\d")
_CITES = re.compile(rf"{_KINDS} so:? ?\d")
_PROPOSAL = re.compile(r"(?:Theo|Xet|Can cu) de nghi\b")
_LAW = re.compile(r"(?:Bo luat|Luat|Phap lenh) (?!so:? ?\d)")
_LAW_NAME_END = re.compile(r",? (?=so:? ?\d|ngay \d|nam \d{4}|cua Quoc hoi)")


def legal_bases(source: Source, preamble: list[Piece]) -> tuple[list[Found], list[Missing]]:
    """Each cited document, from paragraphs that cite one or, parted by ";", several."""
    found: list[Found] = []
    missing: list[Missing] = []
    for paragraph in preamble:
        if _PROPOSAL.match(paragraph.text.plain):
            continue
        for part in _parts(paragraph.text):
            reference = _after_lead(part)
            if not _KIND.match(reference.plain):
                missing += _unread(part)
                continue
            value, reasons = _read(reference)
            found.append(source.found("legal_bases", value, reference))
            missing += [Missing("legal_bases", reason) for reason in reasons]
    if not found and not missing:
        missing.append(Missing("legal_bases", "Không thấy văn bản nào được nêu làm căn cứ."))
    return found, missing


def _parts(paragraph: Text) -> list[Text]:
    edges = [-1, *(m.start() for m in re.finditer(";", paragraph.plain)), len(paragraph)]
    cuts = [paragraph.cut(a + 1, b) for a, b in itertools.pairwise(edges)]
    return [cut for cut in cuts if len(cut)]


def _after_lead(part: Text) -> Text:
    part = without_bullet(part)
    lead = _LEAD.match(part.plain)
    part = part.cut(lead.end() if lead else 0)
    return part.cut(0, len(part.plain.rstrip(" .,;/")))


def _unread(part: Text) -> list[Missing]:
    if not _CITES.search(part.plain):
        return []
    return [Missing("legal_bases", f"Không tách được văn bản căn cứ trong đoạn “{_short(part)}”.")]


def _read(text: Text) -> tuple[dict[str, str | None], list[str]]:
    kind, law_name, at = _kind(text)
    number, at, reasons = _number(text, at, law=law_name is not None)
    name = f"{kind} {number}" if number else kind
    day, at, wrong = _date(text, at, name, law=law_name is not None)
    issuer, at, later = _issuer(text, at)
    if later and day is None:
        day, wrong = _day(later, name)
    reasons += wrong
    abstract = law_name or text.cut(at).chars.lstrip(", ") or None
    if second := _SECOND.search(text.plain, at):
        reasons.append(
            f"Căn cứ {name} còn nhắc tới “{_short(text.cut(second.start() + 1))}”; "
            "chưa rõ đó có phải một căn cứ nữa không."
        )
    value = {"kind": kind, "number": number, "date": day, "issuer": issuer, "abstract": abstract}
    return value, reasons


def _kind(text: Text) -> tuple[str, str | None, int]:
    """The kind, the name if it is a law (which stands before its number), and where it ends."""
    match = _KIND.match(text.plain)
    at = match.end() if match else 0
    kind = text.cut(0, at).chars
    if not _LAW.match(text.plain):
        return kind, None, at
    end = _LAW_NAME_END.search(text.plain, at)
    stop = end.start() if end else len(text)
    return kind, text.cut(at, stop).chars, stop


def _number(text: Text, at: int, *, law: bool) -> tuple[str | None, int, list[str]]:
    match = _NUMBERED.match(text.plain, at)
    if not match:
        reason = f"Căn cứ “{_short(text)}” không ghi số, ký hiệu đọc được."
        return None, at, [] if law else [reason]
    number = text.group(match, "number").tight()
    inner = re.split(r"[/-]", number)[1:]
    if any(part[:1].isdigit() and not re.fullmatch(r"\d{4}", part) for part in inner):
        return None, match.end(), [f"Số, ký hiệu “{number}” viết sai nên không dùng được."]
    return number, match.end(), []


def _date(text: Text, at: int, name: str, *, law: bool) -> tuple[str | None, int, list[str]]:
    match = _DATED.match(text.plain, at)
    if not match:
        odd = _ODD_DATE.match(text.plain, at)
        at = odd.end() if odd else at
        return None, at, [] if law else [f"Căn cứ {name} không ghi ngày đọc được."]
    day, wrong = _day(text.group(match, "date"), name)
    return day, match.end(), wrong


def _day(date: Text, name: str) -> tuple[str | None, list[str]]:
    written = read_date(date.plain)
    if written and written.iso:
        return written.iso, []
    return None, [f"Căn cứ {name} ghi ngày {date.chars}: không có ngày này."]


def _issuer(text: Text, at: int) -> tuple[str | None, int, Text | None]:
    """The issuer, where it ends, and a date that stands behind it."""
    lead = _ISSUED.match(text.plain, at)
    if not lead:
        return None, at, None
    about = _ABOUT.search(text.plain, lead.end()) or _ACTING.search(text.plain, lead.end())
    ends = [end.start() for end in (about, _SETS.search(text.plain, lead.end())) if end]
    stop = min(ends, default=len(text))
    name = text.cut(lead.end(), stop)
    dated = _DATED.search(name.plain)
    if not dated:
        return name.chars.rstrip(","), stop, None
    return name.cut(0, dated.start()).chars.rstrip(","), stop, name.cut(dated.start("date"))


def _short(text: Text) -> str:
    return text.chars if len(text) <= 60 else text.chars[:59].rstrip() + "…"
