"""The lines in which an administrator writes down a reorganisation."""

import re
from collections.abc import Callable
from typing import Any

Body = dict[str, Any]
HINT = (
    "Mỗi dòng một việc. Ví dụ: "
    "thành lập xa-moi | UBND xã Mới; "
    "sáp nhập xa-a, xa-b vào xa-moi; "
    "tách xa-c thành xa-d, xa-e; "
    "đổi tên xa-g thành UBND xã Gia; "
    "giải thể huyen-h, kế thừa xa-moi, xa-d. "
    "Đơn vị kế thừa đứng đầu giữ hồ sơ và việc còn dở."
)


class Unreadable(Exception):
    """`row`: the line, from 1."""

    def __init__(self, row: int) -> None:
        super().__init__(f"line {row}")
        self.row = row


def acts_in(text: str, effective: str) -> list[Body]:
    """The acts, in order of their lines; Unreadable for a line of no known form."""
    acts = []
    for row, line in enumerate((one for one in text.splitlines() if one.strip()), 1):
        for pattern, read in FORMS:
            if found := pattern.fullmatch(" ".join(line.split())):
                acts.append(read(*found.groups(), effective))
                break
        else:
            raise Unreadable(row)
    return acts


def _codes(text: str) -> list[str]:
    return [code.strip() for code in text.split(",") if code.strip()]


def _established(code: str, name: str, kind: str | None, authority: str | None, day: str) -> Body:
    new = {
        "code": code,
        "name": name.strip(),
        "kind": (kind or "authority").strip(),
        "authority": (authority or code).strip(),
        "valid_from": day,
    }
    return {"act": "establish", "new": new}


def _giving_way(act: str) -> Callable[..., Body]:
    def read(units: str, into: str, _: str) -> Body:
        successors = [{"unit": code} for code in _codes(into)]
        return {"act": act, "units": _codes(units), "into": successors}

    return read


def _renamed(unit: str, name: str, _: str) -> Body:
    return {"act": "rename", "units": [unit], "name": name}


_CODE, _LIST = r"([a-z0-9][a-z0-9-]*)", r"([a-z0-9, -]+?)"
FORMS: tuple[tuple[re.Pattern[str], Callable[..., Body]], ...] = tuple(
    (re.compile(form, re.IGNORECASE), read)
    for form, read in (
        (
            rf"thành lập {_CODE} ?\| ?([^|]+?)(?: ?\| ?([a-z]+))?(?: ?\| ?([a-z0-9-]+))?",
            _established,
        ),
        (rf"sáp nhập {_LIST} vào {_CODE}", _giving_way("merge")),
        (rf"tách {_CODE} thành {_LIST}", _giving_way("split")),
        (rf"đổi tên {_CODE} thành (.+)", _renamed),
        (rf"giải thể {_CODE}, ?kế thừa {_LIST}", _giving_way("abolish")),
    )
)
