"""What waits for those who look after the system: the administrator and the auditor."""

import asyncio
from typing import Any

from services.portal.clients import Away, SaidNo
from services.portal.http.troubles import SERVICES
from services.portal.parts import Task
from services.portal.visits import Visit


async def followers_of(visit: Visit) -> tuple[list[Task], list[Task]]:
    """Tasks of the administrator: what does not answer or cannot go on; and how the rest is."""
    found = await asyncio.gather(*(_state_of(visit, service) for service in SERVICES))
    tasks = [task for needs, _ in found for task in needs]
    return tasks, [task for _, fine in found for task in fine]


async def _state_of(visit: Visit, service: str) -> tuple[list[Task], list[Task]]:
    name = SERVICES[service]
    try:
        state: dict[str, Any] = await visit.get(service, "/followers")
        letters: list[Any] = await visit.get(service, "/dead-letters")
    except Away:
        return [Task(f"{name}: không trả lời", "/", "Xem nhật ký của dịch vụ này.")], []
    except SaidNo:
        return [], []
    tasks = []
    if letters:
        about = "Thông điệp không xử lý được; sửa nguyên nhân rồi cho chạy lại."
        tasks.append(Task(f"{name}: {len(letters)} thông điệp chờ xử lý", "/audit", about))
    if error := state["views"]["error"]:
        tasks.append(Task(f"{name}: khung nhìn đã dừng", "/audit", str(error)))
    behind = [
        f"{follower} chậm {health['behind']} sự kiện"
        for follower, health in state["followers"].items()
        if health["behind"]
    ]
    about = "; ".join(behind) or f"đã ghi {state['views']['position']} sự kiện, không chậm"
    return tasks, [Task(f"{name}: đang chạy", "/audit", about)]


async def tasks_of_auditor(visit: Visit) -> list[Task]:
    try:
        status = await visit.get("audit", "/status")
    except (Away, SaidNo):
        return [Task("Nhật ký niêm phong không trả lời", "/audit")]
    last = status["last_verification"]
    if last is None:
        return [Task("Kiểm tra nhật ký", "/audit", "Chưa có lần kiểm tra nào.")]
    if last["result"] != "verified":
        about = f"{last['findings_in_all']} điểm cần giải trình."
        return [Task("Nhật ký có sai lệch", "/audit", about)]
    return []
