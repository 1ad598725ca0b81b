"""`thidua plan read <file>`: the draft a plan would make, as JSON; `score`: how well that goes."""

import asyncio
import sys
from pathlib import Path

import msgspec

from services.campaign.files.reading import Reader
from services.campaign.files.refusal import FileRefused
from services.campaign.plan.draft import NotAPlan
from services.campaign.plan.reader import read_plan

_LARGEST, _SECONDS = 20 * 1024 * 1024, 20
_SAID = {
    "file-empty": "Tệp không có chữ nào.",
    "file-encoding": "Tệp không phải văn bản UTF-8.",
    "file-other-kind": "Tệp không phải văn bản UTF-8, DOCX hay PDF.",
    "file-scanned": "Tệp là bản chụp, không có chữ; hãy dùng bản có chữ.",
    "file-text-too-long": "Văn bản quá dài, không thể là một kế hoạch.",
    "file-too-large": "Tệp dài quá 20 MB nên không được đọc.",
}
_USAGE = "Cách dùng: thidua plan read <tệp> | thidua plan score"


class _Unreadable(Exception):
    """The file cannot be had as text; the message is for the person who named it."""


def main(argv: list[str]) -> int:
    """Prints JSON or the table and returns 0, or prints why not to stderr and returns 2."""
    if argv == ["score"]:
        return _score()
    if len(argv) != 2 or argv[0] != "read":
        return _fail(_USAGE)
    try:
        draft = read_plan(_text_of(Path(argv[1])))
    except NotAPlan as refused:
        return _fail(f"{refused.reason} [{refused.code}]")
    except _Unreadable as refused:
        return _fail(str(refused))
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(draft), indent=2).decode() + "\n")
    return 0


def _score() -> int:
    try:  # the corpus belongs to the tests, which an image does not have
        from services.campaign.tests.corpus.score import score, table
    except ModuleNotFoundError:
        return _fail("Bộ kế hoạch mẫu chỉ có trong mã nguồn, không có trong bản cài đặt này.")
    sys.stdout.write(table(score()) + "\n")
    return 0


def _fail(reason: str) -> int:
    sys.stderr.write(reason + "\n")
    return 2


def _text_of(path: Path) -> str:
    """The text of the file, read as the service reads it."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise _Unreadable(f"Không mở được tệp {path}.") from error
    try:
        return asyncio.run(Reader(largest=_LARGEST, seconds=_SECONDS).read(content)).text
    except FileRefused as refused:
        said = _SAID.get(refused.code, "Không đọc được tệp này.")
        raise _Unreadable(f"{said} [{refused.code}]") from refused
