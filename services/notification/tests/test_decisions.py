"""Who is told, and the rules of a notice: given, when, then."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from libs.eventlog.events import Event, Refused
from libs.serving.tests import signing
from services.notification.decisions import (
    PAUSES,
    Notice,
    Outcome,
    Pauses,
    acknowledge,
    begin,
    conclude,
    open_notice,
    pause_after,
    queue,
    see_board,
    see_notice,
    told_of_decision,
    told_of_launch,
)
from services.notification.events import (
    About,
    NoticeAcknowledged,
    NoticeFailed,
    NoticeOpened,
    NoticeQueued,
    NoticeSending,
    NoticeSent,
    Occasion,
)
from services.notification.history import evolve
from services.notification.templates import CURRENT, render

NOW = datetime(2024, 5, 6, tzinfo=UTC)
ID = UUID(int=1)
OCCASION = Occasion("campaign", UUID(int=2), ID, "campaign.launched.v1", 7, NOW)
ABOUT = About("campaign", "campaign", ID)
TEXT = render(
    "campaign-launched-for-action",
    {"unit": "Xã Bắc Thủy", "title": "Thi đua", "symbol": "45/KH-UBND"},
    purpose="for-action",
)
LEADER = signing.official("leader", unit="bac-thuy", duty="commune")
NEIGHBOUR = signing.official("leader", unit="van-linh", duty="commune")
HOME = signing.official("specialist", unit="noi-vu", duty="home-affairs")
STRANGER = signing.official("specialist", unit="x", duty="home-affairs", authority="trang-dinh")
ACCEPTED = Outcome("accepted", "250 OK")
BUSY = Outcome("temporary", "451 busy")
SENDING = NoticeSending(1, "xa@x.test", "<1@x.test>", unresolved=False)


def queueing(notice: Notice) -> list[Event]:
    return queue(
        notice,
        unit="bac-thuy",
        sender="chi-lang",
        occasion=OCCASION,
        about=ABOUT,
        campaign=ID,
        purpose="for-action",
        rendered=TEXT,
    )


(QUEUED,) = queueing(Notice())


def given(*events: Event) -> Notice:
    notice = Notice()
    for event in events:
        notice = evolve(notice, event)
    return notice


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.code


# ---- who is told
def test_each_unit_is_told_once_and_action_wins() -> None:
    told = told_of_launch(
        ["a", "b"],
        [("for-information", ["b", "c", "d"]), ("archive", ["e"]), ("for-action", ["d"])],
    )
    assert told == {
        "a": "for-action",
        "b": "for-action",
        "c": "for-information",
        "d": "for-action",
    }


def test_information_after_action_stays_action() -> None:
    told = told_of_launch([], [("for-action", ["a"]), ("for-information", ["a"])])
    assert told == {"a": "for-action"}


def test_decision_is_counted_by_unit_and_outcome() -> None:
    told = told_of_decision([("a", "award"), ("a", "none"), ("b", "refer"), ("a", "award")])
    assert told == {
        "a": {"awarded": "2", "referred": "0", "not_awarded": "1"},
        "b": {"awarded": "0", "referred": "1", "not_awarded": "0"},
    }


# ---- texts
def test_every_text_renders_with_its_facts_alone() -> None:
    for name, template in CURRENT.items():
        facts = {fact: f"<{fact}>" for fact in template.facts()}
        rendered = render(name, facts, purpose="for-action")
        assert rendered.text.count("<") == template.text.count("{")
        assert "{" not in rendered.subject + rendered.text


def test_line_breaks_of_a_title_never_reach_the_subject() -> None:
    facts = {"unit": "Xã", "title": "Thi đua\r\nBcc: a@b.test", "symbol": "1/KH"}
    subject = render("campaign-launched-for-action", facts, purpose="for-action").subject
    assert subject == "Triển khai Kế hoạch số 1/KH: Thi đua Bcc: a@b.test"


def test_for_information_no_acknowledgement_is_asked() -> None:
    facts = {"unit": "Xã", "title": "Thi đua", "symbol": "1/KH"}
    informed = render("campaign-launched-for-information", facts, purpose="for-information")
    assert (informed.needs_acknowledgement, TEXT.needs_acknowledgement) == (False, True)


# ---- queue and send
def test_notice_keeps_its_text_and_the_hash_of_it() -> None:
    assert isinstance(QUEUED, NoticeQueued)
    assert (QUEUED.text, QUEUED.text_sha256, QUEUED.template_version) == (
        TEXT.text,
        TEXT.text_sha256,
        1,
    )


def test_same_occasion_heard_again_queues_nothing() -> None:
    assert queueing(given(QUEUED)) == []


def test_first_attempt_uses_the_given_message_id() -> None:
    assert begin(given(QUEUED), mailbox="xa@x.test", message_id="<1@x.test>") == [SENDING]


def test_interrupted_attempt_is_repeated_under_its_message_id() -> None:
    again = begin(given(QUEUED, SENDING), mailbox="xa@x.test", message_id="<other@x.test>")
    assert again == [NoticeSending(2, "xa@x.test", "<1@x.test>", unresolved=True)]


def test_unit_without_mailbox_is_told_in_app_only() -> None:
    told = begin(given(QUEUED), mailbox="", message_id="<1@x.test>")
    assert told == [NoticeSent("in-app", receipt="", message_id="")]


def test_sent_notice_is_never_sent_again() -> None:
    sent = NoticeSent("smtp", "250 OK", "<1@x.test>")
    assert begin(given(QUEUED, SENDING, sent), mailbox="xa@x.test", message_id="<1@x.test>") == []


def test_acceptance_is_recorded_with_the_servers_answer() -> None:
    concluded = conclude(given(QUEUED, SENDING), 1, ACCEPTED, at=NOW)
    assert concluded == [NoticeSent("smtp", "250 OK", "<1@x.test>")]


def test_outcome_of_an_attempt_given_up_is_nothing() -> None:
    second = NoticeSending(2, "xa@x.test", "<1@x.test>", unresolved=True)
    assert conclude(given(QUEUED, SENDING, second), 1, ACCEPTED, at=NOW) == []


def test_temporary_failure_is_tried_again_after_a_pause() -> None:
    concluded = conclude(given(QUEUED, SENDING), 1, BUSY, at=NOW)
    assert concluded == [NoticeFailed(1, "temporary", "451 busy", NOW + timedelta(seconds=1))]


def test_last_temporary_failure_is_final() -> None:
    last = len(PAUSES[-1].waits) + 1
    sending = NoticeSending(last, "xa@x.test", "<1@x.test>", unresolved=False)
    concluded = conclude(given(QUEUED, sending), last, BUSY, at=NOW)
    assert concluded == [NoticeFailed(last, "permanent", "451 busy")]


def test_permanent_failure_is_an_outcome_at_once() -> None:
    refused = Outcome("permanent", "550 no such mailbox")
    concluded = conclude(given(QUEUED, SENDING), 1, refused, at=NOW)
    assert concluded == [NoticeFailed(1, "permanent", "550 no such mailbox")]


def test_pauses_are_those_in_force_on_the_day() -> None:
    minute, hour = timedelta(minutes=1), timedelta(hours=1)
    pauses = [Pauses(NOW, (minute,)), Pauses(NOW + hour, (hour, hour))]
    found = [
        pause_after(attempt, at=at, pauses=pauses)
        for at in (NOW, NOW + hour)
        for attempt in (1, 2, 3)
    ]
    assert found == [minute, None, None, hour, hour, None]


# ---- open and acknowledge
def test_acknowledging_also_opens() -> None:
    assert acknowledge(given(QUEUED), by=LEADER) == [
        NoticeOpened(LEADER.official),
        NoticeAcknowledged(LEADER.official),
    ]


def test_second_acknowledgement_is_a_repeat() -> None:
    done = given(QUEUED, NoticeOpened(ID), NoticeAcknowledged(ID))
    assert acknowledge(done, by=LEADER) == []


def test_second_opening_is_a_repeat() -> None:
    assert open_notice(given(QUEUED, NoticeOpened(ID)), by=LEADER) == []


def test_another_unit_can_neither_open_nor_acknowledge() -> None:
    with pytest.raises(Refused) as opening:
        open_notice(given(QUEUED), by=NEIGHBOUR)
    with pytest.raises(Refused) as acknowledging:
        acknowledge(given(QUEUED), by=NEIGHBOUR)
    assert (code_of(opening), code_of(acknowledging)) == ("not-found", "not-found")


def test_an_auditor_of_the_unit_cannot_acknowledge_for_it() -> None:
    with pytest.raises(Refused) as refused:
        acknowledge(given(QUEUED), by=signing.official("auditor", unit="bac-thuy"))
    assert code_of(refused) == "not-allowed"


def test_nothing_to_acknowledge_where_none_was_asked() -> None:
    informed = Notice(stage=given(QUEUED).stage, unit="bac-thuy", authority="chi-lang")
    with pytest.raises(Refused) as refused:
        acknowledge(informed, by=LEADER)
    assert code_of(refused) == "no-acknowledgement-asked"


# ---- who sees what
def test_notice_is_seen_by_its_unit_and_its_sender() -> None:
    see_notice(given(QUEUED), by=LEADER)
    see_notice(given(QUEUED), by=HOME)


def test_notice_is_hidden_from_neighbours_and_other_authorities() -> None:
    codes = []
    for by in (NEIGHBOUR, STRANGER):
        with pytest.raises(Refused) as refused:
            see_notice(given(QUEUED), by=by)
        codes.append(code_of(refused))
    assert codes == ["not-allowed", "not-found"]


def test_a_commune_has_no_board() -> None:
    with pytest.raises(Refused) as refused:
        see_board(LEADER)
    assert code_of(refused) == "not-allowed"
