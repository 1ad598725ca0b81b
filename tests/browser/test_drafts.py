"""A plan's file becomes a draft that two people compare with its text, on a desk and a phone."""

import re

from playwright.async_api import FilePayload, Locator, Page, expect

from services.campaign.tests.files_made import plain_docx, scanned_pdf
from tests.browser.screens import PHONE, Screens, done, picture, press
from tests.browser.system import PLAN, System

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def _uploaded(page: Page, content: bytes, name: str) -> None:
    await page.goto("/campaigns/new")
    file = page.get_by_label("Tệp kế hoạch")
    given: FilePayload = {"name": name, "mimeType": DOCX, "buffer": content}
    await file.set_input_files(given)
    await press(page, "Đọc kế hoạch")


async def test_word_file_becomes_a_draft_and_can_be_had_again(screens: Screens) -> None:
    page = await screens.of("lead")
    content = plain_docx(*PLAN.read_text(encoding="utf-8").split("\n"))
    await _uploaded(page, content, "ke-hoach.docx")
    await done(page, "Đã đọc kế hoạch thành bản thảo")
    async with page.expect_download() as given:
        await page.get_by_role("link", name="Tệp gốc: ke-hoach.docx").click()
    path = await (await given.value).path()
    assert path.read_bytes() == content


async def test_scan_is_refused_with_what_to_do_next(screens: Screens) -> None:
    page = await screens.of("lead")
    await _uploaded(page, scanned_pdf(), "ban-chup.pdf")
    problem = page.locator(".errors")
    await expect(problem).to_contain_text("Hãy dùng bản có chữ")
    await expect(problem).to_contain_text("dán toàn văn")
    await picture(page, "scan-refused")


async def test_huge_file_is_refused_with_a_page(screens: Screens) -> None:
    page = await screens.of("lead")
    await _uploaded(page, b"%PDF-" + b"0" * (30 * 1024 * 1024), "to.pdf")
    await expect(page.locator("h1")).to_have_text("Tệp quá lớn")


async def test_field_stands_beside_its_place_on_a_desk_and_above_it_on_a_phone(
    screens: Screens, system: System
) -> None:
    for width in (1280, PHONE):
        page = await screens.of("lead", width)
        await page.goto(f"/campaigns/{system.draft}")
        theme = page.locator('[id="field-theme.0"]')
        value, place = await _box(theme.locator(".value")), await _box(theme.locator(".excerpt"))
        if width == PHONE:
            assert place["y"] >= value["y"] + value["height"]
        else:
            assert place["x"] >= value["x"] + value["width"]
        sideways = await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert sideways <= 0
        await picture(page, "draft")


async def test_place_of_a_field_is_marked_in_the_whole_text(
    screens: Screens, system: System
) -> None:
    page = await screens.of("lead")
    await page.goto(f"/campaigns/{system.draft}")
    unit = page.locator('[id="field-lead_unit.0"]')
    await unit.get_by_role("link", name="xem trong toàn văn").click()
    mark = page.locator('[id="text-lead_unit.0"]')
    await expect(mark).to_be_in_viewport()
    await expect(mark).to_have_css("outline-style", "solid")
    await expect(unit.locator("mark")).to_have_text(await mark.inner_text())
    await page.screenshot()
    await picture(page, "draft-marked")


async def test_second_of_two_people_on_one_field_is_told(screens: Screens, system: System) -> None:
    first, second = await screens.of("lead"), await screens.of("lead-head")
    for page in (first, second):
        await page.goto(f"/campaigns/{system.draft}")
    await _correct(first, "document_symbol.0", "KH-UBND-1")
    await expect(first.locator('[id="field-document_symbol.0"] .state')).to_have_text("Đã sửa")
    await _correct(second, "document_symbol.0", "KH-UBND-2")
    await expect(second.locator("h1")).to_have_text("Người khác vừa sửa nội dung này")
    await expect(second.locator("main")).to_contain_text("KH-UBND-1")
    await expect(second.locator("main")).to_contain_text("KH-UBND-2")
    await picture(second, "field-changed")
    await second.goto(f"/campaigns/{system.draft}")
    symbol = second.locator('[id="field-document_symbol.0"]')
    await expect(symbol.locator(".value")).to_have_text("KH-UBND-1")
    await expect(symbol).to_contain_text("Đọc từ văn bản, đã sửa.")


async def test_people_on_different_fields_do_not_hinder_each_other(
    screens: Screens, system: System
) -> None:
    first, second = await screens.of("lead"), await screens.of("lead-head")
    for page in (first, second):
        await page.goto(f"/campaigns/{system.draft}")
    for page, id in ((first, "recipients.0"), (second, "recipients.1")):
        field = page.locator(f'[id="field-{id}"]')
        await field.get_by_role("button", name="Đúng, xác nhận").click()
        await expect(field.locator(".state")).to_have_text("Đã xác nhận")
        await expect(field).to_contain_text(re.compile("đã xác nhận. .+, "))


async def _correct(page: Page, id: str, value: str) -> None:
    field = page.locator(f'[id="field-{id}"]')
    await field.get_by_text("Không đúng, sửa lại").click()
    await field.get_by_label("Nội dung đúng").fill(value)
    await field.get_by_role("button", name="Lưu nội dung này").click()


async def _box(locator: Locator) -> dict[str, float]:
    box = await locator.bounding_box()
    assert box is not None
    return dict(box)  # type: ignore[arg-type]
