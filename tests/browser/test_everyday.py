"""Inbox, log, and every page on a phone."""

import pytest
from playwright.async_api import expect

from tests.browser.screens import PHONE, Screens, done, picture, press
from tests.browser.system import System


async def test_notice_is_acknowledged_and_leaves_the_work_list(screens: Screens) -> None:
    page = await screens.of("unit-6-head")
    task = page.get_by_role("link", name="Xác nhận đã nhận")
    await expect(task.first).to_be_visible()
    before = await task.count()
    await task.first.click()
    await press(page, "Xác nhận đã nhận")
    await done(page, "Đã xác nhận đã nhận")
    await expect(page.locator(".notices .good")).to_have_count(1)
    await page.goto("/")
    await expect(task).to_have_count(before - 1)


async def test_notice_leads_to_what_it_is_about_and_is_read_then(screens: Screens) -> None:
    page = await screens.of("unit-6")
    await page.goto("/inbox")
    unread = page.locator(".notices .unread")
    before = await unread.count()
    await unread.first.get_by_role("link").click()
    await expect(page.locator("h1")).to_contain_text("Đợt thi đua")
    await page.goto("/inbox")
    await expect(unread).to_have_count(before - 1)


async def test_sender_sees_who_has_not_acknowledged(screens: Screens) -> None:
    page = await screens.of("lead")
    await page.get_by_role("link", name="đơn vị chưa xác nhận đã nhận kế hoạch").first.click()
    await expect(page.locator("h1")).to_have_text("Đơn vị nào đã trả lời")
    await expect(page.locator("tbody tr").first).to_contain_text("Đã gửi")


async def test_auditor_verifies_the_whole_log(screens: Screens) -> None:
    page = await screens.of("auditor")
    await page.goto("/audit")
    await press(page, "Kiểm tra lại ngay")
    await done(page, "Đã kiểm tra: nhật ký toàn vẹn")
    await expect(page.locator("#check-title")).to_have_text("Toàn vẹn")
    note = await page.context.request.get("/audit/checkpoint.txt")
    assert "thidua" in await note.text()


async def test_nobody_without_the_right_is_offered_the_verification(screens: Screens) -> None:
    page = await screens.of("unit-6")
    await page.goto("/audit")
    await expect(page.locator("h1")).to_have_text("Tình trạng nhật ký")
    await expect(page.get_by_role("button", name="Kiểm tra lại ngay")).to_have_count(0)


@pytest.mark.parametrize(
    ("who", "paths"),
    [
        ("unit-3", ("/", "/campaigns", "/dossiers", "/dossiers/new", "/decisions", "/inbox")),
        ("lead", ("/campaigns/new", "/campaigns/{draft}", "/campaigns/{campaign}/notices")),
        ("home", ("/", "/dossiers", "/sessions", "/campaigns/{campaign}?version=2")),
        ("secretary", ("/", "/sessions")),
        ("auditor", ("/", "/audit")),
    ],
)
async def test_phone_never_scrolls_sideways(
    screens: Screens, system: System, who: str, paths: tuple[str, ...]
) -> None:
    page = await screens.of(who, PHONE)
    wide = {}
    for path in paths:
        address = path.format(draft=system.draft, campaign=system.campaign)
        answer = await page.goto(address)
        assert answer is not None
        over = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        await picture(page, f"phone-{who}{path.partition('{')[0]}")
        if answer.status != 200 or over > 0:
            wide[address] = (answer.status, over)
    assert wide == {}


async def test_address_of_nothing_says_what_to_do(screens: Screens) -> None:
    page = await screens.of("unit-3")
    answer = await page.goto("/dossiers/00000000-0000-0000-0000-000000000000")
    assert answer is not None
    assert answer.status == 404
    await expect(page.locator("h1")).to_have_text("Không tìm thấy trang này")
    await picture(page, "not-found")
