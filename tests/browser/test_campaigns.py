"""A plan becomes a campaign in front of five people's screens."""

import re

from playwright.async_api import Page, expect

from tests.browser.screens import Screens, done, picture, press
from tests.browser.system import PLAN, System


async def test_field_is_confirmed_beside_its_place_in_the_text(
    screens: Screens, system: System
) -> None:
    page = await screens.of("lead")
    await page.goto(f"/campaigns/{system.draft}")
    cannot = page.locator(".summary .cannot")
    await expect(cannot).to_contain_text("còn 41 nội dung chưa xác nhận")
    theme = page.locator('[id="field-theme.0"]')
    await expect(theme.locator("mark")).to_have_text(
        re.compile("^Cả huyện thi đua mừng Đại hội đại biểu")
    )
    await theme.get_by_role("button", name="Đúng, xác nhận").click()
    await expect(theme.locator(".state")).to_have_text("Đã xác nhận")
    await expect(cannot).to_contain_text("còn 40 nội dung chưa xác nhận")
    place = page.locator('[id="field-place.0"]')
    await place.get_by_text("Không đúng, sửa lại").click()
    await place.get_by_label("Nội dung đúng").fill("Đồng Mỏ")
    await place.get_by_role("button", name="Lưu nội dung này").click()
    await expect(place.locator(".state")).to_have_text("Đã sửa")
    await expect(place.locator(".value")).to_have_text("Đồng Mỏ")


async def test_text_that_is_no_plan_is_kept_in_the_form(screens: Screens) -> None:
    page = await screens.of("lead")
    await press(page, "Nhập kế hoạch mới")
    await page.get_by_label("Toàn văn kế hoạch").fill("Không phải kế hoạch.")
    await press(page, "Đọc kế hoạch")
    await expect(page.locator(".errors")).to_be_visible()
    await expect(page.get_by_label("Toàn văn kế hoạch")).to_have_value("Không phải kế hoạch.")
    await picture(page, "not-a-plan")


async def test_plan_goes_from_text_to_open_intake(screens: Screens, system: System) -> None:
    lead = await screens.of("lead")
    await lead.goto("/campaigns/new")
    await picture(lead, "campaign-new")
    await lead.get_by_label("Tệp kế hoạch").set_input_files(PLAN)
    await press(lead, "Đọc kế hoạch")
    await done(lead, "Đã đọc kế hoạch thành bản thảo")
    here = lead.url
    await _confirm_all(system, here.rpartition("/")[2])
    await lead.reload()
    await press(lead, "Trình duyệt")
    await done(lead, "Đã trình duyệt")
    for who, act, said in (
        ("lead-head", "Duyệt bản thảo", "Đã duyệt bản thảo"),
        ("chairman", "Ký kế hoạch", "Đã ký kế hoạch"),
    ):
        page = await screens.of(who)
        await page.goto(here)
        await press(page, act)
        await done(page, said)
    await _numbered_and_launched(await screens.of("clerk"), here)
    await _guided_and_opened(screens, here)


async def test_refusal_is_explained_above_the_form(screens: Screens, system: System) -> None:
    page = await screens.of("unit-1-head")
    await page.goto(f"/campaigns/{system.draft}/return/new")
    await page.get_by_label("Lý do").fill("Không thuộc thẩm quyền của tôi")
    await press(page, "Trả lại bản thảo")
    await expect(page.locator(".errors")).to_contain_text("Bạn không có quyền làm việc này")


async def test_past_is_shown_as_it_was(screens: Screens, system: System) -> None:
    page = await screens.of("auditor")
    await page.goto(f"/campaigns/{system.campaign}")
    await expect(page.locator(".summary .state")).to_have_text("Đang nhận hồ sơ")
    await page.goto(f"/campaigns/{system.campaign}?version=1")
    await expect(page.locator(".past h2")).to_have_text("Bạn đang xem quá khứ")
    await expect(page.locator(".summary .state")).to_have_text("Bản thảo")
    await page.locator("#version").focus()
    await page.keyboard.press("ArrowRight")
    await expect(page.locator("label[for=version]")).to_contain_text("bước 2 trên")
    await picture(page, "campaign-past")
    await press(page, "Về hiện tại")
    await expect(page.locator(".past")).to_have_count(0)


