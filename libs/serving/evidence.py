"""Files beside the log: under their SHA-256, whose hash stands in the event.

A file is checked, then written and synced, and only then recorded, so a recorded hash has its file.
A file without an event is harmless: nobody can ask for it.
"""

import hashlib
import io
import os
import zipfile
from pathlib import Path

import puremagic

from libs.eventlog.events import Refused
from libs.eventlog.ids import new_id

OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX, XLSX = f"{OFFICE}.wordprocessingml.document", f"{OFFICE}.spreadsheetml.sheet"
PDF = "application/pdf"
ZIPPED = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
TYPES = (PDF, "image/png", "image/jpeg")


class Evidence:
    """The folder of files: `ab/abcdef…`, one file per content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: bytes, sha256: str) -> None:
        """Stores durably; a content that is there already is left alone. Blocks."""
        path = self._path(sha256)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{sha256}.{new_id().hex}")
        try:
            with unfinished.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
        _sync(path.parent)
        _sync(self._folder)

    def read(self, sha256: str) -> bytes:
        """The content; Refused("paper-lost") when it is gone or not what was recorded. Blocks."""
        try:
            content = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise Refused("paper-lost") from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Refused("paper-lost")
        return content

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


def media_type_of(content: bytes) -> str | None:
    """PDF, DOCX, XLSX, PNG or JPEG, told by the content whatever it is called; else None."""
    try:
        found = {match.mime_type for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return None
    if DOCX in found or XLSX in found:  # the same first bytes: the parts inside tell them apart
        return _type_of_archive(content)
    return next((media_type for media_type in TYPES if media_type in found), None)


def _type_of_archive(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
    except zipfile.BadZipFile:
        return None
    if "[Content_Types].xml" not in parts:
        return None
    return next((media_type for part, media_type in ZIPPED.items() if part in parts), None)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
