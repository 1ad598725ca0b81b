"""The way of an award through the service, on a real PostgreSQL."""

import asyncio
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from libs.serving.command import now
from libs.serving.tests.databases import ServiceDatabases
from libs.serving.tests.signing import official, standing_in
from services.dossier.tests.conftest import told
from services.dossier.tests.directory import Directory
from services.dossier.tests.story import PDF, Refusal, Story, Unit, guidance

REASON = {"reason": "Có đơn phản ánh, chờ xác minh."}


async def refusal(call: Any) -> tuple[int, str]:
    with pytest.raises(Refusal) as refused:
        await call
    return refused.value.status, refused.value.code


async def test_award_goes_from_dossier_to_certificate(story: Story) -> None:
    first = await story.received(story.bac_thuy, "Hoàng Thị An", "Lý Văn Bình")
    second = await story.received(story.mai_sao, "Thôn Lạng Giai", kind="collective")
    await story.appraise(first, 1)
    await story.appraise(first, 2, "not-eligible", reason="Chưa đủ thời gian công tác.")
    await story.appraise(second, 1, "refer-upward")

    session = await story.council({(first, 1): 3, (second, 1): 2})
    decision = await story.decision(session)
    await story.numbered(decision)
    published = await story.post(f"/decisions/{decision}/publication", story.clerk)

    after = f"&after={published.headers['X-Position']}"
    figures = f"/figures?campaign={story.campaign}{after}"
    assert await story.get(figures, story.appraiser) == {
        "dossiers": 2,
        "returned": 0,
        "withdrawn": 0,
        "late": 0,
        "nominees": 3,
        "awarded": 1,
        "referred": 1,
        "not_awarded": 1,
        "held": 0,
        "held_now": 0,
    }
    answer = await story.get(f"/dossiers/{first}", story.bac_thuy.leader)
    assert answer["state"] == "decided"
    assert [(line["outcome"], line["outcome_reason"]) for line in answer["lines"]] == [
        ("awarded", ""),
        ("not-awarded", "Chưa đủ thời gian công tác."),
    ]
    pdf = await story.call("GET", f"/decisions/{decision}/certificates.pdf", story.clerk)
    pages = PdfReader(BytesIO(pdf.content)).pages
    assert [("Hoàng Thị An" in page.extract_text()) for page in pages] == [True]
    paper = await story.call("GET", f"/decisions/{decision}/document.pdf", story.clerk)
    assert "01/QĐ-UBND" in PdfReader(BytesIO(paper.content)).pages[0].extract_text()
    system = official("auditor", authority="system")
    compared = await story.post("/views/comparison", system)
    assert compared.json()["equal"] is True


async def test_chairman_decides_otherwise_in_one_line(story: Story) -> None:
    dossier = await story.received(story.bac_thuy, "Hoàng Thị An", "Lý Văn Bình")
    await story.appraise(dossier, 1)
    await story.appraise(dossier, 2)
    decision = await story.decision(await story.council({(dossier, 1): 3, (dossier, 2): 1}))
    change = {"outcome": "award", "reason": "Thành tích đột xuất đã xác minh."}
    await story.post(f"/decisions/{decision}/lines/{dossier}/2", story.chairman, change)
    answer = await story.get(f"/decisions/{decision}", story.chairman)
    assert [(line["council"], line["outcome"], line["differs"]) for line in answer["lines"]] == [
        ("recommended", "award", False),
        ("not-recommended", "award", True),
    ]


async def test_neither_deputy_nor_principal_signs_what_they_drafted(story: Story) -> None:
    dossier = await story.received(story.bac_thuy, "Hoàng Thị An")
    await story.appraise(dossier, 1)
    decision = await story.decision(await story.council({(dossier, 1): 3}))
    kinds = ("dossier", "signature")
    drafter = official("chairman", unit="chi-lang", official=story.drafter.official)
    for by in (
        standing_in(story.chairman, story.drafter, *kinds),
        standing_in(drafter, story.chairman, *kinds),
    ):
        signing = story.post(f"/decisions/{decision}/signature", by)
        assert await refusal(signing) == (409, "same-person")


async def test_delegate_signs_under_own_name_and_the_principals_title(
    story: Story, directory: Directory
) -> None:
    dossier = await story.received(story.bac_thuy, "Hoàng Thị An")
    await story.appraise(dossier, 1)
    decision = await story.decision(await story.council({(dossier, 1): 3}))
    deputy = official("leader", unit="van-phong")
    directory.register(deputy, "Vi Thị Ví Dụ", "Chánh Văn phòng")
    by = standing_in(story.chairman, deputy, "dossier", "signature")
    await story.post(f"/decisions/{decision}/signature", by)
    answer = await story.get(f"/decisions/{decision}", story.chairman)
    assert (answer["signed_by"], answer["signer"], answer["title"]) == (
        str(deputy.official),
        "Vi Thị Ví Dụ",
        "TUQ. Chủ tịch",
    )


