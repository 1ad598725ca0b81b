"""The register, a change of the plan and a review as papers, read back as PDF and DOCX."""

from datetime import UTC, datetime
from typing import Any

import httpx

from libs.officialdocs import wording
from libs.serving.acting import Acting
from libs.serving.days import day_of
from libs.serving.tests import signing
from services.campaign.tests.test_papers import file, word_text, words
from services.campaign.tests.test_service import (
    CHAIRMAN,
    CLERK,
    LEAD,
    LEAD_HEAD,
    STRANGER,
    code_of,
    confirmed,
    databases,
    get,
    launched,
    post,
)
from services.campaign.tests.test_service import http as http

__all__ = ["databases", "http"]  # fixtures
COMMUNE = signing.official("leader", unit="bac-thuy", duty="commune")
WHY = "Theo chỉ đạo mới của cấp trên"
TODAY = day_of(datetime.now(UTC))
ON = wording.full_date(TODAY)
THEME = {"field": "theme.0", "value": "Chủ đề mới"}
PLACE = {"field": "place.0", "value": "Đồng Mỏ"}
STEPS: tuple[tuple[Acting, str, Any], ...] = (
    (LEAD_HEAD, "/approval", None),
    (CHAIRMAN, "/signature", None),
    (CLERK, "/number", {"issued_on": TODAY.isoformat()}),
)


async def change(http: httpx.AsyncClient, id: str, form: str, value: dict[str, str]) -> str:
    """A change that is drawn up; the address of its paper without ending."""
    body = {"form": form, "values": [value], "reason": WHY}
    (await post(http, LEAD, f"/campaigns/{id}/amendment", body)).raise_for_status()
    drafted = (await get(http, LEAD, f"/campaigns/{id}"))["amendment"]
    return f"/campaigns/{id}/amendments/{drafted['amendment']}"


async def go_on(http: httpx.AsyncClient, id: str, *steps: tuple[Acting, str, Any]) -> None:
    for by, noun, body in steps:
        (await post(http, by, f"/campaigns/{id}/amendment{noun}", body)).raise_for_status()


async def both(http: httpx.AsyncClient, by: Acting, path: str) -> tuple[str, str]:
    """What the PDF says, and what the DOCX says."""
    pdf, docx = await file(http, by, f"{path}.pdf"), await file(http, by, f"{path}.docx")
    return words(pdf), " ".join(word_text(docx).split())


async def refusals(http: httpx.AsyncClient, by: Acting, path: str) -> set[tuple[int, str]]:
    answers = [
        await http.get(f"{path}.{ending}", headers=signing.bearer(by)) for ending in ("pdf", "docx")
    ]
    return {await code_of(answer) for answer in answers}


