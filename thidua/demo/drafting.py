"""Chapter one: the plan comes in as a file; people confirm it, describe it and see it ready."""

from datetime import date
from typing import Any

from thidua.demo.client import DemoFailed, Person, progress
from thidua.demo.organisation import Organisation, Plan

# What a person adds where a plan does not say it and nothing can be launched without it.
SUPPLIED = {
    "issuing_authority": "Cơ quan ban hành (người soạn bổ sung)",
    "theme": "Chủ đề thi đua (người soạn bổ sung)",
    "recipients": {"name": "UBND các xã, thị trấn", "purpose": "for-action"},
}
LEGAL_BASES = 2  # a launch asks for them by default
SUPPLIED_BASIS = "Văn bản làm căn cứ (người soạn bổ sung)"
SUPPLIED_END = "tổng kết phong trào (người soạn bổ sung)"
SUPPLIED_START = "Ngày bắt đầu do người soạn bổ sung, kế hoạch không ghi"
LAST_OF_DISTRICTS = "2025-06-30"
LEVELS = {"tỉnh": "province", "huyện": "district", "thị xã": "district", "thành phố": "district"}


async def from_file(organisation: Organisation, name: str, content: bytes, plan: Plan) -> str:
    """The file as it was given, kept byte by byte; the draft is left submitted and described."""
    lead = organisation["lead"]
    campaign = str((await lead.upload("campaign", "/campaigns/files", name, content))["id"])
    if await lead.fetch("campaign", f"/campaigns/{campaign}/source/file") != content:
        raise DemoFailed("the plan's file is not kept as it was given")
    progress(f"Kế hoạch vào từ tệp {name}, tệp gốc được giữ nguyên")
    await complete(organisation, campaign)
    await _described(lead, campaign, plan)
    return campaign


async def complete(organisation: Organisation, campaign: str) -> None:
    """Every field confirmed by a person, what is missing added, submitted."""
    lead, path = organisation["lead"], f"/campaigns/{campaign}"
    page = await lead.get("campaign", path)
    if (code := await lead.refused("campaign", f"{path}/submission")) != "unconfirmed-fields":
        raise DemoFailed(f"submission before confirmation: {code}")
    for field in page["fields"]:
        await lead.post("campaign", f"{path}/fields/{field['id']}/confirmation")
    await _supplied(lead, path, page)
    await lead.post("campaign", f"{path}/submission")
    missing = ", ".join(m["field"] for m in page["missing"])
    progress(f"Dự thảo: {len(page['fields'])} dữ kiện đã xác nhận; để trống: {missing or 'không'}")


async def _supplied(lead: Person, path: str, page: dict[str, Any]) -> None:
    read = {field["field"] for field in page["fields"]}
    for field, value in SUPPLIED.items():
        if field not in read:
            await lead.post("campaign", f"{path}/fields", {"field": field, "value": value})
            progress(f"Kế hoạch không ghi {field}: người soạn bổ sung")
    for _ in range(LEGAL_BASES - sum(f["field"] == "legal_bases" for f in page["fields"])):
        basis = {"field": "legal_bases", "value": SUPPLIED_BASIS}
        await lead.post("campaign", f"{path}/fields", basis)
        progress("Kế hoạch không đủ căn cứ: người soạn bổ sung")


async def _described(lead: Person, campaign: str, plan: Plan) -> None:
    """Kind, level and time; then only the number is missing before the launch."""
    path = f"/campaigns/{campaign}"
    before = await _undone(lead, path)
    known = attributes_of(plan)
    await lead.put("campaign", f"{path}/attributes", known)
    ready = await lead.get("campaign", f"{path}/readiness")
    undone = await _undone(lead, path)
    if ready["blocking"] != ["numbered"] or not {"attributes", "end"} <= before - undone:
        raise DemoFailed(f"not ready for launch: {ready}")
    done = sum(item["done"] for item in ready["items"])
    progress(
        f"Thuộc tính: từ {known['starts'] or 'khi phát động'} đến {known['ends_event']}; "
        f"sẵn sàng {done}/{len(ready['items'])} mục, chỉ còn chờ ký và cấp số"
    )


async def _undone(lead: Person, path: str) -> set[str]:
    items = (await lead.get("campaign", f"{path}/readiness"))["items"]
    return {item["code"] for item in items if not item["done"]}


def attributes_of(plan: Plan) -> dict[str, Any]:
    """What the plan says of its level and time; its end hangs on an event until that has a day.

    Districts were there until 30 June 2025, so one that names no day gets that; the note says so.
    """
    period = next(iter(plan.all("period")), None) or {}
    level, read = _level(plan.one("issuing_authority", "")), _first_day(plan, period)
    if level == "district" and read is not None and read > LAST_OF_DISTRICTS:
        level = "commune"
    starts = read or (LAST_OF_DISTRICTS if level == "district" else None)
    event = (period.get("ends") or {}).get("event") or SUPPLIED_END
    note = SUPPLIED_START if starts != read else ""
    return {"kind": "topical", "level": level, "starts": starts, "ends_event": event, "note": note}


def _level(authority: str) -> str:
    name = authority.lower()
    return next((level for word, level in LEVELS.items() if word in name), "commune")


def _first_day(plan: Plan, period: dict[str, Any]) -> str | None:
    named = (period.get("starts") or {}).get("date")
    year, month = plan.one("document_year", ""), plan.one("document_month", "1")
    for told in (str(named), f"{year}-{int(month):02}-01"):
        try:
            return date.fromisoformat(told).isoformat()
        except ValueError:
            continue
    return None
