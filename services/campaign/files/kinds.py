"""What kind of file it is, told by its content and never by its name."""

import puremagic

from libs.serving.evidence import DOCX, PDF, media_type_of
from services.campaign.files.refusal import FileRefused

TEXT = "text/plain"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, and also a DOCX under a password
UNDER_PASSWORD = "EncryptedPackage".encode("utf-16-le")
PDF_HEAD = 1024  # bytes in which "%PDF-" may begin (ISO 32000, annex on implementations)
ARCHIVE = b"PK\x03\x04"


def kind_of(content: bytes) -> str:
    """TEXT, DOCX or PDF; FileRefused for anything else."""
    if content.startswith(OLD_OFFICE):
        if UNDER_PASSWORD in content:
            raise FileRefused("file-encrypted")
        raise FileRefused("file-old-word")
    if b"%PDF-" in content[:PDF_HEAD]:
        return PDF
    if content.startswith(ARCHIVE):
        if media_type_of(content) == DOCX:
            return DOCX
        raise FileRefused("file-other-kind")
    if _is_other(content):
        raise FileRefused("file-other-kind")
    return TEXT


def _is_other(content: bytes) -> bool:
    if content.startswith((b"{\\rtf", b"<!DOCTYPE html", b"<html", b"<?xml")):
        return True
    try:
        found = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return False
    names = {match.mime_type for match in found if match.confidence >= _SURE}
    return any(name.startswith(_NO_TEXT) for name in names)


_SURE = 0.8
_NO_TEXT = ("image/", "audio/", "video/", "application/")
