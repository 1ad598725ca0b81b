"""The service over HTTP on a real PostgreSQL: what is heard becomes notices that units confirm."""

import hashlib
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from libs.eventlog.message import Later
from libs.serving.tests import signing
from services.notification.events import NoticeQueued
from services.notification.heard import (
    DecisionLine,
    DecisionPublished,
    DossierReceived,
    DossierReturned,
    GuidanceIssued,
    IntakeOpened,
    LineHeld,
    LineReleased,
)
from services.notification.tellings.queueing import Heard
from services.notification.tests.stage import (
    CAMPAIGN,
    COMMUNE,
    DEADLINE,
    SENDER,
    Stage,
    occasion,
)

DOSSIER = UUID("5d3c2f10-0000-4000-8000-000000000002")
STRANGER = signing.official("specialist", unit="noi-vu-td", duty="home-affairs", authority="td")


def occasion_of(name: str) -> Heard:
    return occasion("dossier", DOSSIER, f"dossier.{name}.v1")


async def purposes(stage: Stage, topic: str) -> dict[str, tuple[str, bool]]:
    """By unit what the occasion of this topic has queued."""
    found = [one.event for one in await stage.recorded("notice.queued.v1")]
    return {
        event.unit: (event.purpose, event.needs_acknowledgement)
        for event in found
        if isinstance(event, NoticeQueued) and event.occasion.topic == topic
    }


async def test_launch_tells_scope_and_recipients_once_each(on_stage: Stage) -> None:
    on_stage.launch()
    assert await purposes(on_stage, "campaign.launched.v1") == {
        "bac-thuy": ("for-action", True),
        "van-linh": ("for-action", True),
        "so-noi-vu": ("for-information", False),
    }


async def test_launch_heard_twice_queues_nothing_more(on_stage: Stage) -> None:
    event = uuid4()
    on_stage.launch(event=event)
    before = await on_stage.service.log.head()
    on_stage.launch(event=event)
    assert await on_stage.service.log.head() == before


async def test_notice_proves_what_text_was_told(on_stage: Stage) -> None:
    on_stage.establish("bac-thuy")
    on_stage.launch()
    page = await on_stage.get(COMMUNE, f"/notices/{await on_stage.notice_of('bac-thuy')}")
    assert page["text_sha256"] == hashlib.sha256(page["text"].encode()).hexdigest()
    assert page["subject"] == "Triển khai Kế hoạch số 45/KH-UBND: Phát động đợt thi đua năm 2024"
    assert page["text"].startswith("Kính gửi: Xã bac-thuy\n")
    assert (page["template"], page["template_version"]) == ("campaign-launched-for-action", 1)


async def test_guidance_and_intake_reach_the_scope(on_stage: Stage) -> None:
    on_stage.launch()
    guidance = GuidanceIssued(CAMPAIGN, datetime(2024, 8, 1, tzinfo=UTC), DEADLINE)
    at = occasion("campaign", CAMPAIGN, "campaign.guidance-issued.v1")
    on_stage.tell(lambda tx, telling: telling.guidance_issued(tx, at, guidance))
    later = occasion("campaign", CAMPAIGN, "campaign.intake-opened.v1")
    on_stage.tell(lambda tx, telling: telling.intake_opened(tx, later, IntakeOpened(CAMPAIGN)))
    scope = {"bac-thuy", "van-linh"}
    assert await purposes(on_stage, "campaign.guidance-issued.v1") == dict.fromkeys(
        scope, ("for-action", True)
    )
    assert await purposes(on_stage, "campaign.intake-opened.v1") == dict.fromkeys(
        scope, ("for-action", False)
    )
    texts = [item["text"] for item in (await on_stage.get(COMMUNE, "/inbox"))["items"]]
    assert ["17:00 ngày 30/09/2024" in text for text in texts] == [True, True, False]


