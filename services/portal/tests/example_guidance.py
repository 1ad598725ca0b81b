"""Examples of the guidance: a revision under way, and what a service answers of it."""

from typing import Any

from services.portal.http.guidance_form import fields_of
from services.portal.known import Directory
from services.portal.pages import Ask, Guidance
from services.portal.parts import Act, Fact, State, Summary
from services.portal.present import guidance as present

DIRECTORY = Directory({}, {})
GIVEN: dict[str, Any] = {
    "campaign": "1",
    "version": 2,
    "forms": [
        {
            "code": "giay-khen",
            "name": "Giấy khen của Chủ tịch Ủy ban nhân dân huyện",
            "kinds": ["individual", "household"],
            "quota": 25,
            "papers": ["other"],
        }
    ],
    "criteria": [
        {"kind": "individual", "text": "Có thành tích tiêu biểu", "max_points": 70},
        {"kind": "individual", "text": "Có sáng kiến", "max_points": 30},
        {"kind": "household", "text": "Gương mẫu", "max_points": 0},
    ],
    "papers": ["proposal-letter", "minutes"],
    "who": "Cá nhân, hộ gia đình",
    "intake_from": "2024-08-01T00:00:00+07:00",
    "intake_until": "2024-10-15T10:00:00+00:00",
    "conditions": ["Không trong thời gian bị kỷ luật"],
    "group_quotas": [
        {"form": "giay-khen", "group": "commune", "quota": 2, "each": True},
        {"form": "giay-khen", "group": "cluster", "quota": 4, "each": False},
    ],
    "shares": [{"of": "women", "percent": 30}],
    "reason": "Đại hội lùi ngày",
    "issued_at": "2024-09-01T02:00:00+00:00",
    "number": 6,
    "symbol": "HD-PNV",
    "issued_on": "2024-09-01",
}
CHANGED: list[dict[str, Any]] = [
    {
        "field": "intake_until",
        "of": "",
        "before": "2024-09-30T10:00:00+00:00",
        "after": "2024-10-15T10:00:00+00:00",
    },
    {"field": "form.quota", "of": "giay-khen", "before": 20, "after": 25},
    {"field": "group-quota", "of": "giay-khen|commune|each", "before": None, "after": 2},
    {"field": "criterion.individual", "of": "Có sáng kiến", "before": 0, "after": 30},
    {"field": "share", "of": "women", "before": None, "after": 30},
    {"field": "paper", "of": "minutes", "before": None, "after": "minutes"},
]
VERSIONS = [
    {**GIVEN, "version": 1, "number": 0, "reason": "", "prepared_by": None},
    {**GIVEN, "prepared_by": None},
]

guidance_page = Guidance(
    title="Hướng dẫn khen thưởng",
    summary=Summary(
        "Lần ban hành 2. Phong trào thi đua chào mừng Đại hội",
        State("guidance", "issued"),
        others=(Act("Sửa đổi hướng dẫn", "/campaigns/1/guidance/new"),),
    ),
    facts=(Fact("Số, ngày", present.number_of(GIVEN)), *present.facts(GIVEN)),
    forms=present.forms(GIVEN),
    quotas=present.quotas(GIVEN),
    criteria=present.criteria(GIVEN),
    changes=present.changes(CHANGED, GIVEN),
    versions=present.versions({"campaign": "1", "versions": VERSIONS}, DIRECTORY),
    conditions=("Không trong thời gian bị kỷ luật",),
    back="/campaigns/1",
)
guidance_form = Ask(
    "Sửa đổi hướng dẫn khen thưởng",
    "Soạn dự thảo.",
    fields_of(GIVEN, save_to="/drafts/campaigns/1/guidance"),
    Act("Lưu và trình duyệt dự thảo", "/campaigns/1/guidance", "post", 20),
    "/campaigns/1/guidance",
)
