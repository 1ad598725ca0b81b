"""Which papers a campaign's page, its board and its changes offer, with what they are."""

from typing import Any

from services.portal.known import Directory
from services.portal.present import boards
from services.portal.present.life import changes_table
from services.portal.present.papers import papers_of

CHANGE: dict[str, Any] = {
    "amendment": "a1",
    "kind": "amendment",
    "form": "amendment",
    "changes": [],
    "number": 9,
    "symbol": "KH-UBND",
    "issued_on": "2024-06-10",
    "reason": "Đại hội dời ngày",
    "by": "x",
    "at": "2024-06-10T02:00:00+00:00",
}
END: dict[str, Any] = CHANGE | {"kind": "end", "old": None, "new": "2024-12-31", "ends_event": ""}
del END["amendment"], END["number"]
CAMPAIGN: dict[str, Any] = {"id": "c", "state": "launched"}


def offered(**more: Any) -> list[tuple[str, str, str]]:
    papers = papers_of(CAMPAIGN | more)[2:]  # after the plan's own
    return [(one.label, one.href, one.note) for one in papers]


def test_numbered_change_is_offered_with_its_number() -> None:
    assert offered(changes=[END, CHANGE]) == [
        (
            "Tải PDF văn bản sửa đổi kế hoạch",
            "/campaigns/c/amendments/a1.pdf",
            "09/KH-UBND ngày 10/06/2024",
        ),
        (
            "Tải bản Word văn bản sửa đổi kế hoạch",
            "/campaigns/c/amendments/a1.docx",
            "sửa được",
        ),
    ]


def test_change_under_way_says_how_far_it_is() -> None:
    under_way = {"amendment": "a2", "form": "correction"}
    notes = [
        offered(amendment=under_way | {"state": state})[0]
        for state in ("drafted", "approved", "signed")
    ]
    address = "/campaigns/c/amendments/a2.pdf"
    assert notes == [
        ("Tải PDF công văn đính chính", address, "dự thảo"),
        ("Tải PDF công văn đính chính", address, "dự thảo"),
        ("Tải PDF công văn đính chính", address, "đã ký, chưa có số"),
    ]


def test_reviews_are_drafts_until_approved() -> None:
    reviews = {"preliminary": {"approved_at": "2024-06-10"}, "final": {"approved_at": None}}
    assert offered(reviews=reviews)[::2] == [
        ("Tải PDF báo cáo sơ kết", "/campaigns/c/reviews/preliminary.pdf", "chưa có số"),
        ("Tải PDF báo cáo tổng kết", "/campaigns/c/reviews/final.pdf", "dự thảo"),
    ]


def test_guidance_is_offered_under_its_number() -> None:
    guidance = {"number": 3, "symbol": "HD-PNV"}
    assert offered(guidance=guidance)[0][2] == "03/HD-PNV"
    assert offered(guidance={"forms": []})[0][2] == "chưa có số"


def test_table_of_changes_leads_to_the_paper_of_those_that_have_one() -> None:
    table = changes_table(CAMPAIGN | {"changes": [END, CHANGE]}, Directory({}, {}))
    assert table is not None
    assert [row[0].href for row in table.rows] == ["/campaigns/c/amendments/a1.pdf", ""]


def test_board_is_offered_as_a_list_in_both_forms() -> None:
    assert [act.href for act in boards.papers("/campaigns/c")] == [
        "/campaigns/c/notices.pdf",
        "/campaigns/c/notices.docx",
    ]
