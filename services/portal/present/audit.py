"""The state of the sealed log as its page."""

from collections.abc import Mapping
from typing import Any

from services.portal.parts import Cell, Check, State, Table
from services.portal.vietnamese import instant, moment, number

Answer = Mapping[str, Any]
SERVICES = {
    "directory": "Danh bạ",
    "campaign": "Phong trào",
    "dossier": "Hồ sơ, Hội đồng, quyết định",
    "notification": "Thông báo",
    "audit": "Niêm phong",
}
RESULTS = {"verified": "verified", "discrepancy": "failed"}


def check(status: Answer) -> Check:
    """The last verification; how much is sealed by now."""
    checkpoint, last = status["checkpoint"], status["last_verification"]
    sealed_at = instant(checkpoint["sealed_at"]) if checkpoint else ""
    detail = f"Mốc niêm phong gần nhất lúc {sealed_at}." if sealed_at else "Chưa có mốc niêm phong."
    if last:
        detail = f"Lần kiểm tra đó đối chiếu {number(last['size'])} sự kiện. {detail}"
    return Check(
        code=RESULTS.get(last["result"], "unknown") if last else "unknown",
        at=moment(last["verified_at"]) if last else None,
        events=checkpoint["size"] if checkpoint else 0,
        root=status["root"] or "chưa có",
        detail=detail,
    )


def services(status: Answer) -> Table:
    rows = tuple(
        (
            Cell(SERVICES.get(name, name)),
            Cell(number(of["head"]), number=True),
            Cell(number(of["position"]), number=True),
            Cell("Đã theo kịp" if not of["lag"] else f"Còn chậm {number(of['lag'])} sự kiện"),
        )
        for name, of in sorted(status["services"].items())
    )
    return Table(
        "Mỗi phần giữ nhật ký riêng; nhật ký niêm phong phải theo kịp",
        ("Phần", "Sự kiện", "Đã niêm phong", "Tình trạng"),
        rows,
    )


def findings(status: Answer) -> Table:
    last = status["last_verification"]
    rows = tuple(
        (
            Cell(SERVICES.get(one["service"], one["service"])),
            Cell(number(one["position"]), number=True),
            Cell(one["what"], state=State("finding", "open")),
        )
        for one in (last["findings"] if last else ())
    )
    return Table(
        "Lần kiểm tra gần nhất tìm thấy",
        ("Phần", "Sự kiện thứ", "Sai lệch"),
        rows,
        "Không có điểm nào." if last else "Chưa kiểm tra lần nào.",
    )
