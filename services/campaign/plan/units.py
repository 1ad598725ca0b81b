"""Names of units inside a sentence that gives them work."""

import re
from dataclasses import dataclass

from services.campaign.plan.text import Text

_HEAD = (
    r"(?:[Pp]hong|[Bb]an|[Vv]an phong|[Tt]rung tam|Uy ban|UBND|[Cc]ong an|[Hh]oi|[Dd]oan"
    r"|Lien doan|Hat|Chi cuc|[Tt]ruong|Thuong truc|Kho bac|Bao hiem|Dai|Mat tran|MTTQ|Huyen doan"
    r"|[Cc]ac|[Cc]o quan|[Dd]on vi|[Tt]hu truong|[Cc]um|[Kk]hoi|Thanh tra|Toa an|Vien|Doi"
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
_END = re.compile(rf",? (?={_WORK})|:")
_CHAIRS = re.compile(r",? ?chu tri\b,? ?")
_WITH = re.compile(r"(?:va )?phoi hop (?:chat che )?(?:voi|cung) ")
_WITH_END = re.compile(rf",? (?={_WORK})|[.;:]|$")
_LONGEST = 250


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who does what. `units` are those the work is given to; `chairs` if "chủ trì" says so."""

    units: list[Text]
    chairs: bool
    coordinating: list[Text]
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
    units, rest = _listed(text.cut(0, end.start())), text.cut(end.end())
    chairs = _CHAIRS.match(rest.plain)
    if chairs:
        rest = rest.cut(chairs.end())
    beside, work = _coordinating(rest)
    return Assignment(units, bool(chairs), beside, work)


def _coordinating(text: Text) -> tuple[list[Text], Text]:
    """The units beside the lead, and the work, which begins after a leading list of them."""
    units: list[Text] = []
    work = text
    for match in _WITH.finditer(text.plain):
        end = _WITH_END.search(text.plain, match.end(), match.end() + _LONGEST)
        if not end or not _BEGINS.match(text.plain, match.end()):
            continue
        units += _listed(text.cut(match.end(), end.start()))
        if match.start() == 0:
            work = text.cut(end.end())
    return units, work


def _listed(text: Text) -> list[Text]:
    edges = [(0, 0), *(match.span() for match in _NEXT.finditer(text.plain))]
    stops = [start for start, _ in edges[1:]] + [len(text)]
    names = [text.cut(begin, stop) for (_, begin), stop in zip(edges, stops, strict=True)]
    return [name for name in names if len(name)]
