"""The sections of a plan under their Roman headings, and what a heading is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.campaign.plan.layout import Piece, dangles, items
from services.campaign.plan.text import Text, joined

_TOPICS = {
    "tochucthuchien": "organising",
    "phancong": "organising",
    "trachnhiem": "organising",
    "bienphapthuchien": "organising",
    "trienkhaithuchien": "organising",
    "chude": "theme",
    "khauhieu": "theme",
    "tengoi": "theme",
    "mucdich": "purpose",
    "muctieu": "purpose",
    "noidung": "content",
    "nhiemvutrongtam": "content",
    "thoigian": "period",
    "khenthuong": "awards",
    "doituong": "scope",
    "phamvi": "scope",
    "tieuchi": "criteria",
    "tieuchuan": "criteria",
    "kinhphi": "funding",
}
_ROMAN = re.compile(r"(?P<roman>[IVX]{1,5}) ?(?P<mark>[.,/):]|-)? ?(?=[A-Za-z\"])")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading. `topic` is "other" when the heading is not known."""

    topic: str
    heading: Text
    parts: list[Piece]


@dataclass(frozen=True, slots=True)
class Outline:
    """The paragraphs' pieces before the first heading, and the sections in order."""

    preamble: list[Piece]
    sections: list[Section]

    def of(self, topic: str) -> list[Section]:
        return [section for section in self.sections if section.topic == topic]

    def named(self, topic: str) -> list[Section]:
        """The sections on a topic or, without one, points such as "2. Thời gian: …"."""
        return self.of(topic) or [
            Section(topic, heading, [Piece(rest, False)])
            for section in self.sections
            for point in items(section.parts)[1]
            for heading, rest in [_parted(point.body)]
            if len(rest) and len(heading) <= 40 and _topic(heading) == topic
        ]


def outline(parts: Sequence[Piece]) -> Outline:
    """Parts a body into preamble and sections."""
    preamble: list[Piece] = []
    sections: list[Section] = []
    before: Piece | None = None
    for piece in parts:
        if opened := _opens(piece, before):
            sections.append(opened)
        elif sections and _continues_heading(sections[-1], piece):
            sections[-1] = _longer(sections[-1], piece)
        else:
            (sections[-1].parts if sections else preamble).append(piece)
        before = piece
    return Outline(preamble, sections)


def _opens(piece: Piece, before: Piece | None) -> Section | None:
    text = piece.text
    if before is not None and dangles(before.text):
        return None
    match = _ROMAN.match(text.plain)
    if not match:
        return _bare_heading(text)
    heading, rest = _parted(text.cut(match.end()))
    if not match["mark"] or match["mark"] == "-":
        if not heading.chars.isupper():
            return None
    elif heading.chars[0].islower() or len(heading) > 160:
        return None
    return Section(_topic(heading), heading, [Piece(rest, False)] if len(rest) else [])


def _bare_heading(text: Text) -> Section | None:
    """Capitals that begin with a known topic make a heading without a number."""
    if len(text) > 80 or not text.chars.isupper():
        return None
    compact = _compact(text)
    if not any(compact.startswith(word) for word in _TOPICS):
        return None
    return Section(_topic(text), text, [])


def _parted(text: Text) -> tuple[Text, Text]:
    """The heading and what follows it in the same line after a colon."""
    colon = text.plain.find(":")
    if colon < 0:
        return text, text.cut(0, 0)
    return text.cut(0, colon), text.cut(colon + 1)


def _topic(heading: Text) -> str:
    compact = _compact(heading)
    places = [(compact.find(word), -len(word), topic) for word, topic in _TOPICS.items()]
    return min((place for place in places if place[0] >= 0), default=(0, 0, "other"))[2]


def _compact(text: Text) -> str:
    return "".join(text.plain.lower().split())


def _continues_heading(section: Section, piece: Piece) -> bool:
    fresh = not section.parts and not piece.after_blank
    return fresh and section.heading.chars.isupper() and piece.text.chars.isupper()


def _longer(section: Section, piece: Piece) -> Section:
    heading = joined([section.heading, piece.text])
    return Section(_topic(heading), heading, section.parts)
