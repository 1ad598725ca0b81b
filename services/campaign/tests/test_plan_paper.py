"""What a plan's fields become on paper. Pure."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.campaign.decisions.states import Campaign, Stage
from services.campaign.papers import basis, made_at, period, plan_paper

DAY = date(2024, 4, 5)


def campaign(stage: Stage = Stage.draft, **fields: Any) -> Campaign:
    """Each field with its one value, or with several in a list."""
    pairs = [
        (f"{name}.{n}", name, value)
        for name, given in fields.items()
        for n, value in enumerate(given if isinstance(given, list) else [given])
    ]
    return Campaign(
        stage=stage,
        title="Thi đua",
        values={id: value for id, _, value in pairs},
        kinds={id: name for id, name, _ in pairs},
    )


def signer(form: str, title: str, *lines: str) -> dict[str, Any]:
    return {"name": "Nguyễn Văn Mẫu", "title": title, "form": form, "lines": list(lines)}


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        (signer("personal", "Chủ tịch", "CHỦ TỊCH"), "CHỦ TỊCH"),
        (
            signer("TM.", "CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
            "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
        ),
        (
            signer("KT.", "PHÓ CHỦ TỊCH", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
            "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        ),
        (
            signer("TL.", "CHÁNH VĂN PHÒNG", "TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
            "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG",
        ),
        (
            signer("TUQ.", "TRƯỞNG PHÒNG", "TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG"),
            "TUQ. CHỦ TỊCH\nTRƯỞNG PHÒNG",
        ),
        (
            signer("KT.", "PHÓ CHỦ TỊCH", "KT. CHỦ TỊCH", "CHỦ TỊCH HUYỆN"),
            "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        ),
        ({"name": "Nguyễn Văn Mẫu", "title": "Giám đốc"}, "GIÁM ĐỐC"),
    ],
)
def test_signer_stands_under_the_form_signed_in(given: dict[str, Any], lines: str) -> None:
    issuer = plan_paper(campaign(signer=given), None).issuer
    assert (issuer.signer_title, issuer.signer_name) == (lines, "Nguyễn Văn Mẫu")


@pytest.mark.parametrize(
    ("stage", "draft"),
    [
        (Stage.draft, True),
        (Stage.submitted, True),
        (Stage.approved, True),
        (Stage.signed, False),
        (Stage.numbered, False),
        (Stage.launched, False),
    ],
)
def test_paper_is_a_draft_until_it_is_signed(stage: Stage, draft: bool) -> None:
    assert plan_paper(campaign(stage), None).draft is draft


def test_basis_is_cited_with_what_is_known_of_it() -> None:
    whole = {
        "kind": "Kế hoạch",
        "number": "21/KH-BCĐ",
        "date": "2024-01-04",
        "issuer": "Ban Chỉ đạo",
        "abstract": "về Đại hội",
    }
    assert basis(whole) == (
        "Căn cứ Kế hoạch số 21/KH-BCĐ ngày 04 tháng 01 năm 2024 của Ban Chỉ đạo về Đại hội"
    )
    typed = {"kind": "", "number": "", "date": None, "issuer": ""}
    assert basis(typed | {"abstract": "Thực hiện Chỉ thị 28"}) == "Thực hiện Chỉ thị 28"
    assert basis(typed | {"abstract": "Luật Mẫu"}) == "Căn cứ Luật Mẫu"


def test_period_keeps_words_of_events_and_writes_days_as_papers_do() -> None:
    starts = {"kind": "date", "relation": "on", "date": "2024-02-05", "text": "05/2/2024"}
    until = {"kind": "date", "relation": "through", "date": "2024-09-30", "text": "hết 30/9"}
    event = {"kind": "event", "relation": "before", "date": None, "text": "trước Đại hội"}
    month = {"kind": "month", "relation": "on", "date": "2024-10-01", "text": "tháng 10/2024"}
    assert period({"starts": starts, "ends": until}) == (
        "Từ ngày 05 tháng 02 năm 2024 đến hết ngày 30 tháng 9 năm 2024."
    )
    assert period({"starts": None, "ends": event}) == "Đến trước Đại hội."
    assert period({"starts": month, "ends": event}) == "Từ tháng 10/2024 đến trước Đại hội."


def test_recipients_say_their_purpose_and_the_archive_closes_the_list() -> None:
    paper = plan_paper(
        campaign(
            recipients=[
                {"name": "Sở Nội vụ", "purpose": "for-information"},
                {"name": "UBND các xã", "purpose": "for-action"},
                {"name": "Lưu: VT, NV", "purpose": "archive"},
            ]
        ),
        None,
    )
    assert (list(paper.recipients), paper.filing) == (
        ["Sở Nội vụ (B/c)", "UBND các xã"],
        "VT, NV",
    )


def test_letterhead_parts_the_committee_from_its_place() -> None:
    issuer = plan_paper(
        campaign(
            issuing_authority="UBND huyện Chi Lăng", superior_authority="Ủy ban nhân dân tỉnh Mẫu"
        ),
        None,
    ).issuer
    assert (issuer.superior, issuer.authority) == (
        "ỦY BAN NHÂN DÂN\nTỈNH MẪU",
        "ỦY BAN NHÂN DÂN\nHUYỆN CHI LĂNG",
    )


def test_duties_without_a_number_close_the_plan() -> None:
    paper = plan_paper(
        campaign(
            duties=[{"number": "1", "text": "Giao Phòng Mẫu."}, {"number": None, "text": "Yêu cầu"}]
        ),
        None,
    )
    assert (list(paper.sections[-1].points), list(paper.closing)) == (
        ["Giao Phòng Mẫu."],
        ["Yêu cầu."],
    )


def test_paper_is_dated_by_its_day_then_its_signature_then_its_last_change() -> None:
    last = datetime(2024, 4, 9, 8, tzinfo=UTC)
    signed = Campaign(stage=Stage.signed, signed_on=date(2024, 4, 4))
    assert made_at(signed, DAY, last).isoformat() == "2024-04-05T00:00:00+07:00"
    assert made_at(signed, None, last).isoformat() == "2024-04-04T00:00:00+07:00"
    assert made_at(Campaign(), None, last) == last