async def test_a_dossiers_way_is_told_to_its_unit(on_stage: Stage) -> None:
    on_stage.launch()
    received = DossierReceived(CAMPAIGN, "van-linh", 3, 2024)
    returned = DossierReturned(CAMPAIGN, "van-linh", ("thiếu biên bản",))
    held, released = LineHeld(CAMPAIGN, "van-linh"), LineReleased(CAMPAIGN, "van-linh")
    on_stage.tell(lambda tx, t: t.received(tx, occasion_of("received"), received))
    on_stage.tell(lambda tx, t: t.returned(tx, occasion_of("returned"), returned))
    on_stage.tell(lambda tx, t: t.line_held(tx, occasion_of("line-held"), held))
    on_stage.tell(lambda tx, t: t.line_released(tx, occasion_of("line-released"), released))
    found = (await on_stage.get(SENDER, "/notices", about=str(DOSSIER)))["items"]
    assert [(item["unit"], item["purpose"], item["about"]["kind"]) for item in found] == [
        ("van-linh", "for-information", "dossier"),
        ("van-linh", "for-information", "dossier"),
        ("van-linh", "for-action", "dossier"),
        ("van-linh", "for-information", "dossier"),
    ]


async def test_what_an_official_typed_reaches_no_text(on_stage: Stage) -> None:
    on_stage.launch()
    returned = DossierReturned(CAMPAIGN, "van-linh", ("ông A thiếu biên bản", "sai mẫu"))
    on_stage.tell(lambda tx, t: t.returned(tx, occasion_of("returned"), returned))
    (item,) = (await on_stage.get(SENDER, "/notices", about=str(DOSSIER)))["items"]
    assert ("ông A" in item["text"], "2 lý do" in item["text"]) == (False, True)


async def test_decision_tells_each_unit_its_own_result(on_stage: Stage) -> None:
    on_stage.launch()
    lines = (
        DecisionLine("bac-thuy", "award"),
        DecisionLine("bac-thuy", "none"),
        DecisionLine("van-linh", "refer"),
    )
    decision = DecisionPublished(CAMPAIGN, "12/QĐ-UBND", date(2024, 11, 1), lines)
    at = occasion("dossier", DOSSIER, "decision.published.v1")
    on_stage.tell(lambda tx, telling: telling.published(tx, at, decision))
    found = (await on_stage.get(SENDER, "/notices", about=str(DOSSIER)))["items"]
    results = {
        item["unit"]: item["text"].split("đề nghị: ")[1].split(". Lý do")[0] for item in found
    }
    assert results == {
        "bac-thuy": "1 được khen thưởng, 0 được đề nghị cấp trên khen thưởng, "
        "1 không được khen thưởng",
        "van-linh": "0 được khen thưởng, 1 được đề nghị cấp trên khen thưởng, "
        "0 không được khen thưởng",
    }


async def test_dossier_of_a_campaign_not_yet_heard_of_waits(on_stage: Stage) -> None:
    received = DossierReceived(CAMPAIGN, "van-linh", 3, 2024)
    with pytest.raises(Later):
        on_stage.tell(lambda tx, t: t.received(tx, occasion_of("received"), received))


async def test_inbox_shows_only_the_own_units_notices(on_stage: Stage) -> None:
    on_stage.launch()
    items = (await on_stage.get(COMMUNE, "/inbox"))["items"]
    assert [item["unit"] for item in items] == ["bac-thuy"]


async def test_inbox_is_paged_by_position(on_stage: Stage) -> None:
    for _ in range(3):
        on_stage.launch()
    first = (await on_stage.get(COMMUNE, "/inbox", limit=2))["items"]
    rest = (await on_stage.get(COMMUNE, "/inbox", limit=2, before=first[-1]["position"]))["items"]
    positions = [item["position"] for item in first + rest]
    assert (len(first), len(rest), positions) == (2, 1, sorted(positions, reverse=True))


async def test_inbox_is_filtered_by_state(on_stage: Stage) -> None:
    on_stage.launch()
    id = await on_stage.notice_of("bac-thuy")
    counts = []
    for noun in ("", "opening", "acknowledgement"):
        if noun:
            assert (await on_stage.post(COMMUNE, f"/notices/{id}/{noun}")).status_code == 200
        found = [
            len((await on_stage.get(COMMUNE, "/inbox", state=state))["items"])
            for state in ("unopened", "opened", "to-acknowledge", "acknowledged")
        ]
        counts.append(found)
    assert counts == [[1, 0, 1, 0], [0, 1, 1, 0], [0, 1, 0, 1]]


async def test_acknowledging_twice_records_once(on_stage: Stage) -> None:
    on_stage.launch()
    id = await on_stage.notice_of("bac-thuy")
    first = await on_stage.post(COMMUNE, f"/notices/{id}/acknowledgement")
    second = await on_stage.post(COMMUNE, f"/notices/{id}/acknowledgement")
    assert (first.status_code, second.json()) == (200, first.json())
    acknowledged = await on_stage.recorded("notice.acknowledged.v1")
    assert [(one.meta.authority, one.meta.unit) for one in acknowledged] == [
        ("chi-lang", "bac-thuy")
    ]


