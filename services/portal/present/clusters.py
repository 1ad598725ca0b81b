"""Clusters, blocs and pledges as tables."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.known import Directory
from services.portal.parts import Cell, State, Table
from services.portal.vietnamese import instant

Answer = Mapping[str, Any]
KINDS = {"cluster": "Cụm thi đua", "bloc": "Khối thi đua"}


def listing(items: Sequence[Answer], directory: Directory) -> Table:
    rows = tuple(
        (
            Cell(one["name"], f"/clusters/{one['id']}"),
            Cell(KINDS[one["kind"]]),
            Cell(str(len(one["members"])), number=True),
            Cell(directory.unit(one["head"]) if one["head"] else "chưa cử"),
            Cell(str(one["year"] or "chưa có")),
        )
        for one in items
    )
    columns = ("Cụm, khối", "Loại", "Số thành viên", "Trưởng", "Năm")
    return Table("Các cụm, khối thi đua", columns, rows, "Chưa có cụm, khối nào.")


def tables(cluster: Answer, directory: Directory) -> tuple[Table, ...]:
    leaders = tuple(
        (
            Cell(str(one["year"])),
            Cell(directory.unit(one["head"])),
            Cell(", ".join(map(directory.unit, one["deputies"])) or "không có"),
        )
        for one in cluster["leaders"]
    )
    pledges = tuple(
        (
            Cell(f"Giao ước năm {one['year']}", f"/pledges/{one['id']}"),
            Cell("theo phong trào" if one["campaign"] else "cả năm"),
            Cell(f"{one['signed']}/{one['members']} đơn vị"),
        )
        for one in cluster["pledges"]
    )
    members = tuple((Cell(directory.unit(code)),) for code in cluster["members"])
    return (
        Table("Trưởng và phó theo năm", ("Năm", "Trưởng", "Phó"), leaders, "Chưa cử trưởng."),
        Table("Giao ước thi đua", ("Giao ước", "Cho", "Đã ký"), pledges, "Chưa có giao ước."),
        Table("Thành viên", ("Đơn vị",), members),
    )


def signatures(pledge: Answer, directory: Directory) -> Table:
    """Those that have not signed stand on top."""
    signed = pledge["signed"]
    rows = tuple(
        (
            Cell(directory.unit(code)),
            Cell("", state=State("pledge", "signed" if code in signed else "unsigned")),
            Cell(instant(signed[code]) if code in signed else "chưa ký"),
        )
        for code in sorted(pledge["members"], key=lambda code: code in signed)
    )
    return Table("Thành viên ký giao ước", ("Đơn vị", "Tình trạng", "Lúc"), rows)
