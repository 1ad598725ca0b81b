"""How official papers word dates, numbers and lists (Decree 30/2020, Annex I)."""

import re
from collections.abc import Sequence
from datetime import date

# No-break spaces: a blank stays open on paper for a hand to fill in.
BLANK = "\u00a0" * 6


def two_digits(number: int) -> str:
    """A number as papers count: 4 -> "04", 12 -> "12"."""
    return f"{number:02d}"


def number_and_symbol(number: int | None, symbol: str) -> str:
    """(5, "KH-UBND") -> "05/KH-UBND"; without a number the place before the stroke stays open."""
    return f"{BLANK if number is None else two_digits(number)}/{symbol}"


def month(number: int) -> str:
    """Only January and February are prefixed: 1 -> "01", 4 -> "4"."""
    return two_digits(number) if number <= 2 else str(number)


def full_date(day: date | None) -> str:
    """5 April 2024 -> "ngày 05 tháng 4 năm 2024"; no date gives the words with open places."""
    if day is None:
        return f"ngày{BLANK}tháng{BLANK}năm{BLANK}"
    return f"ngày {two_digits(day.day)} tháng {month(day.month)} năm {day.year}"


def place_and_date(place: str, day: date | None) -> str:
    """("Chi Lăng", 5 April 2024) -> "Chi Lăng, ngày 05 tháng 4 năm 2024"."""
    return f"{place}, {full_date(day)}"


def as_clauses(items: Sequence[str]) -> list[str]:
    """Legal bases: each ends with a semicolon, the last with a full stop."""
    bare = [item.rstrip(" ;,.") for item in items]
    return [f"{item};" for item in bare[:-1]] + [f"{item}." for item in bare[-1:]]


def as_recipients(recipients: Sequence[str], filing: str) -> list[str]:
    """The list under "Nơi nhận:": each recipient as "- …;", then where the paper is filed."""
    return [f"- {name.rstrip(' ;,.')};" for name in recipients] + [
        f"- Lưu: {filing.rstrip(' ;.')}."
    ]


def with_end_mark(paragraph: str) -> str:
    """The text of a paper ends with "./."; a mark that is already there is not doubled."""
    return paragraph.rstrip(" ./") + "./."


_TITLES = ("GS.", "PGS.", "TSKH.", "TS.", "ThS.", "BS.", "KS.", "CN.", "Ông ", "Bà ")


def without_titles(name: str) -> str:
    """The name of who signs: administrative papers put no title before it (Annex I)."""
    bare = name.strip()
    for title in _TITLES:
        if bare.startswith(title):
            return without_titles(bare.removeprefix(title))
    return bare


def as_sentence(text: str) -> str:
    """Begins with a capital and ends with a full stop; a closing mark that stands stays."""
    bare = text.strip()
    return bare[:1].upper() + bare[1:] + ("" if bare[-1:] in {".", ";", ":", "!", "?", ""} else ".")


def roman(number: int) -> str:
    """Numbers of sections and appendices: 4 -> "IV"."""
    signs = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    for value, sign in signs:
        if number >= value:
            return sign + roman(number - value)
    return ""


def as_addressees(names: Sequence[str]) -> list[str]:
    """Under "Kính gửi:": one stands alone, several as "- …;", the last with a full stop."""
    bare = [name.rstrip(" ;,.") for name in names]
    if len(bare) < 2:
        return bare
    return [f"- {name};" for name in bare[:-1]] + [f"- {bare[-1]}."]


_BODIES = ("Ủy ban nhân dân", "UBND", "Hội đồng nhân dân")


def in_lines(name: str) -> str:
    """Ủy ban nhân dân huyện Chi Lăng -> two lines in capitals, as a letterhead has them."""
    for body in _BODIES:
        if name.lower().startswith(f"{body.lower()} "):
            full = "Ủy ban nhân dân" if body == "UBND" else body
            return f"{full}\n{name[len(body) + 1 :]}".upper()
    return name.upper()


_LEVEL = re.compile(
    r"^(Ủy ban nhân dân|UBND)\s+(huyện|quận|thị xã|thành phố|tỉnh|xã|phường|thị trấn|đặc khu)\s+",
    re.IGNORECASE,
)


def place_of(authority: str) -> str:
    """Where an authority dates its papers: UBND huyện Chi Lăng -> Chi Lăng; others as named."""
    return _LEVEL.sub("", authority)
