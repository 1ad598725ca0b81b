"""The text of a DOCX as it is seen: paragraphs and tables in order, with the numbers Word draws."""

import re
from collections.abc import Iterator
from typing import Any

from services.campaign.files.archive import Archive
from services.campaign.files.numbering import Numbering, W
from services.campaign.files.parts import parsed, refuse_what_acts
from services.campaign.files.refusal import FileRefused

DOCUMENT = "word/document.xml"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
UNSEEN = {f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", FALLBACK, f"{W}txbxContent"}
# Columns of these tables are read one after the other: they only lay a page out.
LAYOUT = re.compile(r"C\s*Ộ\s*N\s*G\s+H\s*[ÒO]\s*[ÀA]?|Nơi\s+nhận\s*:", re.IGNORECASE)


def text_of(content: bytes) -> str:
    """FileRefused when the file may not be read; blank lines where the document has them."""
    archive = Archive(content)
    refuse_what_acts(archive)
    body = parsed(archive.read(DOCUMENT)).find(f"{W}body")
    if body is None:
        raise FileRefused("file-broken")
    numbering = Numbering(
        _optional(archive, "word/numbering.xml"), _optional(archive, "word/styles.xml")
    )
    return "\n".join(_blocks(body, numbering))


def _optional(archive: Archive, name: str) -> Any | None:
    content = archive.read(name)
    return parsed(content) if content else None


def _blocks(parent: Any, numbering: Numbering) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{W}p":
            yield from _paragraph(child, numbering)
        elif child.tag == f"{W}tbl":
            yield from _table(child, numbering)
        elif child.tag in (f"{W}sdt", f"{W}ins", f"{W}moveTo"):
            content = child.find(f"{W}sdtContent")
            yield from _blocks(child if content is None else content, numbering)


def _paragraph(paragraph: Any, numbering: Numbering) -> Iterator[str]:
    text = "".join(_runs(paragraph))
    yield numbering.label(paragraph) + text if text.strip() else ""
    for box in _boxes(paragraph):
        yield from _blocks(box, numbering)


def _runs(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in UNSEEN or (child.tag == f"{W}r" and _hidden(child)):
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in BREAKS:
            yield BREAKS[child.tag]
        else:
            yield from _runs(child)


def _hidden(run: Any) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false")


def _boxes(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag not in (FALLBACK, f"{W}del"):
            yield from _boxes(child)


def _table(table: Any, numbering: Numbering) -> Iterator[str]:
    rows = [[_cell(cell, numbering) for cell in _cells(row)] for row in table.iter(f"{W}tr")]
    said = "\n".join(text for row in rows for text in row)
    if LAYOUT.search(said):
        width = max(map(len, rows), default=0)
        for column in range(width):
            yield from ("", *(row[column] for row in rows if column < len(row)))
        yield ""
        return
    for row in rows:
        yield "\t".join(" ".join(text.split()) for text in row)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag == f"{W}sdt":
            yield from child.iter(f"{W}tc")


def _cell(cell: Any, numbering: Numbering) -> str:
    return "\n".join(_blocks(cell, numbering))
