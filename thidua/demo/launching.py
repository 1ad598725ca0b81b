"""Chapters two and three: the plan is signed and launched, its guidance issued, intake opens."""

from datetime import UTC, datetime, timedelta
from typing import Any

from thidua.demo import drafting
from thidua.demo.client import progress, today, until
from thidua.demo.organisation import Organisation, add_recipient

INTAKE_FOR = timedelta(seconds=8)  # long enough to send six dossiers, short enough for a late one
GUIDANCE: dict[str, Any] = {
    "forms": [
        {
            "code": "giay-khen",
            "name": "Giấy khen của Chủ tịch Ủy ban nhân dân",
            "kinds": ["individual", "collective", "household"],
            "quota": 20,
        }
    ],
    "criteria": [
        {"kind": "individual", "text": "Có thành tích tiêu biểu trong phong trào thi đua"},
        {"kind": "collective", "text": "Hoàn thành tốt nhiệm vụ, nội bộ đoàn kết"},
        {"kind": "household", "text": "Gương mẫu phát triển kinh tế, giúp đỡ cộng đồng"},
    ],
    "papers": ["proposal-letter", "achievement-report", "minutes"],
    "who": "Tập thể, cá nhân, hộ gia đình có thành tích trong phong trào",
}


async def prepare(organisation: Organisation, text: str, name: str, *, confirm: bool = True) -> str:
    """Draft from pasted text; confirmed and submitted unless it is left. Returns the campaign."""
    body = {"text": text, "source_name": name}
    campaign = str((await organisation["lead"].post("campaign", "/campaigns", body))["id"])
    if confirm:
        await drafting.complete(organisation, campaign)
    return campaign


async def launch(organisation: Organisation, campaign: str) -> None:
    """Approved, signed, numbered, launched: four people, each at their own step."""
    path = f"/campaigns/{campaign}"
    await organisation["lead-head"].post("campaign", f"{path}/approval")
    await organisation["chairman"].post("campaign", f"{path}/signature")
    clerk = organisation["clerk"]
    await clerk.post("campaign", f"{path}/number", {"issued_on": today()})
    recipients = await _recipients(organisation, f"{path}/recipients")
    await clerk.post(
        "campaign", f"{path}/launch", {"scope": organisation.scope, "recipients": recipients}
    )
    page = await clerk.get("campaign", path)
    number = f"{page['number']:02}/{page['symbol']}"
    progress(f"Đã ký, cấp số {number}, phát động tới {len(organisation.scope)} đơn vị")


async def _recipients(organisation: Organisation, path: str) -> list[dict[str, Any]]:
    """The units that each line of the plan's recipients means, as suggested; missing ones added."""
    clerk = organisation["clerk"]
    await _directory_known(organisation)
    for line in (await clerk.get("campaign", path))["items"]:
        if line["purpose"] != "archive" and not line["suggested"]:
            await add_recipient(organisation, line["label"])
    await _directory_known(organisation)
    return [
        {"label": x["label"], "purpose": x["purpose"], "units": x["suggested"]}
        for x in (await clerk.get("campaign", path))["items"]
    ]


async def _directory_known(organisation: Organisation) -> None:
    """Waits until the campaign service has heard of every unit."""
    administrator = organisation["administrator"]
    head = (await administrator.get("directory", "/log?limit=1"))["head"]

    async def heard() -> bool:
        followers = (await administrator.get("campaign", "/followers"))["followers"]
        return bool(followers["campaign.directory"]["position"] >= head)

    await until("units known to the campaign service", heard)


async def acknowledge(organisation: Organisation, campaign: str) -> dict[str, int]:
    """Every recipient and every unit in scope has its notice; the proposing units acknowledge."""
    page = await organisation["clerk"].get("campaign", f"/campaigns/{campaign}")
    told = set(page["scope"]) | {u for r in page["recipients"] for u in r["units"]}

    async def all_sent() -> Any:
        figures = await organisation["lead"].get("notification", f"/figures?about={campaign}")
        return figures if figures["sent"] >= len(told) else None

    await until("notices of the launch", all_sent)
    for number in range(1, len(organisation.proposing) + 1):
        head = organisation[f"unit-{number}-head"]
        for notice in (await head.get("notification", "/inbox"))["items"]:
            if notice["needs_acknowledgement"]:
                await head.post("notification", f"/notices/{notice['id']}/acknowledgement")

    async def all_acknowledged() -> Any:
        figures = await organisation["lead"].get("notification", f"/figures?about={campaign}")
        return figures if figures["acknowledged"] >= len(organisation.proposing) else None

    figures: dict[str, int] = await until("acknowledgements", all_acknowledged)
    progress(f"Thông báo: {figures['sent']} đã gửi, {figures['acknowledged']} đã tiếp nhận")
    return figures


async def open_intake(
    organisation: Organisation, campaign: str, lasts: timedelta = INTAKE_FOR
) -> datetime:
    """Guidance by all who have a part in it, then intake. Returns its last moment."""
    now = datetime.now(UTC)
    window = {"intake_from": now.isoformat(), "intake_until": (now + lasts).isoformat()}
    await issue_guidance(organisation, campaign, GUIDANCE | window)
    await organisation["home-head"].post("campaign", f"/campaigns/{campaign}/intake")
    return now + lasts


async def issue_guidance(organisation: Organisation, campaign: str, body: dict[str, Any]) -> None:
    """Drafted, approved, signed, numbered, issued: the first version, or a revision with reason."""
    head, clerk = organisation["home-head"], organisation["clerk"]
    path = f"/campaigns/{campaign}/guidance"
    await organisation["home"].post("campaign", path, body)
    await head.post("campaign", f"{path}/approval")
    await head.post("campaign", f"{path}/signature")
    await clerk.post("campaign", f"{path}/number", {"issued_on": today()})
    await clerk.post("campaign", f"{path}/publication")
    issued = await clerk.get("campaign", path)
    number = f"{issued['number']:02}/{issued['symbol']}"
    what = "sửa đổi, có lý do" if "reason" in body else "đã ban hành"
    progress(f"Hướng dẫn khen thưởng số {number} {what}")
