"""Blocks with what a reader sees before them: I., 1., and "./." after the last text of a paper."""

from collections.abc import Iterator, Sequence
from typing import Any

from libs.officialdocs import wording
from libs.officialdocs.blocks import (
    Block,
    Heading,
    Paragraph,
    Point,
    Table,
)
from libs.officialdocs.papers import (
    Appendix,
)


def blocks_of(blocks: Sequence[Block], *, end_mark: bool = False) -> list[dict[str, Any]]:
    """Plain data for the renderers: kind, text, and the parts of a table."""
    made = [*_numbered(blocks)]
    if end_mark and made:
        _close(made)
    return made


def numbered_appendices(appendices: Sequence[Appendix]) -> list[tuple[str, Appendix]]:
    """A single one is "Phụ lục", several are "Phụ lục I", "Phụ lục II", …"""
    if len(appendices) < 2:
        return [("Phụ lục", appendix) for appendix in appendices]
    return [
        (f"Phụ lục {wording.roman(number)}", appendix)
        for number, appendix in enumerate(appendices, start=1)
    ]


def _numbered(blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
    section = point = 0
    for block in blocks:
        match block:
            case Heading(text=text):
                section, point = section + 1, 0
                yield {"kind": "heading", "text": f"{wording.roman(section)}. {text}"}
            case Point(text=text):
                point += 1
                yield {"kind": "point", "text": f"{point}. {text}"}
            case Paragraph(text=text):
                yield {"kind": "paragraph", "text": text}
            case Table():
                yield _table(block)


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": table.caption,
        "columns": list(table.columns),
        "rows": [list(row) for row in table.rows],
        "numbers": list(table.numbers),
        "total": list(table.total),
        "widths": list(table.widths) or [1.0] * len(table.columns),
    }


def _close(blocks: list[dict[str, Any]]) -> None:
    """After a table the mark stands alone: there is no text it could end."""
    last = blocks[-1]
    if last["kind"] in ("paragraph", "point"):
        last["text"] = wording.with_end_mark(last["text"])
    else:
        blocks.append({"kind": "paragraph", "text": "./."})
