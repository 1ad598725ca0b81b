"""Chapters five, second half, and six: council, decision, certificates."""

from pathlib import Path
from typing import Any

from thidua.demo.client import DemoFailed, progress, today
from thidua.demo.concluding import kept
from thidua.demo.organisation import COUNCIL_SEATS, Organisation

QUORUM = {"numerator": 2, "denominator": 3}


async def award(organisation: Organisation, campaign: str, keep: Path | None) -> None:
    """The council votes, the chairman decides otherwise in one line, the decision is published."""
    session = await _council(organisation, campaign)
    decision = await _decided(organisation, session)
    await _published(organisation, decision)
    home = organisation["home"]
    certificates = await home.fetch("dossier", f"/decisions/{decision}/certificates.pdf")
    if not certificates.startswith(b"%PDF-"):
        raise DemoFailed("the certificates are no PDF")
    document = await home.fetch("dossier", f"/decisions/{decision}/document.pdf")
    if keep is not None:
        kept(keep, {"certificates.pdf": certificates, "decision.pdf": document})
    progress(f"Giấy khen: một tệp PDF, {len(certificates) // 1024} KiB")


async def _council(organisation: Organisation, campaign: str) -> str:
    secretary = organisation["secretary"]
    members = [organisation[f"member-{n}"].id for n in range(1, COUNCIL_SEATS + 1)]
    lines = await _eligible(organisation, campaign)
    body = {
        "campaign": campaign,
        "members": members,
        "chair": members[0],
        "secretary": secretary.id,
        "lines": lines,
        "quorum": QUORUM,
    }
    session = str((await secretary.post("dossier", "/sessions", body))["id"])
    path = f"/sessions/{session}"
    await secretary.post("dossier", f"{path}/opening", {"present": members})
    for number, line in enumerate(lines):
        against = 1 if number == 0 else 0
        vote = line | {"in_favour": COUNCIL_SEATS - against, "against": against}
        await secretary.post("dossier", f"{path}/votes", vote)
    await secretary.post("dossier", f"{path}/closing")
    progress(f"Hội đồng: {COUNCIL_SEATS}/{COUNCIL_SEATS} có mặt, {len(lines)} trường hợp")
    return session


async def _eligible(organisation: Organisation, campaign: str) -> list[dict[str, Any]]:
    path = f"/campaigns/{campaign}/lines"
    found = (await organisation["home"].get("dossier", path))["items"]
    return [{"dossier": item["dossier"], "line": item["line"]} for item in found]


async def _decided(organisation: Organisation, session: str) -> str:
    drafted = await organisation["home"].post("dossier", "/decisions", {"session": session})
    decision = str(drafted["id"])
    path = f"/decisions/{decision}"
    chairman = organisation["chairman"]
    page = await chairman.get("dossier", path)
    struck = next(line for line in page["lines"] if line["outcome"] == "award")
    await chairman.post(
        "dossier",
        f"{path}/lines/{struck['dossier']}/{struck['line']}",
        {"outcome": "none", "reason": "Đang chờ kết luận kiểm tra; xét vào dịp khác"},
    )
    await chairman.post("dossier", f"{path}/signature")
    return decision


async def _published(organisation: Organisation, decision: str) -> None:
    clerk, path = organisation["clerk"], f"/decisions/{decision}"
    await clerk.post("dossier", f"{path}/number", {"issued_on": today()})
    await clerk.post("dossier", f"{path}/publication")
    page = await clerk.get("dossier", path)
    progress(f"Quyết định số {page['number']:02}/{page['symbol']} đã ký, cấp số, công bố")
