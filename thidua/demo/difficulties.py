"""A unit meets a difficulty: nobody but the unit says that an answer has helped."""

from thidua.demo.client import DemoFailed, progress
from thidua.demo.organisation import Organisation

UNIT = 2
REPORTED = {
    "kind": "papers",
    "title": "Biên bản họp xét ở thôn có nhiều bản (mẫu)",
    "description": "Mỗi thôn họp xét một buổi, đơn vị chưa rõ phải nộp biên bản nào.",
    "asks_for": "Hướng dẫn cách nộp biên bản",
}
QUESTION = "Các thôn họp riêng hay có buổi họp xét chung của xã?"
EXPLANATION = "Các thôn họp riêng, sau đó xã họp xét chung một buổi."
ANSWER = "Nộp biên bản buổi họp xét chung; biên bản của các thôn giữ tại đơn vị."


async def settle(organisation: Organisation, campaign: str) -> int:
    """Reported, asked back, explained, answered, confirmed. Returns how many are resolved."""
    lead, officer = organisation["lead"], organisation[f"unit-{UNIT}"]
    path = await report(organisation, campaign, UNIT)
    await lead.post("campaign", f"{path}/question", {"reason": QUESTION})
    await officer.post("campaign", f"{path}/explanation", {"reason": EXPLANATION})
    early = await officer.refused("campaign", f"{path}/resolution")
    if early != "difficulty-out-of-turn":
        raise DemoFailed(f"a difficulty resolved before it was answered: {early}")
    await lead.post("campaign", f"{path}/answer", {"reason": ANSWER})
    await organisation[f"unit-{UNIT}-head"].post("campaign", f"{path}/resolution")
    resolved = await lead.get("campaign", f"/difficulties?campaign={campaign}&state=resolved")
    progress("Khó khăn, vướng mắc: đơn vị báo, cơ quan chủ trì hỏi lại, trả lời; đơn vị xác nhận")
    return len(resolved["items"])


async def report(organisation: Organisation, campaign: str, unit: int) -> str:
    """A unit reports one; returns its path."""
    officer = organisation[f"unit-{unit}"]
    reported = await officer.post("campaign", f"/campaigns/{campaign}/difficulties", REPORTED)
    return f"/difficulties/{reported['id']}"
