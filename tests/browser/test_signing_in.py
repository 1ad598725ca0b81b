"""Signing in, coming back to where one was, and forms that are not ours."""

from uuid import uuid4

import httpx
from playwright.async_api import expect

from services.portal.seal import Seal
from services.portal.session import Held
from services.portal.visits import SESSION
from tests.browser.screens import Screens, picture, press, sign_in
from tests.browser.system import PASSWORD, System


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


async def _end_session(context: object, system: System) -> None:
    """The browser keeps a session that the directory knows no more."""
    from playwright.async_api import BrowserContext

    assert isinstance(context, BrowserContext)
    seal = Seal(system.session_key)
    cookie = next(c for c in await context.cookies() if c.get("name") == SESSION)
    held = seal.open(cookie.get("value", ""), Held)
    assert held is not None
    gone = Held(str(uuid4()), held.secret, held.username, held.official)
    await context.add_cookies([{"name": SESSION, "value": seal.close(gone), "url": system.portal}])
