"""Units take part in front of their screens: they are reminded, register, and are answered."""

from playwright.async_api import Page, expect

from tests.browser.screens import PHONE, Screens, done, paper, picture, press
from tests.browser.system import System


async def test_all_silent_units_are_reminded_in_one_act(screens: Screens, system: System) -> None:
    page = await screens.of("lead")
    await page.goto(f"/campaigns/{system.campaign}/notices")
    said = await paper(page, "Danh sách đơn vị đã trả lời (PDF)")
    assert "DANH SÁCH Các đơn vị trả lời về" in said
    await picture(page, "board")
    await page.get_by_label("Xem").select_option("unanswered")
    await press(page, "Lọc")
    silent = await page.locator("tbody tr").count()
    await press(page, f"Nhắc {silent} đơn vị chưa trả lời")
    await picture(page, "remind-new")
    await press(page, "Gửi lời nhắc")
    await done(page, "Đã nhắc các đơn vị chưa trả lời")
    await expect(page.locator("tbody")).to_contain_text("1 lần")
    await press(page, f"Nhắc {silent} đơn vị chưa trả lời")
    await press(page, "Gửi lời nhắc")
    await expect(page.locator(".errors")).to_contain_text("Hôm nay đã nhắc rồi")
    unit = await screens.of("unit-2-head")
    await unit.goto("/inbox")
    await expect(unit.locator("h2").first).to_contain_text("Nhắc xác nhận đã tiếp nhận chỉ đạo")


async def test_registration_goes_from_unit_to_lead_office_and_back(
    screens: Screens, system: System
) -> None:
    lead = await screens.of("lead-head")
    listing = f"/campaigns/{system.campaign}/registrations"
    await _called(lead, listing)
    unit = await screens.of("unit-1", PHONE)
    await press(unit, "Soạn đăng ký thi đua")
    await press(unit, "Soạn đăng ký")
    await unit.get_by_label("Chỉ tiêu 1", exact=True).fill("Xóa nhà tạm cho hộ nghèo")
    await unit.get_by_label("Số của chỉ tiêu 1").fill("mười hai")
    await press(unit, "Lưu bản đăng ký")
    await expect(unit.locator(".errors")).to_contain_text("Số ghi như 1200 hoặc 12,5")
    await picture(unit, "targets-wrong")
    await unit.get_by_label("Số của chỉ tiêu 1").fill("12")
    await unit.get_by_label("Đơn vị tính của chỉ tiêu 1").fill("nhà")
    await press(unit, "Lưu bản đăng ký")
    await done(unit, "Đã lưu bản đăng ký")
    head = await screens.of("unit-1-head")
    await press(head, "Xem và gửi đăng ký thi đua")
    await press(head, "Gửi đăng ký")
    await done(head, "Đã gửi đăng ký thi đua")
    await lead.goto("/")
    await press(lead, "Duyệt 1 đăng ký thi đua")
    await picture(lead, "registrations")
    await lead.locator("tbody a").first.click()
    await press(lead, "Từ chối")
    await lead.get_by_label("Lý do").fill("Thêm chỉ tiêu giáo dục")
    await press(lead, "Từ chối")
    await done(lead, "Đã từ chối đăng ký thi đua")
    await unit.goto("/")
    await press(unit, "Sửa đăng ký thi đua bị từ chối")
    await expect(unit.locator("main")).to_contain_text("Thêm chỉ tiêu giáo dục")
    await picture(unit, "registration-refused")


async def _called(lead: Page, listing: str) -> None:
    await lead.goto(listing)
    await press(lead, "Đặt hạn đăng ký")
    await lead.get_by_label("Đến hết ngày").fill("15/8/2099")
    await press(lead, "Gửi lời mời đăng ký")
    await done(lead, "Đã đặt hạn đăng ký")
    await expect(lead.locator(".lead")).to_contain_text("23:59 ngày 15/08/2099")


async def test_cluster_chooses_its_head_and_members_sign_a_pledge(screens: Screens) -> None:
    lead = await screens.of("lead-head")
    await press(lead, "Cụm, khối thi đua")
    await press(lead, "Lập cụm, khối thi đua")
    await lead.get_by_label("Tên cụm, khối").fill("Cụm thi đua số 1")
    communes = ("Bắc Thủy", "Bằng Hữu", "Bằng Mạc", "Chi Lăng")
    for name in communes:
        await lead.get_by_label(f"UBND xã {name}", exact=True).check()
    await press(lead, "Lập cụm, khối")
    await expect(lead.locator(".errors")).to_contain_text("Chưa đủ số thành viên tối thiểu")
    await lead.get_by_label("UBND xã Chiến Thắng").check()
    await press(lead, "Lập cụm, khối")
    await done(lead, "Đã lập cụm, khối thi đua")
    await press(lead, "Cử trưởng và phó")
    await lead.get_by_label("Trưởng").select_option(label="UBND xã Bắc Thủy")
    await press(lead, "Cử trưởng và phó")
    await done(lead, "Đã cử trưởng và phó")
    await press(lead, "Trình giao ước thi đua")
    await lead.get_by_label("Nội dung giao ước").fill("Cùng xóa nhà tạm")
    await press(lead, "Trình giao ước")
    await done(lead, "Đã trình giao ước")
    member = await screens.of("unit-1-head", PHONE)
    await press(member, "Ký giao ước thi đua")
    await press(member, "Ký giao ước")
    await done(member, "Đã ký giao ước thi đua")
    await expect(member.locator(".summary .what")).to_have_text("1/5 thành viên đã ký.")


async def test_campaign_is_reported_counted_reviewed_and_concluded(
    screens: Screens, system: System
) -> None:
    here = f"/campaigns/{system.campaign}"
    unit = await screens.of("unit-3", PHONE)
    await unit.goto(here)
    await press(unit, "Báo cáo của đơn vị bạn")
    await press(unit, "Gửi báo cáo")
    await unit.get_by_label("Kỳ báo cáo").fill("Quý II")
    await unit.get_by_label("Kết quả, hạn chế, kiến nghị").fill("Đúng tiến độ")
    await press(unit, "Gửi báo cáo")
    await done(unit, "Đã gửi báo cáo")
    lead = await screens.of("lead")
    await lead.goto(f"{here}/figures")
    await picture(lead, "figures")
    await lead.get_by_role("link", name="Đơn vị đã báo cáo tiến độ").click()
    await expect(lead.locator("tbody tr")).to_have_count(1)
    await expect(lead.locator("tbody")).to_contain_text("Đúng tiến độ")
    await lead.goto(f"{here}/review/new")
    await lead.get_by_label("Tổng kết").check()
    await lead.get_by_label("Nhận xét, đánh giá").fill("Phong trào đạt kết quả")
    await press(lead, "Trình báo cáo")
    await done(lead, "Đã trình báo cáo")
    approval = "Duyệt báo cáo tổng kết và kết thúc phong trào"
    await expect(lead.get_by_role("button", name=approval)).to_have_count(0)
    head = await screens.of("lead-head")
    await press(head, approval)  # on the home page: leads to the campaign
    await expect(head.locator(".summary > .act button")).to_have_text(approval)
    await press(head, approval)
    await done(head, "Đã duyệt báo cáo")
    await expect(head.locator(".summary .state")).to_have_text("Kết thúc")
    await unit.goto(here)
    await expect(unit.locator("main")).to_contain_text("Phong trào đạt kết quả")
    await picture(unit, "concluded")
    said = await paper(unit, "Tải PDF báo cáo tổng kết")
    assert "Đơn vị đã báo cáo tiến độ 1" in said
    assert "Phong trào đạt kết quả./." in said
