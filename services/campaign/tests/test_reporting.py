"""Given reports of units, when reviewed and approved by another, then concluded."""

from decimal import Decimal
from functools import reduce
from typing import Any
from uuid import UUID

import httpx
import pytest

from libs.eventlog.events import Event, Refused
from libs.serving.tests import signing
from services.campaign.decisions import reporting
from services.campaign.decisions.reporting import Reports
from services.campaign.decisions.states import Campaign, Stage
from services.campaign.events import (
    Achieved,
    CampaignConcluded,
    Count,
    ReviewApproved,
    ReviewPrepared,
    UnitReportSent,
)
from services.campaign.history import evolve
from services.campaign.history import report as told
from services.campaign.tests import test_service as service
from services.campaign.tests.test_service import code_of, get, launched, post

databases, http = service.databases, service.http  # the same service, used from here

ID = UUID(int=1)
UNIT = "bac-thuy"
SPECIALIST = signing.official("specialist", unit=UNIT, duty="commune")
HEAD = signing.official("leader", unit=UNIT, duty="commune")
NEIGHBOUR = signing.official("leader", unit="van-linh", duty="commune")
LEAD = signing.official("specialist", unit="ldtbxh-dt", duty="lead-office")
LEAD_HEAD = signing.official("leader", unit="ldtbxh-dt", duty="lead-office")
RUNNING = Campaign(stage=Stage.launched, authority="chi-lang", title="Thi đua", scope=(UNIT,))
HOUSES = Achieved("Xóa nhà tạm", Decimal(12), Decimal(7), "nhà")
sent = UnitReportSent(
    ID, UNIT, "chi-lang", 1, "progress", "Quý II", (HOUSES,), "", SPECIALIST.official
)
prepared = ReviewPrepared(ID, "final", "Đạt kết quả", (Count("units", 1),), LEAD.official)
approved = ReviewApproved(ID, "final", LEAD_HEAD.official)


def after(*events: Event) -> Campaign:
    return reduce(evolve, events, RUNNING)


def send(past: Reports | None = None, **changes: Any) -> list[Event]:
    given: dict[str, Any] = {"kind": "progress", "period": "Quý II", "figures": (HOUSES,)}
    given |= {"text": "", "by": SPECIALIST}
    return reporting.send_report(RUNNING, past or Reports(), ID, UNIT, **(given | changes))


def refusal(act: Any, *given: Any, **how: Any) -> str:
    with pytest.raises(Refused) as said:
        act(*given, **how)
    return said.value.code


def test_unit_reports_against_its_targets_and_a_later_report_is_the_next() -> None:
    assert send() == [sent]
    assert send(told(Reports(), sent)) == []
    (next_one,) = send(told(Reports(), sent), text="Đã xong")
    assert isinstance(next_one, UnitReportSent)
    assert next_one.number == 2


def test_review_of_a_unit_is_its_leaders() -> None:
    assert refusal(send, kind="final") == "not-allowed"
    assert len(send(kind="final", by=HEAD)) == 1
    assert refusal(send, by=NEIGHBOUR) == "not-found"
    assert refusal(send, figures=()) == "report-empty"


def test_final_review_approved_by_another_concludes_the_campaign() -> None:
    given: dict[str, Any] = {"kind": "final", "text": "Đạt kết quả", "by": LEAD}
    figures = (Count("units", 1),)
    assert reporting.prepare_review(RUNNING, ID, figures=figures, **given) == [prepared]
    approval = reporting.approve_review(after(prepared), ID, kind="final", by=LEAD_HEAD)
    assert approval == [approved, CampaignConcluded(ID, "Thi đua")]
    own = signing.official("leader", duty="lead-office", official=LEAD.official)
    approve = reporting.approve_review
    assert refusal(approve, after(prepared), ID, kind="final", by=own) == "same-person"
    assert refusal(approve, RUNNING, ID, kind="final", by=LEAD_HEAD) == "review-missing"


def test_preliminary_review_concludes_nothing() -> None:
    first = ReviewPrepared(ID, "preliminary", "Nửa chặng đường", (), LEAD.official)
    approval = reporting.approve_review(after(first), ID, kind="preliminary", by=LEAD_HEAD)
    assert approval == [ReviewApproved(ID, "preliminary", LEAD_HEAD.official)]


def test_nothing_is_reported_or_reviewed_after_the_conclusion() -> None:
    over = after(prepared, approved, CampaignConcluded(ID, "Thi đua"))
    given: dict[str, Any] = {"kind": "progress", "period": "x", "figures": (), "text": "x"}
    refused = refusal(reporting.send_report, over, Reports(), ID, UNIT, **given, by=HEAD)
    assert refused == "campaign-not-running"
    assert reporting.approve_review(over, ID, kind="final", by=LEAD_HEAD) == []


# ---- the service over HTTP
async def test_conclusion_counts_from_events_and_closes(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    figures = [{"text": "Xóa nhà tạm", "planned": 12, "achieved": "7.5", "measure": "nhà"}]
    body = {"kind": "progress", "period": "Quý II", "figures": figures}
    path = f"/campaigns/{id}"
    (await post(http, SPECIALIST, f"{path}/reports/{UNIT}", body)).raise_for_status()
    review = {"text": "Phong trào đạt kết quả.\n\nCác đơn vị tham gia đầy đủ."}
    (await post(http, LEAD, f"{path}/reviews/final", review)).raise_for_status()
    answer = await http.get(f"{path}/reviews/final", headers=signing.bearer(HEAD))
    assert await code_of(answer) == (404, "not-found")
    (await post(http, LEAD_HEAD, f"{path}/reviews/final/approval")).raise_for_status()
    page = await get(http, HEAD, path)
    assert page["state"] == "concluded"
    paper = await get(http, HEAD, f"{path}/reviews/final")
    assert paper["paragraphs"] == ["Phong trào đạt kết quả.", "Các đơn vị tham gia đầy đủ."]
    counted = paper["figures"]
    assert (counted["units"], counted["registration_none"], counted["reported_progress"]) == (
        2,
        2,
        1,
    )
    answer = await post(http, SPECIALIST, f"{path}/reports/{UNIT}", body | {"text": "x"})
    assert await code_of(answer) == (409, "campaign-not-running")


async def test_figures_and_reports_are_not_for_other_units(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    body = {"kind": "progress", "period": "Quý II", "text": "Đúng tiến độ"}
    said = await post(http, SPECIALIST, f"/campaigns/{id}/reports/{UNIT}", body)
    listed = f"/campaigns/{id}/reports?after={said.json()['position']}"
    assert [one["text"] for one in (await get(http, LEAD, listed))["items"]] == ["Đúng tiến độ"]
    assert (await get(http, NEIGHBOUR, listed))["items"] == []
    answer = await http.get(f"/campaigns/{id}/statistics", headers=signing.bearer(NEIGHBOUR))
    assert await code_of(answer) == (403, "not-allowed")
    other = await post(http, NEIGHBOUR, f"/campaigns/{id}/reports/{UNIT}", body)
    assert await code_of(other) == (404, "not-found")
