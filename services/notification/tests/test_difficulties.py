"""Who is told of a difficulty, once for each event, in words that name nobody."""

from typing import Any
from uuid import uuid4

import msgspec
import pytest

from libs.serving.tests import signing
from libs.serving.tests.stored import CONTRACTS
from services.notification.difficulties import TELLINGS, told_of
from services.notification.tests.stage import CAMPAIGN, Stage, occasion

TOLD = {
    "reported": {"ldtbxh-dt": "difficulty-reported"},
    "assigned": {"noi-vu": "difficulty-assigned"},
    "asked-back": {"bac-thuy": "difficulty-asked"},
    "explained": {"ldtbxh-dt": "difficulty-explained"},
    "answered": {"bac-thuy": "difficulty-answered"},
    "escalated": {
        "chi-lang": "difficulty-escalated",
        "bac-thuy": "difficulty-escalated-known",
        "ldtbxh-dt": "difficulty-escalated-known",
    },
    "resolved": {"ldtbxh-dt": "difficulty-resolved"},
    "reopened": {"ldtbxh-dt": "difficulty-reopened"},
    "withdrawn": {"ldtbxh-dt": "difficulty-withdrawn"},
    "reminded": {"ldtbxh-dt": "difficulty-reminded"},
    "overdue": {"ldtbxh-dt": "difficulty-overdue"},
}


def as_heard(name: str, **changes: Any) -> Any:
    topic = f"difficulty.{name}.v1"
    data = msgspec.json.decode((CONTRACTS / f"{topic}.example.json").read_bytes())["data"]
    return msgspec.convert(data | {"campaign": str(CAMPAIGN)} | changes, TELLINGS[topic].heard)


def templates(name: str, **changes: Any) -> list[tuple[str, str]]:
    told = told_of(f"difficulty.{name}.v1", as_heard(name, **changes), "Phong trào", "Xã")
    return [(unit, template) for unit, _, template, _ in told]


def test_every_event_tells_those_it_concerns() -> None:
    assert {name: dict(templates(name)) for name in TOLD} == TOLD
    assert {f"difficulty.{name}.v1" for name in TOLD} == set(TELLINGS)


def test_no_unit_is_told_twice_of_one_event() -> None:
    here = {"lead_unit": "x", "holder": "x", "from_unit": "chi-lang"}
    for name in TOLD:
        known = {key: value for key, value in here.items() if hasattr(as_heard(name), key)}
        units = [unit for unit, _ in templates(name, **known)]
        assert sorted(set(units)) == sorted(units)


def test_lead_office_knows_that_another_has_answered() -> None:
    assert templates("answered", answering_unit="noi-vu") == [
        ("bac-thuy", "difficulty-answered"),
        ("ldtbxh-dt", "difficulty-answered-known"),
    ]


def test_office_hears_what_the_unit_confirmed_and_the_other_way_round() -> None:
    told = [templates("resolved", by_unit=by)[0][0] for by in (True, False)]
    assert told == ["ldtbxh-dt", "bac-thuy"]


@pytest.mark.parametrize("name", TOLD)
async def test_notice_is_queued_once_however_often_it_is_heard(on_stage: Stage, name: str) -> None:
    on_stage.launch()
    heard = occasion("campaign", uuid4(), f"difficulty.{name}.v1")
    for _ in range(2):
        on_stage.tell(lambda tx, telling: telling.difficulty(tx, heard, as_heard(name)))
    for unit in TOLD[name]:
        by = signing.official("leader", unit=unit)
        items = (await on_stage.get(by, "/inbox"))["items"]
        about = [item for item in items if item["about"]["kind"] == "difficulty"]
        assert len(about) == 1
        assert "Biểu mẫu" not in about[0]["text"]
        assert "{" not in about[0]["text"]
