"""What a unit may do with its dossier."""

from datetime import timedelta
from typing import Any

import pytest

from libs.eventlog.events import Event, Personal
from libs.serving.acting import Acting
from libs.serving.tests.signing import official
from services.dossier import events as e
from services.dossier.decisions import dossier as decisions
from services.dossier.decisions.access import may_read
from services.dossier.decisions.states import Campaign, Dossier
from services.dossier.tests.cases import (
    CAMPAIGN,
    NOW,
    PAPERS,
    SUBJECT,
    UNIT,
    UNTIL,
    appraised,
    appraiser,
    campaign,
    complete,
    differing,
    dossier,
    foreigner,
    in_appraisal,
    leader,
    letter,
    nominee,
    opened,
    refused,
    returned,
    specialist,
    stranger,
    submitted,
    supplemented,
)


def opening(known: Campaign | None, by: Acting) -> list[Event]:
    return list(decisions.open_dossier(Dossier(), known, by=by))


def naming(state: Dossier, by: Acting = specialist, **given: Any) -> list[Event]:
    body: dict[str, Any] = {
        "kind": "individual",
        "form": "giay-khen",
        "subject": SUBJECT,
        "name": "Hoàng Thị An",
        "identity": "001",
        "achievement": "Hiến đất.",
        "position": "",
    }
    return list(decisions.add_nominee(state, campaign, by=by, **body | given))


def submitting(
    state: Dossier, by: Acting = leader, known: Campaign = campaign, at: Any = NOW
) -> list[Event]:
    return list(decisions.submit(state, known, at=at, by=by))


def test_specialist_of_unit_in_scope_opens() -> None:
    assert opening(campaign, specialist) == [opened]


def test_dossier_needs_a_known_campaign() -> None:
    refused("not-found", lambda: opening(None, specialist))


def test_campaign_of_another_authority_is_unknown() -> None:
    refused("not-found", lambda: opening(campaign, foreigner))


def test_unit_out_of_scope_opens_nothing() -> None:
    facts = refused("unit-not-in-scope", lambda: opening(campaign, appraiser))
    assert facts == {"unit": "phong-noi-vu"}


def test_no_dossier_before_guidance() -> None:
    known = differing(intake_until=None)
    refused("guidance-missing", lambda: opening(known, specialist))


def test_leader_does_not_prepare() -> None:
    refused("not-allowed", lambda: opening(campaign, leader))


def test_nominee_gets_the_next_number() -> None:
    (added,) = naming(dossier(opened, nominee()), subject=appraiser.official)
    assert isinstance(added, e.NomineeAdded)
    assert (added.line, added.name) == (2, Personal(appraiser.official, text="Hoàng Thị An"))


def test_number_of_removed_line_is_not_used_again() -> None:
    removed = e.NomineeRemoved(1, "Nhập trùng.", specialist.official)
    (added,) = naming(dossier(opened, nominee(), removed))
    assert isinstance(added, e.NomineeAdded)
    assert added.line == 2


def test_same_subject_and_form_once_a_dossier() -> None:
    facts = refused("nominee-already-there", lambda: naming(dossier(opened, nominee())))
    assert facts == {"line": 1}


def test_form_must_be_offered_by_guidance() -> None:
    refused("form-unknown", lambda: naming(dossier(opened), form="bang-khen"))


def test_form_must_suit_the_kind() -> None:
    refused("kind-not-allowed", lambda: naming(dossier(opened), kind="household"))


def test_submitted_dossier_takes_no_nominee() -> None:
    refused("not-a-draft", lambda: naming(dossier(*complete, submitted), subject=leader.official))


def test_returned_dossier_takes_another_nominee() -> None:
    state = dossier(*in_appraisal, returned)
    assert len(naming(state, subject=leader.official)) == 1


def test_other_unit_may_not_add_nominees() -> None:
    refused("not-allowed", lambda: naming(dossier(opened), by=stranger))


def test_other_authority_does_not_find_dossier() -> None:
    refused("not-found", lambda: naming(dossier(opened), by=foreigner))


