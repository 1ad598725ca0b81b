"""What a comparison leads to."""

import pytest

from libs.eventlog.events import Refused
from libs.serving.tests import signing
from libs.serving.tests.stored import id_of
from services.audit.decisions import MOST_TOLD, Compared, Finding, conclude, seal
from services.audit.events import (
    CheckpointSealed,
    DiscrepancyFound,
    VerificationFailed,
    VerificationPassed,
)

AUDITOR = signing.official("auditor")
VERIFICATION = id_of(1)
CHECKPOINT = CheckpointSealed(1, "00", "note", ("00",))


def test_one_checkpoint_for_one_size() -> None:
    assert seal(False, CHECKPOINT) == [CHECKPOINT]
    assert seal(True, CHECKPOINT) == []


def test_no_finding_is_a_pass() -> None:
    found = conclude(False, VERIFICATION, Compared(7, "aa", []), by=AUDITOR)
    assert found == [VerificationPassed(VERIFICATION, 7, "aa")]


def test_every_finding_is_told_before_the_failure() -> None:
    compared = Compared(7, "aa", [Finding("campaign", 3, "changed")])
    assert conclude(False, VERIFICATION, compared, by=AUDITOR) == [
        DiscrepancyFound(VERIFICATION, "campaign", 3, "changed"),
        VerificationFailed(VERIFICATION, 7, "aa", 1),
    ]


def test_replaced_log_does_not_flood_ours() -> None:
    many = [Finding("campaign", n, "missing") for n in range(1, 5001)]
    events = conclude(False, VERIFICATION, Compared(5000, "aa", many), by=AUDITOR)
    assert len(events) == MOST_TOLD + 1
    assert events[-1] == VerificationFailed(VERIFICATION, 5000, "aa", 5000)


def test_verification_repeated_is_no_news() -> None:
    assert conclude(True, VERIFICATION, Compared(7, "aa", []), by=AUDITOR) == []


def test_only_auditors_verify() -> None:
    with pytest.raises(Refused, match="not-allowed"):
        conclude(False, VERIFICATION, Compared(7, "aa", []), by=signing.official("chairman"))
