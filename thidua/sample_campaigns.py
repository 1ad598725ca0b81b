"""What the sample accounts find to do: a running campaign with work at every desk, plans to come.

Everything was done by the accounts themselves; all of it is sample data.
"""

import asyncio
from datetime import timedelta

from thidua.demo import difficulties, drafting, launching, nominating, revising, taking_part
from thidua.demo.organisation import Organisation, Plan

INTAKE_FOR = timedelta(days=60)
EVENT = "Đại hội đại biểu các dân tộc thiểu số huyện Chi Lăng lần thứ IV - năm 2024"
OTHER_EVENTS = (
    "Ngày hội văn hóa các thôn (dữ liệu mẫu)",
    "Tuần lễ đọc sách của xã (dữ liệu mẫu)",
    "Hội thi sáng kiến cải cách hành chính (dữ liệu mẫu)",
)
REFUSED, SENT, ESCALATED = 1, 2, 3  # units, by what became of their registration or difficulty
APPRAISED = 3
WHY_ESCALATED = "Vượt thẩm quyền của cơ quan chủ trì, xin ý kiến Chủ tịch (mẫu)"
WHY_REVISED = "Đề nghị tăng số lượng giấy khen theo số đơn vị đăng ký (mẫu)"


async def make(organisation: Organisation, plan: Plan, name: str, content: bytes) -> None:
    """The running campaign from the plan's file, and three plans at three desks."""
    campaign = await drafting.from_file(organisation, name, content, plan)
    await launching.launch(organisation, campaign)
    await launching.open_intake(organisation, campaign, INTAKE_FOR)
    await nominating.intake_known(organisation["unit-1"], campaign)
    await asyncio.gather(
        _registrations(organisation, f"/campaigns/{campaign}"),
        _difficulties(organisation, campaign),
        _dossiers(organisation, campaign),
        _plans(organisation, content.decode()),
    )
    await _revision(organisation, campaign)


async def _registrations(organisation: Organisation, path: str) -> None:
    """One refused, for the unit to put right; one sent, for the lead office to judge."""
    await taking_part.call(organisation, path)
    await taking_part.send_registration(organisation, path, REFUSED, taking_part.VAGUE)
    await taking_part.refuse(organisation, path, REFUSED, taking_part.WHY_REFUSED)
    await taking_part.send_registration(organisation, path, SENT, taking_part.TARGETS)


async def _difficulties(organisation: Organisation, campaign: str) -> None:
    """One answered, for the unit to confirm; one for the lead office; one for the chairman."""
    lead = organisation["lead"]
    answered = await difficulties.report(organisation, campaign, REFUSED)
    await lead.post("campaign", f"{answered}/answer", {"reason": difficulties.ANSWER})
    await difficulties.report(organisation, campaign, SENT)
    escalated = await difficulties.report(organisation, campaign, ESCALATED)
    body = {"to": "chairman", "reason": WHY_ESCALATED}
    await lead.post("campaign", f"{escalated}/escalation", body)


async def _dossiers(organisation: Organisation, campaign: str) -> None:
    """One for home affairs to receive, one appraised for the council; the first unit has none."""
    home = organisation["home"]
    sent = await nominating.open_dossier(organisation, campaign, SENT)
    await nominating.submit(organisation, sent)
    appraised = await nominating.open_dossier(organisation, campaign, APPRAISED)
    await nominating.submit(organisation, appraised)
    await home.post("dossier", f"/dossiers/{appraised.id}/receipt")
    await nominating.appraise_lines(home, appraised)


async def _plans(organisation: Organisation, text: str) -> None:
    """One to be checked field by field, one to be signed, one to be numbered."""
    draft, to_sign, to_number = (text.replace(EVENT, event) for event in OTHER_EVENTS)
    await launching.prepare(organisation, draft, "ke-hoach-1.txt", confirm=False)
    await _approved(organisation, to_sign, "ke-hoach-2.txt")
    signed = await _approved(organisation, to_number, "ke-hoach-3.txt")
    await organisation["chairman"].post("campaign", f"/campaigns/{signed}/signature")


async def _approved(organisation: Organisation, text: str, name: str) -> str:
    campaign = await launching.prepare(organisation, text, name)
    await organisation["lead-head"].post("campaign", f"/campaigns/{campaign}/approval")
    return campaign


async def _revision(organisation: Organisation, campaign: str) -> None:
    """A draft for the head of home affairs to approve; the guidance in force stays as it is."""
    body = await revising.revised(organisation["home"], campaign, WHY_REVISED)
    await organisation["home"].post("campaign", f"/campaigns/{campaign}/guidance", body)
