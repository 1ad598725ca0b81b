"""Names of units inside a sentence that gives them work."""

import re
from dataclasses import dataclass

from services.campaign.plan.text import Text

_HEAD = (
    r"(?:[Pp]hong|[Bb]an|[Vv]an phong|[Tt]rung tam|Uy ban|UBND|[Cc]ong an|[Hh]oi|[Dd]oan"
    r"|Lien doan|Hat|Chi cuc|[Tt]ruong|Thuong truc|Kho bac|Bao hiem|Dai|Mat tran|MTTQ|Huyen doan"
    r"|[Cc]ac|[Cc]o quan|[Dd]on vi|[Tt]hu truong|[Cc]um|[Kk]hoi|Thanh tra|Toa an|Vien|Doi"
    r"|So|Cuc|Bo(?! tri)|Bao (?!cao)|Tinh doan|Tinh uy"
    r"|[Nn]gan hang|HDND|Huyen uy|Cap uy|[Xx]a(?! hoi)|[Tt]hon)\b"
)
# After a comma only a capital or "các" begins another unit: "Phòng Lao động, Thương binh, …".
_NEXT = re.compile(rf"(?:, va |, |(?<!HDND) va |; )(?=[A-Z]|cac\b)(?={_HEAD})")
_WORK = (
    r"(?:xay dung|don doc|huong dan|tham muu|(?<!cac )to chuc(?!,| doan| chinh| thanh vien| xa hoi)"
    r"|theo doi|trien khai|thuc hien|kiem tra|tong hop|tiep nhan|tham dinh|tuyen truyen|bo tri"
    r"|can doi|can cu|chiu trach nhiem|co trach nhiem|xem xet|bao cao|phat dong"
    r"|(?<!Ban )chi dao|dang tai|dua tin|(?<!cong )lap|ra soat|giup|lam (?:dau moi|co quan)"
    r"|pho bien|quan triet|de (?:nghi|xuat|trien khai|thuc hien)|tien hanh|van dong|phoi hop"
    r"|chu tri|ban hanh|chu dong|tich cuc|tap trung|day manh|phat huy|nghiem tuc|cu the hoa"
    r"|gui|kip thoi|tang cuong|dam bao|bao dam|lua chon|binh xet|nhan ho so|phat hien|cung cap"
    r"|bien soan|quan tam|duy tri|lanh dao|dang ky|hoan thien|tiep tuc|hang (?:thang|quy|nam))\b"
)
_LEAD = re.compile(
    r"(?:(?:Uy ban nhan dan|UBND) (?:huyen|thanh pho|thi xa|tinh)(?: [A-Z]\w{0,12}){0,3} "
    r"(?:yeu cau|de nghi|giao) |Giao (?:cho )?|De nghi |Yeu cau )?"
)
_BEGINS = re.compile(_HEAD)
_END = re.compile(rf",? (?={_WORK})|:| [-+] (?=(?i:{_WORK}))")
_APPOSED = re.compile(r",? (?:[-(] ?)(?:la )?[Cc]o quan [Tt]huong truc|,? la [Cc]o quan| \(")
_CHAIRS = re.compile(r",? ?[Cc]hu tri\b,? ?")
_WITH = re.compile(r"(?:va )?[Pp]hoi hop (?:chat che )?(?:voi|cung) ")
_WITH_END = re.compile(rf",? (?={_WORK})|[.;:]|$")
_LONGEST = 250
# Lower-case syllables that names of units and of groups of units are made of, beside the second
# syllable of a capitalised word. Anything else means the sentence was not understood.
_SYLLABLE = re.compile(
    r"(?:ban|bao|bien|binh|cac|cap|chien|chinh|cho|chuc|chuyen|co|cong|cua|cum|dan|dang|dia|"
    r"doan|doanh|don|dong|dua|hang|hiem|ho|hoc|hoi|huyen|khen|khoi|khu|lap|lien|luc|luong|"
    r"mon|ngan|nganh|nghe|nghiep|nhan|nong|pho|phong|phuong|quan|quyen|rung|su|tam|thanh|"
    r"the|thi|thon|thong|thu|thuoc|thuong|tinh|to|toc|tran|trang|tren|tri|truc|truong|uy|"
    r"va|ve|vi|vien|vu|xa|xuyen)"
)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who does what. `units` are those the work is given to; `chairs` if "chủ trì" says so.

    `understood` is False if units are named beside them that could not be told apart.
    """

    units: list[Text]
    chairs: bool
    coordinating: list[Text]
    understood: bool
    work: Text

    @property
    def lead(self) -> Text | None:
        return self.units[0] if len(self.units) == 1 else None


def read_assignment(sentence: Text) -> Assignment | None:
    """Reads "Giao <unit> chủ trì phối hợp với <units> <work>"; None if no unit can be told."""
    lead = _LEAD.match(sentence.plain)
    text = sentence.cut(lead.end() if lead else 0)
    end = _END.search(text.plain, 0, _LONGEST)
    if not _BEGINS.match(text.plain) or not end:
        return None
    apposed = _APPOSED.search(text.plain, 0, end.start())
    units = _listed(text.cut(0, apposed.start() if apposed else end.start()))
    rest = text.cut(end.end())
    if not all(map(_is_name, units)):
        return None
    chairs = _CHAIRS.match(rest.plain)
    if chairs:
        rest = rest.cut(chairs.end())
    return Assignment(units, bool(chairs), *_coordinating(rest))


def _coordinating(text: Text) -> tuple[list[Text], bool, Text]:
    """The units beside the lead, whether all were told apart, and the work after them."""
    units: list[Text] = []
    understood = True
    work = text
    for match in _WITH.finditer(text.plain):
        end = _WITH_END.search(text.plain, match.end(), match.end() + _LONGEST)
        if not end or not _BEGINS.match(text.plain, match.end()):
            continue
        names = _listed(text.cut(match.end(), end.start()))
        if not all(map(_is_name, names)):
            understood = False
            continue
        units += names
        if match.start() == 0:
            work = text.cut(end.end())
    return units, understood, work


def _is_name(unit: Text) -> bool:
    words = re.findall(r"\w+", unit.plain)
    return ";" not in unit.plain and all(
        not word[0].islower() or (at and words[at - 1][0].isupper()) or _SYLLABLE.fullmatch(word)
        for at, word in enumerate(words)
    )


def _listed(text: Text) -> list[Text]:
    edges = [(0, 0), *(match.span() for match in _NEXT.finditer(text.plain))]
    stops = [start for start, _ in edges[1:]] + [len(text)]
    names = [text.cut(begin, stop) for (_, begin), stop in zip(edges, stops, strict=True)]
    return [name for name in names if len(name)]
