"""The story in six chapters, and the one line that sums it up."""

from pathlib import Path
from typing import Any

from thidua.demo import awarding, launching, nominating
from thidua.demo.client import DemoFailed, Person, Services, progress, until
from thidua.demo.organisation import Plan, set_up

WITH_VIEWS = ("directory", "campaign", "dossier", "notification", "audit")


async def tell(
    path: Path, text: str, plan: Plan, services: Services, keep: Path | None
) -> dict[str, Any]:
    """Runs everything; returns the summary. Raises DemoFailed at the first thing that is wrong."""
    progress(f"Kế hoạch {path}: {len(plan.draft['fields'])} dữ kiện đọc được")
    organisation = await set_up(services, plan)
    progress(f"Tổ chức: {len(organisation.units)} đơn vị, {len(organisation.people)} người")
    campaign = await launching.prepare(organisation, text, path.name)
    await launching.launch(organisation, campaign)
    notices = await launching.acknowledge(organisation, campaign)
    deadline = await launching.open_intake(organisation, campaign)
    dossiers = await nominating.send_dossiers(organisation, campaign, deadline)
    await nominating.appraise(organisation, dossiers)
    await awarding.award(organisation, campaign, keep)
    figures = await organisation["home"].get("dossier", f"/figures?campaign={campaign}")
    replay = await _replayed(organisation["administrator"])
    audit, events = await _verified(organisation["auditor"])
    return {
        "plan": str(path),
        "campaign": campaign,
        "units": len(organisation.units),
        "notices_sent": notices["sent"],
        "acknowledged": notices["acknowledged"],
        **{name: figures[name] for name in FIGURES},
        "events": events,
        "replay": replay,
        "audit": audit,
    }


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
