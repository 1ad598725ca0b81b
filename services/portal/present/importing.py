"""The preview of an import: what would be made, and each cell that stands in its way, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.explanations import EXPLANATIONS
from services.portal.parts import Cell, Table

Rows = Sequence[Mapping[str, Any]]
REASONS = {
    "cell-empty": "Ô này bắt buộc mà còn trống.",
    "cell-misformed": "Chưa đúng dạng; xem bảng Hướng dẫn trong tệp mẫu.",
    "date-impossible": "Không có ngày này. Ghi dạng 05/04/2024.",
    "formula-not-value": "Ô là công thức. Dán lại thành giá trị.",
    "not-on-the-list": "Không có trong danh sách; xem bảng Hướng dẫn trong tệp mẫu.",
    "row-twice": "Mã này có ở hai dòng. Giữ lại một dòng.",
}


def reason(code: str) -> str:
    if code in REASONS:
        return REASONS[code]
    found = EXPLANATIONS.get(code)
    return f"{found.title}. {found.why}" if found else code


def faults(rows: Rows) -> Table:
    return Table(
        "Những ô phải sửa",
        ("Chỗ", "Cột", "Đã ghi", "Vì sao chưa được"),
        tuple(
            (
                Cell(f"Bảng {one['sheet']}, dòng {one['row']}"),
                Cell(one["column"] or "–"),
                Cell(one["value"] or "–"),
                Cell(reason(one["code"])),
            )
            for one in rows
        ),
        empty="Không có ô nào phải sửa.",
    )


def units(rows: Rows) -> Table:
    return Table(
        "Đơn vị sẽ thành lập",
        ("Tên", "Mã"),
        tuple((Cell(one["name"]), Cell(one["code"])) for one in rows),
        empty="Không có đơn vị nào trong tệp.",
    )


def officials(rows: Rows) -> Table:
    return Table(
        "Cán bộ sẽ ghi nhận",
        ("Họ và tên", "Tên đăng nhập", "Mã đơn vị"),
        tuple((Cell(o["name"]), Cell(o["username"]), Cell(o["unit"])) for o in rows),
        empty="Không có cán bộ nào trong tệp.",
    )
