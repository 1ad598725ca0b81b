"""What home affairs may do with a dossier and its lines."""

from typing import Any
from uuid import uuid4

from libs.eventlog.events import Event
from libs.serving.acting import Acting
from libs.serving.tests.signing import official
from services.dossier import events as e
from services.dossier.decisions import appraisal
from services.dossier.decisions.states import Dossier
from services.dossier.terms import Duplicate
from services.dossier.tests.cases import (
    CAMPAIGN,
    HOME,
    RULES,
    UNIT,
    appraised,
    appraiser,
    complete,
    dossier,
    foreign_appraiser,
    head,
    held,
    in_appraisal,
    leader,
    received,
    refused,
    released,
    returned,
    specialist,
    submitted,
    supplemented,
)

ELSEWHERE = Duplicate(uuid4(), 1, "mai-sao")
AWARDED = e.LineAwarded(
    CAMPAIGN, UNIT, 1, uuid4(), "07/QĐ-UBND", submitted.intake_until.date(), "giay-khen", 1
)


def receiving(state: Dossier, by: Acting = appraiser, slip: int = 1) -> list[Event]:
    return list(appraisal.receive(state, slip=slip, year=2024, rules=RULES, by=by))


def returning(state: Dossier, *reasons: str, by: Acting = appraiser) -> list[Event]:
    return list(appraisal.return_dossier(state, reasons=reasons, rules=RULES, by=by))


def judging(state: Dossier, by: Acting = appraiser, **given: Any) -> list[Event]:
    body: dict[str, Any] = {
        "line": 1,
        "verdict": "eligible",
        "reason": "Đủ tiêu chuẩn.",
        "others": [],
        "duplicate_reason": "",
    }
    return list(appraisal.appraise(state, by=by, **body | given))


def test_submitted_dossier_is_received_with_slip() -> None:
    assert receiving(dossier(*complete, submitted)) == [received]


def test_draft_is_not_received() -> None:
    refused("not-submitted", lambda: receiving(dossier(*complete)))


def test_unit_does_not_receive_its_own() -> None:
    refused("not-allowed", lambda: receiving(dossier(*complete, submitted), by=leader))


def test_home_affairs_elsewhere_finds_nothing() -> None:
    refused("not-found", lambda: receiving(dossier(*complete, submitted), by=foreign_appraiser))


def test_who_prepared_does_not_receive() -> None:
    both = official("specialist", unit=HOME, duty="home-affairs", official=specialist.official)
    refused("same-person", lambda: receiving(dossier(*complete, submitted), by=both))


def test_supplemented_dossier_keeps_its_slip() -> None:
    assert receiving(dossier(*in_appraisal, returned, supplemented), slip=9) == [received]


def test_return_gives_reasons() -> None:
    assert returning(dossier(*in_appraisal), "Thiếu chữ ký.") == [returned]
    refused("reason-missing", lambda: returning(dossier(*in_appraisal)))


def test_return_once_by_default() -> None:
    again = dossier(*in_appraisal, returned, supplemented)
    facts = refused("already-supplemented", lambda: returning(again, "Vẫn thiếu."))
    assert facts == {"allowed": 1}


def test_appraised_dossier_is_not_returned() -> None:
    refused("already-appraised", lambda: returning(dossier(*in_appraisal, appraised()), "Thiếu."))


def test_line_is_appraised_with_reason() -> None:
    assert judging(dossier(*in_appraisal)) == [appraised()]
    refused("reason-missing", lambda: judging(dossier(*in_appraisal), reason=""))


def test_same_verdict_again_is_nothing_new() -> None:
    assert judging(dossier(*in_appraisal, appraised())) == []


def test_verdict_may_change_before_decision() -> None:
    (event,) = judging(dossier(*in_appraisal, appraised()), verdict="refer-upward")
    assert event == appraised(verdict="refer-upward")


def test_unknown_line_is_not_found() -> None:
    refused("not-found", lambda: judging(dossier(*in_appraisal), line=2))


def test_nothing_is_appraised_before_receipt() -> None:
    refused("not-received", lambda: judging(dossier(*complete, submitted)))


def test_decided_line_is_not_appraised_again() -> None:
    state = dossier(*in_appraisal, appraised(), AWARDED)
    refused("already-decided", lambda: judging(state, reason="Khác."))


def test_duplicate_is_explained_never_blocked() -> None:
    state = dossier(*in_appraisal)
    facts = refused("duplicate-unexplained", lambda: judging(state, others=[ELSEWHERE]))
    assert [other["unit"] for other in facts["others"]] == ["mai-sao"]
    (event,) = judging(state, others=[ELSEWHERE], duplicate_reason="Xét ở hồ sơ này.")
    assert isinstance(event, e.LineAppraised)
    assert (event.duplicates, event.duplicate_reason) == ((ELSEWHERE,), "Xét ở hồ sơ này.")


def test_who_prepared_does_not_appraise() -> None:
    both = official("specialist", unit=HOME, duty="home-affairs", official=specialist.official)
    refused("same-person", lambda: judging(dossier(*in_appraisal), by=both))


def test_line_is_held_and_released() -> None:
    state = dossier(*in_appraisal)
    assert appraisal.hold(state, line=1, reason="Có đơn.", by=appraiser) == [held]
    assert appraisal.hold(dossier(*in_appraisal, held), line=1, reason="-", by=appraiser) == []
    release = appraisal.release(
        dossier(*in_appraisal, held), line=1, reason="Không có căn cứ.", by=appraiser
    )
    assert release == [released]
    assert appraisal.release(state, line=1, reason="-", by=appraiser) == []


def test_head_of_home_affairs_may_hold() -> None:
    (event,) = appraisal.hold(dossier(*in_appraisal), line=1, reason="Có đơn.", by=head)
    assert isinstance(event, e.LineHeld)
    assert event.held_by == head.official


def test_unit_may_not_hold() -> None:
    refused(
        "not-allowed",
        lambda: appraisal.hold(dossier(*in_appraisal), line=1, reason="-", by=leader),
    )


def test_hold_needs_a_reason() -> None:
    refused(
        "reason-missing",
        lambda: appraisal.hold(dossier(*in_appraisal), line=1, reason="", by=appraiser),
    )
