"""How a decision comes about and what it means for the dossiers."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import uuid4

import msgspec

from libs.eventlog.events import Event
from libs.serving.acting import Acting
from libs.serving.tests.signing import official
from services.dossier import events as e
from services.dossier.decisions import decision as decisions
from services.dossier.decisions import register
from services.dossier.decisions.states import Decision, Dossier, Register
from services.dossier.terms import DecisionLine, LineRef, LineResult, Outcome
from services.dossier.tests.cases import (
    CAMPAIGN,
    DECISION,
    DOSSIER,
    HOME,
    SESSION,
    UNIT,
    appraised,
    appraiser,
    award,
    chairman,
    clerk,
    closed,
    convened,
    decision,
    dossier,
    drafted,
    held,
    in_appraisal,
    nominee,
    numbered,
    ref,
    refused,
    session,
    session_opened,
    signed,
    voted,
)

READY = dossier(*in_appraisal, appraised())
ON_HOLD = dossier(*in_appraisal, appraised(), held)
DAY = date(2024, 9, 20)


def drafting(
    state: Dossier = READY,
    *meeting: Event,
    by: Acting = appraiser,
    not_presented: Sequence[LineRef] = (),
) -> list[Event]:
    past = session(*(meeting or (convened, session_opened, voted, closed)))
    return list(
        decisions.draft(
            Decision(), SESSION, past, {DOSSIER: state}, not_presented=not_presented, by=by
        )
    )


def outcome_of(events: Sequence[Event]) -> tuple[str, str, str]:
    (event,) = events
    assert isinstance(event, e.DecisionDrafted)
    (line,) = event.lines
    return line.council, line.outcome, line.reason


def test_recommended_line_is_drafted_as_award() -> None:
    assert drafting() == [drafted]


def test_line_for_referral_is_drafted_as_referral() -> None:
    state = dossier(*in_appraisal, appraised(verdict="refer-upward"))
    assert outcome_of(drafting(state)) == ("recommended", "refer", "Đủ tiêu chuẩn.")


def test_line_voted_down_is_told_the_votes() -> None:
    lost = e.SessionClosed(CAMPAIGN, (LineResult(DOSSIER, 1, 1, 2, False),), uuid4())
    reason = "Hội đồng không đề nghị khen thưởng (1/3 phiếu đồng ý)."
    drawn = drafting(READY, convened, session_opened, lost)
    assert outcome_of(drawn) == ("not-recommended", "none", reason)


def test_not_eligible_line_is_answered_in_the_same_decision() -> None:
    second = LineRef(DOSSIER, 2)
    subject = uuid4()
    past = (*in_appraisal[:2], nominee(2, subject), *in_appraisal[2:], appraised())
    state = dossier(*past, appraised(2, "not-eligible"))
    (event,) = drafting(state, not_presented=[second])
    assert isinstance(event, e.DecisionDrafted)
    assert [(line.line, line.council, line.outcome) for line in event.lines] == [
        (1, "recommended", "award"),
        (2, "not-presented", "none"),
    ]


def test_open_session_gives_no_draft() -> None:
    refused("session-not-closed", lambda: drafting(READY, convened, session_opened))


def test_held_line_goes_to_no_decision() -> None:
    refused("line-held", lambda: drafting(ON_HOLD))


def test_line_held_at_closing_is_left_out() -> None:
    left = e.SessionClosed(CAMPAIGN, (LineResult(DOSSIER, 1, 0, 0, False, True),), uuid4())
    refused("no-lines", lambda: drafting(ON_HOLD, convened, session_opened, left))


def test_chairman_does_not_draft() -> None:
    refused("not-allowed", lambda: drafting(by=chairman))


def test_drafter_elsewhere_finds_no_session() -> None:
    foreign = official("specialist", duty="home-affairs", authority="van-quan")
    refused("not-found", lambda: drafting(by=foreign))


def changing(
    *past: Event,
    outcome: Outcome = "none",
    reason: str = "Chờ kết luận.",
    by: Acting = chairman,
    state: Dossier = READY,
) -> list[Event]:
    return list(
        decisions.change_line(
            decision(*past), state, ref=ref, outcome=outcome, reason=reason, by=by
        )
    )


STRUCK = e.DecisionLineChanged(DOSSIER, 1, "none", "Chờ kết luận.", "award", chairman.official)


def test_chairman_strikes_a_line_with_reason() -> None:
    assert changing(drafted) == [STRUCK]
    refused("reason-missing", lambda: changing(drafted, reason=""))


def test_same_change_again_is_nothing_new() -> None:
    assert changing(drafted, STRUCK) == []


def test_only_chairman_changes_lines() -> None:
    refused("not-allowed", lambda: changing(drafted, by=appraiser))


def test_signed_decision_is_not_changed() -> None:
    refused("already-signed", lambda: changing(drafted, signed))


def test_held_line_is_not_added() -> None:
    refused("line-held", lambda: changing(drafted, outcome="refer", state=ON_HOLD))


def signing(*past: Event, by: Acting = chairman, state: Dossier = READY) -> list[Event]:
    return list(
        decisions.sign(
            decision(*past), {DOSSIER: state}, name="Mẫu", title="Chủ tịch", on=DAY, by=by
        )
    )


def test_chairman_signs_what_another_drafted() -> None:
    assert signing(drafted) == [signed]
    assert signing(drafted, signed) == []


def test_drafter_does_not_sign() -> None:
    both = official("chairman", unit="chi-lang", official=appraiser.official)
    refused("same-person", lambda: signing(drafted, by=both))


def test_deputy_without_the_role_does_not_sign() -> None:
    refused("not-allowed", lambda: signing(drafted, by=official("leader", unit="chi-lang")))


def test_decision_with_held_line_is_not_signed() -> None:
    refused("line-held", lambda: signing(drafted, state=ON_HOLD))


def test_second_chairman_finds_it_signed() -> None:
    refused("already-signed", lambda: signing(drafted, signed, by=official("chairman")))


def numbering(*past: Event, issued_on: date = DAY, by: Acting = clerk) -> None:
    decisions.may_number(decision(*past), issued_on=issued_on, today=DAY, by=by)


def test_number_comes_after_signature() -> None:
    refused("not-signed", lambda: numbering(drafted))
    numbering(drafted, signed)


def test_number_is_not_dated_before_signature() -> None:
    refused("issued-before-signed", lambda: numbering(drafted, signed, issued_on=date(2024, 9, 19)))


def test_number_is_not_dated_ahead() -> None:
    tomorrow = DAY + timedelta(days=1)
    refused("issued-in-future", lambda: numbering(drafted, signed, issued_on=tomorrow))


def test_only_the_clerk_numbers() -> None:
    refused("not-allowed", lambda: numbering(drafted, signed, by=chairman))


def assigning(state: Register, on: date = DAY) -> Sequence[Event]:
    return register.assign_next(
        state, authority="chi-lang", series="QĐ-UBND", to=DECISION, issued_on=on
    )


def test_register_counts_without_gaps() -> None:
    (event,) = assigning(Register(6, DAY))
    assert event == e.NumberAssigned("chi-lang", "QĐ-UBND", 2024, 7, DECISION, DAY)


def test_register_never_runs_backwards() -> None:
    refused("number-out-of-order", lambda: assigning(Register(6, DAY), date(2024, 9, 19)))


def test_each_year_has_its_own_register() -> None:
    assert register.register_id("a", "QĐ", 2024) != register.register_id("a", "QĐ", 2025)
    assert register.register_id("a", "QĐ", 2024) != register.register_id("b", "QĐ", 2024)


def test_decision_is_published_after_its_number() -> None:
    published = e.DecisionPublished(
        CAMPAIGN, "chi-lang", "07/QĐ-UBND", DAY, (award,), clerk.official
    )
    assert decisions.publish(decision(drafted, signed, numbered), by=clerk) == [published]
    refused("not-numbered", lambda: decisions.publish(decision(drafted, signed), by=clerk))


def telling(state: Dossier, *changes: Event) -> list[Event]:
    decided = decision(drafted, *changes, signed, numbered)
    return list(decisions.tell_outcomes(state, DOSSIER, DECISION, decided))


def test_awarded_line_hears_of_its_award() -> None:
    told = e.LineAwarded(CAMPAIGN, UNIT, 1, DECISION, "07/QĐ-UBND", DAY, "giay-khen", 1)
    assert telling(READY) == [told]


def test_books_count_awards_only() -> None:
    struck = DecisionLine(DOSSIER, 1, UNIT, "individual", "giay-khen", "recommended", "none")
    second = msgspec.structs.replace(award, line=2)
    past = e.DecisionDrafted(CAMPAIGN, "chi-lang", SESSION, (struck, second), uuid4(), HOME)
    assert decisions.books_of(decision(past)) == {LineRef(DOSSIER, 2): 1}


def test_struck_line_hears_the_reason() -> None:
    told = e.LineNotAwarded(CAMPAIGN, UNIT, 1, DECISION, "07/QĐ-UBND", DAY, "Chờ kết luận.")
    assert telling(READY, STRUCK) == [told]


def test_line_is_decided_once() -> None:
    awarded = telling(READY)
    state = dossier(*in_appraisal, appraised(), *awarded)
    refused("already-decided", lambda: telling(state))


def test_held_line_stops_publication() -> None:
    assert refused("line-held", lambda: telling(ON_HOLD)) == {"line": 1}
