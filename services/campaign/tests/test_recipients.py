"""Which units a recipient line suggests."""

import pytest

from services.campaign.recipients import Unit, suggest

UNITS = [
    Unit("bac-thuy", "UBND xã Bắc Thủy", "commune"),
    Unit("noi-vu", "Phòng Nội vụ", "department"),
    Unit("so-noi-vu", "Sở Nội vụ", "external"),
    Unit("van-phong", "Văn phòng HĐND và UBND huyện", "office"),
]


@pytest.mark.parametrize(
    ("label", "codes"),
    [
        ("Sở Nội vụ", ["so-noi-vu"]),
        ("SỞ  NỘI VỤ", ["so-noi-vu"]),
        ("UBND các xã, thị trấn", ["bac-thuy"]),
        ("Các cơ quan, đơn vị thuộc huyện", ["noi-vu"]),
        ("Chủ tịch, các PCT UBND huyện", ["van-phong"]),
        ("Ban Dân tộc", []),
    ],
)
def test_line_suggests_units(label: str, codes: list[str]) -> None:
    assert suggest(label, UNITS) == codes
