"""Signing in, coming back to where one was, and forms that are not ours."""

from uuid import uuid4

import httpx
from playwright.async_api import BrowserContext, expect

from services.portal.seal import Seal
from services.portal.session import Held
from services.portal.visits import SESSION
from tests.browser.screens import Screens, picture, press, sign_in
from tests.browser.system import PASSWORD, System
from thidua.demo.client import Services


async def test_sign_in_returns_to_the_page_that_was_asked_for(
    screens: Screens, system: System
) -> None:
    page = await screens.stranger()
    await page.goto("/inbox")
    await expect(page.locator("h1")).to_have_text("Đăng nhập")
    await sign_in(page, system.usernames["unit-3"], PASSWORD)
    await expect(page.locator("h1")).to_have_text("Thông báo")
    assert page.url == f"{system.portal}/inbox"


async def test_wrong_password_keeps_the_name_and_says_so(screens: Screens, system: System) -> None:
    page = await screens.stranger()
    await page.goto("/sign-in")
    await sign_in(page, system.usernames["unit-3"], "không phải mật khẩu")
    await expect(page.locator(".errors")).to_contain_text("không đúng")
    await expect(page.get_by_label("Tên đăng nhập")).to_have_value(system.usernames["unit-3"])
    await picture(page, "sign-in-wrong")


async def test_sign_out_ends_the_session(screens: Screens) -> None:
    page = await screens.of("unit-3")
    await press(page, "Đăng xuất")
    await expect(page.locator("h1")).to_have_text("Đăng nhập")
    await page.goto("/inbox")
    await expect(page.locator("h1")).to_have_text("Đăng nhập")


async def test_session_that_ends_under_a_form_keeps_what_was_typed(
    screens: Screens, system: System
) -> None:
    page = await screens.of("home")
    await page.goto(f"/campaigns/{system.draft}/return/new")
    reason = "Thiếu căn cứ pháp lý mới nhất"
    await page.get_by_label("Lý do").fill(reason)
    await _end_session(page.context, system)
    await press(page, "Trả lại bản thảo")
    await expect(page.locator(".inset")).to_contain_text("Phiên làm việc đã hết")
    await sign_in(page, system.usernames["home"], PASSWORD)
    await expect(page.get_by_label("Lý do")).to_have_value(reason)


async def test_form_of_another_site_is_refused(system: System) -> None:
    async with httpx.AsyncClient(base_url=system.portal) as http:
        fields = {"username": system.usernames["unit-3"], "password": PASSWORD}
        foreign = await http.post(
            "/sign-in", data=fields, headers={"Origin": "http://evil.example"}
        )
        assert (foreign.status_code, foreign.cookies.get(SESSION)) == (403, None)
        own = await http.post("/sign-in", data=fields)
        assert own.status_code == 303
        unguarded = await http.post(f"/campaigns/{system.draft}/submission", data={})
        assert unguarded.status_code == 403


async def test_nobody_is_sent_elsewhere_after_signing_in(system: System) -> None:
    async with httpx.AsyncClient(base_url=system.portal) as http:
        fields = {"username": system.usernames["unit-3"], "password": PASSWORD}
        answer = await http.post("/sign-in", data={**fields, "here": "//evil.example/"})
        assert answer.headers["Location"] == "/"


async def _end_session(context: BrowserContext, system: System) -> None:
    """The browser keeps a session that the directory knows no more."""
    seal = Seal(system.session_key)
    cookie = next(c for c in await context.cookies() if c.get("name") == SESSION)
    held = seal.open(cookie.get("value", ""), Held)
    assert held is not None
    gone = Held(str(uuid4()), held.secret, held.username, held.official)
    await context.add_cookies([{"name": SESSION, "value": seal.close(gone), "url": system.portal}])


async def test_person_of_two_offices_chooses_one_and_changes_it(
    screens: Screens, system: System
) -> None:
    username = await _with_two_appointments(system)
    page = await screens.stranger()
    await page.goto("/")
    await sign_in(page, username, PASSWORD)
    await expect(page.locator(".errors")).to_contain_text("Bạn có nhiều phân công")
    await picture(page, "choose-appointment")
    await page.get_by_label("Trưởng phòng kiêm nhiệm").check()
    await page.get_by_label("Mật khẩu").fill(PASSWORD)
    await press(page, "Đăng nhập")
    await expect(page.locator(".who")).to_contain_text("lãnh đạo đơn vị, Phòng Nội vụ")
    await page.get_by_text("Đổi phân công").click()
    await page.get_by_role("button", name="chuyên viên, UBND").click()
    await expect(page.locator(".done h2")).to_have_text("Đã đổi phân công")
    await expect(page.locator(".who")).to_contain_text("chuyên viên, UBND")


async def _with_two_appointments(system: System) -> str:
    username = f"kiem-nhiem-{uuid4().hex[:8]}"
    async with system.people("unit-6", "home") as (commune, home):
        units = [str(person.session["unit"]) for person in (commune, home)]
    services = Services(system.addresses)
    try:
        admin = await services.sign_in("quantri", system.addresses.administrator_password.strip())
        first = {"unit": units[0], "role": "specialist", "title": "Cán bộ kiêm nhiệm"}
        account = {"name": "Người hai việc (mẫu)", "username": username, "password": PASSWORD}
        registered = await admin.post("directory", "/officials", first | account)
        second = {"unit": units[1], "role": "leader", "title": "Trưởng phòng kiêm nhiệm"}
        await admin.post("directory", f"/officials/{registered['id']}/appointments", second)
    finally:
        await services.close()
    return username
