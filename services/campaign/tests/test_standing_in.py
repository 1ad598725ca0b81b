"""Separation of duties under a delegation: what is done for another counts for both."""

from collections.abc import Callable
from datetime import date
from functools import partial, reduce

import msgspec
import pytest

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from libs.serving.tests import signing
from services.campaign.decisions import (
    amending,
    attributes,
    difficulties,
    guiding,
    launching,
    registering,
    reporting,
)
from services.campaign.decisions.difficulty import Difficulty
from services.campaign.decisions.registering import Registration
from services.campaign.decisions.states import Campaign, Drafting, Stage
from services.campaign.difficulties_history import evolve_difficulty, reported_for
from services.campaign.events import (
    AmendmentApproved,
    AmendmentDrafted,
    FundingRecorded,
    RegistrationDrafted,
    ReviewPrepared,
    Target,
)
from services.campaign.history import evolve, register
from services.campaign.standing_in import registered_for, stood_in
from services.campaign.tests.test_decisions import CHAIRMAN, HEAD, HOME, ID, ISSUED, LEAD
from services.campaign.tests.test_difficulties import reported
from services.campaign.tests.test_guidance import BY_CHAIRMAN, CONTENT

DEPUTY = signing.official("specialist", unit="ldtbxh-dt", duty="lead-office")
UNIT_HEAD = signing.official("leader", unit="bac-thuy", duty="commune")
RUNNING = Campaign(stage=Stage.launched, authority="chi-lang", scope=("bac-thuy",))
replace = msgspec.structs.replace


def done_for(other: Acting, *past: Event, on: Campaign = RUNNING) -> Campaign:
    """After DEPUTY has done all this on behalf of `other`."""
    return reduce(lambda c, e: stood_in(evolve(c, e), DEPUTY.official, other.official), past, on)


def same_person(act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as no:
        act()
    assert no.value.code == "same-person"


def test_what_is_prepared_for_another_counts_for_both() -> None:
    draft = Campaign(prepared_by=frozenset({DEPUTY.official}), approved_by=HEAD.official)
    stood_for = stood_in(draft, DEPUTY.official, LEAD.official)
    assert stood_for.prepared_by == {DEPUTY.official, LEAD.official}
    assert stood_in(draft, HOME.official, LEAD.official) == draft
    approved_for = stood_in(draft, HEAD.official, CHAIRMAN.official)
    approved = replace(approved_for, stage=Stage.approved, authority="chi-lang")
    same_person(lambda: launching.sign(approved, on=ISSUED, by=CHAIRMAN))


def test_amendment_drafted_or_approved_for_another_is_not_theirs_to_pass() -> None:
    drafted = AmendmentDrafted(ID, "amendment", (), "Vì", DEPUTY.official)
    same_person(lambda: amending.approve(done_for(HEAD, drafted), by=HEAD))
    own = replace(drafted, by=HOME.official)
    approved = AmendmentApproved(ID, DEPUTY.official)
    same_person(lambda: amending.sign(done_for(CHAIRMAN, own, approved), on=ISSUED, by=CHAIRMAN))


def test_money_recorded_for_another_is_approved_by_a_third() -> None:
    recorded = FundingRecorded("Ngân sách", 1_000_000, DEPUTY.official)
    same_person(lambda: attributes.approve_funding(done_for(HEAD, recorded), by=HEAD))


def test_review_is_not_approved_by_anyone_who_wrote_on_it() -> None:
    by_head = ReviewPrepared(ID, "final", "Đạt", (), HEAD.official)
    retouched = ReviewPrepared(ID, "final", "Đạt.", (), DEPUTY.official)
    for campaign in (reduce(evolve, (by_head, retouched), RUNNING), done_for(HEAD, retouched)):
        approve = partial(reporting.approve_review, campaign, ID, kind="final", by=HEAD)
        same_person(approve)


def test_guidance_approved_for_the_chairman_is_not_signed_by_him() -> None:
    drafting = Drafting(
        1, CONTENT, BY_CHAIRMAN, (HOME.official,), Stage.approved, approved_by=DEPUTY.official
    )
    approved = done_for(
        CHAIRMAN, FundingRecorded("", 0, HOME.official), on=replace(RUNNING, drafting=drafting)
    )
    same_person(lambda: guiding.sign_guidance(approved, ID, on=date(2024, 7, 1), by=CHAIRMAN))


def test_registration_drafted_for_the_head_is_submitted_by_another() -> None:
    drafted = RegistrationDrafted(
        ID, "bac-thuy", "chi-lang", 1, (Target("Nhà"),), "", DEPUTY.official
    )
    past = registered_for(register(Registration(), drafted), DEPUTY.official, UNIT_HEAD.official)
    at = reported.clock.due_at
    same_person(lambda: registering.submit(RUNNING, past, ID, "bac-thuy", at=at, by=UNIT_HEAD))


def test_difficulty_reported_for_another_is_not_answered_by_them() -> None:
    past = evolve_difficulty(Difficulty(), replace(reported, reported_by=DEPUTY.official))
    by = reported_for(past, DEPUTY.official, LEAD.official)
    with pytest.raises(Refused) as no:
        difficulties.answer(by, "Có", by=LEAD)
    assert no.value.code == "own-difficulty"
