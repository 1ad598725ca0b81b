"""Reports of units, reviews, and a campaign's figures: each figure leads to the list behind it."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.known import Directory
from services.portal.parts import Cell, Fact, Table
from services.portal.present.registrations import quantity
from services.portal.vietnamese import instant

Answer = Mapping[str, Any]
KINDS = {"progress": "Tiến độ", "preliminary": "Sơ kết", "final": "Tổng kết"}
# What each figure of the campaign service says, and the list behind it.
CAMPAIGN = {
    "units": ("Đơn vị tham gia", "notices"),
    "registration_none": ("Chưa lập đăng ký thi đua", "registrations?state=none"),
    "registration_draft": ("Đang soạn đăng ký", "registrations?state=draft"),
    "registration_submitted": ("Đăng ký chờ duyệt", "registrations?state=submitted"),
    "registration_refused": ("Đăng ký bị từ chối", "registrations?state=refused"),
    "registration_approved": ("Đăng ký đã duyệt", "registrations?state=approved"),
    "registered_late": ("Đăng ký muộn", "registrations"),
    "relaunched": ("Đã phát động lại tại đơn vị", "notices"),
    "reported_progress": ("Đơn vị đã báo cáo tiến độ", "reports?kind=progress"),
    "reported_preliminary": ("Đơn vị đã báo cáo sơ kết", "reports?kind=preliminary"),
    "reported_final": ("Đơn vị đã báo cáo tổng kết", "reports?kind=final"),
}
DOSSIERS = {
    "dossiers": "Hồ sơ đã gửi",
    "returned": "Hồ sơ từng bị trả lại",
    "late": "Hồ sơ gửi muộn",
    "nominees": "Trường hợp được đề nghị",
    "awarded": "Được khen thưởng",
    "referred": "Đề nghị cấp trên khen thưởng",
    "not_awarded": "Không được khen thưởng",
    "held_now": "Đang tạm dừng xét",
}
NOTICES = {"unanswered": "Chưa xác nhận đã tiếp nhận", "answered": "Đã xác nhận đã tiếp nhận"}


def listing(items: Sequence[Answer], directory: Directory) -> Table:
    rows = tuple(
        (
            Cell(directory.unit(one["unit"])),
            Cell(KINDS[one["kind"]], note=one["period"]),
            Cell(one["text"] or "chỉ có số liệu", note=_figures(one["figures"])),
            Cell(instant(one["sent_at"]), note="" if one["holds"] else "đã có báo cáo mới hơn"),
        )
        for one in items
    )
    columns = ("Đơn vị", "Báo cáo", "Nội dung", "Gửi lúc")
    return Table("Báo cáo của các đơn vị", columns, rows, "Chưa có báo cáo nào.")


def figures(
    id: str, campaign: Answer, board: Sequence[Answer], dossiers: Mapping[str, int]
) -> Table:
    """Figures that could not be had are left out, never shown as nought."""
    path = f"/campaigns/{id}"
    rows = [
        _row(label, campaign[name], f"{path}/{behind}")
        for name, (label, behind) in CAMPAIGN.items()
        if name in campaign
    ]
    if board:
        asked = [one for one in board if one["asked"]]
        done = sum(one["answered"] for one in asked)
        counted = {"unanswered": len(asked) - done, "answered": done}
        rows += [
            _row(NOTICES[state], count, f"{path}/notices?state={state}")
            for state, count in counted.items()
        ]
    rows += [
        _row(label, dossiers[name], f"/dossiers?campaign={id}")
        for name, label in DOSSIERS.items()
        if name in dossiers
    ]
    return Table("Số liệu của phong trào", ("Chỉ số", "Số lượng"), tuple(rows))


def reviews(campaign: Answer, directory: Directory) -> tuple[Fact, ...]:
    """The campaign's own reviews, with the figures counted when they were prepared."""
    found = []
    for kind, one in (campaign.get("reviews") or {}).items():
        approved = one["approved_at"]
        who = directory.person(one["approved_by"]) if approved else ""
        state = f"Đã duyệt: {who}, {instant(approved)}" if approved else "Chờ người khác duyệt"
        counted = {figure["name"]: figure["value"] for figure in one["figures"]}
        said = "; ".join(
            f"{label.lower()}: {counted[name]}"
            for name, (label, _) in CAMPAIGN.items()
            if name in counted
        )
        found.append(Fact(KINDS[kind], one["text"], f"{state}. Số liệu lúc lập: {said}."))
    return tuple(found)


def _row(label: str, count: int, href: str) -> tuple[Cell, ...]:
    return (Cell(label, href), Cell(str(count), number=True))


def _figures(found: Sequence[Answer]) -> str:
    return "; ".join(
        f"{one['text']}: {quantity(one['achieved'])}/{quantity(one['planned'])} {one['measure']}"
        for one in found
    )
