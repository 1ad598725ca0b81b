"""What the demo says of a campaign's level and time comes from its plan, or is marked as added."""

from typing import Any

import pytest

from thidua.demo.drafting import SUPPLIED_END, SUPPLIED_START, attributes_of
from thidua.demo.organisation import Plan

EVENT = "Đại hội mẫu"


def plan(**fields: Any) -> Plan:
    return Plan({"fields": [{"field": name, "value": value} for name, value in fields.items()]})


def period(starts: str | None, event: str | None) -> dict[str, Any]:
    ends = {"kind": "event", "date": None, "event": event} if event else None
    return {"starts": {"kind": "date", "date": starts, "event": None}, "ends": ends}


@pytest.mark.parametrize(
    ("authority", "told", "said"),
    [
        ("huyện", {"period": period("2024-04-01", EVENT)}, ("district", "2024-04-01", EVENT, "")),
        ("tỉnh", {"period": period("2025", None)}, ("province", None, SUPPLIED_END, "")),
        ("xã", {"document_year": 2024, "document_month": 4}, ("commune", "2024-04-01", None, "")),
        ("huyện", {}, ("district", "2025-06-30", None, SUPPLIED_START)),
        ("huyện", {"period": period("2025-07-01", None)}, ("commune", "2025-07-01", None, "")),
    ],
)
def test_level_and_time_are_taken_from_the_plan(
    authority: str, told: dict[str, Any], said: tuple[str, str | None, str | None, str]
) -> None:
    level, starts, event, note = said
    assert attributes_of(plan(issuing_authority=f"UBND {authority} Mẫu", **told)) == {
        "kind": "topical",
        "level": level,
        "starts": starts,
        "ends_event": event or SUPPLIED_END,
        "note": note,
    }
