"""Units as a tree, one unit, and a reorganisation, as their pages show them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from services.portal.known import Directory
from services.portal.parts import Cell, Fact, State, Table
from services.portal.vietnamese import day
from services.portal.words import DUTIES

Answer = Mapping[str, Any]
KINDS: dict[str, str] = {
    "authority": "cơ quan ban hành",
    "department": "phòng, ban",
    "office": "văn phòng",
    "commune": "xã, thị trấn",
    "external": "cơ quan ngoài",
    "council": "hội đồng",
    "cluster": "cụm thi đua",
}
ACTS = {
    "establish": "Thành lập",
    "merge": "Sáp nhập",
    "split": "Tách",
    "rename": "Đổi tên",
    "abolish": "Kết thúc hoạt động",
}
FAULTS = {
    "unit-unknown": "không có đơn vị này",
    "unit-twice": "đơn vị có ở hai dòng",
    "unit-missing": "thiếu đơn vị mới",
    "name-missing": "thiếu tên mới",
    "successor-not-established": "đơn vị kế thừa không có vào ngày này",
    "successor-abolished": "đơn vị kế thừa cũng kết thúc hoạt động",
    "cycle": "đơn vị kế thừa chính mình",
    "before-unit-exists": "ngày hiệu lực trước khi đơn vị thành lập",
    "already-closed": "đơn vị đã kết thúc hoạt động",
    "authority-without-successor": "cơ quan chưa có cơ quan khác kế thừa",
    "no-successor": "chưa có đơn vị kế thừa",
    "custodian-not-successor": "nơi giữ hồ sơ không phải đơn vị kế thừa",
    "code-taken": "mã đơn vị đã dùng",
    "kind-unknown": "loại đơn vị không đúng",
    "duty-unknown": "nhiệm vụ không đúng",
    "parent-unknown": "không có đơn vị cấp trên này",
    "parent-abolished": "đơn vị cấp trên kết thúc hoạt động",
}


def tree(top: Sequence[Answer]) -> Table:
    """Each unit under its parent; depth is written, so that it is heard and printed too."""
    rows = tuple(
        (
            Cell("– " * depth + unit["name"], f"/units/{unit['code']}"),
            Cell(unit["code"]),
            _kind(unit),
        )
        for depth, unit in _walk(top, 0)
        if unit["code"] != "system"
    )
    columns = ("Đơn vị", "Mã", "Loại, nhiệm vụ")
    return Table("Đơn vị theo cấp", columns, rows, "Ngày này không có đơn vị nào.")


def _kind(unit: Answer) -> Cell:
    """The kind, and under it the duties it does not say already."""
    kind = KINDS.get(unit["kind"]) or str(unit["kind"])
    duties = [str(DUTIES.get(duty, duty)) for duty in unit["duties"]]
    return Cell(kind, note=", ".join(duty for duty in duties if duty != kind))


def _walk(units: Iterable[Answer], depth: int) -> Iterator[tuple[int, Answer]]:
    for unit in units:
        yield depth, unit
        yield from _walk(unit["below"], depth + 1)


def state_of(unit: Answer, today: date) -> State:
    if today.isoformat() < unit["valid_from"]:
        return State("unit", "to-come")
    closed = unit["valid_to"] is not None and unit["valid_to"] <= today.isoformat()
    return State("unit", "closed" if closed else "standing")


def now_called(code: str, items: Sequence[Answer]) -> str:
    """Who stands where the unit stood; empty while it stands itself."""
    for one in items:
        if one["predecessor"] == code:
            named = {s["unit"]: str(s["name"]) for s in one["successors"]}
            return named.get(one["custodian"], str(one["custodian"]))
    return ""


def facts(unit: Answer, directory: Directory) -> tuple[Fact, ...]:
    parent = unit["parent"] or ""
    found = [
        Fact("Mã", unit["code"]),
        Fact("Loại", KINDS.get(unit["kind"]) or str(unit["kind"])),
        Fact(
            "Đơn vị cấp trên",
            directory.unit(parent) if parent else "không có",
            href=f"/units/{parent}" if parent else "",
        ),
        Fact("Lĩnh vực", unit["sector"] or "không ghi"),
        Fact("Địa bàn", unit["area"] or "không ghi"),
        Fact("Hoạt động từ", day(unit["valid_from"])),
    ]
    if unit["valid_to"]:
        found.append(Fact("Kết thúc hoạt động từ", day(unit["valid_to"])))
    return tuple(found)


def succession(code: str, items: Sequence[Answer]) -> Table:
    """What the unit gave way to, and what it took over."""
    rows = []
    for one in items:
        named = {s["unit"]: s["name"] for s in one["successors"]}
        into = ", ".join(s["name"] for s in one["successors"])
        what = "Nay là" if one["predecessor"] == code else f"Kế thừa {one['name']}"
        target = one["custodian"] if one["predecessor"] == code else one["predecessor"]
        keeper = named.get(one["custodian"], one["custodian"])
        rows.append(
            (
                Cell(what, f"/units/{target}"),
                Cell(into, note=f"giữ hồ sơ, việc còn dở: {keeper}"),
                Cell(day(one["effective"])),
                Cell(one["document"]),
            )
        )
    columns = ("Việc", "Đơn vị kế thừa", "Từ ngày", "Văn bản")
    return Table("Kế thừa", columns, tuple(rows), "Chưa có thay đổi nào về kế thừa.")


def reorganisations(items: Sequence[Answer]) -> Table:
    rows = tuple(
        (
            Cell(one["document"], f"/reorganisations/{one['id']}", note=one["abstract"]),
            Cell(day(one["effective"])),
            Cell(str(one["acts"]), number=True),
            Cell("", state=State("reorganisation", one["stage"])),
        )
        for one in items
    )
    columns = ("Văn bản", "Hiệu lực từ", "Số dòng", "Tình trạng")
    return Table("Các phương án", columns, rows, "Chưa có phương án nào.")


def passing(items: Sequence[Answer]) -> Table:
    rows = tuple(
        (
            Cell(one["name"], f"/units/{one['unit']}", note=ACTS[one["act"]]),
            Cell(one["custodian_name"]),
            Cell(", ".join(s["name"] for s in one["successors"])),
        )
        for one in items
    )
    columns = ("Đơn vị kết thúc", "Kế thừa hồ sơ, việc còn dở", "Các đơn vị tiếp nhận")
    return Table("Cái gì chuyển cho ai", columns, rows, "Không đơn vị nào kết thúc hoạt động.")


def newcomers(acts: Sequence[Answer]) -> Table:
    """Units established, and new names."""
    rows = [
        (Cell("Thành lập"), Cell(act["new"]["name"], note=act["new"]["code"]))
        for act in acts
        if act["new"]
    ]
    rows += [
        (Cell("Đổi tên"), Cell(act["name"], note=act["units"][0]))
        for act in acts
        if act["kind"] == "rename"
    ]
    return Table("Đơn vị mới và tên mới", ("Việc", "Đơn vị"), tuple(rows))


def fault(one: Answer) -> str:
    what = FAULTS.get(one["code"], one["code"])
    return f"Dòng {one['row']}: {what}" + (f" ({one['unit']})." if one["unit"] else ".")
