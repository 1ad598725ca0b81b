"""People in front of a screen: each has a browser window of their own and is signed in."""

import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from playwright.async_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.system import PASSWORD, System

DESKTOP, PHONE = 1280, 390  # CSS pixels
PATIENCE = 10_000  # milliseconds until something must be shown


@dataclass
class Screens:
    browser: Browser
    system: System

    async def stranger(self, width: int = DESKTOP) -> Page:
        """A window in which nobody is signed in."""
        context = await self.browser.new_context(
            viewport={"width": width, "height": 900}, base_url=self.system.portal
        )
        context.set_default_timeout(PATIENCE)
        return await context.new_page()

    async def of(self, who: str, width: int = DESKTOP) -> Page:
        page = await self.stranger(width)
        await page.goto("/")
        await sign_in(page, self.system.usernames.get(who, who), PASSWORD)
        await expect(page.locator("h1")).to_have_text("Việc bạn cần làm")
        return page


async def sign_in(page: Page, username: str, password: str) -> None:
    await page.get_by_label("Tên đăng nhập").fill(username)
    await page.get_by_label("Mật khẩu").fill(password)
    await page.get_by_role("button", name="Đăng nhập").click()


async def press(page: Page, name: str) -> None:
    """The first button or link of that name on the page."""
    button = page.get_by_role("button", name=name, exact=True)
    link = page.get_by_role("link", name=name, exact=True)
    await button.or_(link).first.click()


async def done(page: Page, title: str) -> None:
    """What was just done is said at the top of the page."""
    await expect(page.locator(".done h2")).to_have_text(title)
    await picture(page, title)


async def paper(page: Page, label: str) -> str:
    """What the PDF behind the link says."""
    link = page.get_by_role("link", name=label, exact=True)
    answer = await page.context.request.get(str(await link.get_attribute("href")))
    return words(await answer.body())


def words(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


async def picture(page: Page, name: str) -> None:
    """A screenshot for people, where the environment names a folder for them."""
    if folder := os.environ.get("SCREENSHOTS"):
        width = (page.viewport_size or {"width": 0})["width"]
        name = name.replace("/", "-").replace(" ", "-")
        await page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
