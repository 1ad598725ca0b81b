"""Text that remembers where in the source each of its characters came from."""

import itertools
import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from services.campaign.plan.draft import Found, Span

# A mark run is cut at seven because canonical ordering of a longer one takes quadratic time.
_CLUSTER = re.compile("\r\n?|\\*\\*|[\\s\\S][\u0300-\u036f]{0,7}")
_WORD = re.compile(r"\w+")
_WIDE = re.compile(r"\s\s|[^\S ]")
_LINE_BREAKS = frozenset("\r\n\f\v\x85\u2028\u2029")
_INVISIBLE = frozenset("\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad")
# Letters that old fonts and converters put in place of the Vietnamese ones they look like.
_LOOKALIKES = str.maketrans({"ƣ": "ư", "Ƣ": "Ư", "\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ"})
_PLAIN = {"đ": "d", "Đ": "D", "…": "."}
_PLAIN |= dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("“”„‟«»", '"')


@dataclass(frozen=True, slots=True)
class Text:
    """Normalised characters, the same without diacritics, and the source place of each.

    `chars` and `plain` have one length, so a match in `plain` is a place in `chars`.
    """

    chars: str
    plain: str
    starts: "array[int]"
    ends: "array[int]"

    def __len__(self) -> int:
        return len(self.chars)

    def cut(self, start: int, end: int | None = None) -> Self:
        """The part from `start` to `end`, without white space around it."""
        stop = len(self.chars) if end is None else end
        part = self.chars[start:stop]
        start += len(part) - len(part.lstrip())
        stop = start + len(part.strip())
        return type(self)(
            self.chars[start:stop],
            self.plain[start:stop],
            self.starts[start:stop],
            self.ends[start:stop],
        )

    def group(self, match: re.Match[str], name: str | int = 0) -> Self:
        """The part a group of a match in `plain` stands for; empty if it took no part."""
        start, end = match.span(name)
        return self.cut(start, end) if start >= 0 else self.cut(0, 0)

    def tight(self) -> str:
        """The characters without any space, for numbers and symbols."""
        return "".join(self.chars.split())


class Source:
    """The text as given. Makes facts that point into it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = [0, *(match.end() for match in re.finditer("\r\n?|\n", text))]

    def found(self, field: str, value: Any, place: Text) -> Found:
        start, end = place.starts[0], place.ends[-1]
        line = bisect_right(self._lines, start)
        return Found(field, value, Span(start, end), line, self.text[start:end])


def normalised(source: str) -> Text:
    """NFC, one kind of space and line break, look-alike letters put right, words parted."""
    chars: list[str] = []
    starts, ends = array("L"), array("L")
    for match in _CLUSTER.finditer(source):
        for char in _replaced(match[0]):
            chars.append(char)
            starts.append(match.start())
            ends.append(match.end())
    whole = _text("".join(chars).replace("ƯBND", "UBND"), starts, ends)  # as scanners read it
    return _with_words_parted(whole)


def joined(texts: Iterable[Text]) -> Text:
    """The texts, one space between two of them."""
    chars: list[str] = []
    starts, ends = array("L"), array("L")
    for text in texts:
        if chars and len(text):
            chars.append(" ")
            starts.append(ends[-1])
            ends.append(ends[-1])
        chars.append(text.chars)
        starts.extend(text.starts)
        ends.extend(text.ends)
    return _text("".join(chars), starts, ends)


def squeezed(text: Text) -> Text:
    """The text with each run of white space made one space."""
    if not _WIDE.search(text.chars):
        return text
    return joined(text.cut(*match.span()) for match in re.finditer(r"\S+", text.chars))


def without_diacritics(chars: str) -> str:
    """The same number of characters, letters bare, dashes and quotes of one kind."""
    return "".join(map(_plain, chars))


def _text(chars: str, starts: "array[int]", ends: "array[int]") -> Text:
    return Text(chars, without_diacritics(chars), starts, ends)


@lru_cache(maxsize=4096)
def _replaced(cluster: str) -> str:
    if cluster[0] in _LINE_BREAKS:
        return "\n"
    if cluster == "**" or cluster in _INVISIBLE:
        return ""
    if unicodedata.category(cluster[0]) == "Zs":
        return " "
    return unicodedata.normalize("NFC", cluster).translate(_LOOKALIKES)


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    bare = unicodedata.normalize("NFD", char)[0]
    return _PLAIN.get(bare, bare)


def _with_words_parted(text: Text) -> Text:
    """ "ViệtNam" becomes "Việt Nam"; foreign names such as "YouTube" stay."""
    breaks = [
        match.start() + at
        for match in _WORD.finditer(text.chars)
        if not match[0].isascii() and not match[0].isupper() and not match[0].islower()
        for at in _inner_capitals(match[0])
    ]
    if not breaks:
        return text
    edges = [0, *breaks, len(text)]
    chars: list[str] = []
    starts, ends = array("L"), array("L")
    for start, end in itertools.pairwise(edges):
        if start:
            chars.append(" ")
            starts.append(text.starts[start])
            ends.append(text.starts[start])
        chars.append(text.chars[start:end])
        starts.extend(text.starts[start:end])
        ends.extend(text.ends[start:end])
    return _text("".join(chars), starts, ends)


def _inner_capitals(word: str) -> list[int]:
    return [
        at
        for at in range(1, len(word) - 1)
        if word[at].isupper() and word[at - 1].islower() and word[at + 1].islower()
    ]
