"""What was told changes, with a reason: the guidance is revised, the end gets its day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from thidua.demo import launching
from thidua.demo.client import DemoFailed, Person, progress, today, until
from thidua.demo.nominating import Sent
from thidua.demo.organisation import Organisation

Json = dict[str, Any]
LONGER = timedelta(days=7)
QUOTA = 25
WHY_REVISED = "Nhiều đơn vị đề nghị thêm thời gian; số lượng khen tăng theo quy mô phong trào"
ENDS_IN = timedelta(days=30)
WHY_END = "Sự kiện mà thời gian kết thúc gắn vào nay đã có ngày chính thức"


async def revised(home: Person, campaign: str, reason: str, longer: timedelta = LONGER) -> Json:
    """The body of a revision of the guidance in force: a later deadline, a larger quota."""
    before = await home.get("campaign", f"/campaigns/{campaign}/guidance")
    until = datetime.fromisoformat(before["intake_until"]) + longer
    window = {"intake_from": before["intake_from"], "intake_until": until.isoformat()}
    forms = [form | {"quota": QUOTA} for form in launching.GUIDANCE["forms"]]
    return launching.GUIDANCE | window | {"forms": forms, "reason": reason}


async def revise(organisation: Organisation, campaign: str, dossiers: Sequence[Sent]) -> int:
    """Another deadline and quota; every dossier sent before is measured anew. Returns how many."""
    home = organisation["home"]
    body = await revised(home, campaign, WHY_REVISED)
    await launching.issue_guidance(organisation, campaign, body)
    version = (await home.get("campaign", f"/campaigns/{campaign}/guidance"))["version"]

    async def measured() -> Any:
        pages = [await home.get("dossier", f"/dossiers/{dossier.id}") for dossier in dossiers]
        return pages if all(page["guidance"] == version for page in pages) else None

    pages = await until("dossiers measured by the revised guidance", measured)
    differ = [{difference["what"] for difference in page["differences"]} for page in pages]
    if not all("window" in found for found in differ):
        raise DemoFailed(f"differences shown after the revision: {differ}")
    in_time = sum("late" in found for found in differ)
    progress(f"Rà lại {len(pages)} hồ sơ đã gửi theo hướng dẫn mới; {in_time} bộ nay trong hạn")
    return len(pages)


async def bind_end(organisation: Organisation, campaign: str) -> None:
    """The end that hung on an event gets its day, with the reason."""
    head, path = organisation["lead-head"], f"/campaigns/{campaign}"
    begins = (await head.get("campaign", path))["attributes"]["starts"] or ""
    ends = (date.fromisoformat(max(begins, today())) + ENDS_IN).isoformat()
    unexplained = await head.refused("campaign", f"{path}/end", {"ends": ends})
    if unexplained != "reason-missing":
        raise DemoFailed(f"an end changed without a reason: {unexplained}")
    await head.post("campaign", f"{path}/end", {"ends": ends, "reason": WHY_END})
    progress(f"Thời gian kết thúc: ngày {ends}, có lý do; báo cho mọi đơn vị")
