"""Reads a plan's file; parsers of DOCX and PDF run in a process of their own, with limits."""

import asyncio
import hashlib
import sys
from pathlib import Path

import msgspec

from services.campaign.files import text
from services.campaign.files.kinds import TEXT, kind_of
from services.campaign.files.refusal import FileRefused

CHECKOUT = Path(__file__).parents[3]
AT_ONCE = 2  # readers side by side; each may take a processor and much memory
LONGEST_TEXT = 200_000  # characters; a real plan has 9,000


class ReadFile(msgspec.Struct, frozen=True):
    text: str
    media_type: str
    size: int
    sha256: str


class Reader:
    """`largest` in bytes, `seconds` for one file."""

    def __init__(self, *, largest: int, seconds: int) -> None:
        self.largest, self._seconds = largest, seconds
        self._room = asyncio.Semaphore(AT_ONCE)

    async def read(self, content: bytes) -> ReadFile:
        """Raises FileRefused."""
        if len(content) > self.largest:
            raise FileRefused("file-too-large", largest=self.largest)
        if not content:
            raise FileRefused("file-empty")
        media_type = kind_of(content)
        if media_type == TEXT:
            found = text.text_of(content)
        else:
            async with self._room:
                found = await _apart(content, media_type, self._seconds)
        if len(found) > LONGEST_TEXT:
            raise FileRefused("file-text-too-long", longest=LONGEST_TEXT)
        digest = hashlib.sha256(content).hexdigest()
        return ReadFile(found, media_type, len(content), digest)


async def _apart(content: bytes, media_type: str, seconds: int) -> str:
    """The answer of `child`; whatever ends it early is a file that is too hard to read."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "services.campaign.files.child",
        media_type,
        str(seconds),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=CHECKOUT,
        env={"PYTHONDONTWRITEBYTECODE": "1"},  # nothing of ours, above all no place of a secret
    )
    try:
        said, _ = await asyncio.wait_for(process.communicate(content), seconds)
    except TimeoutError:
        raise FileRefused("file-too-hard") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise FileRefused("file-too-hard")
    answer = msgspec.json.decode(said)
    if "code" in answer:
        raise FileRefused(answer["code"], **answer["facts"])
    return str(answer["text"])
