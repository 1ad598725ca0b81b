"""What difficulties ask of a person."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.parts import Task
from services.portal.session import Hat
from services.portal.vietnamese import moment

PEOPLE = ("specialist", "leader")


def tasks_of(hat: Hat, difficulties: Sequence[Mapping[str, Any]]) -> list[Task]:
    found = ((_asked(hat, one), one) for one in difficulties)
    return [_task(title, one) for title, one in found if title]


def _asked(hat: Hat, one: Mapping[str, Any]) -> str:
    """What this person has to do with it now; empty: nothing."""
    if one["unit"] == hat.unit and hat.role in PEOPLE:
        return {
            "asked-back": "Trả lời câu hỏi về khó khăn, vướng mắc",
            "answered": "Xem trả lời và xác nhận đã được giải quyết",
        }.get(one["state"], "")
    if one["state"] != "waiting":
        return ""
    if one["level"] == "chairman":
        return "Giải quyết khó khăn, vướng mắc chuyển lên" if hat.role == "chairman" else ""
    lead = hat.duty == "lead-office" and one["holder"] == one["lead_unit"]
    if hat.role not in PEOPLE or not (lead or one["holder"] == hat.unit or _outside(hat, one)):
        return ""
    if one["official"] not in (None, hat.official) and hat.role != "leader":
        return ""
    if _outside(hat, one):
        return "Ghi trả lời của cơ quan cấp trên"
    return "Trả lời khó khăn, vướng mắc"


def _outside(hat: Hat, one: Mapping[str, Any]) -> bool:
    """The province does not work in this system: the lead office enters what it says."""
    return one["level"] == "province" and hat.duty == "lead-office"


def _task(title: str, one: Mapping[str, Any]) -> Task:
    return Task(
        title,
        f"/difficulties/{one['id']}",
        one["title"],
        since=moment(one["changed_at"]).date(),
        due=moment(one["due_at"]).date() if one["due_at"] else None,
    )
