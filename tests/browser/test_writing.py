"""A plan is written in the portal from its template, and its papers are taken away."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.screens import DESKTOP, PHONE, Screens, done, paper, picture, press, words
from tests.browser.system import System


async def test_written_plan_is_kept_while_typing_and_goes_to_its_number(screens: Screens) -> None:
    page = await screens.of("lead")
    await page.goto("/campaigns")
    await press(page, "Viết kế hoạch theo mẫu")
    await expect(page.get_by_label("Địa danh")).to_have_value("Chi Lăng")
    await picture(page, "writing-new")
    await page.get_by_label("Trích yếu").fill("Phát động phong trào thi đua trồng cây")
    await expect(page.locator("#abstract-kept")).to_have_text("Đã giữ bản đang nhập.")
    await page.goto("/campaigns/written/new")
    abstract = page.get_by_label("Trích yếu")
    await expect(abstract).to_have_value("Phát động phong trào thi đua trồng cây")
    await press(page, "Lưu thành bản thảo")
    await expect(page.locator(".errors")).to_contain_text("Chủ đề thi đua")
    await page.get_by_label("Chủ đề thi đua").fill("Mỗi người một cây")
    await page.get_by_label("Nội dung thi đua").fill("Trồng cây ven đường\nChăm sóc cây đã trồng")
    await page.get_by_label("Họ tên người ký").fill("Nguyễn Văn Mẫu")
    await press(page, "Lưu thành bản thảo")
    await done(page, "Đã lưu bản thảo kế hoạch")
    here = page.url
    preview = page.locator("img.preview")
    await preview.scroll_into_view_if_needed()
    await expect(preview).to_have_js_property("naturalWidth", 794)
    await press(page, "Sửa nội dung kế hoạch")
    await page.get_by_label("Địa danh").fill("Đồng Mỏ")
    await press(page, "Lưu bản thảo")
    await done(page, "Đã lưu bản thảo kế hoạch")
    assert "DỰ THẢO" in await paper(page, "Tải PDF kế hoạch")
    await press(page, "Trình duyệt")
    for who, act, said in (
        ("lead-head", "Duyệt bản thảo", "Đã duyệt bản thảo"),
        ("chairman", "Ký kế hoạch", "Đã ký kế hoạch"),
    ):
        other = await screens.of(who)
        await other.goto(here)
        await press(other, act)
        await done(other, said)
    clerk = await screens.of("clerk")
    await clerk.goto(f"{here}/number/new")
    await press(clerk, "Cấp số")
    await done(clerk, "Đã cấp số")
    text = await paper(clerk, "Tải PDF kế hoạch")
    assert "DỰ THẢO" not in text
    assert "Đồng Mỏ, ngày" in text
    await expect(clerk.locator(".papers .digest")).to_have_count(1)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_papers_of_a_campaign_are_offered_to_its_units(
    screens: Screens, system: System, width: int
) -> None:
    page = await screens.of("unit-1", width)
    await page.goto(f"/campaigns/{system.campaign}")
    of_plan = re.compile("kế hoạch|hướng dẫn")  # tests before this one may have added reviews
    labels = page.locator("main .papers a").filter(has_text=of_plan)
    await expect(labels).to_have_text(
        [
            "Tải PDF kế hoạch",
            "Tải bản Word kế hoạch",
            "Tải PDF hướng dẫn khen thưởng",
            "Tải bản Word hướng dẫn khen thưởng",
        ]
    )
    boxes = [await one.bounding_box() for one in await labels.all()]
    heights = [box["height"] for box in boxes if box is not None]
    assert (len(heights), min(heights) >= 40) == (4, True)  # with the line around it a finger high
    await picture(page, "campaign-papers")
    assert "HƯỚNG DẪN" in await paper(page, "Tải PDF hướng dẫn khen thưởng")
    for link in await labels.all():
        answer = await page.context.request.get(str(await link.get_attribute("href")))
        assert answer.status == 200


async def test_preview_shows_what_is_typed_and_saves_nothing(screens: Screens) -> None:
    page = await screens.of("lead", PHONE)
    await page.goto("/campaigns/written/new")
    await picture(page, "writing-new")
    await expect(page.get_by_role("button", name="Xem bản in thử (PDF)")).to_be_visible()
    form: dict[str, str | float | bool] = {
        str(await box.get_attribute("name")): await box.input_value()
        for box in await page.locator("main form [name]").all()
    }
    answer = await page.context.request.post(
        "/campaigns/written/preview", form=form | {"theme": "Chủ đề in thử"}
    )
    assert "Chủ đề in thử" in words(await answer.body())
