"""Units and officials out of a workbook: everything or nothing, and every fault by its place."""

import base64
import zipfile
from io import BytesIO
from typing import Any

import httpx
import pytest
from openpyxl import Workbook, load_workbook

from libs.eventlog.events import Refused
from services.directory.importing import OFFICIALS, SHEETS, UNITS
from services.directory.tests.conftest import CHI_LANG, NOI_VU, Directory
from services.directory.tests.test_service import refusal
from services.directory.workbook import LARGEST_INFLATED, read

UNIT = ("chi-lang-xa", "UBND xã Mẫu", "Xã, phường, thị trấn", "chi-lang", "", "", "05/04/2024")
PERSON = ("Lý Văn Mẫu", "mau.ly", "chi-lang-xa", "Cấp trưởng", "Chủ tịch xã", "06/04/2024")


def workbook(units: list[Any] = [UNIT], people: list[Any] = [PERSON]) -> bytes:  # noqa: B006
    book = Workbook()
    for sheet, rows in ((UNITS, units), (OFFICIALS, people)):
        made = book.create_sheet(sheet.title)
        made.append([column.heading for column in sheet.columns])
        for row in rows:
            made.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


async def send(directory: Directory, path: str, content: bytes, **headers: str) -> httpx.Response:
    body = {"authority": "chi-lang", "content": base64.b64encode(content).decode()}
    return await directory.http.post(path, json=body, headers=directory.admin | headers)


async def test_preview_saves_nothing_and_the_act_saves_all(directory: Directory) -> None:
    await directory.establish(CHI_LANG, NOI_VU)
    before, content = directory.topics(), workbook()
    preview = await send(directory, "/imports/preview", content)
    assert preview.json() == {
        "faults": [],
        "units": [{"code": "chi-lang-xa", "name": "UBND xã Mẫu"}],
        "officials": [{"name": "Lý Văn Mẫu", "username": "mau.ly", "unit": "chi-lang-xa"}],
    }
    assert directory.topics() == before
    key = {"Idempotency-Key": "import-1"}
    done = await send(directory, "/imports", content, **key)
    again = await send(directory, "/imports", content, **key)
    assert (done.status_code, done.json()["units"], done.json()["officials"]) == (201, 1, 1)
    assert again.json() == done.json()
    assert sorted(directory.topics()[len(before) :]) == [
        "account.opened.v1",
        "appointment.made.v1",
        "official.registered.v1",
        "unit.established.v1",
    ]
    refused = await directory.sign_in("mau.ly", "")
    assert refusal(refused) == (401, "sign-in-refused")


async def test_imported_official_signs_in_with_a_first_password(directory: Directory) -> None:
    await directory.establish(CHI_LANG)
    done = await send(directory, "/imports", workbook())
    people = await directory.http.get(
        f"/officials?authority=chi-lang&after={done.json()['position']}", headers=directory.admin
    )
    (person,) = people.json()["items"]
    path = f"/officials/{person['id']}/account/reset"
    reset = await directory.http.post(path, json={"reason": "Mới"}, headers=directory.admin)
    answer = await directory.sign_in(
        "mau.ly", reset.json()["password"], new_password="một câu dài của tôi"
    )
    assert (answer.json()["role"], answer.json()["post"]) == ("leader", "head")


