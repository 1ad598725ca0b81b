"""A launched campaign changes in front of those who change it and of a unit that is told."""

from playwright.async_api import Page, expect

from tests.browser.screens import PHONE, Screens, done, paper, picture, press
from tests.browser.system import PLAN, System

WHY = "Đại hội đã được ấn định ngày khai mạc"


async def test_what_a_draft_is_and_what_it_lacks_is_said(screens: Screens, system: System) -> None:
    for width in (PHONE, 1280):
        page = await screens.of("lead", width)
        await page.goto(f"/campaigns/{system.draft}")
        await expect(page.get_by_role("heading", name="Chuẩn bị phát động")).to_be_visible()
        await picture(page, "draft-readiness")
        await page.goto(f"/campaigns/{system.draft}/attributes/new")
        await picture(page, "attributes-new")
    await press(page, "Lưu")
    await expect(page.locator(".errors")).to_contain_text("Chọn loại phong trào.")
    await page.get_by_label("Thi đua theo chuyên đề").check()
    await page.get_by_label("Cấp phát động").select_option("commune")
    await page.get_by_label("Bắt đầu từ ngày").fill("31/02/2026")
    await press(page, "Lưu")
    await expect(page.locator(".errors")).to_contain_text("05/04/2024")
    await page.get_by_label("Bắt đầu từ ngày").fill("01/10/2026")
    await page.get_by_label("Kết thúc ngày").fill("01/09/2026")
    await press(page, "Lưu")
    await expect(page.locator(".errors")).to_contain_text("Ngày kết thúc trước ngày bắt đầu")
    await page.get_by_label("Kết thúc ngày").fill("")
    await press(page, "Lưu")
    await done(page, "Đã lưu loại, cấp và thời gian")
    await expect(page.locator("main")).to_contain_text("Thi đua theo chuyên đề")


async def test_campaign_is_changed_amended_closed_reopened_recalled(
    screens: Screens, system: System
) -> None:
    here = await _launched(system)
    head = await screens.of("lead-head")
    await head.goto(here)
    await press(head, "Ghi ngày kết thúc")
    await head.get_by_label("Kết thúc ngày").fill("31/12/2099")
    await head.get_by_label("Lý do").fill("Ngắn")
    await press(head, "Đổi thời gian kết thúc")
    await expect(head.locator(".errors")).to_contain_text("Lý do còn quá ngắn")
    await head.get_by_label("Lý do").fill(WHY)
    await press(head, "Đổi thời gian kết thúc")
    await done(head, "Đã đổi thời gian kết thúc")
    await _amended(screens, here)
    chairman = await screens.of("chairman")
    await _ended(chairman, here, "Kết thúc sớm", "Kết thúc sớm phong trào")
    await done(chairman, "Đã kết thúc sớm phong trào")
    await press(chairman, "Mở lại phong trào")
    await chairman.get_by_label("Lý do").fill(WHY)
    await press(chairman, "Mở lại phong trào")
    await done(chairman, "Đã mở lại phong trào")
    for width in (1280, PHONE):
        unit = await screens.of("unit-1", width)
        await unit.goto(here)
        await expect(unit.locator("main")).to_contain_text("31/12/2099")
        await expect(unit.locator("main")).to_contain_text(WHY)
        await picture(unit, "unit-sees-changes")
    said = await paper(unit, "Tải PDF văn bản sửa đổi kế hoạch")
    assert "nay điều chỉnh thành “Chủ đề sửa đổi theo chỉ đạo của tỉnh”" in said
    await _ended(chairman, here, "Thu hồi kế hoạch", "Thu hồi kế hoạch")
    await done(chairman, "Đã thu hồi kế hoạch")
    await unit.goto(here)
    await expect(unit.locator(".summary .state")).to_have_text("Đã thu hồi")
    await expect(unit.locator("main")).not_to_contain_text("Chủ đề sửa đổi")
    await expect(unit.locator("main")).to_contain_text("nội dung không còn hiển thị")
    await picture(unit, "unit-sees-recalled")


async def test_clerk_reads_the_register_as_a_book(screens: Screens) -> None:
    for width in (1280, PHONE):
        clerk = await screens.of("clerk", width)
        await clerk.goto("/registers")
        await expect(clerk.locator("tbody tr").first).to_contain_text("KH-UBND")
        await picture(clerk, "register")
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in await paper(clerk, "In sổ này (PDF)")


async def _launched(system: System) -> str:
    """As the demo launches one, over HTTP; its number was voided once."""
    async with system.people("lead", "lead-head", "chairman", "clerk") as people:
        lead, head, chairman, clerk = people
        body = {"text": PLAN.read_text(encoding="utf-8"), "source_name": "plan.txt"}
        path = f"/campaigns/{(await lead.post('campaign', '/campaigns', body))['id']}"
        for field in (await lead.get("campaign", path))["fields"]:
            await lead.post("campaign", f"{path}/fields/{field['id']}/confirmation")
        await lead.post("campaign", f"{path}/submission")
        await head.post("campaign", f"{path}/approval")
        await chairman.post("campaign", f"{path}/signature")
        launch = (await clerk.get("campaign", f"/campaigns/{system.campaign}"))["scope"]
        today = (await clerk.get("campaign", f"/campaigns/{system.campaign}"))["issued_on"]
        await clerk.post("campaign", f"{path}/number", {"issued_on": today})
        await clerk.post("campaign", f"{path}/number/voiding", {"reason": WHY})
        await clerk.post("campaign", f"{path}/number", {"issued_on": today})
        lines = (await clerk.get("campaign", f"{path}/recipients"))["items"]
        recipients = [
            {"label": line["label"], "purpose": line["purpose"], "units": line["suggested"]}
            for line in lines
        ]
        await clerk.post("campaign", f"{path}/launch", {"scope": launch, "recipients": recipients})
    return path


async def _amended(screens: Screens, here: str) -> None:
    lead = await screens.of("lead")
    await lead.goto(here)
    await press(lead, "Sửa đổi, đính chính kế hoạch")
    await lead.get_by_label("Nội dung cần sửa").select_option("theme.0")
    await press(lead, "Tiếp tục")
    await picture(lead, "amendment-new")
    await lead.get_by_label("Nội dung đúng").fill("Chủ đề sửa đổi theo chỉ đạo của tỉnh")
    await lead.get_by_label("Lý do").fill("Theo chỉ đạo mới của cấp trên")
    await press(lead, "Trình dự thảo")
    await done(lead, "Đã trình dự thảo sửa đổi")
    for who, act, said in (
        ("lead-head", "Duyệt dự thảo sửa đổi", "Đã duyệt dự thảo sửa đổi"),
        ("chairman", "Ký văn bản sửa đổi", "Đã ký văn bản sửa đổi"),
    ):
        page = await screens.of(who)
        await page.goto(here)
        await press(page, act)
        await done(page, said)
    clerk = await screens.of("clerk")
    await clerk.goto(here)
    await press(clerk, "Cấp số văn bản sửa đổi")
    await press(clerk, "Cấp số văn bản sửa đổi")
    await done(clerk, "Đã cấp số, văn bản sửa đổi có hiệu lực")
    await expect(clerk.locator("main")).to_contain_text("Chủ đề sửa đổi theo chỉ đạo của tỉnh")


async def _ended(page: Page, here: str, link: str, button: str) -> None:
    await page.goto(here)
    await page.get_by_role("link", name=link, exact=True).first.click()
    await page.get_by_label("Lý do").fill(WHY)
    await page.get_by_role("button", name=button, exact=True).click()
