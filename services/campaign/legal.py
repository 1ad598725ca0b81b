"""Which law holds when: a cited basis that has expired is warned of, never refused.

Dated data with its source and how far it is trusted (L: text of the law, P: official portal or
press, R: seen in real documents). What is only reported to lapse in the future is left out.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec


class Instrument(msgspec.Struct, frozen=True):
    """`number` as it begins; `successor` is the number of what took its place."""

    number: str
    title: str
    holds_until: date | None
    successor: str
    trust: str
    source: str


_OLD = "hồ sơ thực tế 2017–2023 viện dẫn chế độ cũ"
INSTRUMENTS = {
    known.number: known
    for known in (
        Instrument(
            "15/2003",
            "Luật Thi đua, khen thưởng số 15/2003",
            date(2023, 12, 31),
            "06/2022/QH15",
            "R",
            _OLD,
        ),
        Instrument(
            "91/2017",
            "Nghị định số 91/2017/NĐ-CP",
            date(2023, 12, 31),
            "98/2023/NĐ-CP",
            "R",
            _OLD,
        ),
        Instrument(
            "12/2019/TT-BNV",
            "Thông tư số 12/2019/TT-BNV",
            date(2023, 12, 31),
            "01/2024/TT-BNV",
            "R",
            _OLD,
        ),
        Instrument(
            "98/2023/NĐ-CP",
            "Nghị định số 98/2023/NĐ-CP",
            date(2025, 6, 30),
            "152/2025/NĐ-CP",
            "P",
            "baomoi.net.vn c52500550",
        ),
        Instrument(
            "01/2024/TT-BNV",
            "Thông tư số 01/2024/TT-BNV",
            date(2025, 8, 4),
            "15/2025/TT-BNV",
            "P",
            "viện dẫn tại Quyết định 17/2024 của Đắk Lắk",
        ),
        Instrument("06/2022/QH15", "Luật số 06/2022/QH15", None, "", "L", "văn bản luật"),
        Instrument(
            "152/2025/NĐ-CP",
            "Nghị định số 152/2025/NĐ-CP",
            None,
            "",
            "P",
            "baomoi.net.vn c52500550",
        ),
        Instrument("15/2025/TT-BNV", "Thông tư số 15/2025/TT-BNV", None, "", "S", "danh mục"),
    )
}


class Expired(msgspec.Struct, frozen=True):
    """`field`: id of the plan's field that cites it; `successor`: what holds on that day."""

    field: str
    instrument: Instrument
    successor: Instrument


def expired_bases(bases: Sequence[tuple[str, Any]], on: date) -> list[Expired]:
    """The cited bases (field id, value) that no longer hold on that day."""
    return [
        Expired(id, known, _in_force(known, on))
        for id, value in bases
        for known in INSTRUMENTS.values()
        if _lapsed(known, on) and _cites(value, known.number)
    ]


def _lapsed(known: Instrument, on: date) -> bool:
    return known.holds_until is not None and known.holds_until < on


def _in_force(known: Instrument, on: date) -> Instrument:
    while _lapsed(known, on):
        known = INSTRUMENTS[known.successor]
    return known


def _cites(value: Any, number: str) -> bool:
    parts = value.values() if isinstance(value, dict) else (value,)
    said = re.compile(rf"(?<!\d){re.escape(number)}(?!\d)")
    return any(said.search(str(part)) for part in parts)
