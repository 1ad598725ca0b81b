"""The account page and the table of changed rights, as drawn in tests."""

from datetime import date
from typing import Any

from services.portal.known import Directory
from services.portal.pages import ImportPreview, Listing, Overview
from services.portal.parts import Act, Fact
from services.portal.present import importing, rights

HOLDER, DEPUTY = "holder", "deputy"
UNITS = {"noi-vu": "Phòng Nội vụ"}
NAMES = {HOLDER: "Nông Văn Thí Dụ", DEPUTY: "Vi Thị Ví Dụ"}
delegation: dict[str, Any] = {
    "id": "d1",
    "official": HOLDER,
    "official_name": NAMES[HOLDER],
    "delegate_name": NAMES[DEPUTY],
    "role": "leader",
    "unit": "noi-vu",
    "kinds": ["dossier", "signature"],
    "valid_from": "2024-04-15",
    "valid_to": "2024-05-01",
    "reason": "Đi công tác",
}
session: dict[str, Any] = {
    "id": "s1",
    "device": "Chrome, Windows",
    "started_at": "2024-04-15T01:00:00+00:00",
    "seen_at": "2024-04-15T02:00:00+00:00",
    "current": False,
}
change: dict[str, Any] = {
    "at": "2024-04-15T02:00:00+00:00",
    "actor": HOLDER,
    "official": DEPUTY,
    "event": "delegation.given",
    "reason": "Đi công tác",
    "before": {},
    "after": {
        "on_behalf": HOLDER,
        "kinds": ["dossier"],
        "valid_from": "2024-04-15",
        "valid_to": None,
    },
}
directory = Directory(units={"noi-vu": {"name": "Phòng Nội vụ"}})
account_page = Overview(
    "Tài khoản của tôi",
    "Phiên nào không phải của bạn thì kết thúc ngay và đổi mật khẩu.",
    (Fact("Họ tên", NAMES[HOLDER]),),
    (
        rights.own_sessions([session, session | {"current": True}]),
        rights.delegation_table([delegation], directory, date(2024, 4, 20)),
    ),
    (Act("Đổi mật khẩu", "/account/password/new"),),
)
changes_page = Listing(
    "Thay đổi quyền", "Không ai sửa, xóa được.", rights.changes([change], NAMES, UNITS)
)
fault: dict[str, Any] = {
    "sheet": "Cán bộ",
    "row": 4,
    "column": "Từ ngày",
    "code": "date-impossible",
    "value": "31/02/2024",
}
import_page = ImportPreview(
    "Xem trước khi nhập",
    "Có 1 chỗ phải sửa.",
    (importing.faults([fault]), importing.units([{"name": "Xã Mẫu", "code": "xa-mau"}])),
    Act("Nhập tất cả", "/officials-import", "post"),
    "",
    "chi-lang",
)