async def test_dossier_prepared_for_another_is_not_theirs_to_send(story: Story) -> None:
    helper = official("specialist", unit="bac-thuy")
    absent = official("specialist", unit="bac-thuy")
    by = standing_in(absent, helper, "dossier")
    opened = await story.post("/dossiers", by, {"campaign": str(story.campaign)})
    dossier = opened.json()["id"]
    principal = official("leader", unit="bac-thuy", official=absent.official)
    sending = story.post(f"/dossiers/{dossier}/submission", principal)
    assert await refusal(sending) == (409, "same-person")
    history = (await story.get(f"/dossiers/{dossier}/history", absent))["items"]
    assert [(step["actor"], step["on_behalf"]) for step in history] == [
        (str(helper.official), str(absent.official))
    ]


async def test_drafter_with_second_appointment_cannot_sign(story: Story) -> None:
    dossier = await story.received(story.bac_thuy, "Hoàng Thị An")
    await story.appraise(dossier, 1)
    decision = await story.decision(await story.council({(dossier, 1): 3}))
    both = official("chairman", unit="chi-lang", official=story.drafter.official)
    signing = story.post(f"/decisions/{decision}/signature", both)
    assert await refusal(signing) == (409, "same-person")


async def test_nobody_signs_whom_the_directory_does_not_know(story: Story) -> None:
    dossier = await story.received(story.bac_thuy, "Hoàng Thị An")
    await story.appraise(dossier, 1)
    decision = await story.decision(await story.council({(dossier, 1): 3}))
    stranger = official("chairman", unit="chi-lang")
    signing = story.post(f"/decisions/{decision}/signature", stranger)
    assert await refusal(signing) == (503, "service-away")
    assert (await story.get(f"/decisions/{decision}", story.chairman))["state"] == "draft"


async def test_publication_is_all_or_nothing(story: Story) -> None:
    first = await story.received(story.bac_thuy, "Hoàng Thị An")
    second = await story.received(story.mai_sao, "Lý Văn Bình")
    await story.appraise(first, 1)
    await story.appraise(second, 1)
    decision = await story.decision(await story.council({(first, 1): 3, (second, 1): 3}))
    await story.numbered(decision)
    held = f"/dossiers/{second}/lines/1/hold"
    await story.post(held, story.head, REASON)
    publication = f"/decisions/{decision}/publication"
    assert await refusal(story.post(publication, story.clerk)) == (409, "line-held")
    assert (await story.get(f"/dossiers/{first}", story.appraiser))["state"] == "appraised"

    await story.call("DELETE", held, story.head, REASON)
    await story.post(publication, story.clerk)
    for dossier in (first, second):
        assert (await story.get(f"/dossiers/{dossier}", story.appraiser))["state"] == "decided"
    again = await story.post(publication, story.clerk)
    assert again.headers["Idempotency-Replayed"] == "true"


async def test_returned_dossier_is_supplemented_once(story: Story) -> None:
    dossier = await story.received(story.bac_thuy, "Hoàng Thị An")
    reasons = {"reasons": ["Biên bản thiếu chữ ký của thư ký."]}
    await story.post(f"/dossiers/{dossier}/return", story.appraiser, reasons)
    await story.paper(dossier, story.bac_thuy, "minutes", b"%PDF-1.4 signed\n")
    await story.submit(dossier, story.bac_thuy)
    await story.post(f"/dossiers/{dossier}/receipt", story.appraiser)
    again = story.post(f"/dossiers/{dossier}/return", story.appraiser, reasons)
    assert await refusal(again) == (409, "already-supplemented")
    answer = await story.get(f"/dossiers/{dossier}", story.bac_thuy.specialist)
    assert (answer["state"], answer["returns"], answer["slip"]) == ("received", 1, 1)
    assert len(answer["papers"]) == 4


async def test_late_and_withdrawn_dossiers_are_counted(
    story: Story, databases: ServiceDatabases
) -> None:
    late = await story.dossier(story.bac_thuy, "Hoàng Thị An")
    told(databases, "campaign.guidance-issued.v1", guidance(story.campaign, late_by=2))
    await story.submit(late, story.bac_thuy)
    gone = await story.received(story.mai_sao, "Lý Văn Bình")
    withdrawn = await story.call(
        "DELETE", f"/dossiers/{gone}/submission", story.mai_sao.leader, REASON
    )
    after = withdrawn.headers["X-Position"]
    figures = await story.get(f"/figures?campaign={story.campaign}&after={after}", story.appraiser)
    assert (figures["late"], figures["withdrawn"]) == (2, 1)
    answer = await story.get(f"/dossiers/{late}", story.appraiser)
    assert answer["late_days"] == 3


