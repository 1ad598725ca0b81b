"""What the text of a paper is made of: paragraphs, headings, numbered points, tables."""

from collections.abc import Sequence

import msgspec


class Paragraph(msgspec.Struct, frozen=True, kw_only=True, tag="paragraph"):
    text: str


class Heading(msgspec.Struct, frozen=True, kw_only=True, tag="heading"):
    """A section's heading; renderers number headings I., II., …"""

    text: str


class Point(msgspec.Struct, frozen=True, kw_only=True, tag="point"):
    """A numbered point of a section; renderers count 1., 2., … anew after each heading."""

    text: str


class Table(msgspec.Struct, frozen=True, kw_only=True, tag="table"):
    """Rows under a repeated head. `numbers` are the columns (from 0) whose cells are figures;
    `total` is a last row in bold; `widths` are relative, one for each column, equal if left out.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    numbers: Sequence[int] = ()
    total: Sequence[str] = ()
    widths: Sequence[float] = ()


Block = Paragraph | Heading | Point | Table