# ---- a change of the plan
async def test_drafted_amendment_is_a_marked_paper_without_number(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    plan = await get(http, LEAD, f"/campaigns/{id}")
    before = next(one["value"] for one in plan["fields"] if one["id"] == "theme.0")
    path = await change(http, id, "amendment", THEME)
    amended = f"Kế hoạch số {plan['number']:02d}/KH-UBND {ON} của Ủy ban nhân dân huyện Chi Lăng"
    said = f"1. Chủ đề thi đua: đã ghi “{before}”, nay điều chỉnh thành “Chủ đề mới”."
    for text in await both(http, LEAD, path):
        assert "DỰ THẢO" in text
        assert "Số: /KH-UBND" in text
        assert f"Điều chỉnh {amended}" in text
        assert f"{WHY}. {amended} được điều chỉnh như sau:" in text
        assert " ".join(said.split()) in text


async def test_numbered_amendment_carries_its_number_and_its_signer(
    http: httpx.AsyncClient,
) -> None:
    id = await launched(http)
    path = await change(http, id, "amendment", THEME)
    await go_on(http, id, *STEPS[:2])
    signed, _ = await both(http, CHAIRMAN, path)
    assert ("DỰ THẢO" in signed, "Số: /KH-UBND" in signed) == (False, True)
    await go_on(http, id, *STEPS[2:])
    page = await get(http, LEAD, f"/campaigns/{id}")
    (signer,) = (one["value"] for one in page["fields"] if one["field"] == "signer")
    for text in await both(http, COMMUNE, path):
        assert "DỰ THẢO" not in text
        assert f"Số: {page['changes'][0]['number']:02d}/KH-UBND" in text
        assert f"Chi Lăng, {ON}" in text
        assert signer["name"] in text
    first = await file(http, LEAD, f"{path}.pdf")
    assert first == await file(http, COMMUNE, f"{path}.pdf")


async def test_correction_goes_out_under_the_corrected_head(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    path = await change(http, id, "correction", PLACE)
    await go_on(http, id, *STEPS)
    for text in await both(http, COMMUNE, path):
        assert "/UBND" in text
        assert f"Đồng Mỏ, {ON}" in text
        assert "có sai sót về thể thức, nay đính chính như sau:" in text
        assert "1. Địa danh: đã ghi “Chi Lăng”, nay sửa thành “Đồng Mỏ”." in text


async def test_second_change_leaves_the_paper_of_the_first_as_it_was(
    http: httpx.AsyncClient,
) -> None:
    id = await launched(http)
    path = await change(http, id, "amendment", THEME)
    await go_on(http, id, *STEPS)
    before = await file(http, LEAD, f"{path}.pdf")
    await change(http, id, "correction", PLACE)
    await go_on(http, id, *STEPS)
    assert await file(http, LEAD, f"{path}.pdf") == before


async def test_draft_of_a_change_is_for_those_who_draw_it_up(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    path = await change(http, id, "amendment", THEME)
    for by in (COMMUNE, STRANGER):
        assert await refusals(http, by, path) == {(404, "not-found")}
    page = await get(http, COMMUNE, f"/campaigns/{id}")
    assert page.get("amendment") is None
    body = {"reason": WHY}
    (await post(http, LEAD_HEAD, f"/campaigns/{id}/amendment/return", body)).raise_for_status()
    page = await get(http, COMMUNE, f"/campaigns/{id}")
    steps = (await get(http, COMMUNE, f"/campaigns/{id}/history"))["items"]
    assert page.get("amendment_returned") is None
    assert [one["event"] for one in steps if "amendment" in one["event"]] == []
    text, _ = await both(http, LEAD, path)
    assert "DỰ THẢO" in text


async def test_numbered_change_of_a_recalled_plan_is_hidden_with_it(
    http: httpx.AsyncClient,
) -> None:
    id = await launched(http)
    path = await change(http, id, "amendment", THEME)
    await go_on(http, id, *STEPS)
    assert await refusals(http, STRANGER, path) == {(404, "not-found")}
    (await post(http, CHAIRMAN, f"/campaigns/{id}/recall", {"reason": WHY})).raise_for_status()
    assert await refusals(http, COMMUNE, path) == {(404, "not-found")}
    assert "Chủ đề mới" in (await both(http, LEAD, path))[0]


async def test_change_of_another_campaign_is_not_found(http: httpx.AsyncClient) -> None:
    first, second = await launched(http), await launched(http)
    path = await change(http, first, "amendment", THEME)
    assert await refusals(http, LEAD, path.replace(first, second)) == {(404, "not-found")}


# ---- a review
REVIEW = {"text": "Phong trào đạt kết quả.\n\nCác đơn vị tham gia đầy đủ"}


async def test_review_is_a_draft_until_another_person_approves(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    path = f"/campaigns/{id}/reviews/final"
    (await post(http, LEAD, path, REVIEW)).raise_for_status()
    for text in await both(http, LEAD, path):
        assert "DỰ THẢO" in text
    for by in (COMMUNE, STRANGER):
        assert await refusals(http, by, path) == {(404, "not-found")}
    assert await refusals(http, LEAD, f"/campaigns/{id}/reviews/other") == {(404, "not-found")}
    (await post(http, LEAD_HEAD, f"{path}/approval")).raise_for_status()
    for text in await both(http, COMMUNE, path):
        assert "DỰ THẢO" not in text
        assert "BÁO CÁO" in text
        assert "Tổng kết đợt thi đua" in text
        assert "Số: /BC-UBND" in text
    assert await refusals(http, STRANGER, path) == {(404, "not-found")}


async def test_review_shows_the_figures_counted_when_it_was_prepared(
    http: httpx.AsyncClient,
) -> None:
    id = await launched(http)
    path = f"/campaigns/{id}/reviews/preliminary"
    (await post(http, LEAD, path, REVIEW)).raise_for_status()
    report = {"kind": "progress", "period": "Quý II", "text": "Đúng tiến độ"}
    sender = signing.official("specialist", unit="bac-thuy", duty="commune")
    (await post(http, sender, f"/campaigns/{id}/reports/bac-thuy", report)).raise_for_status()
    pdf, docx = await both(http, LEAD, path)
    assert "1 Đơn vị tham gia phong trào 2" in pdf
    assert "9 Đơn vị đã báo cáo tiến độ 0" in pdf
    assert "9 Đơn vị đã báo cáo tiến độ 0" in docx
    assert "Phong trào đạt kết quả. Các đơn vị tham gia đầy đủ./." in pdf


# ---- the register
async def test_register_is_a_book_in_which_void_numbers_say_why(http: httpx.AsyncClient) -> None:
    id = await confirmed(http)
    for by, noun, body in (
        (LEAD, "submission", None),
        (LEAD_HEAD, "approval", None),
        (CHAIRMAN, "signature", None),
        (CLERK, "number", {"issued_on": TODAY.isoformat()}),
        (CLERK, "number/voiding", {"reason": "Cấp nhầm cho bản thảo cũ"}),
        (CLERK, "number", {"issued_on": TODAY.isoformat()}),
    ):
        (await post(http, by, f"/campaigns/{id}/{noun}", body)).raise_for_status()
    page = await get(http, CLERK, f"/campaigns/{id}")
    (signer,) = (one["value"] for one in page["fields"] if one["field"] == "signer")
    day = f"{TODAY:%d/%m/%Y}"
    for text in await both(http, CLERK, f"/registers/{TODAY.year}/KH"):
        assert "ỦY BAN NHÂN DÂN" in text
        assert f"Năm: {TODAY.year}" in text
        assert "Sổ: Kế hoạch" in text
        assert f"Từ số 01 đến số {page['number']:02d}" in text
        assert "Hủy số: Cấp nhầm cho bản thảo cũ" in text
        assert f"{page['number'] - 1:02d}/KH-UBND {day} Kế hoạch Phát động đợt thi đua" in text
        assert f"{page['number']:02d}/KH-UBND {day} Kế hoạch Phát động đợt thi đua" in text
        assert signer["name"] in text


async def test_amendment_stands_in_the_book_with_its_signer_and_recipients(
    http: httpx.AsyncClient,
) -> None:
    id = await launched(http)
    await change(http, id, "amendment", THEME)
    await go_on(http, id, *STEPS)
    page = await get(http, LEAD, f"/campaigns/{id}")
    (signer,) = (one["value"] for one in page["fields"] if one["field"] == "signer")
    docx = word_text(await file(http, CLERK, f"/registers/{TODAY.year}/KH.docx")).splitlines()
    at = docx.index(f"{page['changes'][0]['number']:02d}/KH-UBND")
    _, day, abstract, by, recipients, kept = docx[at : at + 6]
    assert (day, by) == (f"{TODAY:%d/%m/%Y}", signer["name"])
    assert abstract.startswith("Kế hoạch điều chỉnh đợt thi đua")
    assert recipients.startswith("Sở Nội vụ (B/c); Ban Dân tộc (B/c)")
    assert kept.startswith("VT")


async def test_register_of_changes_names_each_kind(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    await change(http, id, "correction", PLACE)
    await go_on(http, id, *STEPS)
    for series, said in (
        ("CV", "Công văn đính chính kế hoạch của đợt thi đua"),
        ("PT", "Mã của đợt thi đua"),
    ):
        for text in await both(http, CLERK, f"/registers/{TODAY.year}/{series}"):
            assert said in text


async def test_register_as_a_book_is_for_those_who_keep_it(http: httpx.AsyncClient) -> None:
    await launched(http)
    path = f"/registers/{TODAY.year}/KH"
    assert await refusals(http, COMMUNE, path) == {(403, "not-allowed")}
    assert await refusals(http, CLERK, f"/registers/{TODAY.year}/x") == {(404, "not-found")}
    assert await refusals(http, STRANGER, path) == {(404, "not-found")}  # their own has no number
