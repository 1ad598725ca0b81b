"""The end of the story: the campaign is reviewed, concluded, and its papers are kept."""

from pathlib import Path

from thidua.demo.client import DemoFailed, progress, today
from thidua.demo.organisation import Organisation

REVIEW = """Phong trào được các đơn vị hưởng ứng, hoàn thành mục tiêu đề ra (mẫu).
Đề nghị các đơn vị tiếp tục nhân rộng cách làm hay."""


async def conclude(organisation: Organisation, campaign: str, reports: int) -> bool:
    """Prepared by the lead office, its figures counted, approved by the chairman."""
    lead, path = organisation["lead-head"], f"/campaigns/{campaign}"
    await lead.post("campaign", f"{path}/reviews/final", {"text": REVIEW})
    own = await lead.refused("campaign", f"{path}/reviews/final/approval")
    if own != "same-person":
        raise DemoFailed(f"a conclusion approved by who prepared it: {own}")
    await organisation["chairman"].post("campaign", f"{path}/reviews/final/approval")
    review = await lead.get("campaign", f"{path}/reviews/final")
    if review["figures"]["reported_final"] != reports:
        raise DemoFailed(f"{reports} final reports, the conclusion counts {review['figures']}")
    state = (await lead.get("campaign", path))["state"]
    progress(f"Tổng kết từ {reports} báo cáo: người soạn không được tự duyệt, Chủ tịch duyệt")
    return bool(state == "concluded")


async def papers(organisation: Organisation, campaign: str, keep: Path | None) -> None:
    """Plan, guidance and conclusion as PDF, and the register, which has no gap."""
    clerk, path, register = organisation["clerk"], f"/campaigns/{campaign}", _register()
    places = {
        "plan.pdf": f"{path}/plan.pdf",
        "guidance.pdf": f"{path}/guidance.pdf",
        "conclusion.pdf": f"{path}/reviews/final.pdf",
        "register.pdf": f"{register}.pdf",
    }
    files = {name: await clerk.fetch("campaign", place) for name, place in places.items()}
    if wrong := [name for name, content in files.items() if not content.startswith(b"%PDF-")]:
        raise DemoFailed(f"no PDF: {wrong}")
    numbers = [line["number"] for line in (await clerk.get("campaign", register))["items"]]
    if numbers != list(range(1, len(numbers) + 1)):
        raise DemoFailed(f"register with a gap: {numbers}")
    if keep is not None:
        kept(keep, files)
    progress(f"Văn bản PDF: kế hoạch, hướng dẫn, tổng kết, sổ đăng ký (đến số {len(numbers)})")


def _register() -> str:
    """This year's book of plans."""
    return f"/registers/{today()[:4]}/KH"


def kept(folder: Path, files: dict[str, bytes]) -> None:
    """Writes the files into the folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
