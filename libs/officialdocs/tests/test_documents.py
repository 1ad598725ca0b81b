from datetime import UTC, datetime

import msgspec
import pytest

from libs.officialdocs import Annex, AnnexGroup, AnnexLine, Decision, Plan, decision, plan_document
from libs.officialdocs.sample import sample
from libs.officialdocs.tests.papers_read import fonts, page_sizes, pages, pdfa

DECISION = sample("decision", Decision)
PLAN = sample("plan", Plan)
NATIONAL = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"


def in_order(text: str, parts: list[str]) -> list[str]:
    """The parts that stand in the text one after the other."""
    found, start = [], 0
    for part in parts:
        place = text.find(part, start)
        if place >= 0:
            found.append(part)
            start = place + len(part)
    return found


def test_decision_has_the_parts_of_the_decree_in_order() -> None:
    text = pages(decision(DECISION))[0]
    parts = [
        "ỦY BAN NHÂN DÂN HUYỆN CHI LĂNG",
        NATIONAL,
        "Số: 1208/QĐ-UBND",
        "Chi Lăng, ngày 05 tháng 6 năm 2024",
        f"QUYẾT ĐỊNH {DECISION.subject}",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN CHI LĂNG",
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
        "Theo đề nghị của",
        "ngày 04 tháng 6 năm 2024. QUYẾT ĐỊNH:",
        "Điều 1. Tặng Giấy khen cho 02 tập thể",
        "Điều 2. ",
        "Điều 3. ",
        "kể từ ngày ký./.",
        "Nơi nhận: - Như Điều 3;",
        "- Lưu: VT, NV.",
        "CHỦ TỊCH Nguyễn Văn Mẫu",
    ]

    assert in_order(text, parts) == parts


def test_annex_lists_the_awarded_by_kind_on_its_own_page() -> None:
    _, annex = pages(decision(DECISION))

    assert annex == (
        "2 DANH SÁCH TẬP THỂ, HỘ GIA ĐÌNH, CÁ NHÂN ĐƯỢC TẶNG GIẤY KHEN "
        "(Kèm theo Quyết định số 1208/QĐ-UBND ngày 05 tháng 6 năm 2024) "
        "STT Họ và tên, tên tập thể, hộ gia đình Chức vụ, đơn vị, địa chỉ "
        "I TẬP THỂ (02) 1 Nhân dân và cán bộ thôn Làng Mẫu Xã Thử Nghiệm "
        "2 Hội Nông dân xã Ví Dụ Xã Ví Dụ "
        "II HỘ GIA ĐÌNH (01) 1 Hộ gia đình bà Hoàng Thị Ví Dụ Thôn Nà Mẫu, xã Thử Nghiệm "
        "III CÁ NHÂN (02) 1 Ông Lương Văn Thử Trưởng thôn Làng Mẫu, xã Thử Nghiệm "
        "2 Bà Nông Thị Nghiệm Công chức văn hóa - xã hội, xã Ví Dụ"
    )


def test_long_annex_repeats_its_head_on_every_page() -> None:
    lines = [AnnexLine(name=f"Ông Mẫu {n}", unit="Xã Ví Dụ", note="Có") for n in range(1, 201)]
    annex = Annex(title="CÁ NHÂN", groups=[AnnexGroup(heading="CÁ NHÂN", lines=lines)])

    first, *listed = pages(decision(msgspec.structs.replace(DECISION, annex=annex)))

    assert [page.count("STT Họ và tên") for page in listed] == [1] * len(listed)
    assert [page.split(" ", 1)[0] for page in listed] == [str(n + 2) for n in range(len(listed))]
    assert sum(page.count("Ông Mẫu") for page in listed) == 200
    assert not first.startswith("1 ")


def test_decision_without_annex_ends_with_the_signature() -> None:
    (text,) = pages(decision(msgspec.structs.replace(DECISION, annex=None)))

    assert text.endswith("CHỦ TỊCH Nguyễn Văn Mẫu")


def test_plan_has_the_parts_of_the_decree_in_order() -> None:
    text = " ".join(pages(plan_document(PLAN)))
    parts = [
        "ỦY BAN NHÂN DÂN HUYỆN CHI LĂNG",
        NATIONAL,
        "Số: /KH-UBND",
        "Chi Lăng, ngày 05 tháng 4 năm 2024",
        f"KẾ HOẠCH {PLAN.subject}",
        "Thực hiện Chỉ thị số 28-CT/TU",
        "I. CHỦ ĐỀ THI ĐUA",
        "II. NỘI DUNG THI ĐUA",
        "1. Đẩy mạnh",
        "III. THỜI GIAN THI ĐUA",
        "IV. TỔ CHỨC THỰC HIỆN",
        "theo quy định./.",
        "Nơi nhận: - Sở Nội vụ (B/c);",
        "- Lưu: VT, LĐTBXH-DT.",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Nguyễn Văn Mẫu",
    ]

    assert in_order(text, parts) == parts


def test_draft_leaves_number_and_date_open() -> None:
    draft = msgspec.structs.replace(PLAN, issued_on=None)

    text = pages(plan_document(draft, datetime(2024, 4, 4, tzinfo=UTC)))[0]

    assert in_order(text, ["Số: /KH-UBND", "Chi Lăng, ngày tháng năm KẾ HOẠCH"]) == [
        "Số: /KH-UBND",
        "Chi Lăng, ngày tháng năm KẾ HOẠCH",
    ]


def test_draft_without_any_date_is_refused() -> None:
    with pytest.raises(ValueError, match="needs created_at"):
        plan_document(msgspec.structs.replace(PLAN, issued_on=None))


def test_agency_above_stands_over_the_issuing_one() -> None:
    issuer = msgspec.structs.replace(PLAN.issuer, superior="ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN")

    text = pages(plan_document(msgspec.structs.replace(PLAN, issuer=issuer)))[0]

    assert text.startswith("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN ỦY BAN NHÂN DÂN HUYỆN CHI LĂNG CỘNG HÒA")


@pytest.mark.parametrize("text", ['#panic("x")', "\\ \"' *a* _b_ $c$ <d> @e #f[g]"])
def test_markup_in_a_document_is_printed_as_it_stands(text: str) -> None:
    plan = msgspec.structs.replace(PLAN, subject=text, preamble=[text], recipients=[text])
    ruled = msgspec.structs.replace(DECISION, subject=text, articles=[text, f"{text}\n{text}"])

    assert " ".join(pages(plan_document(plan))).count(text) == 3
    assert pages(decision(ruled))[0].count(text) == 4


def test_documents_are_portrait_and_archivable() -> None:
    for pdf in (decision(DECISION), plan_document(PLAN)):
        assert page_sizes(pdf) == {(210, 297)}
        assert pdfa(pdf) == ("2", "B")


def test_documents_use_only_cuts_that_draw_every_letter() -> None:
    sound = {
        f"LibertinusSerif-{cut}" for cut in ("Regular", "Italic", "Semibold", "SemiboldItalic")
    }

    assert fonts(decision(DECISION)) == sound
    assert fonts(plan_document(PLAN)) == sound


def test_same_data_gives_the_same_bytes() -> None:
    assert decision(DECISION) == decision(DECISION)
    assert plan_document(PLAN) == plan_document(PLAN)
