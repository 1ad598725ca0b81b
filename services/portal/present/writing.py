"""The form in which a plan is written, from what the service gives and to what it takes."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.parts import Field
from services.portal.vietnamese import day, typed_day

Answer = Mapping[str, Any]
ONE_A_LINE = "Mỗi dòng một mục; số thứ tự được đánh tự động."
LINES = ("legal_bases", "content_points", "duties", "signer_lines")
TEXTS = (
    "issuing_authority",
    "superior_authority",
    "symbol",
    "place",
    "abstract",
    "purpose",
    "theme",
    "lead_unit",
    "appraising_unit",
    "feedback_to",
    "signer_name",
)
LINE_PURPOSES = {"informed": "for-information", "acting": "for-action", "kept": "archive"}


def form_of(plan: Answer, save_to: str) -> tuple[Field, ...]:
    """The boxes in the order of the paper, with what is known so far."""

    def box(
        name: str, label: str, kind: str = "text", hint: str = "", *, needed: bool = False
    ) -> Field:
        value = _shown(plan, name)
        return Field(name, label, kind, value, hint, required=needed, save_to=save_to)

    return (
        box("superior_authority", "Cơ quan chủ quản", hint="Để trống nếu không có."),
        box("issuing_authority", "Cơ quan ban hành", needed=True),
        box("symbol", "Ký hiệu", hint="Số do văn thư cấp sau khi ký.", needed=True),
        box("place", "Địa danh"),
        box("abstract", "Trích yếu", "textarea", "Phát động phong trào thi đua …", needed=True),
        box("legal_bases", "Căn cứ", "textarea", "Mỗi dòng một văn bản."),
        box("purpose", "Mục đích", "textarea"),
        box("theme", "Chủ đề thi đua", "textarea", needed=True),
        box("content_points", "Nội dung thi đua", "textarea", ONE_A_LINE),
        box("starts", "Từ", hint="Ngày như 05/04/2024, hoặc viết bằng lời."),
        box("ends", "Đến", hint="Ngày, hoặc theo sự kiện: trước ngày khai mạc Đại hội."),
        box("duties", "Tổ chức thực hiện", "textarea", ONE_A_LINE),
        box("lead_unit", "Cơ quan chủ trì"),
        box("appraising_unit", "Cơ quan thẩm định hồ sơ"),
        box("feedback_to", "Nơi tiếp nhận phản ánh"),
        box("informed", "Nơi nhận để báo cáo (B/c)", "textarea", "Mỗi dòng một nơi."),
        box("acting", "Nơi nhận để thực hiện", "textarea", "Mỗi dòng một nơi.", needed=True),
        box("kept", "Lưu", hint="VT và đơn vị soạn thảo"),
        box("signer_lines", "Quyền hạn, chức vụ người ký", "textarea", "Mỗi dòng như khi in."),
        box("signer_name", "Họ tên người ký", hint="Không ghi học hàm, học vị trước tên."),
    )


def plan_from(typed: Mapping[str, str]) -> dict[str, Any]:
    """What the service takes. A day is told apart from words by its form."""
    plan: dict[str, Any] = {name: typed.get(name, "").strip() for name in TEXTS}
    plan |= {name: _lines(typed.get(name, "")) for name in LINES}
    plan |= {name: _moment(typed.get(name, "").strip()) for name in ("starts", "ends")}
    plan["recipients"] = [
        {"name": line, "purpose": purpose}
        for name, purpose in LINE_PURPOSES.items()
        for line in _lines(typed.get(name, ""))
    ]
    return plan


def plan_of(campaign: Answer) -> dict[str, Any]:
    """A written campaign as the form had it."""
    values: dict[str, list[Any]] = {}
    for one in campaign["fields"]:
        values.setdefault(one["field"], []).append(one["value"])
    first = {name: next(iter(found), None) for name, found in values.items()}
    signer, period = first.get("signer") or {}, first.get("period") or {}
    return {
        **{name: first.get(name) or "" for name in TEXTS if name not in ("symbol", "signer_name")},
        "symbol": first.get("document_symbol") or "",
        "feedback_to": (first.get("feedback_channel") or {}).get("to", ""),
        "legal_bases": [one["abstract"] for one in values.get("legal_bases", ())],
        "content_points": [one["text"] for one in values.get("content_points", ())],
        "duties": [one["text"] for one in values.get("duties", ())],
        "recipients": values.get("recipients", ()),
        "signer_lines": signer.get("lines") or (),
        "signer_name": signer.get("name") or "",
        **{name: _typed_moment(period.get(name) or {}) for name in ("starts", "ends")},
    }


def _shown(plan: Answer, name: str) -> str:
    if purpose := LINE_PURPOSES.get(name):
        lines: Sequence[Answer] = plan.get("recipients") or ()
        return "\n".join(one["name"] for one in lines if one["purpose"] == purpose)
    value = plan.get(name) or ""
    if isinstance(value, Mapping):
        return day(value["day"]) if value.get("day") else str(value.get("text") or "")
    return value if isinstance(value, str) else "\n".join(value)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _moment(typed: str) -> dict[str, str]:
    on = typed_day(typed)
    return {"day": on.isoformat()} if on else {"text": typed}


def _typed_moment(end: Answer) -> dict[str, str]:
    return {"day": end["date"]} if end.get("date") else {"text": str(end.get("text") or "")}
