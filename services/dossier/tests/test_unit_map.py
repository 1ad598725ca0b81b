"""Figures by the old map and by the new: the same total, nothing twice."""

import json
from datetime import date
from pathlib import Path

from services.dossier.unit_map import Passed, on_map

LANG_SON = Path(__file__).parents[3] / "examples/lang-son-2025"
DAY, BEFORE = date(2025, 7, 1), date(2025, 6, 30)
MERGED = [Passed("a", "xa", DAY), Passed("b", "xa", DAY), Passed("xa", "dac-khu", date(2026, 1, 1))]


def test_counts_follow_the_units_through_the_years() -> None:
    counts = {"a": 2, "b": 3, "c": 5}
    assert on_map(counts, MERGED, BEFORE) == counts
    assert on_map(counts, MERGED, DAY) == {"xa": 5, "c": 5}
    assert on_map(counts, MERGED, date(2026, 1, 1)) == {"dac-khu": 5, "c": 5}


def test_counts_of_a_new_unit_go_whole_to_one_old_one() -> None:
    assert on_map({"dac-khu": 7, "a": 1}, MERGED, BEFORE) == {"a": 8}


def test_figures_of_lang_son_agree_in_total() -> None:
    before = json.loads((LANG_SON / "units-before.json").read_text(encoding="utf-8"))["units"]
    acts = json.loads((LANG_SON / "reorganisation.json").read_text(encoding="utf-8"))["acts"]
    passed = [
        Passed(unit, act["custodian"], DAY)
        for act in acts
        if act["act"] != "establish"
        for unit in act["units"]
    ]
    counts = {unit["code"]: number for number, unit in enumerate(before, 1)}
    new = on_map(counts, passed, DAY)
    communes = {act["new"]["code"] for act in acts if act["act"] == "establish"}
    assert (len(before), len(communes), len(passed)) == (31, 65, 31)
    assert (sum(new.values()), set(new) - communes) == (sum(counts.values()), set())
    assert on_map(counts, passed, BEFORE) == counts
    assert sum(on_map(new, passed, BEFORE).values()) == sum(counts.values())
