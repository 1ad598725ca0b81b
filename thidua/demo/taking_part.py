"""Units take part: they are reminded, register their targets, and report what came of them."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from thidua.demo.client import DemoFailed, Person, progress
from thidua.demo.organisation import Organisation

REFUSED = 3  # the unit whose first registration is refused
REGISTER_WITHIN = timedelta(days=10)
WHY_REFUSED = "Chỉ tiêu chưa đo được; đề nghị ghi số lượng cụ thể"
VAGUE = [{"text": "Tích cực tham gia phong trào (mẫu)"}]
TARGETS = [
    {"text": "Hộ được giúp thoát nghèo (mẫu)", "number": 10, "measure": "hộ"},
    {"text": "Đường thôn được bê tông hóa (mẫu)", "number": 2, "measure": "km"},
]
ACHIEVED = (12, 2)


async def remind(organisation: Organisation, campaign: str) -> int:
    """One act reminds all that have not acknowledged, nobody else. Returns how many units."""
    lead, path = organisation["lead"], f"/campaigns/{campaign}"
    silent = await _board(lead, f"{path}/board?state=unanswered")
    await lead.post("notification", f"{path}/reminders", {"awaited": "acknowledgement"})
    reminded = {unit for unit, line in (await _board(lead, f"{path}/board")).items() if line}
    if reminded != silent.keys():
        raise DemoFailed(f"reminded {sorted(reminded)}, not answered {sorted(silent)}")
    again = await lead.refused("notification", f"{path}/reminders")
    if again != "reminded-today":
        raise DemoFailed(f"a second reminder on the same day: {again}")
    progress(f"Đôn đốc một lần tới {len(reminded)} đơn vị chưa xác nhận; lần hai cần lý do")
    return len(reminded)


async def _board(lead: Person, path: str) -> dict[str, int]:
    """By unit how often it was reminded."""
    items = (await lead.get("notification", path))["items"]
    return {item["unit"]: item["reminders"] for item in items}


async def register(organisation: Organisation, campaign: str) -> int:
    """Called for, drafted, sent, approved; one is refused, sends again. How many are approved."""
    path = f"/campaigns/{campaign}"
    await call(organisation, path)
    units = range(1, len(organisation.proposing) + 1)
    await asyncio.gather(*(_registered(organisation, path, unit) for unit in units))
    approved = await organisation["lead"].get("campaign", f"{path}/registrations?state=approved")
    count = len(approved["items"])
    progress(f"Đăng ký thi đua: {count} đơn vị được duyệt; 1 bị từ chối, sửa rồi gửi lại")
    return count


async def call(organisation: Organisation, path: str) -> None:
    """Until when units register. `path`, here and below: of the campaign."""
    until = (datetime.now(UTC) + REGISTER_WITHIN).isoformat()
    await organisation["lead-head"].post("campaign", f"{path}/registration-call", {"until": until})


async def _registered(organisation: Organisation, path: str, unit: int) -> None:
    if unit == REFUSED:
        await send_registration(organisation, path, unit, VAGUE)
        await refuse(organisation, path, unit, WHY_REFUSED)
    await send_registration(organisation, path, unit, TARGETS)
    await organisation["lead"].post("campaign", f"{_of(organisation, path, unit)}/approval")


async def refuse(organisation: Organisation, path: str, unit: int, reason: str) -> None:
    own = _of(organisation, path, unit)
    await organisation["lead"].post("campaign", f"{own}/refusal", {"reason": reason})


async def send_registration(
    organisation: Organisation, path: str, unit: int, targets: list[dict[str, Any]]
) -> None:
    """Drafted by the unit's specialist, sent by its leader."""
    own = _of(organisation, path, unit)
    await organisation[f"unit-{unit}"].post("campaign", f"{own}/draft", {"targets": targets})
    await organisation[f"unit-{unit}-head"].post("campaign", f"{own}/submission")


def _of(organisation: Organisation, path: str, unit: int) -> str:
    return f"{path}/registrations/{organisation.proposing[unit - 1]}"


async def report(organisation: Organisation, campaign: str) -> int:
    """Each unit's leader says in the final report what came of its targets. Returns how many."""
    figures = [
        {"text": t["text"], "planned": t["number"], "measure": t["measure"], "achieved": achieved}
        for t, achieved in zip(TARGETS, ACHIEVED, strict=True)
    ]
    body = {"kind": "final", "period": "Cả đợt", "figures": figures}
    body |= {"text": "Hoàn thành các chỉ tiêu đã đăng ký (mẫu)."}
    await asyncio.gather(
        *(
            organisation[f"unit-{number}-head"].post(
                "campaign", f"/campaigns/{campaign}/reports/{unit}", body
            )
            for number, unit in enumerate(organisation.proposing, 1)
        )
    )
    return len(organisation.proposing)
