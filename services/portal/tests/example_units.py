"""The page of a unit that gave way, and the list of units on a day."""

from typing import Any

from services.portal.known import Directory
from services.portal.pages import Listing, Record
from services.portal.parts import Act, Field, State, Summary
from services.portal.present import units as present
from services.portal.tests.example_frames import at
from services.portal.timeline import History, Step

UNIT: dict[str, Any] = {
    "code": "huyen-chi-lang",
    "name": "UBND huyện Chi Lăng",
    "kind": "authority",
    "parent": None,
    "sector": "",
    "area": "",
    "duties": [],
    "valid_from": "2020-01-01",
    "valid_to": "2025-07-01",
}
PASSED: dict[str, Any] = {
    "predecessor": "huyen-chi-lang",
    "custodian": "xa-chi-lang-2025",
    "act": "abolish",
    "name": "UBND huyện Chi Lăng",
    "successors": [{"unit": "xa-chi-lang-2025", "name": "UBND xã Chi Lăng", "part": ""}],
    "effective": "2025-07-01",
    "document": "1672/NQ-UBTVQH15",
}
BELOW = UNIT | {"code": "noi-vu", "name": "Phòng Nội vụ", "kind": "department", "below": []}

unit_page = Record(
    "UBND huyện Chi Lăng",
    Summary("Nay là UBND xã Chi Lăng", State("unit", "closed")),
    present.facts(UNIT, Directory()),
    (present.succession("huyen-chi-lang", [PASSED]),),
    History(
        "/units/huyen-chi-lang",
        (Step(1, at(1, 2), "unit.established", "Hệ thống", "administrator", "", "?version=1"),),
        1,
        1,
    ),
)
units_page = Listing(
    "Đơn vị",
    "Các đơn vị có vào ngày 30/06/2025.",
    present.tree([UNIT | {"below": [BELOW]}]),
    (Field("at", "Vào ngày", "date", "30/06/2025", required=False),),
    Act("Sắp xếp đơn vị", "/reorganisations"),
)
