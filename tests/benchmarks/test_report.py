"""The last line of a run is for programs: one JSON object, null for what was not measured."""

import json

import pytest

from tests.benchmarks.report import TARGETS, Result, conclude, median, paired_ratio, show

REPEATS = [
    {"ours": {"rate": 10.0, "p50_ms": 1.0}, "rival": {"rate": 5.0}},
    {"ours": {"rate": 90.0, "p50_ms": 3.0}, "rival": {"rate": 30.0}},
    {"ours": {"rate": 40.0, "p50_ms": 2.0}, "rival": {"rate": 10.0}},
]


def test_ratios_are_paired_within_a_repeat() -> None:
    assert paired_ratio(REPEATS, "ours", "rival") == 3.0
    assert paired_ratio(REPEATS, "ours", "absent") is None
    assert median(REPEATS, "ours", "p50_ms") == 2.0


def test_table_leaves_out_what_a_variant_does_not_measure(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show("append", Result(REPEATS, {}, ["a remark"]))
    assert capsys.readouterr().out.splitlines()[1:] == [
        "append",
        "| variant | rate | p50_ms |",
        "|---|---|---|",
        "| ours | 40.00 (10.00–90.00) | 2.00 (1.00–3.00) |",
        "| rival | 10.00 (5.00–30.00) |  |",
        "- a remark",
    ]


def test_last_line_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    conclude({"append_vs_library": 20.456, "follow_p50_ms": 20.0})
    *table, last = capsys.readouterr().out.splitlines()
    figures = json.loads(last)
    assert list(figures) == list(TARGETS)
    assert (figures["append_vs_library"], figures["append_vs_pgbench"]) == (20.46, None)
    assert "| append_vs_library | 20.46 | ≥ 15 | yes |" in table
    assert "| follow_p50_ms | 20.00 | ≤ 15 | NO |" in table
    assert "| append_vs_pgbench | not measured | ≥ 1.2 | – |" in table
