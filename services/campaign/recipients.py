"""Which units a line of "Nơi nhận" means: a suggestion that a person confirms at launch."""

import unicodedata
from collections.abc import Sequence

import msgspec

GROUPS = {
    "UBND các xã, thị trấn": ("commune",),
    "UBND các xã, phường, thị trấn": ("commune",),
    "UBND các xã": ("commune",),
    "Các cơ quan, đơn vị thuộc huyện": ("department",),
    "Các cơ quan, đơn vị": ("department",),
    "Các phòng, ban, ngành": ("department",),
    "Các đơn vị trong Cụm thi đua huyện": ("cluster",),
    "Thành viên HĐTĐKT huyện": ("council",),
    "Hội đồng TĐKT huyện": ("council",),
}
CHAIRMANSHIP = "Chủ tịch, các PCT"


class Unit(msgspec.Struct, frozen=True):
    """What the directory says of a unit, as far as recipients need it."""

    code: str
    name: str
    kind: str


def suggest(label: str, units: Sequence[Unit]) -> list[str]:
    """Codes of the units that a recipient line names, in the order of `units`; [] if unclear."""
    wanted = folded(label)
    exact = [unit.code for unit in units if folded(unit.name) == wanted]
    if exact:
        return exact
    for group, kinds in GROUPS.items():
        if folded(group) == wanted:
            return [unit.code for unit in units if unit.kind in kinds]
    if wanted.startswith(folded(CHAIRMANSHIP)):
        return [unit.code for unit in units if unit.kind == "office"]
    return []


def folded(text: str) -> str:
    """For comparison only: no diacritics, đ as d, no case, single spaces."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(letters.casefold().split())
