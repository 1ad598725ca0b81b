"""`thidua demo PLAN`: the main job, from a plan's text to certificates and a verified audit log.

Everything goes through the public doors, `thidua plan read` and the services' HTTP, as somebody
outside would. Without `--at` it starts the whole system in a folder of its own and takes it down.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from thidua.demo.client import Addresses, DemoFailed, Services
from thidua.demo.organisation import Plan
from thidua.demo.story import tell

UNUSABLE_PLAN = 2


def main(arguments: Sequence[str]) -> int:
    """Exit code 0: all of it happened and was verified; 1: something failed; 2: no such plan."""
    chosen = _parser().parse_args(arguments)
    started = time.monotonic()
    read = subprocess.run(
        [sys.executable, "-m", "thidua", "plan", "read", str(chosen.plan)],
        capture_output=True,
        text=True,
        check=False,
    )
    if read.returncode != 0:
        sys.stderr.write(read.stderr)
        return UNUSABLE_PLAN
    plan, content = json.loads(read.stdout), chosen.plan.read_bytes()
    try:
        with _system(chosen) as addresses:
            summary = asyncio.run(_told(chosen.plan, content, plan, addresses, chosen.keep))
    except DemoFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    summary["seconds"] = round(time.monotonic() - started, 1)
    sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")
    return 0


async def _told(
    path: Path, content: bytes, plan: dict[str, Any], addresses: Addresses, keep: Path | None
) -> dict[str, Any]:
    services = Services(addresses)
    try:
        return await tell(path, content, Plan(plan), services, keep)
    finally:
        await services.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="thidua demo", description="Chạy trọn một phong trào, từ kế hoạch đến giấy khen."
    )
    parser.add_argument("plan", type=Path, metavar="KẾ_HOẠCH")
    parser.add_argument(
        "--at",
        metavar="MÁY",
        help="hệ thống đang chạy, ví dụ http://127.0.0.1 (các cổng 8081 đến 8085)",
    )
    parser.add_argument(
        "--administrator-password-file", type=Path, metavar="TỆP", help="cần khi có --at"
    )
    parser.add_argument("--keep", type=Path, metavar="THƯ_MỤC", help="nơi giữ các tệp PDF làm ra")
    return parser


@contextmanager
def _system(chosen: argparse.Namespace) -> Iterator[Addresses]:
    """The running system that was named, or one of our own for the time of the demo."""
    if chosen.at:
        if chosen.administrator_password_file is None:
            raise DemoFailed("--at cần --administrator-password-file.")
        password = chosen.administrator_password_file.read_text().strip()
        yield Addresses.on_default_ports(chosen.at, password)
        return
    from deploy.local.environments import free_ports
    from deploy.local.layout import Layout
    from deploy.local.supervisor import Supervisor

    data = Path(tempfile.mkdtemp(prefix="thidua-demo-"))
    try:
        with Supervisor(data, free_ports(), say=_say) as supervisor:
            environments = supervisor.environments
            yield Addresses(
                urls={name: environments.url(name) for name in environments.ports},
                administrator_password=environments.administrator_password().read_text(),
            )
    finally:
        Layout(data).remove()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
