"""A guidance is revised after a dossier was sent: old beside new, and what has to be done."""

from typing import Any

from playwright.async_api import Page, expect

from tests.browser.screens import PHONE, Screens, done, picture, press
from tests.browser.system import PAPER, System
from thidua.demo import launching
from thidua.demo.client import Person, today, until


async def test_revision_is_seen_by_the_unit_and_measured_on_its_dossier(
    screens: Screens, system: System
) -> None:
    here = f"/campaigns/{system.campaign}/guidance"
    dossier = await _sent(system)
    home = await screens.of("home", PHONE)
    await home.goto(f"{here}/new")
    await picture(home, "guidance-new")
    await home.get_by_label("Lý do sửa đổi").fill("Cần thêm giấy tờ")
    await home.locator("#extra-1").get_by_label("Giấy tờ khác theo hướng dẫn").check()
    await home.get_by_label("Tỷ lệ nữ ít nhất (%)").fill("30")
    await press(home, "Lưu và trình duyệt dự thảo")
    await done(home, "Đã lưu dự thảo hướng dẫn")
    await _issue(system)
    unit = await screens.of("unit-1-head", PHONE)
    await unit.goto(here)
    await expect(unit.locator("#changes + table tbody tr")).to_have_count(2)
    await expect(unit.locator("#changes + table")).to_contain_text("giấy tờ khác")
    await picture(unit, "guidance-revised")
    await _measured(system, dossier)
    await unit.goto(f"/dossiers/{dossier}")
    await expect(unit.locator("#differences ~ dl").first).to_contain_text("Thiếu giấy tờ khác")
    await picture(unit, "dossier-rechecked")
    wide = await screens.of("home")
    await _wide(wide, here, dossier)
    await _another_deadline(wide, here)
    await _as_before(system)


async def _wide(home: Page, here: str, dossier: str) -> None:
    for address, name in (
        (here, "guidance"),
        (f"{here}/new", "guidance-new"),
        (f"/dossiers/{dossier}", "dossier-rechecked"),
        ("/", "home-after-revision"),
    ):
        await home.goto(address)
        await picture(home, name)
    await expect(home.locator("main")).to_contain_text("điểm khác với hướng dẫn mới")


async def _another_deadline(home: Page, here: str) -> None:
    await home.goto(here)
    await press(home, "Chỉ đổi hạn nhận hồ sơ")
    await home.get_by_label("Hạn mới: đến hết ngày").fill("31/12/2098")
    await press(home, "Trình duyệt hạn mới")
    await expect(home.locator(".errors")).to_contain_text("Lý do")
    await home.get_by_label("Lý do").fill("Đại hội lùi ngày")
    await press(home, "Trình duyệt hạn mới")
    await done(home, "Đã trình hạn mới")
    row = home.locator("#changes + table tbody tr")
    await expect(row).to_have_count(1)
    await expect(row).to_contain_text("23:59 ngày 31/12/2098")


async def _as_before(system: System) -> None:
    """The other tests of this folder send dossiers to the same campaign."""
    path = f"/campaigns/{system.campaign}/guidance"
    async with system.people("home") as (home,):
        first = await home.get("campaign", f"{path}?version=1")
        window = {name: first[name] for name in ("intake_from", "intake_until")}
        body = launching.GUIDANCE | window | {"reason": "Như ban đầu"}
        await home.post("campaign", path, body)
    await _issue(system)


async def _sent(system: System) -> str:
    paper = PAPER.read_bytes()
    async with system.people("unit-1", "unit-1-head") as (officer, head):
        said = await officer.post("dossier", "/dossiers", {"campaign": system.campaign})
        path = f"/dossiers/{said['id']}"
        body = {
            "kind": "individual",
            "name": "Lý Thị Mẫu",
            "identity": "huong-dan-1",
            "form": launching.GUIDANCE["forms"][0]["code"],
            "achievement": "Vận động nhân dân hiến đất làm đường.",
        }
        await officer.post("dossier", f"{path}/nominees", body)
        for kind in launching.GUIDANCE["papers"]:
            await officer.upload("dossier", f"{path}/papers", "a.pdf", paper, kind=kind)
        await head.post("dossier", f"{path}/submission")
        return str(said["id"])


async def _issue(system: System) -> None:
    path = f"/campaigns/{system.campaign}/guidance"
    async with system.people("home-head", "clerk") as (head, clerk):
        await head.post("campaign", f"{path}/approval")
        await head.post("campaign", f"{path}/signature")
        await clerk.post("campaign", f"{path}/number", {"issued_on": today()})
        await clerk.post("campaign", f"{path}/publication")


async def _measured(system: System, dossier: str) -> None:
    async with system.people("home") as (home,):

        async def measured() -> Any:
            return await _guidance_of(home, dossier) == 2

        await until("dossier measured by the revision", measured)


async def _guidance_of(by: Person, dossier: str) -> int:
    return int((await by.get("dossier", f"/dossiers/{dossier}"))["guidance"])
