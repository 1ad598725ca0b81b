"""Chapters four and five, first half: units send dossiers, home affairs receives and appraises."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from thidua.demo.client import Person, progress, until
from thidua.demo.organisation import Organisation

PAPERS = ("proposal-letter", "achievement-report", "minutes")
SAMPLE_PAPER = Path(__file__).parents[2] / "examples/chi-lang-2024/paper.pdf"
SHARED = {"kind": "individual", "name": "Cá nhân mẫu A", "identity": "mau-000000000001"}


@dataclass(frozen=True)
class Sent:
    """A dossier that a unit has opened."""

    id: str
    unit: int


def nominee(kind: str, name: str, identity: str) -> dict[str, Any]:
    return {"kind": kind, "name": name, "identity": identity}


NOMINEES: dict[int, Sequence[dict[str, Any]]] = {
    1: (
        SHARED,
        nominee("collective", "Tập thể mẫu thôn 1", "mau-tap-the-1"),
        nominee("household", "Hộ gia đình mẫu 1", "mau-ho-1"),
    ),
    2: (
        nominee("individual", "Cá nhân mẫu B", "mau-000000000002"),
        nominee("household", "Hộ gia đình mẫu 2", "mau-ho-2"),
    ),
    3: (nominee("collective", "Tập thể mẫu thôn 3", "mau-tap-the-3"),),
    4: (nominee("individual", "Cá nhân mẫu C", "mau-000000000003"),),
    5: (SHARED, nominee("collective", "Tập thể mẫu thôn 5", "mau-tap-the-5")),
    6: (
        nominee("individual", "Cá nhân mẫu D", "mau-000000000004"),
        nominee("individual", "Cá nhân mẫu E", "mau-000000000005"),
    ),
}
LATE, INCOMPLETE, WITHDRAWN = 3, 2, 4
TWICE_NAMED, HELD = 5, 6


async def send_in_time(organisation: Organisation, campaign: str) -> list[Sent]:
    """Six dossiers: one incomplete, one naming a nominee again, one withdrawn, one not yet sent."""
    await intake_known(organisation["unit-1"], campaign)
    opened = (open_dossier(organisation, campaign, unit) for unit in NOMINEES)
    dossiers = await asyncio.gather(*opened)
    for dossier in dossiers:
        if dossier.unit != LATE:
            await submit(organisation, dossier)
    withdrawn = next(dossier for dossier in dossiers if dossier.unit == WITHDRAWN)
    await organisation[f"unit-{WITHDRAWN}-head"].delete(
        "dossier",
        f"/dossiers/{withdrawn.id}/submission",
        {"reason": "Đơn vị rút để hoàn thiện thành tích, đề nghị vào dịp sau"},
    )
    return [dossier for dossier in dossiers if dossier is not withdrawn]


async def send_late(
    organisation: Organisation, dossiers: Sequence[Sent], deadline: datetime
) -> None:
    """The last one goes out when the deadline has passed: taken, and counted as late."""
    await asyncio.sleep(max(0.0, (deadline - datetime.now(UTC)).total_seconds()))
    await submit(organisation, next(dossier for dossier in dossiers if dossier.unit == LATE))
    lines = sum(map(len, NOMINEES.values()))
    progress(f"Hồ sơ: {len(NOMINEES)} bộ, {lines} trường hợp; 1 nộp muộn, 1 đã rút")


async def intake_known(officer: Person, campaign: str) -> None:
    async def known() -> Any:
        items = (await officer.get("dossier", "/campaigns"))["items"]
        return [item for item in items if item["id"] == campaign and item["intake_open"]]

    await until("intake known to the dossier service", known)


async def open_dossier(organisation: Organisation, campaign: str, unit: int) -> Sent:
    officer = organisation[f"unit-{unit}"]
    opened = await officer.post("dossier", "/dossiers", {"campaign": campaign})
    path = f"/dossiers/{opened['id']}"
    for line in NOMINEES[unit]:
        told = {"form": "giay-khen", "achievement": "Tích cực tham gia phong trào thi đua (mẫu)"}
        await officer.post("dossier", f"{path}/nominees", line | told)
    content = SAMPLE_PAPER.read_bytes()
    for kind in PAPERS:
        await officer.upload("dossier", f"{path}/papers", f"{kind}.pdf", content, kind=kind)
    return Sent(opened["id"], unit)


async def submit(organisation: Organisation, dossier: Sent) -> None:
    head = organisation[f"unit-{dossier.unit}-head"]
    await head.post("dossier", f"/dossiers/{dossier.id}/submission")


async def appraise(organisation: Organisation, dossiers: Sequence[Sent]) -> None:
    """Receive all, return one until it is complete, judge every line with its reason, hold one."""
    home = organisation["home"]
    for dossier in dossiers:
        await home.post("dossier", f"/dossiers/{dossier.id}/receipt")
        if dossier.unit == INCOMPLETE:
            await _returned_and_supplemented(organisation, dossier)
    for dossier in dossiers:
        await appraise_lines(home, dossier)
    held = next(dossier for dossier in dossiers if dossier.unit == HELD)
    path = f"/dossiers/{held.id}/lines/1/hold"
    head = organisation["home-head"]
    await head.post("dossier", path, {"reason": "Có đơn phản ánh, chờ xác minh"})
    await head.delete("dossier", path, {"reason": "Đã xác minh, phản ánh không có căn cứ"})
    progress("Thẩm định xong từng trường hợp; 1 hồ sơ trả lại rồi bổ sung, 1 tạm dừng rồi xét tiếp")


async def _returned_and_supplemented(organisation: Organisation, dossier: Sent) -> None:
    home, officer = organisation["home"], organisation[f"unit-{dossier.unit}"]
    path = f"/dossiers/{dossier.id}"
    reasons = {"reasons": ["Biên bản họp xét thiếu chữ ký của thư ký"]}
    await home.post("dossier", f"{path}/return", reasons)
    content = SAMPLE_PAPER.read_bytes()
    await officer.upload("dossier", f"{path}/papers", "minutes-signed.pdf", content, kind="minutes")
    await submit(organisation, dossier)
    await home.post("dossier", f"{path}/receipt")


async def appraise_lines(home: Person, dossier: Sent) -> None:
    page = await home.get("dossier", f"/dossiers/{dossier.id}")
    for line in page["lines"]:
        verdict, reason = _verdict(dossier.unit, line["line"])
        body: dict[str, Any] = {"verdict": verdict, "reason": reason}
        if line["duplicates"]:
            body["duplicate_reason"] = "Hai đơn vị cùng đề nghị; xét một lần ở hồ sơ đầu"
        path = f"/dossiers/{dossier.id}/lines/{line['line']}/appraisal"
        await home.post("dossier", path, body)


def _verdict(unit: int, line: int) -> tuple[str, str]:
    if (unit, line) == (TWICE_NAMED, 1):
        return "not-eligible", "Đã được đề nghị ở hồ sơ của đơn vị khác, cùng một thành tích"
    if (unit, line) == (HELD, 2):
        return "refer-upward", "Thành tích vượt mức, đủ điều kiện đề nghị cấp tỉnh khen thưởng"
    return "eligible", "Đủ điều kiện, tiêu chuẩn theo hướng dẫn"
