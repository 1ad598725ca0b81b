"""What a reader of the PDF sees: its pages as text and its declared standard."""

import re
from datetime import datetime
from io import BytesIO

from pypdf import PdfReader


def pages(pdf: bytes) -> list[str]:
    """The text of each page with line ends as single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def fonts(pdf: bytes) -> set[str]:
    """Family and cut of every font used, without the subset prefix."""
    names = re.findall(rb"/FontName/[A-Z]{6}\+([A-Za-z-]+)", pdf)
    return {name.decode() for name in names}


def page_sizes(pdf: bytes) -> set[tuple[int, int]]:
    """Width and height in millimetres."""
    boxes = [page.mediabox for page in PdfReader(BytesIO(pdf)).pages]
    return {(round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) for box in boxes}


def created(pdf: bytes) -> datetime | None:
    """When the PDF says it was made."""
    information = PdfReader(BytesIO(pdf)).metadata
    assert information is not None
    return information.creation_date


def pdfa(pdf: bytes) -> tuple[str, str]:
    """PDF/A part and conformance as the metadata declares them."""
    metadata = PdfReader(BytesIO(pdf)).xmp_metadata
    assert metadata is not None
    return metadata.pdfaid_part or "", metadata.pdfaid_conformance or ""
