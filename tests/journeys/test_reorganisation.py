"""A district is abolished in the middle of a campaign, on the whole running system.

Open duties, dossiers in several states and unacknowledged notices go to the successors over the
real followers; what moved is counted, and nothing is lost.
"""

import asyncio
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec

from deploy.local.environments import free_ports
from deploy.local.supervisor import Supervisor
from services.campaign.plan.reader import read_plan
from thidua.demo import launching
from thidua.demo.client import Addresses, Person, Services, today, until
from thidua.demo.nominating import PAPERS, SAMPLE_PAPER
from thidua.demo.organisation import Organisation, Plan, set_up

PLAN = Path(__file__).parents[2] / "examples/chi-lang-2024/plan.txt"
PASSWORD = "mot-cau-dai-de-nho-1"
XA, YEN = "xa-moi", "xa-yen"
HEIRS = {
    "heir-home": (XA, "specialist"),
    "heir-head": (XA, "leader"),
    "yen-head": (YEN, "leader"),
    "yen": (YEN, "specialist"),
}


def test_abolished_district_loses_nothing_in_mid_campaign() -> None:
    data = Path(tempfile.mkdtemp(prefix="thidua-journey-"))
    try:
        with Supervisor(data, free_ports(), say=lambda _: None) as supervisor:
            environments = supervisor.environments
            addresses = Addresses(
                {name: environments.url(name) for name in environments.ports},
                environments.administrator_password().read_text().strip(),
            )
            asyncio.run(_journey(addresses))
    finally:
        shutil.rmtree(data, ignore_errors=True)


async def _journey(addresses: Addresses) -> None:
    services = Services(addresses)
    try:
        text = PLAN.read_text(encoding="utf-8")
        plan = Plan(msgspec.to_builtins(read_plan(text)))
        old = await set_up(services, plan, password=PASSWORD)
        campaign = await launching.prepare(old, text, PLAN.name)
        await launching.launch(old, campaign)
        await launching.open_intake(old, campaign, timedelta(days=30))
        draft = await _dossier(old, campaign, 1)
        submitted = await _dossier(old, campaign, 2, submit=True)
        received = await _dossier(old, campaign, 3, submit=True)
        await old["home"].post("dossier", f"/dossiers/{received}/receipt")
        waiting = await _unacknowledged(old["unit-2-head"])
        await _reorganised(services, old)
        heirs = {who: await services.sign_in(who, PASSWORD) for who in HEIRS}
        await _shown(heirs, campaign, {draft, submitted, received}, waiting)
    finally:
        await services.close()


async def _dossier(old: Organisation, campaign: str, unit: int, *, submit: bool = False) -> str:
    officer = old[f"unit-{unit}"]

    async def known() -> Any:
        items = (await officer.get("dossier", "/campaigns"))["items"]
        return [item for item in items if item["id"] == campaign and item["intake_open"]]

    await until("intake known", known)
    id = str((await officer.post("dossier", "/dossiers", {"campaign": campaign}))["id"])
    line = {"kind": "individual", "name": f"Mẫu {unit}", "identity": f"mau-{unit}"}
    line |= {"form": "giay-khen", "achievement": "Tích cực (mẫu)"}
    await officer.post("dossier", f"/dossiers/{id}/nominees", line)
    content = SAMPLE_PAPER.read_bytes()
    for kind in PAPERS:
        await officer.upload("dossier", f"/dossiers/{id}/papers", f"{kind}.pdf", content, kind=kind)
    if submit:
        await old[f"unit-{unit}-head"].post("dossier", f"/dossiers/{id}/submission")
    return id


async def _unacknowledged(head: Person) -> set[str]:
    async def told() -> Any:
        found = await head.get("notification", "/inbox?state=to-acknowledge")
        return {item["id"] for item in found["items"]} if len(found["items"]) > 1 else None

    waiting: set[str] = await until("notices of launch and guidance", told)
    return waiting


async def _reorganised(services: Services, old: Organisation) -> None:
    """unit-2 and unit-3 go to the new commune Yên, everything else to the new commune."""
    admin = old["administrator"]
    second = {"name": "Quản trị Hai (mẫu)", "unit": "system", "role": "administrator"}
    await admin.post("directory", "/officials", second | _account("quantri.hai"))
    units = (XA, "UBND xã Mới (mẫu)"), (YEN, "UBND xã Yên (mẫu)")
    new = [
        {"code": code, "name": name, "kind": "authority", "authority": code, "valid_from": today()}
        | {"duties": ["home-affairs", "lead-office"]}
        for code, name in units
    ]
    acts: list[dict[str, Any]] = [{"act": "establish", "new": unit} for unit in new]
    acts += [
        {"act": "merge", "units": old.communes[1:3], "into": [{"unit": YEN}]},
        {"act": "abolish", "units": [old.authority], "into": [{"unit": XA}, {"unit": YEN}]},
    ]
    document = {"number": "01/NQ-MAU", "issued_on": today(), "issuer": "Cơ quan mẫu"}
    body = {"effective": today(), "document": document, "acts": acts}
    prepared = await admin.post("directory", "/reorganisations", body)
    other = await services.sign_in("quantri.hai", PASSWORD)
    await other.post("directory", f"/reorganisations/{prepared['id']}/confirmation")
    for who, (unit, role) in HEIRS.items():
        official = {"name": f"{who} (mẫu)", "unit": unit, "role": role}
        await admin.post("directory", "/officials", official | _account(who))


def _account(username: str) -> dict[str, str]:
    return {"title": "Mẫu", "username": username, "password": PASSWORD}


async def _shown(
    heirs: dict[str, Person], campaign: str, dossiers: set[str], waiting: set[str]
) -> None:
    home, yen = heirs["heir-home"], heirs["yen-head"]

    async def passed() -> Any:
        items = (await home.get("dossier", "/dossiers"))["items"]
        return items if {item["id"] for item in items} == dossiers else None

    listed = await until("custody of all dossiers", passed)
    assert sorted((d["state"], d["unit"], d["authority"]) for d in listed) == [
        ("draft", XA, XA),
        ("received", YEN, XA),
        ("submitted", YEN, XA),
    ]

    async def taken_over() -> Any:
        seen = [await who.get("campaign", "/campaigns") for who in (home, yen)]
        return all(campaign in {one["id"] for one in found["items"]} for found in seen)

    await until("the campaign is the successors'", taken_over)
    page = await yen.get("campaign", f"/campaigns/{campaign}")
    assert (page["authority"], {XA, YEN} <= set(page["scope"])) == (XA, True)

    async def notices() -> Any:
        found = await yen.get("notification", "/inbox?state=to-acknowledge&limit=200")
        ids = {item["id"] for item in found["items"]}
        return ids if waiting <= ids else None

    await until("unacknowledged notices at the successor", notices)
    (submitted,) = (d["id"] for d in listed if d["state"] == "submitted")
    await home.post("dossier", f"/dossiers/{submitted}/receipt")
    (draft,) = (d["id"] for d in listed if d["state"] == "draft")
    await heirs["heir-head"].post("dossier", f"/dossiers/{draft}/submission")
    totals = [
        (await home.get("dossier", f"/figures/units?campaign={campaign}&map={day}"))["totals"]
        for day in ("2025-01-01", today())
    ]
    assert totals == [{"dossiers": 3, "nominees": 3}] * 2
