"""A dossier from the unit's desk to the decision, each person at their own screen."""

from typing import Any

from playwright.async_api import Page, expect

from tests.browser.screens import Screens, done, picture, press
from tests.browser.system import PAPER, System
from thidua.demo.client import Person

KINDS = ("Tờ trình", "Báo cáo thành tích", "Biên bản xét khen thưởng")
FORM = "giay-khen"


async def test_dossier_is_prepared_sent_received_and_appraised(
    screens: Screens, system: System
) -> None:
    here = await _prepared(await screens.of("unit-1"), system.portal)
    leader = await screens.of("unit-1-head")
    await expect(leader.get_by_role("link", name="Xem và gửi hồ sơ")).to_be_visible()
    await leader.goto(here)
    await press(leader, "Gửi hồ sơ")
    await done(leader, "Đã gửi hồ sơ")
    home = await screens.of("home")
    await press(home, "Tiếp nhận hồ sơ")
    await press(home, "Tiếp nhận hồ sơ")
    await done(home, "Đã tiếp nhận hồ sơ")
    await press(home, "Thẩm định")
    await picture(home, "appraisal-new")
    await press(home, "Ghi kết quả thẩm định")
    await expect(home.locator(".errors li")).to_have_count(2)
    await home.get_by_label("Đủ điều kiện", exact=False).first.check()
    await home.get_by_label("Lý do", exact=True).fill("Đủ giấy tờ, đạt tiêu chuẩn")
    await press(home, "Ghi kết quả thẩm định")
    await done(home, "Đã ghi kết quả thẩm định")
    await expect(home.locator(".summary .state")).to_have_text("Đã thẩm định, chờ xét")
    await _seen_by_its_unit(await screens.of("unit-1"), here)


async def test_returned_dossier_stands_on_top_with_its_reasons(
    screens: Screens, system: System
) -> None:
    path = await _sent(system, 2, "Cá nhân trả lại")
    home = await screens.of("home")
    await home.goto(path)
    await press(home, "Tiếp nhận hồ sơ")
    await press(home, "Trả lại để bổ sung")
    await home.get_by_label("Cần bổ sung gì?").fill("Biên bản thiếu chữ ký\nThiếu danh sách")
    await press(home, "Trả lại hồ sơ")
    await done(home, "Đã trả lại hồ sơ")
    unit = await screens.of("unit-2")
    await expect(unit.get_by_role("link", name="Bổ sung hồ sơ bị trả lại")).to_be_visible()
    await picture(unit, "home-returned")
    await unit.goto(path)
    await expect(unit.locator("main")).to_contain_text("Biên bản thiếu chữ ký; Thiếu danh sách")
    head = await screens.of("unit-2-head")
    await head.goto(path)
    await press(head, "Gửi lại hồ sơ")
    await done(head, "Đã gửi hồ sơ")
    await expect(head.locator(".summary .state")).to_have_text("Đã bổ sung")


async def test_council_advises_and_the_chairman_decides(screens: Screens, system: System) -> None:
    path = await _sent(system, 4, "Cá nhân được xét")
    await _appraised(system, path)
    secretary = await screens.of("secretary")
    await secretary.goto(f"/sessions/new?campaign={system.campaign}")
    await picture(secretary, "session-new")
    await secretary.get_by_label("Ủy viên Hội đồng 1 (mẫu)").last.check()
    await press(secretary, "Triệu tập")
    await done(secretary, "Đã triệu tập phiên họp")
    await press(secretary, "Khai mạc phiên họp")
    await press(secretary, "Khai mạc")
    await done(secretary, "Đã khai mạc phiên họp")
    await press(secretary, "Ghi kết quả biểu quyết")
    await picture(secretary, "votes-new")
    for box in await secretary.get_by_label("số đồng ý").all():
        await box.fill("5")
    await press(secretary, "Ghi kết quả")
    await done(secretary, "Đã ghi kết quả biểu quyết")
    await press(secretary, "Kết thúc phiên họp")
    await done(secretary, "Đã kết thúc phiên họp")
    decision = await _decided(screens, secretary.url)
    await _published(await screens.of("clerk"), decision)


async def test_withdrawal_gives_its_reason(screens: Screens, system: System) -> None:
    path = await _sent(system, 5, "Cá nhân rút")
    head = await screens.of("unit-5-head")
    await head.goto(path)
    await press(head, "Rút hồ sơ")
    await head.get_by_label("Lý do").fill("Đơn vị xem lại thành tích")
    await press(head, "Rút hồ sơ")
    await done(head, "Đã rút hồ sơ")
    await expect(head.locator(".summary .state")).to_have_text("Đã rút")


