"""The text of a PDF, laid out as on its pages, so that columns stay apart."""

import io
import re

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from services.campaign.files.refusal import FileRefused

MOST_PAGES = 200
LEAST_LETTERS = 40  # per document; less is a scan with a stamp or a page number
_COLUMN_GAP = re.compile(r"(?<=\S) {4,}(?=\S)")


def text_of(content: bytes) -> str:
    """Runs for ever on some hostile files, so it is called in a process that can be ended."""
    try:
        reader = PdfReader(io.BytesIO(content))
        _refuse_unreadable(reader)
        pages = [page.extract_text(extraction_mode="layout") for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError):
        raise FileRefused("file-broken") from None
    text = "\n".join(_COLUMN_GAP.sub("\t", page) for page in pages)
    if sum(map(str.isalpha, text)) < LEAST_LETTERS:
        raise FileRefused("file-scanned")
    return text


def _refuse_unreadable(reader: PdfReader) -> None:
    if reader.is_encrypted:
        raise FileRefused("file-encrypted")
    if len(reader.pages) > MOST_PAGES:
        raise FileRefused("file-too-many-pages", most=MOST_PAGES)
