"""What is printed: worded from events, so nothing is typed twice."""

import msgspec

from services.dossier import documents
from services.dossier.campaigns import Unit
from services.dossier.documents import Matter
from services.dossier.history import Nominee
from services.dossier.terms import DecisionLine
from services.dossier.tests.cases import (
    DOSSIER,
    HOME,
    UNIT,
    appraised,
    award,
    campaign,
    decision,
    dossier,
    drafted,
    in_appraisal,
    numbered,
    ref,
    signed,
)

UNITS = {
    "chi-lang": Unit("chi-lang", "Ủy ban nhân dân huyện Chi Lăng", "authority"),
    UNIT: Unit(UNIT, "UBND xã Bắc Thủy", "commune"),
    HOME: Unit(HOME, "Phòng Nội vụ", "department"),
}


def matter(*lines: DecisionLine, position: str = "Trưởng thôn") -> Matter:
    past = msgspec.structs.replace(drafted, lines=lines or (award,))
    return Matter(
        decision=decision(past, signed, numbered),
        campaign=msgspec.structs.replace(campaign, number="05/KH-UBND"),
        dossiers={DOSSIER: dossier(*in_appraisal, appraised())},
        nominees={ref: Nominee("Hoàng Thị An", "001", position)},
        units=UNITS,
        signer="Mẫu",
    )


def test_issuer_is_named_from_the_authority() -> None:
    issuer = documents.issuer(matter())
    assert (issuer.authority, issuer.place, issuer.signer_title, issuer.signer_name) == (
        "ỦY BAN NHÂN DÂN HUYỆN CHI LĂNG",
        "Chi Lăng",
        "CHỦ TỊCH",
        "Mẫu",
    )


def test_certificate_says_who_where_and_why() -> None:
    (certificate,) = documents.certificate_data(matter())
    assert msgspec.to_builtins(certificate) == {
        "recipient_line": "Ông (bà) Hoàng Thị An",
        "unit_line": "Trưởng thôn, UBND xã Bắc Thủy",
        "achievement": "Hiến đất.",
        "book_number": "01",
        "decision_number": "07/QĐ-UBND",
        "decision_date": "2024-09-20",
    }


def test_decision_names_plan_proposer_and_counts() -> None:
    paper = documents.decision_data(matter())
    assert paper.bases[1:] == [
        "Căn cứ Kế hoạch số 05/KH-UBND của Ủy ban nhân dân huyện Chi Lăng",
        "Căn cứ kết quả họp Hội đồng Thi đua, Khen thưởng",
        "Theo đề nghị của Phòng Nội vụ",
    ]
    assert paper.articles[0].startswith("Tặng Giấy khen cho 01 cá nhân đã có thành tích")


def test_lines_not_awarded_are_not_printed() -> None:
    struck = msgspec.structs.replace(award, line=2, outcome="none")
    assert len(documents.certificate_data(matter(struck, award))) == 1
