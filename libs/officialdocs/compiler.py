"""Typst, started once per process: a template and its data in, PDF/A-2b out."""

import re
import threading
import unicodedata
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import msgspec
import typst

TEMPLATES = Path(__file__).parent / "templates"


class Unprintable(ValueError):
    """The data cannot be set: a character no font has, or more text than its page holds."""


def compile_pdf(template: str, data: dict[str, Any], created_at: datetime) -> bytes:
    """The PDF of `template` (a file name in templates/) with `data`, dated `created_at`, aware.

    Data travels as JSON that the template decodes to strings, so nothing in it is read as markup.
    Raises Unprintable.
    """
    made = _compiled(
        template,
        data,
        format="pdf",
        pdf_standards="a-2b",
        timestamp=int(created_at.timestamp()),
    )
    return cast(bytes, made)


def compile_png(template: str, data: dict[str, Any], page: int) -> bytes:
    """One page, counted from 1, as a picture. Raises Unprintable, and IndexError past the end."""
    made = _compiled(template, data, format="png", ppi=PICTURE_PPI)
    pages = made if isinstance(made, list) else [made]
    if not 1 <= page <= len(pages):
        raise IndexError(page)
    return cast(bytes, pages[page - 1])


PICTURE_PPI = 96.0  # sharp enough to be read on a screen, about 100 kB a page


def _compiled(template: str, data: dict[str, Any], **how: Any) -> Any:
    inputs = {"data": msgspec.json.encode(clean(data)).decode()}
    try:
        with _ONE_AT_A_TIME:
            return _compiler().compile(TEMPLATES / template, sys_inputs=inputs, **how)
    except typst.TypstError as error:
        if any(reason in error.message for reason in _CAUSED_BY_DATA):
            raise Unprintable(error.message) from error
        raise


# Any other refusal is a mistake in a template and must not look like one in the data.
_CAUSED_BY_DATA = ("could not be displayed with font", "does not fit its page")

# No-break spaces are the blanks of a draft and stay.
_WHITE_SPACE = re.compile(r"[^\S\u00a0]+")

# A compiler refuses to be entered twice; it keeps fonts and parsed templates, so there is only one.
_ONE_AT_A_TIME = threading.Lock()


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=TEMPLATES, ignore_system_fonts=True)


def clean(value: Any) -> Any:
    """Texts in composed letters with single spaces; fonts have these, not all marks."""
    if isinstance(value, str):
        return _WHITE_SPACE.sub(" ", unicodedata.normalize("NFC", value)).strip(" ")
    if isinstance(value, dict):
        return {key: clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean(item) for item in value]
    return value
