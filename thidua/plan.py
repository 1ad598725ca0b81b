"""`thidua plan read <file>`: the draft a plan would make, as JSON; `score`: how well that goes."""

import sys
from pathlib import Path

import msgspec

from services.campaign.plan.draft import NotAPlan
from services.campaign.plan.reader import LONGEST_BYTES, read_plan

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
    """The file's characters, line ends and byte order mark included."""
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST_BYTES + 1)
    except OSError as error:
        raise _Unreadable(f"Không mở được tệp {path}.") from error
    if len(content) > LONGEST_BYTES:
        raise _Unreadable("Tệp dài quá 2 MB nên không được đọc. [too-long]")
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _Unreadable("Tệp không phải văn bản UTF-8. [not-text]") from error
