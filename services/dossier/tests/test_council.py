"""How the council meets and what its votes mean."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from libs.eventlog.events import Event
from libs.serving.acting import Acting
from libs.serving.tests.signing import official
from services.dossier import events as e
from services.dossier.decisions import council
from services.dossier.decisions.states import Dossier, Session
from services.dossier.terms import LineResult, Share
from services.dossier.tests.cases import (
    CAMPAIGN,
    DOSSIER,
    RULES,
    appraised,
    appraiser,
    closed,
    convened,
    dossier,
    held,
    in_appraisal,
    leader,
    members,
    ref,
    refused,
    released,
    secretary,
    session,
    session_opened,
    voted,
)

READY = dossier(*in_appraisal, appraised())
ON_HOLD = dossier(*in_appraisal, appraised(), held)


def convening(state: Dossier = READY, by: Acting = secretary, **given: Any) -> list[Event]:
    body: dict[str, Any] = {
        "campaign": CAMPAIGN,
        "members": members,
        "chair": members[0],
        "secretary": secretary.official,
        "lines": [ref],
        "rules": RULES.council,
    }
    return list(council.convene(Session(), {DOSSIER: state}, by=by, **body | given))


def test_session_is_convened_on_appraised_lines() -> None:
    assert convening() == [convened]


def test_home_affairs_may_convene_too() -> None:
    assert len(convening(by=appraiser)) == 1
    refused("not-allowed", lambda: convening(by=leader))


def test_chair_is_a_member() -> None:
    refused("chair-not-a-member", lambda: convening(chair=uuid4()))


def test_session_needs_lines() -> None:
    refused("no-lines", lambda: convening(lines=[]))


def test_held_line_goes_to_no_session() -> None:
    assert refused("line-held", lambda: convening(ON_HOLD)) == {"line": 1}


def test_released_line_goes_to_session() -> None:
    state = dossier(*in_appraisal, appraised(), held, released)
    assert convening(state) == [convened]


def test_line_without_verdict_stays_home() -> None:
    refused("line-not-eligible", lambda: convening(dossier(*in_appraisal)))


def test_not_eligible_line_stays_home() -> None:
    state = dossier(*in_appraisal, appraised(verdict="not-eligible"))
    refused("line-not-eligible", lambda: convening(state))


def test_line_of_other_campaign_is_not_found() -> None:
    refused("not-found", lambda: convening(campaign=uuid4()))


def test_line_of_other_authority_is_not_found() -> None:
    foreign = official("council-secretary", authority="van-quan")
    refused("not-found", lambda: convening(by=foreign))


def opening(*present: UUID, by: Acting = secretary) -> list[Event]:
    return list(council.open_session(session(convened), present=present, by=by))


def test_quorum_of_members_opens_session() -> None:
    assert opening(*members[:2]) == [e.SessionOpened(members[:2], members[2:])]


def test_too_few_members_open_nothing() -> None:
    facts = refused("quorum-missing", lambda: opening(members[0]))
    assert facts == {"present": 1, "members": 3, "quorum": "2/3"}


def test_stranger_is_not_counted_present() -> None:
    refused("not-a-member", lambda: opening(*members, uuid4()))


def test_member_named_twice_counts_once() -> None:
    refused("quorum-missing", lambda: opening(members[0], members[0]))


def test_only_its_secretary_keeps_minutes() -> None:
    other = official("council-secretary", unit="hoi-dong")
    refused("not-allowed", lambda: opening(*members, by=other))


def voting(
    in_favour: int, against: int = 0, state: Dossier = READY, past: Session | None = None
) -> list[Event]:
    at = past or session(convened, session_opened)
    return list(
        council.vote(at, state, ref=ref, in_favour=in_favour, against=against, by=secretary)
    )


def test_hands_not_raised_are_abstentions() -> None:
    assert voting(1, 1) == [e.LineVoted(DOSSIER, 1, 1, 1, 1)]


def test_more_hands_than_present_are_refused() -> None:
    assert refused("more-votes-than-members", lambda: voting(3, 1)) == {"present": 3}


def test_held_line_is_not_voted_on() -> None:
    refused("line-held", lambda: voting(3, state=ON_HOLD))


def test_votes_before_opening_are_refused() -> None:
    refused("session-not-open", lambda: voting(3, past=session(convened)))


def test_same_count_again_is_nothing_new() -> None:
    assert voting(3, past=session(convened, session_opened, voted)) == []


def closing(*past: Event, state: Dossier = READY) -> list[Event]:
    return list(council.close(session(*past), {DOSSIER: state}, by=secretary))


def test_session_closes_with_results() -> None:
    assert closing(convened, session_opened, voted) == [closed]


def test_session_closes_only_when_all_voted() -> None:
    facts = refused("lines-unvoted", lambda: closing(convened, session_opened))
    assert facts == {"lines": [{"dossier": str(DOSSIER), "line": 1}]}


def test_line_held_meanwhile_gets_no_recommendation() -> None:
    (event,) = closing(convened, session_opened, voted, state=ON_HOLD)
    assert isinstance(event, e.SessionClosed)
    assert event.results == (LineResult(DOSSIER, 1, 3, 0, recommended=False, held=True),)


@pytest.mark.parametrize(
    ("share", "count", "expected"),
    [
        (Share(1, 2, "present", strictly=True), 2, False),
        (Share(1, 2, "present", strictly=True), 3, True),
        (Share(1, 2, "present"), 2, True),
        (Share(2, 3, "members"), 6, True),
        (Share(2, 3, "members"), 5, False),
        (Share(9, 10, "members"), 8, False),
        (Share(9, 10, "members"), 9, True),
    ],
)
def test_share_is_reached_in_whole_votes(share: Share, count: int, expected: bool) -> None:
    assert council.reached(share, count, members=9, present=4) is expected
