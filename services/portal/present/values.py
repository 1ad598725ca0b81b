"""What stands in a field of a plan, as a sentence and as boxes to be corrected."""

import re
from collections.abc import Mapping
from typing import Any

from services.portal.parts import Choice, Field
from services.portal.vietnamese import day, typed_day
from services.portal.words import FIELDS, PURPOSES

KEYS = {
    "assigned_units": "Đơn vị được giao (mỗi dòng một đơn vị)",
    "coordinating_units": "Đơn vị phối hợp (mỗi dòng một đơn vị)",
    "ends": "Kết thúc (ngày, hoặc sự kiện)",
    "lead_unit": "Đơn vị chủ trì",
    "lines": "Các dòng chức vụ",
    "starts": "Bắt đầu (ngày, hoặc sự kiện)",
    "what": "Việc được giao",
    "abstract": "Về việc",
    "authority": "Thẩm quyền",
    "date": "Ngày",
    "ends.date": "Đến ngày",
    "ends.event": "Kết thúc theo sự kiện",
    "ends.text": "Kết thúc, như văn bản ghi",
    "event": "Sự kiện",
    "form": "Hình thức",
    "issuer": "Cơ quan ban hành",
    "kind": "Loại văn bản",
    "name": "Tên",
    "number": "Số",
    "purpose": "Mục đích",
    "starts.date": "Từ ngày",
    "starts.event": "Bắt đầu theo sự kiện",
    "starts.text": "Bắt đầu, như văn bản ghi",
    "text": "Nội dung",
    "title": "Chức vụ",
    "to": "Gửi tới",
    "via": "Qua cơ quan",
}
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
ENDS = ("starts", "ends")  # of a period; each is null where it could not be read
LONG = frozenset({"text", "what", "abstract", "purpose", "theme", "ends.text", "starts.text"})
WRAPPED: Mapping[str, Any] = {  # what is typed as one text, for fields that have several parts
    "content_points": lambda text: {"number": "", "text": text},
    "duties": lambda text: {"number": "", "text": text},
    "legal_bases": lambda text: {
        "kind": "",
        "number": "",
        "date": None,
        "issuer": "",
        "abstract": text,
    },
    "recipients": lambda text: {"name": text, "purpose": "for-action"},
    "signer": lambda text: {"name": text, "title": "", "form": "personal", "lines": []},
    "feedback_channel": lambda text: {"to": text, "via": ""},
    "award_authority": lambda text: {"authority": text, "form": ""},
}


def field_label(id: str) -> str:
    """`legal_bases.2` is Căn cứ 3; the first of a field that stands alone has no number."""
    name, _, number = id.partition(".")
    label = FIELDS.get(name, name)
    return f"{label} {int(number) + 1}" if number.isdecimal() and int(number) else label


def sentence(field: str, value: Any) -> str:
    """A value as people read it."""
    if not isinstance(value, Mapping):
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    match field:
        case "legal_bases":
            return _basis(value)
        case "content_points" | "duties":
            return f"{value['number']}. {value['text']}" if value.get("number") else value["text"]
        case "recipients":
            return f"{value['name']} ({PURPOSES.get(value.get('purpose', ''), '')})"
        case "period":
            ends = (value.get("starts") or {}, value.get("ends") or {})
            return "; ".join(
                f"{word} {_moment(end)}"
                for word, end in zip(("từ", "đến"), ends, strict=True)
                if _moment(end)
            )
        case "signer":
            return ", ".join(filter(None, (value["name"], value.get("title", ""))))
        case "feedback_channel":
            via = f", qua {value['via']}" if value.get("via") else ""
            return f"{value['to']}{via}"
    parts = [str(part) for part in value.values() if isinstance(part, str) and part]
    return ", ".join(parts)


def boxes(value: Any) -> tuple[Field, ...]:
    """One box for each part of a value that can be typed."""
    if not isinstance(value, Mapping):
        kind = "textarea" if len(str(value)) > 60 else "text"
        return (Field("value", "Nội dung đúng", kind, _typed(value)),)
    return tuple(_box(key, part) for key, part in _parts(value) if key in KEYS)


def _box(key: str, part: Any) -> Field:
    name = f"value.{key}"
    if key == "purpose" and part in PURPOSES:
        choices = tuple(Choice(code, word) for code, word in PURPOSES.items())
        return Field(name, KEYS[key], "select", part, choices=choices)
    kind = "textarea" if key in LONG or isinstance(part, list) else "text"
    return Field(name, KEYS[key], kind, _typed(part), required=False)


def corrected(before: Any, typed: Mapping[str, str]) -> Any:
    """The value with what was typed into its boxes; parts without a box stay as they are."""
    if not isinstance(before, Mapping):
        return _like(before, typed.get("value", ""))
    after: dict[str, Any] = {
        key: dict(part) if isinstance(part, Mapping) else part for key, part in before.items()
    }
    for key, part in _parts(before):
        given = typed.get(f"value.{key}")
        if given is None:
            continue
        outer, _, inner = key.partition(".")
        target, name = (after[outer], inner) if inner else (after, outer)
        target[name] = _end(given) if key in ENDS else _like(part, given)
    return after


def _parts(value: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The parts that are text, numbers or blank; those of parts with a dot."""
    found: list[tuple[str, Any]] = []
    for key, part in value.items():
        if isinstance(part, Mapping):
            found += [(f"{key}.{inner}", deep) for inner, deep in _parts(part)]
        elif not isinstance(part, list) or all(isinstance(one, str) for one in part):
            found.append((key, part))
    return found


def _end(typed: str) -> dict[str, Any] | None:
    """The end of a period that could not be read, as a person says it."""
    text = typed.strip()
    if not text:
        return None
    day_typed = typed_day(text)
    said = (
        {"date": day_typed.isoformat(), "event": None}
        if day_typed
        else {"date": None, "event": text}
    )
    return {"kind": "date" if day_typed else "event", "relation": "on", **said, "text": text}


def _typed(value: Any) -> str:
    """As it stands in a box: a day as it is written here."""
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        return day(value)
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _like(before: Any, typed: str) -> Any:
    text = typed.strip()
    if (typed_on := typed_day(text)) and (before is None or ISO_DAY.fullmatch(str(before))):
        return typed_on.isoformat()
    if isinstance(before, int) and text.isdecimal():
        return int(text)
    if isinstance(before, list):
        return [line.strip() for line in text.splitlines() if line.strip()]
    return None if before is None and not text else text


def _basis(value: Mapping[str, Any]) -> str:
    dated = f"ngày {day(value['date'])}" if value.get("date") else ""
    issued = f"của {value['issuer']}" if value.get("issuer") else ""
    number = f"số {value['number']}" if value.get("number") else ""
    parts = (value.get("kind"), number, dated, issued, value.get("abstract"))
    return " ".join(str(part) for part in parts if part)


def _moment(end: Mapping[str, Any]) -> str:
    return day(end["date"]) if end.get("date") else str(end.get("text") or end.get("event") or "")
