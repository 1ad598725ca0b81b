"""Every change of a live campaign reaches every unit in scope, without the reason's words."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.notification.heard import (
    CampaignAmended,
    EndChanged,
    IntakeDeadlineChanged,
    StandingChanged,
)
from services.notification.tests.stage import CAMPAIGN, COMMUNE, DEADLINE, Stage, occasion

STANDS = StandingChanged(CAMPAIGN)
MOVED = IntakeDeadlineChanged(CAMPAIGN, DEADLINE, DEADLINE + timedelta(days=15))
BOUND = EndChanged(CAMPAIGN, None, date(2024, 10, 15))
AMENDED = CampaignAmended(CAMPAIGN, "amendment", 8, "KH-UBND", date(2024, 6, 1))
CORRECTED = CampaignAmended(CAMPAIGN, "correction", 3, "UBND", date(2024, 6, 1))


@pytest.mark.parametrize(
    ("topic", "method", "told", "template", "said"),
    [
        ("end-changed", "end_changed", BOUND, "campaign-end-changed", "15/10/2024"),
        ("amended", "amended", AMENDED, "campaign-amended", "08/KH-UBND"),
        ("amended", "amended", CORRECTED, "campaign-corrected", "công văn số 03/UBND"),
        (
            "intake-deadline-changed",
            "deadline_changed",
            MOVED,
            "intake-deadline-changed",
            "17:00 ngày 15/10/2024",
        ),
        ("closed", "standing_changed", STANDS, "campaign-closed", "trước thời hạn"),
        ("reopened", "standing_changed", STANDS, "campaign-reopened", "mở lại"),
        ("cancelled", "standing_changed", STANDS, "campaign-cancelled", "hủy"),
        ("recalled", "standing_changed", STANDS, "campaign-recalled", "thu hồi"),
        ("concluded", "standing_changed", STANDS, "campaign-concluded", "tổng kết"),
        ("replaced", "standing_changed", STANDS, "campaign-replaced", "thay thế"),
    ],
)
async def test_units_in_scope_are_told_of_a_change(
    on_stage: Stage, topic: str, method: str, told: Any, template: str, said: str
) -> None:
    on_stage.establish("bac-thuy")
    on_stage.establish("van-linh")
    on_stage.launch()
    heard = occasion("campaign", CAMPAIGN, f"campaign.{topic}.v1")
    for _ in range(2):  # a second hearing queues nothing
        on_stage.tell(lambda tx, telling: getattr(telling, method)(tx, heard, told))
    queued = [r.event for r in await on_stage.recorded("notice.queued.v1")]
    found: list[Any] = [one for one in queued if getattr(one, "template", "") == template]
    assert [one.unit for one in found] == ["bac-thuy", "van-linh"]
    asked = template != "campaign-concluded"  # what is over is only made known
    assert all(said in one.text and one.needs_acknowledgement == asked for one in found)
    assert len((await on_stage.get(COMMUNE, "/inbox"))["items"]) == 2
