"""The plan and the guidance as papers, and a plan written from a template, over HTTP."""

import hashlib
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

import docx
import httpx
import psycopg
from pypdf import PdfReader

from libs.eventlog.events import Context, Event
from libs.eventlog.log import Log
from libs.serving.tests import signing
from libs.serving.tests.databases import ServiceDatabases
from services.campaign.events import CampaignNumbered, PaperIssued, PlanWritten, events
from services.campaign.history import campaigns_of
from services.campaign.tests.test_service import (
    CHAIRMAN,
    CLERK,
    LEAD,
    LEAD_HEAD,
    STRANGER,
    code_of,
    confirmed,
    databases,
    drafted,
    get,
    guided,
    http,
    launched,
    post,
)

__all__ = ["databases", "http"]  # fixtures
WRITTEN = {
    "issuing_authority": "Ủy ban nhân dân huyện Chi Lăng",
    "symbol": "KH-UBND",
    "place": "Chi Lăng",
    "abstract": "Phát động phong trào thi đua trồng cây năm 2024",
    "legal_bases": ["Luật Thi đua, khen thưởng số 06/2022/QH15"],
    "purpose": "phủ xanh đất trống",
    "theme": "Mỗi người một cây",
    "content_points": ["Trồng cây ven đường", "Chăm sóc cây đã trồng"],
    "starts": {"day": "2024-02-05"},
    "ends": {"text": "trước ngày tổng kết năm"},
    "duties": ["Các cơ quan, đơn vị căn cứ Kế hoạch này tổ chức thực hiện."],
    "feedback_to": "UBND huyện",
    "recipients": [
        {"name": "Sở Nội vụ", "purpose": "for-information"},
        {"name": "VT, NV", "purpose": "archive"},
    ],
    "signer_lines": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
    "signer_name": "Nguyễn Văn Mẫu",
}


async def file(http: httpx.AsyncClient, by: Any, path: str) -> bytes:
    answer = await http.get(path, headers=signing.bearer(by))
    return answer.raise_for_status().content


def words(pdf: bytes) -> str:
    return " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(pdf)).pages).split())


def word_text(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*cells, *(p.text for p in document.paragraphs)])


async def written(http: httpx.AsyncClient, **changes: Any) -> str:
    answer = await post(http, LEAD, "/campaigns/written", WRITTEN | changes)
    assert answer.status_code == 201
    return str(answer.json()["id"])


async def signed(http: httpx.AsyncClient, id: str) -> None:
    for by, noun in ((LEAD, "submission"), (LEAD_HEAD, "approval"), (CHAIRMAN, "signature")):
        (await post(http, by, f"/campaigns/{id}/{noun}")).raise_for_status()


async def test_draft_is_marked_and_carries_no_number(http: httpx.AsyncClient) -> None:
    id = await drafted(http)
    text = words(await file(http, LEAD, f"/campaigns/{id}/plan.pdf"))
    assert "DỰ THẢO" in text
    assert "Số: /KH-UBND" in text
    assert "DỰ THẢO" in word_text(await file(http, LEAD, f"/campaigns/{id}/plan.docx"))


async def test_paper_says_what_was_confirmed_and_not_what_was_read(http: httpx.AsyncClient) -> None:
    id = await drafted(http)
    path = f"/campaigns/{id}/fields/place.0/confirmation"
    (await post(http, LEAD, path, {"value": "Đồng Mỏ"})).raise_for_status()
    assert "Đồng Mỏ, ngày tháng năm" in words(await file(http, LEAD, f"/campaigns/{id}/plan.pdf"))


async def test_signed_plan_waits_for_its_number_without_being_a_draft(
    http: httpx.AsyncClient,
) -> None:
    id = await confirmed(http)
    await signed(http, id)
    first = await file(http, LEAD, f"/campaigns/{id}/plan.pdf")
    assert first == await file(http, CHAIRMAN, f"/campaigns/{id}/plan.pdf")
    assert "DỰ THẢO" not in words(first)
    assert "Số: /KH-UBND" in words(first)


