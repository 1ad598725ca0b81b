"""A person's own account, acting for somebody away, and the administrator's pages."""

import re
from datetime import datetime, timedelta
from io import BytesIO

from openpyxl import load_workbook
from playwright.async_api import FilePayload, Page, expect

from services.portal.vietnamese import VIETNAM
from tests.browser.screens import DESKTOP, PHONE, Screens, done, picture, press, sign_in
from tests.browser.system import PASSWORD, System


async def _fits(page: Page) -> None:
    wide = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{wide} px too wide"


def _day(ahead: int) -> str:
    return (datetime.now(VIETNAM) + timedelta(days=ahead)).strftime("%d/%m/%Y")


async def test_deputy_acts_for_an_absent_leader(screens: Screens) -> None:
    leader = await screens.of("unit-5-head")
    await leader.goto("/account")
    await _fits(leader)
    await press(leader, "Ủy quyền khi vắng mặt")
    await press(leader, "Ủy quyền")
    await expect(leader.locator(".errors")).to_contain_text("Người làm thay")
    await picture(leader, "delegate-empty")
    option = leader.get_by_role("option", name=re.compile("đơn vị 5 .mẫu. .Cán bộ"))
    await leader.get_by_label("Người làm thay").select_option(await option.get_attribute("value"))
    await leader.get_by_label("Hồ sơ, hội đồng, quyết định").check()
    await leader.get_by_label("Từ ngày").fill(_day(0))
    await leader.get_by_label("Đến hết ngày").fill(_day(3))
    await leader.get_by_label("Lý do").fill("Đi công tác")
    await press(leader, "Ủy quyền")
    await done(leader, "Đã ủy quyền")

    deputy = await screens.of("unit-5", PHONE)
    told = deputy.get_by_role("link", name="Bạn được ủy quyền làm thay Chủ tịch đơn vị 5")
    await expect(told).to_be_visible()
    await deputy.get_by_text("Đổi phân công", exact=True).click()
    await deputy.get_by_role("button", name=re.compile("thay Chủ tịch đơn vị 5")).click()
    await done(deputy, "Đã đổi phân công")
    await expect(deputy.locator(".who")).to_contain_text("thay Chủ tịch đơn vị 5")
    await deputy.goto("/account")
    await _fits(deputy)
    await picture(deputy, "account")


async def test_handed_out_password_is_changed_at_first_sign_in(
    screens: Screens, system: System
) -> None:
    admin = await screens.stranger()
    await admin.goto("/")
    await sign_in(admin, "quantri", system.addresses.administrator_password.strip())
    await admin.goto("/officials")
    async with system.people("unit-6-head") as (head,):
        authority = str(head.session["authority"])
        await admin.goto(f"/officials?authority={authority}")
        await _fits(admin)
        await picture(admin, "officials")
        await admin.goto(f"/officials/{head.id}")
    await press(admin, "Cấp lại mật khẩu")
    await admin.get_by_label("Lý do").fill("Quên mật khẩu")
    await press(admin, "Cấp mật khẩu dùng một lần")
    notice = await admin.locator(".inset.warn").inner_text()
    first = notice.removeprefix("Mật khẩu dùng một lần: ").split()[0]
    await picture(admin, "first-password")

    page = await screens.stranger(PHONE)
    await page.goto("/")
    await sign_in(page, system.usernames["unit-6-head"], first)
    await expect(page.locator("h1")).to_have_text("Đặt mật khẩu mới")
    await picture(page, "first-sign-in")
    await page.get_by_label("Mật khẩu được cấp").fill(first)
    await page.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    await page.get_by_label("Nhập lại mật khẩu mới").fill(PASSWORD)
    await press(page, "Đăng nhập")
    await expect(page.locator("h1")).to_have_text("Việc bạn cần làm")

    for width in (DESKTOP, PHONE):
        await admin.set_viewport_size({"width": width, "height": 900})
        await admin.goto(f"/permission-changes?authority={authority}")
        await expect(admin.locator("tbody tr").first).to_contain_text("Cấp lại mật khẩu")
        await _fits(admin)
        await picture(admin, "permission-changes")
        await admin.goto(f"/officials/{head.id}")
        await _fits(admin)
        await picture(admin, "official")
        await admin.goto(f"/officials/{head.id}/appointments/new")
        await picture(admin, "appoint")


def _filled(template: bytes, parent: str) -> tuple[bytes, bytes]:
    """The downloaded template filled in twice: with a day that cannot be, and right."""
    made = []
    for day in ("31/02/2024", "05/04/2024"):
        book = load_workbook(BytesIO(template))
        unit = (f"{parent}-nhap", "UBND xã Nhập Mẫu", "Xã, phường, thị trấn", parent, "", "", day)
        for column, value in enumerate(unit, 1):
            book["Đơn vị"].cell(2, column, value)
        person = ("Lý Thị Nhập", "ly.nhap", unit[0], "Chuyên viên", "Công chức", "06/04/2024")
        for column, value in enumerate(person, 1):
            book["Cán bộ"].cell(2, column, value)
        out = BytesIO()
        book.save(out)
        made.append(out.getvalue())
    return made[0], made[1]


async def test_workbook_is_mended_by_its_preview_then_imported(
    screens: Screens, system: System
) -> None:
    admin = await screens.stranger()
    await admin.goto("/")
    await sign_in(admin, "quantri", system.addresses.administrator_password.strip())
    async with system.people("clerk") as (clerk,):
        authority = str(clerk.session["authority"])
    template = await (await admin.request.get("/officials-template.xlsx")).body()
    wrong, right = _filled(template, authority)

    async def check(name: str, content: bytes) -> None:
        await admin.goto("/officials-import/new")
        await admin.get_by_label("Cơ quan").select_option(authority)
        file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
        await admin.get_by_label("Tệp Excel").set_input_files(file)
        await press(admin, "Kiểm tra tệp")

    await check("anh.png", b"no workbook")
    await expect(admin.locator(".errors")).to_contain_text("không phải tệp Excel")
    await picture(admin, "import-refused")
    await check("sai.xlsx", wrong)
    await expect(admin.locator("tbody tr").first).to_contain_text("Bảng Đơn vị, dòng 2")
    await expect(admin.locator("tbody tr").first).to_contain_text("Không có ngày này")
    for width in (PHONE, DESKTOP):
        await admin.set_viewport_size({"width": width, "height": 900})
        await _fits(admin)
        await picture(admin, "import-faults")
    await check("dung.xlsx", right)
    await picture(admin, "import-preview")
    await press(admin, "Nhập tất cả")
    await done(admin, "Đã nhập đơn vị và cán bộ")
    await expect(admin.locator("tbody")).to_contain_text("Lý Thị Nhập")
