"""The reader on the corpus: nothing wrong, and how much is right."""

from collections import Counter

import pytest

from services.campaign.tests.corpus.plans import PLANS
from services.campaign.tests.corpus.score import FIELDS, Outcome, score, table
from thidua.plan import main

LEAST_RIGHT = 0.98  # of all values that stand in the corpus; raise it with the reader


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return score()


def test_corpus_is_wide_enough() -> None:
    assert len({plan.name for plan in PLANS}) == len(PLANS) >= 30
    assert Counter(plan.kind for plan in PLANS).keys() == {"text", "docx", "pdf"}
    assert sum(bool(plan.hazards) for plan in PLANS) >= 10


def test_nothing_is_read_wrong(outcomes: list[Outcome]) -> None:
    assert [one for one in outcomes if one.verdict == "wrong"] == []


def test_enough_is_read_right(outcomes: list[Outcome]) -> None:
    right = sum(one.verdict == "right" for one in outcomes)
    there = sum(one.verdict in ("right", "missed") for one in outcomes)
    assert right / there >= LEAST_RIGHT


def test_every_field_is_read_somewhere(outcomes: list[Outcome]) -> None:
    assert {one.field for one in outcomes if one.verdict == "right"} == set(FIELDS)


def test_table_counts_what_was_compared(outcomes: list[Outcome]) -> None:
    last = table(outcomes).split("\n")[-1].split()
    assert last[2] == str(sum(one.verdict in ("right", "missed") for one in outcomes))


def test_command_prints_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("tất cả")
