"""A revised guidance: the units are told what changed, and whose dossier has to be looked at."""

from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

from libs.eventlog.message import Cursor
from services.notification.heard import (
    DossierRechecked,
    GuidanceIssued,
    IntakeClosed,
    RecheckDifference,
)
from services.notification.telling import Telling
from services.notification.tellings.queueing import Heard
from services.notification.tests.stage import CAMPAIGN, COMMUNE, DEADLINE, SENDER, Stage, occasion

DOSSIER = UUID("5d3c2f10-0000-4000-8000-000000000002")
OPENS = datetime(2024, 8, 1, tzinfo=UTC)


def _issued(at: Heard, guidance: GuidanceIssued, tx: Cursor, telling: Telling) -> None:
    telling.guidance_issued(tx, at, guidance)


def _rechecked(at: Heard, dossier: DossierRechecked, tx: Cursor, telling: Telling) -> None:
    telling.rechecked(tx, at, dossier)


async def test_revision_tells_every_unit_the_old_and_the_new_deadline(on_stage: Stage) -> None:
    on_stage.launch()
    revised = GuidanceIssued(
        CAMPAIGN,
        OPENS,
        DEADLINE + timedelta(days=15),
        version=2,
        number=6,
        symbol="HD-PNV",
        changed=("intake_until", "form.quota"),
    )
    for guidance in (GuidanceIssued(CAMPAIGN, OPENS, DEADLINE), revised):
        at = occasion("campaign", CAMPAIGN, "campaign.guidance-issued.v1")
        on_stage.tell(partial(_issued, at, guidance))
    notices = (await on_stage.get(SENDER, "/notices", about=str(CAMPAIGN)))["items"]
    told = [one for one in notices if one["subject"].startswith("Sửa đổi")]
    assert sorted(one["unit"] for one in told) == ["bac-thuy", "van-linh"]
    assert all(one["needs_acknowledgement"] for one in told)
    (text,) = [
        item["text"]
        for item in (await on_stage.get(COMMUNE, "/inbox"))["items"]
        if item["subject"].startswith("Sửa đổi")
    ]
    assert "số 06/HD-PNV, lần 2" in text
    assert "Nội dung thay đổi: hạn nhận hồ sơ, số lượng." in text
    assert "17:00 ngày 15/10/2024; trước đó đến 17:00 ngày 30/09/2024" in text


async def test_unit_hears_of_its_dossier_only_where_something_differs(on_stage: Stage) -> None:
    on_stage.launch()
    differing = (RecheckDifference("form-gone"), RecheckDifference("window"))
    for unit, found in (("van-linh", differing), ("bac-thuy", ())):
        at = occasion("dossier", DOSSIER, "dossier.rechecked.v1")
        heard = DossierRechecked(CAMPAIGN, unit, 2, found)
        on_stage.tell(partial(_rechecked, at, heard))
    notices = (await on_stage.get(SENDER, "/notices", about=str(DOSSIER)))["items"]
    assert [(one["unit"], one["purpose"]) for one in notices] == [("van-linh", "for-action")]


async def test_end_of_intake_reaches_the_scope(on_stage: Stage) -> None:
    on_stage.launch()
    at = occasion("campaign", CAMPAIGN, "campaign.intake-closed.v1")
    on_stage.tell(lambda tx, t: t.intake_closed(tx, at, IntakeClosed(CAMPAIGN)))
    notices = (await on_stage.get(SENDER, "/notices", about=str(CAMPAIGN)))["items"]
    ended = [one["unit"] for one in notices if one["subject"].startswith("Kết thúc nhận hồ sơ")]
    assert sorted(ended) == ["bac-thuy", "van-linh"]