async def _prepared(officer: Page, portal: str) -> str:
    """By the unit's officer, from the first page; the dossier's address."""
    await press(officer, "Lập hồ sơ đề nghị khen thưởng")
    await press(officer, "Lập hồ sơ")
    await done(officer, "Đã lập hồ sơ")
    here = officer.url
    assert here.startswith(f"{portal}/dossiers/")
    await press(officer, "Thêm trường hợp")
    await officer.get_by_label("Cá nhân", exact=True).check()
    await officer.get_by_label("Họ và tên").fill("Nông Thị Mẫu")
    await officer.get_by_label("Số định danh").fill("mau-trinh-duyet-1")
    await officer.get_by_label("Tóm tắt thành tích").fill("Vận động 12 hộ thoát nghèo")
    await expect(officer.locator(".kept")).to_have_text("Đã giữ bản đang nhập.")
    await picture(officer, "nominee-new")
    await press(officer, "Thêm vào hồ sơ")
    await done(officer, "Đã thêm một trường hợp")
    for kind in KINDS:
        await press(officer, "Đính kèm giấy tờ")
        await officer.get_by_label(kind, exact=True).check()
        await officer.get_by_label("Tệp", exact=True).set_input_files(PAPER)
        await press(officer, "Đính kèm")
        await done(officer, "Đã đính kèm giấy tờ")
    await expect(officer.locator(".summary .cannot")).to_have_text(
        "Hồ sơ đã đủ. Lãnh đạo đơn vị xem và gửi."
    )
    return here


async def _seen_by_its_unit(officer: Page, here: str) -> None:
    await officer.goto(here)
    line = officer.locator("#line-1")
    await expect(line).to_contain_text("Đủ giấy tờ, đạt tiêu chuẩn")
    await officer.goto(f"{here}?version=2")
    await expect(officer.locator(".past")).to_contain_text("ngay sau bước 2")
    await expect(officer.locator(".summary .state")).to_have_text("Chưa gửi")
    await expect(line).not_to_contain_text("đạt tiêu chuẩn")
    await picture(officer, "dossier-past")


async def _sent(system: System, unit: int, name: str) -> str:
    """A complete dossier of a unit, sent over HTTP; its address."""
    async with system.people(f"unit-{unit}", f"unit-{unit}-head") as (officer, head):
        opened = await officer.post("dossier", "/dossiers", {"campaign": system.campaign})
        path = f"/dossiers/{opened['id']}"
        line = {"kind": "individual", "name": name, "identity": f"mau-{unit}-{name}", "form": FORM}
        await officer.post("dossier", f"{path}/nominees", line | {"achievement": "Tích cực"})
        for kind in ("proposal-letter", "achievement-report", "minutes"):
            await _attach(officer, path, kind)
        await head.post("dossier", f"{path}/submission")
    return path


async def _attach(officer: Person, path: str, kind: str) -> Any:
    content = PAPER.read_bytes()
    return await officer.upload("dossier", f"{path}/papers", f"{kind}.pdf", content, kind=kind)


async def _appraised(system: System, path: str) -> None:
    async with system.people("home") as (home,):
        await home.post("dossier", f"{path}/receipt")
        body = {"verdict": "eligible", "reason": "Đủ điều kiện"}
        await home.post("dossier", f"{path}/lines/1/appraisal", body)


async def _decided(screens: Screens, session: str) -> str:
    """Drafted by home affairs, changed in one line and signed by the chairman; its address."""
    home = await screens.of("home")
    await home.goto(session)
    await press(home, "Lập dự thảo quyết định")
    await press(home, "Lập dự thảo")
    await done(home, "Đã lập dự thảo quyết định")
    chairman = await screens.of("chairman")
    await press(chairman, "Xem và ký quyết định")
    line = chairman.locator(".lines li", has_text="Cá nhân được xét")
    await line.get_by_role("link", name="Quyết định khác").click()
    await chairman.get_by_label("Đề nghị cấp trên khen thưởng").check()
    await chairman.get_by_label("Lý do", exact=True).fill("Thành tích xuất sắc, đề nghị cấp tỉnh")
    await press(chairman, "Ghi quyết định")
    await done(chairman, "Đã ghi quyết định khác")
    await press(chairman, "Ký quyết định")
    await done(chairman, "Đã ký quyết định")
    return chairman.url


async def _published(clerk: Page, decision: str) -> None:
    await clerk.goto(decision)
    await press(clerk, "Cấp số")
    await press(clerk, "Cấp số")
    await done(clerk, "Đã cấp số")
    await press(clerk, "Phát hành quyết định")
    await done(clerk, "Đã phát hành quyết định")
    document = await clerk.context.request.get(f"{decision}/document.pdf")
    assert (document.status, (await document.body())[:5]) == (200, b"%PDF-")
    await picture(clerk, "decision-published")
