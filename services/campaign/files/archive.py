"""A DOCX is a ZIP archive: what is in it is bounded before it is read, and while it is."""

import io
import zipfile
import zlib

from services.campaign.files.refusal import FileRefused

MOST_ENTRIES = 2_000
LARGEST_INFLATED = 100 * 1024 * 1024  # bytes, all parts together
LARGEST_PART = 30 * 1024 * 1024  # bytes
GREATEST_RATIO = 200  # inflated to packed; XML of Word reaches about 20
SMALL = 1024 * 1024  # bytes; below it the ratio says nothing
CHUNK = 64 * 1024


class Archive:
    """The parts of an archive by name. FileRefused: bomb, encrypted or broken."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise FileRefused("file-broken") from None
        entries = self._zip.infolist()
        if len(entries) > MOST_ENTRIES:
            raise FileRefused("file-bomb")
        if any(entry.flag_bits & 1 for entry in entries):
            raise FileRefused("file-encrypted")
        if sum(entry.file_size for entry in entries) > LARGEST_INFLATED:
            raise FileRefused("file-bomb")
        for entry in entries:
            _bounded(entry.file_size, entry.compress_size)
        self.names = frozenset(entry.filename for entry in entries)
        self._left = LARGEST_INFLATED

    def read(self, name: str) -> bytes:
        """The part, b"" when there is none. What a header says of its size is not believed."""
        if name not in self.names:
            return b""
        entry = self._zip.getinfo(name)
        read = bytearray()
        try:
            with self._zip.open(entry) as part:
                while chunk := part.read(CHUNK):
                    read += chunk
                    self._left -= len(chunk)
                    _bounded(len(read), entry.compress_size)
                    if self._left < 0:
                        raise FileRefused("file-bomb")
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
            raise FileRefused("file-broken") from None
        return bytes(read)


def _bounded(inflated: int, packed: int) -> None:
    if inflated > LARGEST_PART or (inflated > SMALL and inflated > packed * GREATEST_RATIO):
        raise FileRefused("file-bomb")