async def test_unit_of_another_authority_confirms_to_the_sender(on_stage: Stage) -> None:
    on_stage.launch()
    province = signing.official("clerk", unit="so-noi-vu", authority="lang-son")
    id = (await on_stage.get(province, "/inbox"))["items"][0]["id"]
    await on_stage.post(province, f"/notices/{id}/opening")
    (opened,) = await on_stage.recorded("notice.opened.v1")
    assert (opened.meta.authority, opened.meta.actor) == ("chi-lang", province.official)


async def test_refusals_have_codes(on_stage: Stage) -> None:
    on_stage.launch()
    id = await on_stage.notice_of("bac-thuy")
    neighbour = signing.official("leader", unit="van-linh", duty="commune")
    informed = signing.official("leader", unit="so-noi-vu")
    other = await on_stage.notice_of("so-noi-vu")
    answers = [
        await on_stage.post(neighbour, f"/notices/{id}/opening"),
        await on_stage.post(informed, f"/notices/{other}/acknowledgement"),
        await on_stage.http.get(f"/notices/{id}", headers=signing.bearer(STRANGER)),
        await on_stage.http.get(f"/figures?about={CAMPAIGN}", headers=signing.bearer(COMMUNE)),
        await on_stage.http.get("/inbox"),
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (404, "not-found"),
        (409, "no-acknowledgement-asked"),
        (404, "not-found"),
        (403, "not-allowed"),
        (401, "sign-in-required"),
    ]


async def test_board_says_who_has_and_who_has_not(on_stage: Stage) -> None:
    on_stage.establish("bac-thuy")
    on_stage.launch()
    id = await on_stage.notice_of("bac-thuy")
    await on_stage.post(COMMUNE, f"/notices/{id}/acknowledgement")
    items = (await on_stage.get(SENDER, "/notices", about=str(CAMPAIGN)))["items"]
    assert {
        (item["unit"], item["unit_name"], item["acknowledged_at"] is not None) for item in items
    } == {
        ("bac-thuy", "Xã bac-thuy", True),
        ("van-linh", None, False),
        ("so-noi-vu", None, False),
    }
    assert (await on_stage.get(STRANGER, "/notices", about=str(CAMPAIGN)))["items"] == []


async def test_figures_count_what_became_of_notices(on_stage: Stage) -> None:
    on_stage.launch()
    id = await on_stage.notice_of("bac-thuy")
    await on_stage.post(COMMUNE, f"/notices/{id}/acknowledgement")
    figures = await on_stage.get(SENDER, "/figures", about=str(CAMPAIGN))
    assert figures == {
        "queued": 3,
        "sent": 0,
        "in_app": 0,
        "failed": 0,
        "waiting": 3,
        "opened": 1,
        "to_acknowledge": 2,
        "acknowledged": 1,
        "position": await on_stage.service.log.head(),
    }


async def test_notice_is_shown_as_of_a_version_with_its_history(on_stage: Stage) -> None:
    on_stage.launch()
    id = await on_stage.notice_of("bac-thuy")
    await on_stage.post(COMMUNE, f"/notices/{id}/opening")
    then = await on_stage.get(SENDER, f"/notices/{id}", version=1)
    now = await on_stage.get(SENDER, f"/notices/{id}")
    history = (await on_stage.get(SENDER, f"/notices/{id}/history"))["items"]
    assert (then["opened_at"], now["opened_at"] is None) == (None, False)
    assert [step["event"] for step in history] == ["notice.queued", "notice.opened"]


async def test_views_equal_a_rebuild_from_the_log(on_stage: Stage) -> None:
    on_stage.establish("bac-thuy", mailbox="")
    on_stage.launch()
    id = await on_stage.notice_of("bac-thuy")
    await on_stage.post(COMMUNE, f"/notices/{id}/acknowledgement")
    path = f"/campaigns/{CAMPAIGN}/reminders"
    reminded = await on_stage.http.post(path, json={}, headers=signing.bearer(SENDER))
    await on_stage.service.views.at_least(reminded.json()["position"])
    compared = await on_stage.service.views.compare()
    rows = {"notice": 4, "outbox": 4, "progress": 1, "reminder": 1}
    assert (compared.equal, compared.rows) == (True, rows)
