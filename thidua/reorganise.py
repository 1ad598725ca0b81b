"""`thidua reorganise TỆP`: checks a reorganisation, shows what passes to whom, prepares it."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

DIRECTORY = "http://127.0.0.1:8081"


class Refused(Exception):
    """What the directory did not do, in its own words."""


def main(arguments: Sequence[str]) -> int:
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if not (chosen.file or chosen.units or chosen.confirm):
        parser.error("thiếu tệp phương án")
    if chosen.units and chosen.dry_run:
        parser.error("--units ghi đơn vị vào danh bạ, nên không đi cùng --dry-run")
    try:
        with httpx.Client(base_url=chosen.directory, timeout=60) as http:
            for line in carry_out(http, chosen):
                print(line)
    except (Refused, httpx.HTTPError, OSError, ValueError) as error:
        print(f"thidua: {error}", file=sys.stderr)
        return 1
    return 0


def carry_out(http: httpx.Client, chosen: argparse.Namespace) -> Iterable[str]:
    password = Path(chosen.password_file).read_text(encoding="utf-8").strip()
    signing = {"username": chosen.user, "password": password}
    token = _ask(http, "/sessions", signing)["token"]
    http.headers["Authorization"] = f"Bearer {token}"
    if chosen.confirm:
        _ask(http, f"/reorganisations/{chosen.confirm}/confirmation", {})
        yield "Đã xác nhận phương án."
        return
    if chosen.units:
        units = json.loads(Path(chosen.units).read_text(encoding="utf-8"))["units"]
        for unit in units:
            _ask(http, "/units", unit)
        yield f"Đã có {len(units)} đơn vị cũ."
    if not chosen.file:
        return
    plan = json.loads(Path(chosen.file).read_text(encoding="utf-8"))
    plan.pop("note", None)
    checked = _ask(http, "/reorganisations/check", plan)
    if checked["faults"]:
        yield from (f"dòng {f['row']}: {f['code']} ({f['unit']})" for f in checked["faults"])
        raise Refused("phương án còn chỗ sai, chưa ghi gì")
    yield from told(checked["passing"])
    if not chosen.dry_run:
        prepared = _ask(http, "/reorganisations", plan)
        yield f"Đã lập phương án {prepared['id']}; một người quản trị khác xác nhận."


def told(passing: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """A line for each unit that gives way: who takes over, and who else takes a part."""
    for one in passing:
        others = [s["name"] for s in one["successors"] if s["unit"] != one["custodian"]]
        more = f"; cùng tiếp nhận: {', '.join(others)}" if others else ""
        yield f"{one['name']} → {one['custodian_name']} kế thừa{more}"


def _ask(http: httpx.Client, path: str, body: Any) -> Any:
    answer = http.post(path, json=body, headers={"Idempotency-Key": str(uuid4())})
    if answer.is_error:
        raise Refused(f"{path}: {answer.status_code} {answer.text[:500]}")
    return answer.json()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="thidua reorganise", description=__doc__)
    parser.add_argument("file", nargs="?", help="phương án, tệp JSON")
    parser.add_argument("--units", help="lập trước các đơn vị cũ của tệp JSON này")
    parser.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra và in ra")
    parser.add_argument("--confirm", metavar="MÃ", help="xác nhận phương án đã lập")
    parser.add_argument("--directory", default=DIRECTORY, help="địa chỉ dịch vụ danh bạ")
    parser.add_argument("--user", default="quantri")
    parser.add_argument("--password-file", required=True)
    return parser
