"""How a plan is laid out: pieces of lines, paragraphs broken by a page end, numbered items."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.campaign.plan.text import Text, joined, squeezed

# Two columns of a page run together in one line; the second begins at one of these.
_COLUMN = re.compile(
    r"(?<=\S) {1,2}(?=CONG ?HOA ?XA ?HOI|Doc ?lap ?- ?Tu ?do)"
    r"|(?<=[;:.])(?<!KT\.)(?<!TL\.)(?<!TM\.)(?<!UQ\.)(?<! Q\.) {0,2}"
    r"(?=(?:T/?M|KT|TL|TUQ|Q)\. ?[A-Z]|(?:PHO )?(?:CHU ?TICH|GIAM DOC|TRUONG PHONG)\b)"
)
_GAP = re.compile(r"(?<=[^ \t])[ \t]+|\|")
_PAGE_NUMBER = re.compile(r"(?:- ?)?(?:Trang )?\d{1,3}(?: ?/ ?\d{1,3})?(?: ?-)?")
_NUMBER = re.compile(r"(\d{1,2}) ?[.)/] ?(?=[^\d\s])")
_INNER_MARK = re.compile(
    r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})?[.)]? |[a-z]\d?[).] |[-+*•●▪] ?(?=[\"A-Z])"
)
_DANGLING = re.compile(
    r"(?:,|-|\b(?:thu|cua|va|cac|ve|cho|voi|trong|tai|tu|den|la|do|theo|huyen|xa|tinh|thanh pho"
    r"|so|ngay|thang|nam|nhung|duoc|de|khi|Phong|So|Ban|Uy ban|Hoi dong|Trung tam))$"
)
_CLOSING = re.compile(
    r"(?:Tren day|Uy ban nhan dan|UBND (?:huyen|thanh pho|thi xa|tinh)|Trong qua trinh"
    r"|Yeu cau|De nghi|Can cu [Kk]e hoach nay|Nhan duoc)\b"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One cell of one line, and whether an empty line stands before it."""

    text: Text
    after_blank: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered or bulleted point. `whole` includes the number; `body` does not."""

    number: str | None
    whole: Text
    body: Text


def pieces(text: Text) -> list[Piece]:
    """The cells of all lines in order, without rules, page numbers and empty lines."""
    result: list[Piece] = []
    blank = True
    for start, end in _line_spans(text.chars):
        line = text.cut(start, end)
        if not len(line):
            blank = True
            continue
        for cell in _cells(line):
            if _says_something(cell):
                result.append(Piece(squeezed(cell), blank))
                blank = False
    return result


def paragraphs(parts: Sequence[Piece]) -> list[Piece]:
    """Pieces put together again where a line or a page ended inside a sentence."""
    groups: list[list[Piece]] = []
    for piece in parts:
        if groups and _continues(groups[-1][-1].text, piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [Piece(joined(part.text for part in group), group[0].after_blank) for group in groups]


def items(parts: Sequence[Piece]) -> tuple[list[Piece], list[Item], list[Piece]]:
    """What stands before the first point, the points, and the closing paragraphs."""
    blocks = paragraphs(parts)
    numbers = [_number(block.text) for block in blocks]
    if not any(numbers):
        numbers = [_bullet(block.text) for block in blocks]
    heads = _in_sequence(numbers)
    if not heads:
        return blocks, [], []
    closing = _closing_from(blocks, heads[-1])
    edges = [*heads, closing]
    points = [
        _item(blocks[start:end], numbers[start] or 0) for start, end in itertools.pairwise(edges)
    ]
    return blocks[: heads[0]], points, blocks[closing:]


def ends_sentence(text: Text) -> bool:
    return text.plain.rstrip('" )').endswith((".", ";", ":", "!", "?", "./"))


def starts_point(text: Text) -> bool:
    return bool(_NUMBER.match(text.plain) or _INNER_MARK.match(text.plain))


def bulleted(text: Text) -> bool:
    return text.plain[:1] in "-+*•●▪"


def without_bullet(text: Text) -> Text:
    return text.cut(len(text.plain) - len(text.plain.lstrip("-+*•●▪ ")))


def dangles(text: Text) -> bool:
    """True if a sentence cannot end with the last word."""
    return bool(_DANGLING.search(text.plain[-20:]))


def _line_spans(chars: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in chars.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _cells(line: Text) -> Iterator[Text]:
    start = 0
    for match in _GAP.finditer(line.plain):
        if _parts_columns(line.plain, match):
            yield from _columns(line.cut(start, match.start()))
            start = match.end()
    yield from _columns(line.cut(start))


def _parts_columns(plain: str, gap: re.Match[str]) -> bool:
    """A wide gap parts columns, unless it is the room left for a number, a day or a month."""
    if gap[0] == "|":
        return True
    if "\t" not in gap[0] and len(gap[0]) < 3:
        return False
    left, right = plain[max(0, gap.start() - 5) : gap.start()], plain[gap.end() : gap.end() + 5]
    blank = left.endswith((":", "ngay", "thang")) or right.startswith(("/", "thang", "nam"))
    return not blank and not bulleted_only(left)


def bulleted_only(left: str) -> bool:
    return left.strip() in {"-", "+", "*", "•", "●", "▪"} or bool(re.fullmatch(r"\d{1,2}\.", left))


def _columns(cell: Text) -> Iterator[Text]:
    start = 0
    for match in _COLUMN.finditer(cell.plain):
        yield cell.cut(start, match.start())
        start = match.end()
    yield cell.cut(start)


def _says_something(cell: Text) -> bool:
    said = any(map(str.isalnum, cell.chars))
    return said and not _PAGE_NUMBER.fullmatch(cell.plain.strip())


def _continues(previous: Text, piece: Piece) -> bool:
    if ends_sentence(previous):
        return False
    if starts_point(piece.text):
        return _is_wrapped_number(previous, piece)
    if not piece.after_blank:
        return True
    return piece.text.chars[0].islower() or dangles(previous)


def _is_wrapped_number(previous: Text, piece: Piece) -> bool:
    """ "… nhiệm kỳ 2025 -" / "30. Các …": a number at a line start that is no point's number."""
    return not piece.after_blank and dangles(previous)


def _number(block: Text) -> int | None:
    match = _NUMBER.match(block.plain)
    return int(match[1]) if match else None


def _bullet(block: Text) -> int | None:
    return 0 if bulleted(block) else None


def _in_sequence(numbers: list[int | None]) -> list[int]:
    """Where points begin. A number may be repeated or skipped by a typing error, not wander."""
    heads: list[int] = []
    last: int | None = None
    for at, number in enumerate(numbers):
        if number is not None and (last is None or last <= number <= last + 2):
            heads.append(at)
            last = number
    return heads


def _closing_from(blocks: list[Piece], last_head: int) -> int:
    for at in range(last_head + 1, len(blocks)):
        block, before = blocks[at], blocks[at - 1].text
        if _CLOSING.match(block.text.plain):
            return at
        if block.after_blank and not starts_point(block.text) and not before.plain.endswith(":"):
            return at
    return len(blocks)


def _item(blocks: list[Piece], number: int) -> Item:
    whole = joined(block.text for block in blocks)
    match = _NUMBER.match(whole.plain) if number else None
    if match:
        return Item(str(number), whole, whole.cut(match.end()))
    return Item(None, whole, without_bullet(whole))