async def test_every_wrong_cell_is_named_and_nothing_saved(directory: Directory) -> None:
    await directory.establish(CHI_LANG, NOI_VU)
    await directory.register()
    before = directory.topics()
    units = [
        UNIT,
        UNIT,
        ("Xã Hai", "Tên", "Lâu đài", "khong-co", "", "", "31/02/2024"),
        ("chi-lang-ba", "", "Xã, phường, thị trấn", "khong-co", "", "", "05/04/2024"),
        ("chi-lang-bon", "Tên", "Xã, phường, thị trấn", "khong-co", "", "", "05/04/2024"),
    ]
    people = [
        ("Lý Văn Mẫu", "mau.nguyen", "chi-lang-xa", "Cấp trưởng", "Chủ tịch", ""),
        ('=CONCAT("a","b")', "ai.do", "chi-lang-xa", "Cấp trưởng", "Chủ tịch", ""),
        ("Lý Văn Mẫu", "ly.hai", "chi-lang-khong", "Cấp trưởng", "Chủ tịch", ""),
        ("Lý Văn Mẫu", "ly.ba", "chi-lang-xa", "Cấp trưởng", "Chủ tịch", "01/01/2024"),
    ]
    content = workbook(units, people)
    faults = (await send(directory, "/imports/preview", content)).json()["faults"]
    assert [(one["sheet"], one["row"], one["column"], one["code"]) for one in faults] == [
        ("Đơn vị", 3, "Mã đơn vị", "row-twice"),
        ("Đơn vị", 4, "Mã đơn vị", "cell-misformed"),
        ("Đơn vị", 4, "Loại", "not-on-the-list"),
        ("Đơn vị", 4, "Từ ngày", "date-impossible"),
        ("Đơn vị", 5, "Tên đơn vị", "cell-empty"),
        ("Đơn vị", 6, "Mã đơn vị cấp trên", "parent-unknown"),
        ("Cán bộ", 2, "Tên đăng nhập", "username-taken"),
        ("Cán bộ", 3, "Họ và tên", "formula-not-value"),
        ("Cán bộ", 4, "Mã đơn vị", "unit-unknown"),
        ("Cán bộ", 5, "Từ ngày", "unit-not-valid"),
    ]
    assert refusal(await send(directory, "/imports", content)) == (409, "rows-faulty")
    assert directory.topics() == before


async def test_template_is_what_the_reader_takes(directory: Directory) -> None:
    answer = await directory.http.get("/imports/template.xlsx", headers=directory.admin)
    assert read(answer.content, SHEETS) == ([], [])
    names = load_workbook(BytesIO(answer.content)).sheetnames
    assert names == ["Hướng dẫn", "Đơn vị", "Cán bộ"]
    await directory.establish(CHI_LANG)
    assert refusal(await send(directory, "/imports", answer.content)) == (409, "nothing-to-import")


async def test_only_administrators_import(directory: Directory) -> None:
    await directory.establish(CHI_LANG, NOI_VU)
    await directory.register()
    mine = await directory.bearer("mau.nguyen")
    body = {"authority": "chi-lang", "content": base64.b64encode(workbook()).decode()}
    for path in ("/imports", "/imports/preview"):
        answer = await directory.http.post(path, json=body, headers=mine)
        assert refusal(answer) == (403, "not-allowed")


def lying_bomb() -> bytes:
    """Declares little and inflates to much."""
    honest = zipped(xl__workbook_xml=b"<a/>", bomb=b"0" * (LARGEST_INFLATED + 1))
    size = (LARGEST_INFLATED + 1).to_bytes(4, "little")
    return honest.replace(size, (10).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-a-workbook"),
        (b"%PDF-1.7", "not-a-workbook"),
        (zipped(word__document_xml=b"<a/>"), "not-a-workbook"),
        (zipped(xl__workbook_xml=b"<a"), "not-a-workbook"),
        (zipped(xl__workbook_xml=b"<a/>", xl__vbaProject=b"x"), "workbook-with-macros"),
        (zipped(xl__workbook_xml=b"<a/>", xl__externalLinks__1=b"x"), "workbook-with-links"),
        (zipped(xl__workbook_xml=b"<a/>", x=b"0" * (LARGEST_INFLATED + 1)), "workbook-too-large"),
        (b"x" * (1024 * 1024 + 1), "too-large"),
        (workbook(people=[PERSON] * 1001), "workbook-too-long"),
    ],
    ids=["empty", "pdf", "docx", "broken", "macros", "links", "bomb", "large", "long"],
)
def test_files_that_are_no_such_workbook_are_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(content, SHEETS)
    assert refused.value.code == code


def test_bomb_that_lies_about_its_size_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read(lying_bomb(), SHEETS)
    assert refused.value.code in {"workbook-too-large", "not-a-workbook"}


def test_workbook_without_our_columns_names_them() -> None:
    book = Workbook()
    book.create_sheet("Đơn vị").append(["Mã đơn vị", "Tên đơn vị"])
    out = BytesIO()
    book.save(out)
    with pytest.raises(Refused) as refused:
        read(out.getvalue(), SHEETS)
    assert (refused.value.code, refused.value.facts["missing"]) == (
        "workbook-of-another-shape",
        ["Loại", "Mã đơn vị cấp trên", "Chức năng", "Hộp thư", "Từ ngày"],
    )
