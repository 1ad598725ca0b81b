"""Which files are taken as papers of a dossier; they are kept by `libs.serving.evidence`."""

import hashlib

import msgspec

from libs.eventlog.events import Refused
from libs.serving.evidence import media_type_of

LARGEST = 20 * 1024 * 1024  # bytes


class Inspected(msgspec.Struct, frozen=True):
    sha256: str
    media_type: str
    size: int


def inspect(content: bytes) -> Inspected:
    """Hash, type and size, whatever the sender calls it; Refused("too-large" or "file-refused")."""
    if len(content) > LARGEST:
        raise Refused("too-large", largest=LARGEST)
    media_type = media_type_of(content)
    if media_type is None:
        raise Refused("file-refused", accepted=["PDF", "DOCX", "XLSX", "PNG", "JPEG"])
    return Inspected(hashlib.sha256(content).hexdigest(), media_type, len(content))
