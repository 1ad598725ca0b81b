"""The list of units that have answered as a paper: pure, and read back as PDF and DOCX."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from pypdf import PdfReader

from libs.serving.acting import Acting
from libs.serving.tests import signing
from services.notification.answers_paper import answers_paper
from services.notification.tests.stage import CAMPAIGN, COMMUNE, SENDER, Stage
from services.notification.tests.test_reminding import (
    STRANGER,
    acknowledge_launch,
    remind_over_http,
    told_units,
)

AT = datetime(2024, 6, 3, 1, 30, tzinfo=UTC)
SENT = datetime(2024, 4, 5, 18, tzinfo=UTC)  # the next day in Viet Nam
ROW: dict[str, Any] = {
    "unit": "van-linh",
    "unit_name": "UBND xã Vạn Linh",
    "asked": 2,
    "acknowledged": 1,
    "answered": False,
    "acknowledged_at": SENT,
    "sent_at": SENT,
    "reminders": 3,
}


def test_unit_that_answered_in_part_has_not_answered_and_the_note_says_so() -> None:
    paper = answers_paper([ROW], "Đợt thi đua", authority="UBND huyện", unit="", at=AT)
    (line,) = paper.units
    assert (line.name, line.received, line.answered, line.note) == (
        "UBND xã Vạn Linh",
        "06/04/2024",
        "",
        "đã xác nhận 01 trên 02 thông báo, đã nhắc 03 lần",
    )
    assert paper.as_of == "08 giờ 30 ngày 03 tháng 6 năm 2024"


def test_unit_that_was_only_told_is_not_on_the_list() -> None:
    told = ROW | {"asked": 0, "acknowledged": 0, "answered": True}
    paper = answers_paper([told], "Đợt thi đua", authority="", unit="Phòng Nội vụ", at=AT)
    assert paper.units == []


def test_list_is_drawn_up_under_the_authority_by_a_unit_of_it() -> None:
    department = answers_paper([ROW], "x", authority="UBND huyện A", unit="Phòng Nội vụ", at=AT)
    itself = answers_paper([ROW], "x", authority="UBND huyện A", unit="UBND huyện A", at=AT)
    assert [
        (one.issuer.superior, one.issuer.authority, one.issuer.place)
        for one in (department, itself)
    ] == [
        ("ỦY BAN NHÂN DÂN\nHUYỆN A", "PHÒNG NỘI VỤ", "A"),
        ("", "ỦY BAN NHÂN DÂN\nHUYỆN A", "A"),
    ]


# ---- the service over HTTP
async def answered(stage: Stage, by: Acting, ending: str) -> Any:
    position = str(await stage.service.log.head())
    headers = signing.bearer(by) | {"X-At-Least-Position": position}
    return await stage.http.get(f"/campaigns/{CAMPAIGN}/board.{ending}", headers=headers)


async def test_list_says_who_has_answered_and_who_has_not(on_stage: Stage) -> None:
    await told_units(on_stage)
    on_stage.establish("noi-vu")
    await acknowledge_launch(on_stage)
    (await remind_over_http(on_stage)).raise_for_status()
    pdf = await answered(on_stage, SENDER, "pdf")
    text = " ".join(
        " ".join(p.extract_text() for p in PdfReader(BytesIO(pdf.content)).pages).split()
    )
    assert "XÃ NOI-VU" in text
    assert "DANH SÁCH Các đơn vị trả lời về phát động đợt thi đua năm 2024" in text
    assert "01 trên tổng số 02 đơn vị đã trả lời:" in text
    assert "Chưa trả lời đã nhắc 01 lần" in text
    assert "01 đơn vị chưa trả lời" in text
    word = docx.Document(BytesIO((await answered(on_stage, SENDER, "docx")).content))
    (table,) = [t for t in word.tables if t.rows[0].cells[0].text == "STT"]
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert [(row[1], row[3] == "Chưa trả lời", row[4]) for row in rows] == [
        ("Xã bac-thuy", False, ""),
        ("Xã van-linh", True, "đã nhắc 01 lần"),
    ]


async def test_list_is_not_for_strangers_or_units_that_take_part(on_stage: Stage) -> None:
    await told_units(on_stage)
    for ending in ("pdf", "docx"):
        for by, refused in ((COMMUNE, (403, "not-allowed")), (STRANGER, (404, "not-found"))):
            answer = await answered(on_stage, by, ending)
            assert (answer.status_code, answer.json()["code"]) == refused