async def test_issued_plan_is_the_same_bytes_whose_hash_was_recorded_with_the_number(
    http: httpx.AsyncClient,
) -> None:
    id = await launched(http)
    page = await get(http, LEAD, f"/campaigns/{id}")
    pdf = await file(http, LEAD, f"/campaigns/{id}/plan.pdf")
    assert pdf == await file(http, CLERK, f"/campaigns/{id}/plan.pdf")
    assert hashlib.sha256(pdf).hexdigest() == page["papers"]["plan"]["sha256"]
    assert len(pdf) == page["papers"]["plan"]["size"]
    assert f"Số: {page['number']:02d}/KH-UBND" in words(pdf)
    steps = (await get(http, LEAD, f"/campaigns/{id}/history"))["items"]
    at = {step["event"]: step["at"] for step in steps}
    assert at["campaign.paper-issued"] == at["campaign.numbered"]


async def test_kept_paper_that_was_lost_is_made_again_with_the_same_bytes(
    http: httpx.AsyncClient, databases: ServiceDatabases
) -> None:
    id = await launched(http)
    before = await file(http, LEAD, f"/campaigns/{id}/plan.pdf")
    with psycopg.connect(databases.owner_dsn) as db:
        db.execute("DELETE FROM papers.issued")
    assert await file(http, LEAD, f"/campaigns/{id}/plan.pdf") == before


async def test_kept_paper_that_was_changed_is_not_handed_out(
    http: httpx.AsyncClient, databases: ServiceDatabases
) -> None:
    id = await launched(http)
    before = await file(http, LEAD, f"/campaigns/{id}/plan.pdf")
    with psycopg.connect(databases.owner_dsn) as db:
        db.execute("UPDATE papers.issued SET content = 'forged'")
    assert await file(http, LEAD, f"/campaigns/{id}/plan.pdf") == before


async def test_lost_paper_that_would_be_made_otherwise_today_is_not_handed_out(
    http: httpx.AsyncClient, databases: ServiceDatabases
) -> None:
    id = uuid4()
    past: list[Event] = [
        PlanWritten("chi-lang", LEAD.official, "Thi đua", "plan-decree-30", ()),
        CampaignNumbered(7, "KH-UBND", date(2024, 4, 5)),
        PaperIssued("plan", "00" * 32, 9, "a release of another year"),
    ]
    context = Context(datetime.now(UTC), "chi-lang", "test", uuid4())
    log = Log(events, dsn=databases.dsn)
    await log.open()
    await campaigns_of(log).record(id, lambda _: past, context)
    await log.close()
    answer = await http.get(f"/campaigns/{id}/plan.pdf", headers=signing.bearer(LEAD))
    assert await code_of(answer) == (409, "paper-differs")
    assert "Số: 07/KH-UBND" in word_text(await file(http, LEAD, f"/campaigns/{id}/plan.docx"))


async def test_papers_are_not_found_by_another_authority(http: httpx.AsyncClient) -> None:
    id = await drafted(http)
    for name in ("plan.pdf", "plan.docx", "plan.png", "guidance.pdf", "guidance.docx"):
        path = f"/campaigns/{id}/{name}"
        assert await code_of(await http.get(path, headers=signing.bearer(STRANGER))) == (
            404,
            "not-found",
        )


async def test_picture_shows_each_page_and_no_more(http: httpx.AsyncClient) -> None:
    id = await drafted(http)
    first = await file(http, LEAD, f"/campaigns/{id}/plan.png?page=1")
    assert first.startswith(b"\x89PNG")
    past = await http.get(f"/campaigns/{id}/plan.png?page=9", headers=signing.bearer(LEAD))
    assert await code_of(past) == (404, "not-found")


async def test_text_that_no_font_can_show_is_refused_at_submission(
    http: httpx.AsyncClient,
) -> None:
    id = await written(http, theme="Mỗi người một cây 漢")
    answer = await post(http, LEAD, f"/campaigns/{id}/submission")
    assert await code_of(answer) == (409, "unprintable")
    assert (await get(http, LEAD, f"/campaigns/{id}"))["state"] == "draft"


async def test_guidance_becomes_a_paper_from_what_was_issued(http: httpx.AsyncClient) -> None:
    id = await launched(http)
    path = f"/campaigns/{id}/guidance.pdf"
    assert await code_of(await http.get(path, headers=signing.bearer(LEAD))) == (404, "not-found")
    await guided(http, id)
    text = words(await file(http, LEAD, path))
    for part in (
        "Số: 01/HD-PNV",
        "HƯỚNG DẪN Khen thưởng trong đợt thi đua",
        "Giấy khen cá nhân 20",
        "1. Đối với cá nhân: - Có thành tích tiêu biểu trong phong trào.",
        "- Báo cáo thành tích. - Biên bản xét khen thưởng.",
        "từ 00 giờ 00 ngày 01 tháng 8 năm 2024 đến 17 giờ 00 ngày 30 tháng 9 năm 2024",
    ):
        assert part in text
    assert "DỰ THẢO" not in text
    assert "Hình thức khen thưởng" in word_text(
        await file(http, LEAD, f"/campaigns/{id}/guidance.docx")
    )


