"""Sample data of `thidua run`: an organisation, its accounts, and campaigns with work for each.

Made once, at the first start, through the public HTTP like anything else. The accounts share a
password that this machine made up; it stands in a file only its owner may read.
"""

import asyncio
import json
import secrets
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from thidua import sample_campaigns
from thidua.demo.client import Addresses, Services
from thidua.demo.organisation import Plan, set_up

PLAN = Path(__file__).parents[1] / "examples/chi-lang-2024/plan.txt"
SHOWN = {
    "lead": "chuyên viên cơ quan chủ trì",
    "lead-head": "lãnh đạo cơ quan chủ trì",
    "home": "chuyên viên nội vụ",
    "home-head": "lãnh đạo nội vụ",
    "secretary": "thư ký Hội đồng",
    "chairman": "Chủ tịch",
    "clerk": "văn thư",
    "auditor": "thanh tra",
    "unit-1": "cán bộ đơn vị 1",
    "unit-1-head": "lãnh đạo đơn vị 1",
}


def provide(urls: Mapping[str, str], administrator_password: str, file: Path) -> list[str]:
    """Makes the sample data unless `file` says it is there; returns lines naming the accounts."""
    if not file.exists():
        addresses = Addresses(urls, administrator_password.strip())
        accounts = asyncio.run(_made(addresses))
        _write_privately(file, json.dumps(accounts, ensure_ascii=False, indent=1))
    accounts = json.loads(file.read_text(encoding="utf-8"))
    names = accounts["accounts"]
    width = max(map(len, names.values()))
    lines = [f"    {names[who]:{width}}  {what}" for who, what in SHOWN.items()]
    return [f"  Tài khoản mẫu, cùng mật khẩu {accounts['password']}:", *lines]


async def _made(addresses: Addresses) -> dict[str, object]:
    read = subprocess.run(  # noqa: ASYNC221  # nothing else runs meanwhile
        [sys.executable, "-m", "thidua", "plan", "read", str(PLAN)],
        capture_output=True,
        text=True,
        check=True,
    )
    content = PLAN.read_bytes()  # nothing else runs meanwhile
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    services = Services(addresses)
    try:
        plan = Plan(json.loads(read.stdout))
        organisation = await set_up(services, plan, password=password)
        await sample_campaigns.make(organisation, plan, PLAN.name, content)
    finally:
        await services.close()
    return {"password": password, "accounts": organisation.usernames}


def _write_privately(file: Path, content: str) -> None:
    unfinished = file.with_name(f".{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    unfinished.write_text(content, encoding="utf-8")
    unfinished.rename(file)
