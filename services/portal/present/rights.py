"""Accounts, appointments, delegations and changes of rights, in words and tables."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from services.portal.known import Directory
from services.portal.parts import Cell, Table
from services.portal.vietnamese import day, instant
from services.portal.words import KINDS_OF_ACT, event, role

ELSEWHERE = "Người ngoài cơ quan"
Rows = Sequence[Mapping[str, Any]]


def until(valid_to: str | None) -> str:
    """The last day that counts; services name the first that does not."""
    if not valid_to:
        return "không thời hạn"
    return day(date.fromisoformat(valid_to) - timedelta(days=1))


def own_sessions(rows: Rows) -> Table:
    return Table(
        "Phiên làm việc đang mở",
        ("Thiết bị", "Bắt đầu", "Hoạt động gần nhất", ""),
        tuple(
            (
                Cell(one["device"] or "Không rõ thiết bị"),
                Cell(instant(one["started_at"])),
                Cell(instant(one["seen_at"])),
                Cell("Phiên này")
                if one["current"]
                else Cell("Kết thúc phiên này", f"/account/sessions/{one['id']}/ending/new"),
            )
            for one in rows
        ),
    )


def delegation_table(rows: Rows, directory: Directory, today: date) -> Table:
    return Table(
        "Ủy quyền",
        ("Người ủy quyền", "Người làm thay", "Việc", "Thời gian", ""),
        tuple(
            (
                Cell(
                    one["official_name"],
                    note=f"{role(one['role'])}, {directory.unit(one['unit'])}",
                ),
                Cell(one["delegate_name"]),
                Cell(", ".join(KINDS_OF_ACT.get(kind, kind) for kind in one["kinds"])),
                Cell(f"{day(one['valid_from'])} – {until(one['valid_to'])}", note=one["reason"]),
                _ending(one, today),
            )
            for one in rows
        ),
        empty="Chưa có ủy quyền nào.",
    )


def _ending(one: Mapping[str, Any], today: date) -> Cell:
    if date.fromisoformat(one["valid_to"]) <= today:
        return Cell("Đã kết thúc")
    return Cell("Kết thúc", f"/officials/{one['official']}/delegations/{one['id']}/ending/new")


def people(rows: Rows, accounts: Rows, units: Mapping[str, str], today: date) -> Table:
    known = {one["official"]: one for one in accounts}
    return Table(
        "Cán bộ",
        ("Họ tên", "Phân công còn hiệu lực", "Tài khoản"),
        tuple(
            (
                Cell(one["name"], f"/officials/{one['id']}"),
                Cell(
                    "; ".join(
                        f"{role(held['role'])}, {units.get(held['unit'], held['unit'])}"
                        for held in one["appointments"]
                        if holds(held, today)
                    )
                    or "Không còn phân công"
                ),
                Cell(state_of(known.get(one["id"]))),
            )
            for one in rows
        ),
        empty="Chưa có cán bộ nào.",
    )


def appointments(official: Mapping[str, Any], units: Mapping[str, str], today: date) -> Table:
    at = f"/officials/{official['id']}/appointments"
    return Table(
        "Phân công chức vụ",
        ("Chức vụ", "Đơn vị", "Thời gian", ""),
        tuple(
            (
                Cell(held["title"] or role(held["role"]), note=role(held["role"])),
                Cell(units.get(held["unit"], held["unit"])),
                Cell(f"{day(held['valid_from'])} – {until(held['valid_to'])}"),
                Cell("Thôi phân công", f"{at}/{held['id']}/ending/new")
                if holds(held, today)
                else Cell("Đã thôi"),
            )
            for held in official["appointments"]
        ),
    )


def changes(rows: Rows, people_known: Mapping[str, str], units: Mapping[str, str]) -> Table:
    return Table(
        "Ai đổi quyền của ai, khi nào",
        ("Khi nào", "Ai đổi", "Quyền của", "Việc", "Trước", "Sau"),
        tuple(
            (
                Cell(instant(one["at"])),
                Cell(people_known.get(one["actor"], ELSEWHERE) if one["actor"] else "Hệ thống"),
                Cell(people_known.get(one["official"], ELSEWHERE)),
                Cell(event(one["event"]), note=one["reason"] if " " in one["reason"] else ""),
                Cell(_rights(one["before"], people_known, units)),
                Cell(_rights(one["after"], people_known, units)),
            )
            for one in rows
        ),
        empty="Chưa có thay đổi nào.",
    )


def _rights(held: Mapping[str, Any], names: Mapping[str, str], units: Mapping[str, str]) -> str:
    if not held:
        return "–"
    told = []
    if "on_behalf" in held:
        told.append(f"làm thay {names.get(held['on_behalf'], 'người khác')}")
    if "role" in held:
        told.append(f"{role(held['role'])}, {units.get(held['unit'], held['unit'])}")
    if "kinds" in held:
        told.append(", ".join(KINDS_OF_ACT.get(kind, kind) for kind in held["kinds"]))
    if "valid_from" in held:
        told.append(f"từ {day(held['valid_from'])}")
    told.append(f"đến hết {until(held['valid_to'])}" if held["valid_to"] else "không thời hạn")
    return "; ".join(told)


def state_of(account: Mapping[str, Any] | None) -> str:
    if account is None:
        return "Chưa có tài khoản"
    told = [account["username"]]
    if account["locked_until"]:
        told.append(f"tạm khóa đến {instant(account['locked_until'])}")
    if not account["has_password"]:
        told.append("chưa cấp mật khẩu")
    elif account["must_change"]:
        told.append("chờ đổi mật khẩu được cấp")
    if account["signed_in_at"]:
        told.append(f"đăng nhập gần nhất {instant(account['signed_in_at'])}")
    return "; ".join(told)


def holds(held: Mapping[str, Any], today: date) -> bool:
    this = today.isoformat()
    return bool(held["valid_from"] <= this and (not held["valid_to"] or this < held["valid_to"]))