async def test_written_plan_is_a_draft_with_nothing_left_to_confirm(
    http: httpx.AsyncClient,
) -> None:
    id = await written(http)
    page = await get(http, LEAD, f"/campaigns/{id}")
    assert (page["state"], page["title"]) == ("draft", "Phong trào thi đua trồng cây năm 2024")
    assert {(f["provenance"], f["confirmed"], f["span"]) for f in page["fields"]} == {
        ("written", True, None)
    }
    listed = (await get(http, LEAD, f"/campaigns?after={page['position']}"))["items"]
    assert listed[0]["title"] == page["title"]


async def test_written_plan_goes_the_road_of_every_other(http: httpx.AsyncClient) -> None:
    id = await written(http)
    own_head = signing.official(
        "leader", unit="ldtbxh-dt", duty="lead-office", official=LEAD.official
    )
    (await post(http, LEAD, f"/campaigns/{id}/submission")).raise_for_status()
    answer = await post(http, own_head, f"/campaigns/{id}/approval")
    assert await code_of(answer) == (409, "same-person")
    for by, noun in ((LEAD_HEAD, "approval"), (CHAIRMAN, "signature")):
        (await post(http, by, f"/campaigns/{id}/{noun}")).raise_for_status()
    text = words(await file(http, LEAD, f"/campaigns/{id}/plan.pdf"))
    for part in (
        "Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15.",
        "I. MỤC ĐÍCH, CHỦ ĐỀ THI ĐUA Phủ xanh đất trống. Mỗi người một cây.",
        "II. NỘI DUNG THI ĐUA 1. Trồng cây ven đường. 2. Chăm sóc cây đã trồng.",
        "Từ ngày 05 tháng 02 năm 2024 đến trước ngày tổng kết năm.",
        "phản ánh về UBND huyện để xem xét, giải quyết./.",
        "- Sở Nội vụ (B/c); - Lưu: VT, NV. TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Nguyễn Văn Mẫu",
    ):
        assert part in text


async def test_written_plan_is_written_anew_while_it_is_a_draft(http: httpx.AsyncClient) -> None:
    id = await written(http)
    fewer = WRITTEN | {"content_points": ["Trồng cây ven đường"]}
    (await post(http, LEAD, f"/campaigns/{id}/writing", fewer)).raise_for_status()
    page = await get(http, LEAD, f"/campaigns/{id}")
    points = [f["value"]["text"] for f in page["fields"] if f["field"] == "content_points"]
    assert (points, page["version"]) == (["Trồng cây ven đường"], 2)
    (await post(http, LEAD, f"/campaigns/{id}/writing", fewer)).raise_for_status()
    assert (await get(http, LEAD, f"/campaigns/{id}"))["version"] == 2
    (await post(http, LEAD, f"/campaigns/{id}/submission")).raise_for_status()
    answer = await post(http, LEAD, f"/campaigns/{id}/writing", WRITTEN)
    assert await code_of(answer) == (409, "not-a-draft")


async def test_plan_read_from_a_text_is_not_written_over(http: httpx.AsyncClient) -> None:
    answer = await post(http, LEAD, f"/campaigns/{await drafted(http)}/writing", WRITTEN)
    assert await code_of(answer) == (409, "read-from-text")


async def test_preview_is_typeset_and_records_nothing(
    http: httpx.AsyncClient, databases: ServiceDatabases
) -> None:
    def stored() -> list[Any]:
        with psycopg.connect(databases.owner_dsn) as db:
            return db.execute("SELECT count(*) FROM log.events").fetchall()

    before = stored()
    answer = await post(http, LEAD, "/plan-preview", WRITTEN)
    assert "Phát động phong trào thi đua trồng cây năm 2024" in words(answer.content)
    assert stored() == before


async def test_template_is_for_those_who_prepare(http: httpx.AsyncClient) -> None:
    given = await get(http, LEAD, "/plan-template")
    assert given["plan"]["legal_bases"] == ["Luật Thi đua, khen thưởng số 06/2022/QH15"]
    answer = await http.get("/plan-template", headers=signing.bearer(CLERK))
    assert await code_of(answer) == (403, "not-allowed")
