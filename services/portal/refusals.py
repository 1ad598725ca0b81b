"""The page that says why the system said no and what to do next.

Codes come from the services' problem+json, sentences from `explanations`.
"""

import re
from collections.abc import Mapping

from services.portal.explanations import EXPLANATIONS, UNKNOWN
from services.portal.pages import Refusal
from services.portal.parts import Act, Fact
from services.portal.vietnamese import day
from services.portal.words import (
    CAMPAIGN_KINDS,
    DUTIES,
    FIELDS,
    LEVELS,
    NOMINEES,
    PAPERS,
    READINESS,
    ROLES,
    STATES,
)

FACTS = {
    "missing": "Còn thiếu",
    "fields": "Nội dung",
    "field": "Nội dung",
    "stage": "Trạng thái hiện tại",
    "verdict": "Kết quả thẩm định",
    "role": "Vai trò của bạn",
    "duty": "Chức năng đơn vị bạn",
    "needs": "Vai trò cần có",
    "unit": "Đơn vị",
    "opens": "Mở nhận từ",
    "label": "Nơi nhận",
    "labels": "Nơi nhận",
    "kind": "Loại đối tượng",
    "kinds": "Loại đối tượng",
    "form": "Hình thức",
    "present": "Có mặt",
    "quorum": "Tối thiểu",
    "allowed": "Số lần được trả lại",
    "last": "Số gần nhất",
    "last_on": "Ngày của số gần nhất",
    "signed_on": "Ngày ký",
    "others": "Cũng được đề nghị bởi",
    "appointments": "Phân công của bạn",
    "today": "Hôm nay",
    "on": "Ngày",
    "at_least": "Số ký tự tối thiểu",
    "expected": "Phiên bản bạn xem",
    "current": "Phiên bản hiện tại",
    "detail": "Chi tiết",
    "items": "Còn thiếu",
    "standing": "Trạng thái hiện tại",
    "starts": "Bắt đầu",
    "ends": "Kết thúc",
    "length": "Số ký tự đã ghi",
    "level": "Cấp",
    "answered": "Đã trả lời",
    "least": "Tối thiểu",
    "members": "Số thành viên",
    "most": "Nhiều nhất",
    "units": "Đơn vị",
    "year": "Năm",
    "total": "Tổng điểm đã ghi",
    "needed": "Tổng điểm cần có",
    "quota": "Số lượng đã ghi",
    "quotas": "Số lượng ghi hai lần",
    "shares": "Tỷ lệ",
    "forms": "Hình thức",
    "criteria": "Tiêu chuẩn",
    "now": "Nội dung hiện tại",
    "typed": "Bạn đã nhập",
    "largest": "Tối đa (byte)",
}

# Identifiers help an operator, who finds them in the log; on the page they would only be noise.
UNSAID = frozenset("same_day line lines dossier official officials authority parent faults".split())

SAID = PAPERS | ROLES | DUTIES | NOMINEES | FIELDS | CAMPAIGN_KINDS | LEVELS
STAGES = {
    code: word.label
    for kind in ("difficulty", "campaign", "dossier", "session", "decision", "line")
    for code, word in STATES[kind].items()
}


def explain(
    code: str, facts: Mapping[str, object], *, act: Act | None = None, reference: str = ""
) -> Refusal:
    """The refusal page for a code; its facts become lines with Vietnamese labels.

    `act` leads to where the person can mend it; `reference` is the correlation id for the operator.
    """
    found = EXPLANATIONS.get(code, UNKNOWN)
    return Refusal(
        title=found.title,
        why=found.why,
        next_steps=found.next_steps,
        code=code,
        facts=tuple(
            Fact(FACTS.get(name, name), _words(name, value))
            for name, value in facts.items()
            if name not in UNSAID
        ),
        act=act,
        reference=reference,
    )


def _words(name: str, value: object) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(_words(name, one) for one in value)
    if isinstance(value, dict):
        return str(value.get("title") or value.get("unit") or "")
    text = str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return day(text)
    if name == "items" and text in READINESS:
        return READINESS[text][0]
    said = STAGES if name in ("stage", "verdict", "standing") else SAID
    return said.get(text, text)
