"""A unit reports a difficulty; the lead office asks, assigns and answers; the chairman decides."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.screens import DESKTOP, PHONE, Screens, done, picture, press
from tests.browser.system import System


async def _say(page: Page, what: str, text: str, button: str) -> None:
    await press(page, what)
    await page.locator("textarea").first.fill(text)
    await page.get_by_role("button", name=button, exact=True).click()


async def _report(page: Page, campaign: str, title: str) -> str:
    await page.goto(f"/campaigns/{campaign}")
    await press(page, "Báo khó khăn, vướng mắc")
    await page.get_by_label("Về việc gì").select_option("papers")
    await page.get_by_label("Tóm tắt trong một câu").fill(title)
    await page.get_by_label("Nội dung").fill("Không có mẫu báo cáo thành tích của hộ gia đình.")
    await picture(page, "difficulty-report")
    await press(page, "Gửi cơ quan chủ trì")
    await done(page, "Đã gửi khó khăn, vướng mắc")
    return page.url


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_difficulty_is_asked_back_answered_and_confirmed(
    screens: Screens, system: System, width: int
) -> None:
    unit, lead = await screens.of("unit-2", width), await screens.of("lead", width)
    title = f"Biểu mẫu báo cáo {width}"
    address = await _report(unit, system.campaign, title)

    await expect(lead.locator("h1")).to_have_text("Việc bạn cần làm")
    await lead.goto("/")
    await expect(lead.locator(".tasks li", has_text=title)).to_contain_text("Còn 5 ngày làm việc")
    await picture(lead, "difficulty-task")
    await lead.goto("/difficulties")
    await expect(lead.locator("tbody tr", has_text=title)).to_contain_text("Trong hạn")
    await picture(lead, "difficulty-board")
    await lead.get_by_role("link", name=title).click()
    await picture(lead, "difficulty-lead")
    await _say(lead, "Hỏi lại đơn vị", "Hộ nào?", "Hỏi lại đơn vị")
    await done(lead, "Đã hỏi lại đơn vị")

    await unit.goto("/")
    await unit.get_by_role("link", name="Trả lời câu hỏi về khó khăn, vướng mắc").first.click()
    await _say(unit, "Trả lời câu hỏi", "Hộ sản xuất chung.", "Trả lời câu hỏi")
    await done(unit, "Đã trả lời câu hỏi")

    await lead.goto(address)
    await _say(lead, "Trả lời", "Dùng mẫu số 1.", "Trả lời")
    await done(lead, "Đã trả lời")
    await unit.goto(address)
    await expect(unit.locator("main")).to_contain_text("Dùng mẫu số 1.")
    await picture(unit, "difficulty-answered")
    await press(unit, "Xác nhận đã được giải quyết")
    await done(unit, "Đã xác nhận được giải quyết")
    over = await unit.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert over <= 0


async def test_difficulty_is_assigned_escalated_and_hidden_from_other_units(
    screens: Screens, system: System
) -> None:
    unit, lead = await screens.of("unit-3"), await screens.of("lead")
    address = await _report(unit, system.campaign, "Vượt thẩm quyền")
    await lead.goto(address)
    await press(lead, "Giao xử lý")
    await lead.get_by_label("Đơn vị", exact=True).select_option(label="Phòng Nội vụ")
    await picture(lead, "difficulty-assign")
    await press(lead, "Giao xử lý")
    await done(lead, "Đã giao xử lý")
    await press(lead, "Chuyển lên cấp trên")
    await picture(lead, "difficulty-escalate")
    await lead.get_by_label("Lý do").fill("Cần ý kiến của Chủ tịch.")
    await press(lead, "Chuyển lên cấp trên")
    await done(lead, "Đã chuyển lên cấp trên")

    chairman = await screens.of("chairman")
    await chairman.get_by_role("link", name="Giải quyết khó khăn, vướng mắc chuyển lên").click()
    await picture(chairman, "difficulty-chairman")
    await _say(chairman, "Trả lời", "Đồng ý.", "Trả lời")
    await done(chairman, "Đã trả lời")

    other = await screens.of("unit-4")
    answer = await other.goto(address)
    assert answer is not None
    assert answer.status == 404
    await other.goto("/difficulties")
    await expect(other.locator("main")).to_contain_text("Không có khó khăn, vướng mắc nào.")
    await other.goto("/working-days")
    await expect(other.locator("main")).to_contain_text("cấu hình mặc định")
    await picture(other, "working-days")
