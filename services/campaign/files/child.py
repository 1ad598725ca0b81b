"""Reads one file from standard input; run by `reading` with limits, apart from the service.

Answers JSON: {"text": …} or {"code": …, "facts": …}.
"""

import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from libs.serving.evidence import DOCX, PDF
from services.campaign.files import docx, pdf
from services.campaign.files.refusal import FileRefused

READERS: dict[str, Callable[[bytes], str]] = {DOCX: docx.text_of, PDF: pdf.text_of}
MEMORY = 768 * 1024 * 1024  # bytes of address space


def main(media_type: str, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    with suppress(OSError, ValueError):  # not every system bounds address space
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with suppress(OSError):  # where memory is short, this process goes and the service stays
        Path("/proc/self/oom_score_adj").write_text("1000")
    content = sys.stdin.buffer.read()
    try:
        answer: dict[str, object] = {"text": storable(READERS[media_type](content))}
    except FileRefused as refused:
        answer = {"code": refused.code, "facts": refused.facts}
    except (MemoryError, RecursionError):
        answer = {"code": "file-too-hard", "facts": {}}
    sys.stdout.buffer.write(msgspec.json.encode(answer))


def storable(text: str) -> str:
    """Halves of characters, as broken fonts give them, become the sign for what is unreadable."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "\ufffd")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