async def _confirm_all(system: System, campaign: str) -> None:
    async with system.people("lead") as (lead,):
        path = f"/campaigns/{campaign}"
        for field in (await lead.get("campaign", path))["fields"]:
            await lead.post("campaign", f"{path}/fields/{field['id']}/confirmation")


async def _numbered_and_launched(clerk: Page, here: str) -> None:
    await clerk.goto(here)
    await press(clerk, "Cấp số")
    await clerk.get_by_label("Ngày ban hành").fill("32/13/2024")
    await press(clerk, "Cấp số")
    await expect(clerk.locator(".errors")).to_contain_text("05/04/2024")
    await clerk.goto(f"{here}/number/new")
    await press(clerk, "Cấp số")
    await done(clerk, "Đã cấp số")
    await press(clerk, "Phát động phong trào")
    await picture(clerk, "launch-new")
    for choice in await clerk.locator("select[required]").all():
        await choice.select_option(index=1)  # not recognised: any unit will do here
    await press(clerk, "Phát động phong trào")
    await done(clerk, "Đã phát động phong trào")


async def _guided_and_opened(screens: Screens, here: str) -> None:
    home = await screens.of("home")
    await home.goto(here)
    await press(home, "Soạn hướng dẫn khen thưởng")
    await home.get_by_label("Số lượng tối đa của hình thức 1").fill("20")
    criteria = home.get_by_label("Tiêu chuẩn đối với cá nhân")
    await criteria.fill("Có thành tích tiêu biểu | 60\nGương mẫu | 30")
    await home.get_by_label("Nhận hồ sơ từ ngày").fill("1/7/2026")
    await press(home, "Lưu và trình duyệt dự thảo")
    await expect(home.locator(".errors")).to_contain_text("Đến hết ngày")
    await expect(home.get_by_label("Số lượng tối đa của hình thức 1")).to_have_value("20")
    await picture(home, "guidance-wrong")
    await home.get_by_label("Đến hết ngày").fill("15/8/2099")
    await press(home, "Lưu và trình duyệt dự thảo")
    await expect(home.locator(".errors")).to_contain_text("Tổng điểm chưa đúng")
    await expect(criteria).to_have_value("Có thành tích tiêu biểu | 60\nGương mẫu | 30")
    await criteria.fill("Có thành tích tiêu biểu | 60\nGương mẫu | 40")
    await press(home, "Lưu và trình duyệt dự thảo")
    await done(home, "Đã lưu dự thảo hướng dẫn")
    await _issued(screens, f"{here}/guidance")
    head = await screens.of("home-head")
    await head.goto(here)
    await press(head, "Mở nhận hồ sơ")
    await done(head, "Đã mở nhận hồ sơ")
    await expect(head.locator(".summary .state")).to_have_text("Đang nhận hồ sơ")


async def _issued(screens: Screens, guidance: str) -> None:
    """Approved, signed, numbered and issued, each by the person whose step it is."""
    head, clerk = await screens.of("home-head"), await screens.of("clerk")
    await head.goto(guidance)
    await press(head, "Duyệt dự thảo")
    await done(head, "Đã duyệt dự thảo hướng dẫn")
    await press(head, "Ký hướng dẫn")
    await done(head, "Đã ký hướng dẫn")
    await clerk.goto(guidance)
    await press(clerk, "Cấp số hướng dẫn")
    await press(clerk, "Cấp số")
    await done(clerk, "Đã cấp số hướng dẫn")
    await press(clerk, "Ban hành tới các đơn vị")
    await done(clerk, "Đã ban hành hướng dẫn khen thưởng")