def test_removing_an_unknown_line_is_refused() -> None:
    refused(
        "not-found",
        lambda: decisions.remove_nominee(dossier(opened), line=9, reason="-", by=specialist),
    )


def test_same_paper_twice_is_once() -> None:
    again = decisions.attach_paper(
        dossier(*complete),
        kind=letter.paper,
        sha256=letter.sha256,
        media_type=letter.media_type,
        size=letter.size,
        by=specialist,
    )
    assert again == []


def test_leader_submits_complete_dossier() -> None:
    assert submitting(dossier(*complete)) == [submitted]


def test_repeated_submission_is_one() -> None:
    assert submitting(dossier(*complete, submitted)) == []


def test_specialist_does_not_submit() -> None:
    refused("not-allowed", lambda: submitting(dossier(*complete), by=specialist))


def test_who_prepared_does_not_submit() -> None:
    both = official("leader", unit=UNIT, official=specialist.official)
    refused("same-person", lambda: submitting(dossier(*complete), by=both))


def test_leader_of_other_unit_does_not_submit() -> None:
    other = official("leader", unit="mai-sao")
    refused("not-allowed", lambda: submitting(dossier(*complete), by=other))


def test_dossier_without_nominee_stays() -> None:
    refused("no-nominees", lambda: submitting(dossier(opened, letter)))


def test_missing_papers_are_named() -> None:
    facts = refused("papers-missing", lambda: submitting(dossier(opened, nominee(), letter)))
    assert facts == {"missing": ["minutes"]}


def test_papers_of_law_without_local_list() -> None:
    known = differing(papers=())
    facts = refused("papers-missing", lambda: submitting(dossier(*complete), known=known))
    assert facts == {"missing": ["achievement-report"]}


def test_nothing_is_submitted_before_intake() -> None:
    refused(
        "intake-not-open",
        lambda: submitting(dossier(*complete), known=differing(intake_open=False)),
    )
    early = NOW - timedelta(days=11)
    refused("intake-not-open", lambda: submitting(dossier(*complete), at=early))


@pytest.mark.parametrize(
    ("after", "days"),
    [
        (timedelta(0), 0),
        (timedelta(seconds=1), 1),
        (timedelta(days=1), 1),
        (timedelta(days=1, seconds=1), 2),
    ],
)
def test_late_days_are_counted(after: timedelta, days: int) -> None:
    (event,) = submitting(dossier(*complete), at=UNTIL + after)
    assert isinstance(event, e.DossierSubmitted)
    assert event.late_days == days


def test_returned_dossier_is_supplemented_not_submitted() -> None:
    late = UNTIL + timedelta(days=30)
    assert submitting(dossier(*in_appraisal, returned), at=late) == [supplemented]
    assert supplemented.papers == PAPERS


def withdrawing(state: Dossier, by: Acting = leader) -> list[Event]:
    return list(decisions.withdraw(state, reason="Xin rút.", by=by))


def test_leader_withdraws_before_appraisal() -> None:
    withdrawn = e.DossierWithdrawn(CAMPAIGN, UNIT, "Xin rút.", leader.official)
    assert withdrawing(dossier(*in_appraisal)) == [withdrawn]
    assert withdrawing(dossier(*in_appraisal, withdrawn)) == []


def test_draft_is_not_withdrawn() -> None:
    refused("not-submitted", lambda: withdrawing(dossier(*complete)))


def test_appraised_dossier_is_not_withdrawn() -> None:
    refused("already-appraised", lambda: withdrawing(dossier(*in_appraisal, appraised())))


def test_draft_is_read_by_own_unit_only() -> None:
    state = dossier(*complete)
    may_read(state, specialist)
    refused("not-allowed", lambda: may_read(state, appraiser))


def test_submitted_dossier_is_read_by_home_affairs() -> None:
    state = dossier(*complete, submitted)
    may_read(state, appraiser)
    refused("not-allowed", lambda: may_read(state, stranger))
    refused("not-found", lambda: may_read(state, foreigner))
