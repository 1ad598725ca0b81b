"""A district gives way: written down by one administrator, confirmed by another, seen by all."""

from datetime import datetime
from typing import Any

from playwright.async_api import expect

from tests.browser.screens import PHONE, Screens, done, picture, press
from tests.browser.system import PASSWORD, System
from thidua.demo.client import VIETNAM, Services

DISTRICT = {"code": "huyen-mau", "name": "UBND huyện Mẫu", "kind": "authority"}
COMMUNE = {"code": "xa-mau-a", "name": "UBND xã Mẫu A", "kind": "commune", "parent": "huyen-mau"}
PEOPLE = (
    ("quantri.mot", "system", "administrator"),
    ("quantri.hai", "system", "administrator"),
    ("canbo.mau", "xa-mau-a", "specialist"),
)


async def test_district_gives_way_on_the_page(screens: Screens, system: System) -> None:
    await _district(system)
    today = datetime.now(VIETNAM).strftime("%d/%m/%Y")
    one = await screens.of("quantri.mot")
    await one.goto("/reorganisations")
    await press(one, "Lập phương án")
    await one.get_by_label("Có hiệu lực từ ngày").fill(today)
    await one.get_by_label("Số, ký hiệu văn bản").fill("01/NQ-MAU")
    await one.get_by_label("Ngày văn bản").fill(today)
    await one.get_by_label("Cơ quan ban hành văn bản").fill("Cơ quan mẫu")
    wrong = "giải thể huyen-mau, kế thừa xa-khong-co"
    await one.get_by_label("Các việc sắp xếp").fill(wrong)
    await press(one, "Kiểm tra và lập phương án")
    fault = "Dòng 1: đơn vị kế thừa không có vào ngày này (xa-khong-co)."
    await expect(one.get_by_text(fault).first).to_be_visible()
    await picture(one, "reorganisation-faulty")
    right = "thành lập xa-mau | UBND xã Mẫu\ngiải thể huyen-mau, kế thừa xa-mau"
    await one.get_by_label("Các việc sắp xếp").fill(right)
    await press(one, "Kiểm tra và lập phương án")
    await done(one, "Đã lập phương án")
    await expect(one.get_by_text("người quản trị khác phải xác nhận")).to_be_visible()
    two = await screens.of("quantri.hai")
    await two.goto(one.url)
    await expect(two.locator("table").first).to_contain_text("UBND xã Mẫu A")
    await press(two, "Xác nhận phương án")
    await done(two, "Đã xác nhận phương án")
    await two.goto("/units/huyen-mau")
    await expect(two.locator("main")).to_contain_text("Nay là UBND xã Mẫu")
    await picture(two, "unit-succeeded")
    phone = await screens.of("quantri.hai", PHONE)
    for path in ("/units", "/units/huyen-mau", "/reorganisations", "/reorganisations/new"):
        answer = await phone.goto(path)
        assert answer is not None
        over = await phone.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (path, answer.status, over <= 0) == (path, 200, True)
        await picture(phone, f"phone{path}")


async def _district(system: System) -> None:
    services = Services(system.addresses)
    try:
        admin = await services.sign_in("quantri", system.addresses.administrator_password)
        shared: dict[str, Any] = {"authority": "huyen-mau", "valid_from": "2020-01-01"}
        for unit in (DISTRICT, COMMUNE):
            await admin.post("directory", "/units", shared | unit)
        for username, of, role in PEOPLE:
            person = {"name": f"{username} (mẫu)", "unit": of, "role": role, "title": "Mẫu"}
            account = {"username": username, "password": PASSWORD}
            await admin.post("directory", "/officials", person | account)
    finally:
        await services.close()
