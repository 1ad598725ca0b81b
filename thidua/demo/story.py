"""The story from the plan's file to the conclusion, and the one line that sums it up."""

from pathlib import Path
from typing import Any

from thidua.demo import (
    awarding,
    concluding,
    difficulties,
    drafting,
    launching,
    nominating,
    revising,
    taking_part,
)
from thidua.demo.client import DemoFailed, Person, Services, progress, until
from thidua.demo.organisation import Organisation, Plan, set_up

WITH_VIEWS = ("directory", "campaign", "dossier", "notification", "audit")


async def tell(
    path: Path, content: bytes, plan: Plan, services: Services, keep: Path | None
) -> dict[str, Any]:
    """Runs everything; returns the summary. Raises DemoFailed at the first thing that is wrong.

    `notices_sent` counts all notices of the campaign, of whatever occasion, that were delivered
    (by mail, or in-app where a unit has no mailbox) by the end; `acknowledged` those of the launch
    that a unit confirmed; `reminded` the units of the one reminder; `rechecked` the dossiers
    measured anew by the revised guidance; `difficulties` those resolved.
    """
    progress(f"Kế hoạch {path}: {len(plan.draft['fields'])} dữ kiện đọc được")
    organisation = await set_up(services, plan)
    progress(f"Tổ chức: {len(organisation.units)} đơn vị, {len(organisation.people)} người")
    campaign = await drafting.from_file(organisation, path.name, content, plan)
    await launching.launch(organisation, campaign)
    await launching.acknowledge(organisation, campaign)
    facts = await _taken_part(organisation, campaign, keep)
    figures = await organisation["home"].get("dossier", f"/figures?campaign={campaign}")
    notices = await _delivered(organisation, campaign)
    replay = await _replayed(organisation["administrator"])
    audit, events = await _verified(organisation["auditor"])
    return {
        "plan": str(path),
        "campaign": campaign,
        "units": len(organisation.units),
        "notices_sent": notices["sent"],
        "acknowledged": notices["acknowledged"],
        **facts,
        **{name: figures[name] for name in FIGURES},
        "events": events,
        "replay": replay,
        "audit": audit,
    }


async def _taken_part(
    organisation: Organisation, campaign: str, keep: Path | None
) -> dict[str, int | bool]:
    """From the first reminder to the conclusion; what there is to count besides dossiers."""
    reminded = await taking_part.remind(organisation, campaign)
    registered = await taking_part.register(organisation, campaign)
    deadline = await launching.open_intake(organisation, campaign)
    dossiers = await nominating.send_in_time(organisation, campaign)
    resolved = await difficulties.settle(organisation, campaign)
    await nominating.send_late(organisation, dossiers, deadline)
    rechecked = await revising.revise(organisation, campaign, dossiers)
    await revising.bind_end(organisation, campaign)
    await nominating.appraise(organisation, dossiers)
    await awarding.award(organisation, campaign, keep)
    reports = await taking_part.report(organisation, campaign)
    concluded = await concluding.conclude(organisation, campaign, reports)
    await concluding.papers(organisation, campaign, keep)
    return {
        "registered": registered,
        "reminded": reminded,
        "difficulties": resolved,
        "rechecked": rechecked,
        "concluded": concluded,
    }


async def _delivered(organisation: Organisation, campaign: str) -> dict[str, int]:
    """Waits until everything that happened was heard and none of its notices is under way."""
    administrator, lead = organisation["administrator"], organisation["lead"]
    heads = {
        service: (await administrator.get(service, "/log?limit=1"))["head"]
        for service in ("directory", "campaign", "dossier")
    }

    async def none_waits() -> Any:
        found = (await administrator.get("notification", "/followers"))["followers"]
        if any(found[f"notification.{name}"]["position"] < head for name, head in heads.items()):
            return None
        figures = await lead.get("notification", f"/figures?about={campaign}")
        return None if figures["waiting"] else figures

    figures: dict[str, int] = await until("delivery of all notices", none_waits)
    progress(f"Thông báo của cả phong trào: {figures['sent']} đã gửi, {figures['failed']} lỗi")
    return figures


FIGURES = (
    "dossiers",
    "nominees",
    "awarded",
    "referred",
    "not_awarded",
    "returned",
    "withdrawn",
    "held",
)


async def _replayed(administrator: Person) -> str:
    """Every service builds fresh views from its log and compares them with the live ones."""
    for service in WITH_VIEWS:
        found = await administrator.post(service, "/views/comparison")
        if not found["equal"]:
            raise DemoFailed(f"{service}: {found['different']}")
    progress(f"Dựng lại từ nhật ký và so sánh: {len(WITH_VIEWS)} dịch vụ đều khớp")
    return "equal"


async def _verified(auditor: Person) -> tuple[str, int]:
    """Waits until all logs are sealed, then has every event checked against the seal."""

    async def all_sealed() -> Any:
        status = await auditor.get("audit", "/status")
        behind = [name for name, of in status["services"].items() if of["lag"]]
        return None if behind else status

    await until("sealing of all logs", all_sealed)
    found = await auditor.post("audit", "/verifications")
    if found["result"] != "verified":
        raise DemoFailed(f"audit: {found}")
    progress(f"Kiểm toán: {found['size']} sự kiện, gốc {found['root'][:16]}…")
    return str(found["result"]), int(found["size"])
