"""The form of a written plan: what was typed goes to the service and comes back as it was."""

from typing import Any

from services.portal.present.papers import papers_of, preview_of
from services.portal.present.writing import form_of, plan_from, plan_of

TYPED = {
    "issuing_authority": "UBND huyện",
    "symbol": "KH-UBND",
    "abstract": "Phát động thi đua",
    "theme": "Mỗi người một cây",
    "content_points": "Trồng cây\n\n Chăm sóc ",
    "starts": "5/2/2024",
    "ends": "trước ngày tổng kết",
    "informed": "Sở Nội vụ",
    "acting": "Các phòng\nUBND các xã",
    "kept": "VT, NV",
    "signer_lines": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
    "signer_name": "Nguyễn Văn Mẫu",
}


def shown(plan: Any) -> dict[str, str]:
    return {field.name: field.value for field in form_of(plan, "/drafts/x")}


def test_typed_lines_become_points_recipients_and_moments() -> None:
    plan = plan_from(TYPED)
    assert plan["content_points"] == ["Trồng cây", "Chăm sóc"]
    assert plan["recipients"] == [
        {"name": "Sở Nội vụ", "purpose": "for-information"},
        {"name": "Các phòng", "purpose": "for-action"},
        {"name": "UBND các xã", "purpose": "for-action"},
        {"name": "VT, NV", "purpose": "archive"},
    ]
    assert (plan["starts"], plan["ends"]) == (
        {"day": "2024-02-05"},
        {"text": "trước ngày tổng kết"},
    )


def test_plan_from_the_service_fills_the_form_as_it_was_typed() -> None:
    again = shown(plan_from(TYPED))
    assert {name: again[name] for name in TYPED} == TYPED | {
        "content_points": "Trồng cây\nChăm sóc",
        "starts": "05/02/2024",
    }


def test_saved_campaign_fills_the_form_to_be_mended() -> None:
    signer = {"name": "Nguyễn Văn Mẫu", "lines": ["CHỦ TỊCH"]}
    values: list[tuple[str, Any]] = [
        ("issuing_authority", "UBND huyện"),
        ("document_symbol", "KH-UBND"),
        ("content_points", {"number": "1", "text": "Trồng cây"}),
        ("period", {"starts": {"date": "2024-02-05"}, "ends": {"date": None, "text": "hết vụ"}}),
        ("recipients", {"name": "VT", "purpose": "archive"}),
        ("signer", signer),
    ]
    form = shown(plan_of({"fields": [{"field": name, "value": v} for name, v in values]}))
    expected = {
        "issuing_authority": "UBND huyện",
        "symbol": "KH-UBND",
        "content_points": "Trồng cây",
        "starts": "05/02/2024",
        "ends": "hết vụ",
        "kept": "VT",
        "signer_lines": "CHỦ TỊCH",
        "signer_name": "Nguyễn Văn Mẫu",
    }
    assert {name: value for name, value in form.items() if value} == expected


def test_every_box_of_the_form_is_kept_while_typing() -> None:
    assert {field.save_to for field in form_of({}, "/drafts/x")} == {"/drafts/x"}


def test_issued_plan_shows_its_hash_and_no_preview() -> None:
    issued = {"papers": {"plan": {"sha256": "ab" * 32, "size": 9}}, "guidance": {"forms": []}}
    campaign = {"id": "c", "state": "launched", **issued}
    plan, *others = papers_of(campaign)
    assert (plan.digest, plan.size, plan.note) == ("ab" * 32, 9, "bản đã ban hành")
    assert [paper.href for paper in others] == [
        "/campaigns/c/plan.docx",
        "/campaigns/c/guidance.pdf",
        "/campaigns/c/guidance.docx",
    ]
    assert preview_of(campaign) == ""


def test_draft_is_called_one_and_can_be_looked_at() -> None:
    draft = {"id": "c", "state": "draft"}
    assert [paper.note for paper in papers_of(draft)] == ["dự thảo", "sửa được"]
    assert preview_of(draft) == "/campaigns/c/plan.png"