async def test_second_nomination_of_a_person_is_explained(story: Story) -> None:
    first = await story.received(story.bac_thuy, "Hoàng Thị An")
    second = await story.received(story.mai_sao, "Hoàng Thị An")
    shown = await story.get(f"/dossiers/{second}", story.appraiser)
    other = {"dossier": first, "line": 1, "unit": "bac-thuy"}
    assert shown["lines"][0]["duplicates"] == [other]
    hidden = await story.get(f"/dossiers/{second}", story.mai_sao.leader)
    assert hidden["lines"][0]["duplicates"] == []

    assert await refusal(story.appraise(second, 1)) == (409, "duplicate-unexplained")
    await story.appraise(second, 1, duplicate_reason="Hai thành tích khác nhau.")


async def test_slips_run_without_gaps_under_load(story: Story) -> None:
    dossiers = [await story.dossier(story.bac_thuy, f"Cá nhân {n}") for n in range(8)]
    await asyncio.gather(*(story.submit(dossier, story.bac_thuy) for dossier in dossiers))
    receipts = [story.post(f"/dossiers/{d}/receipt", story.appraiser) for d in dossiers]
    for done in await asyncio.gather(*receipts, return_exceptions=True):
        assert not isinstance(done, BaseException) or (
            isinstance(done, Refusal) and done.code == "conflict"
        )
    for dossier in dossiers:  # who lost against the others too often asks once more
        await story.post(f"/dossiers/{dossier}/receipt", story.appraiser)
    shown = [await story.get(f"/dossiers/{dossier}", story.appraiser) for dossier in dossiers]
    assert sorted(answer["slip"] for answer in shown) == list(range(1, 9))


async def test_repeated_command_is_answered_alike(story: Story) -> None:
    dossier = await story.dossier(story.bac_thuy)
    path = f"/dossiers/{dossier}/nominees"
    body = {
        "kind": "household",
        "name": "Hộ ông Lý Văn Bình",
        "identity": "ho-1",
        "form": "giay-khen",
        "achievement": "Hiến đất.",
    }
    by, key = story.bac_thuy.specialist, {"Idempotency-Key": "one"}
    first = await story.post(path, by, body, **key)
    second = await story.post(path, by, body, **key)
    assert first.json() == second.json()
    assert (first.headers["X-Line"], second.headers["X-Line"]) == ("1", "1")


async def test_repeated_upload_is_one_paper(story: Story) -> None:
    dossier = await story.dossier(story.bac_thuy)
    key = {"Idempotency-Key": "one"}
    first, second = [
        await story.paper(dossier, story.bac_thuy, "other", PDF, **key) for _ in range(2)
    ]
    assert first.json() == second.json()
    assert second.headers["Idempotency-Replayed"] == "true"
    await story.nominee(dossier, story.bac_thuy, "Hoàng Thị An")
    await story.submit(dossier, story.bac_thuy)
    third = await story.paper(dossier, story.bac_thuy, "other", PDF, **key)
    assert third.json() == first.json()
    changed = story.paper(dossier, story.bac_thuy, "other", b"%PDF-1.4 else\n", **key)
    assert await refusal(changed) == (422, "idempotency-key-reused")


async def test_stale_version_is_refused(story: Story) -> None:
    dossier = await story.dossier(story.bac_thuy, "Hoàng Thị An")
    stale = story.post(
        f"/dossiers/{dossier}/submission", story.bac_thuy.leader, **{"If-Match": '"1"'}
    )
    assert await refusal(stale) == (412, "version-changed")


async def test_dossier_is_read_as_it_was(story: Story) -> None:
    dossier = await story.dossier(story.bac_thuy, "Hoàng Thị An")
    before = now()
    await story.submit(dossier, story.bac_thuy)
    by = story.bac_thuy.leader
    assert (await story.get(f"/dossiers/{dossier}?version=1", by))["lines"] == []
    past = (before - timedelta(0)).isoformat().replace("+", "%2B")
    assert (await story.get(f"/dossiers/{dossier}?at={past}", by))["state"] == "draft"
    history = await story.get(f"/dossiers/{dossier}/history", by)
    assert [entry["event"] for entry in history["items"]] == [
        "dossier.opened",
        "dossier.nominee-added",
        *["dossier.paper-attached"] * 3,
        "dossier.submitted",
    ]
    assert history["items"][1]["data"]["name"] == "Hoàng Thị An"


async def test_campaign_is_shown_as_learnt(story: Story) -> None:
    (known,) = (await story.get("/campaigns", story.bac_thuy.specialist))["items"]
    assert (known["id"], known["number"], known["intake_open"]) == (
        str(story.campaign),
        "05/KH-UBND",
        True,
    )
    elsewhere = Unit("van-quan", authority="van-quan")
    assert (await story.get("/campaigns", elsewhere.specialist))["items"] == []
