"""Given a difficulty, when decided or when time passes, then events. Pure."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from uuid import UUID, uuid4

import msgspec
import pytest

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from libs.serving.tests import signing
from libs.serving.working_days import DEFAULT as CALENDAR
from services.campaign.deadlines import Deadlines, Limits, limits_on
from services.campaign.decisions import difficulties as rules
from services.campaign.decisions.difficulty import Difficulty, Standing, visible
from services.campaign.decisions.falling_due import fall_due
from services.campaign.decisions.states import Campaign, Stage
from services.campaign.difficulties_history import evolve_difficulty
from services.campaign.events import (
    DifficultyAnswered,
    DifficultyAskedBack,
    DifficultyAssigned,
    DifficultyEscalated,
    DifficultyExplained,
    DifficultyOverdue,
    DifficultyReminded,
    DifficultyReported,
    DifficultyResolved,
    Level,
)

ID = UUID(int=1)
NOW = datetime(2024, 8, 1, 2, tzinfo=UTC)  # a Thursday
DEADLINES = Deadlines((Limits(date(2024, 1, 1)),), CALENDAR)
UNIT = signing.official("specialist", unit="bac-thuy", duty="commune")
OTHER = signing.official("leader", unit="van-linh", duty="commune")
LEAD = signing.official("specialist", unit="ldtbxh-dt", duty="lead-office")
HOME = signing.official("specialist", unit="noi-vu", duty="home-affairs")
CHAIRMAN = signing.official("chairman", unit="chi-lang")
FOREIGN = signing.official("specialist", duty="lead-office", authority="trang-dinh")
CAMPAIGN = Campaign(
    stage=Stage.launched, authority="chi-lang", scope=("bac-thuy",), lead_unit="ldtbxh-dt"
)
KNOWN = frozenset({"noi-vu", "ldtbxh-dt", "bac-thuy", "so-noi-vu"})

reported = DifficultyReported(
    ID, "chi-lang", "bac-thuy", "ldtbxh-dt", "papers", "Biểu mẫu", "Không có mẫu", "",
    UNIT.official, DEADLINES.started(1, NOW),
)  # fmt: skip
answered = DifficultyAnswered(ID, "bac-thuy", "ldtbxh-dt", LEAD.official, "Dùng mẫu 1", "ldtbxh-dt")
resolved = DifficultyResolved(ID, "bac-thuy", "ldtbxh-dt", True)


def given(*past: Event) -> Difficulty:
    return reduce(evolve_difficulty, past, Difficulty())


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as no:
        act()
    return no.value.code


def test_unit_in_scope_reports_and_a_clock_starts() -> None:
    texts = {"kind": "papers", "title": "Biểu mẫu", "description": "Không có mẫu", "asks_for": ""}
    (event,) = rules.report(
        Difficulty(), CAMPAIGN, ID, **texts, lead_unit="x", deadlines=DEADLINES, at=NOW, by=UNIT
    )
    assert event == reported
    assert reported.clock.due_at == datetime(2024, 8, 8, 16, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(("by", "code"), [(OTHER, "unit-not-in-scope"), (CHAIRMAN, "not-allowed")])
def test_who_takes_no_part_does_not_report(by: Acting, code: str) -> None:
    texts = {"kind": "papers", "title": "Biểu mẫu", "description": "x", "asks_for": ""}
    with pytest.raises(Refused) as no:
        rules.report(
            Difficulty(), CAMPAIGN, ID, **texts, lead_unit="", deadlines=DEADLINES, at=NOW, by=by
        )
    assert no.value.code == code


def test_only_concerned_units_and_overseers_see_it() -> None:
    seeing = [UNIT, LEAD, HOME, CHAIRMAN]
    for by in seeing:
        visible(given(reported), by)
    assert refused(lambda: visible(given(reported), OTHER)) == "not-found"
    assert refused(lambda: visible(given(reported), FOREIGN)) == "not-found"


def test_assigned_unit_sees_and_answers_and_nobody_before() -> None:
    assigned = DifficultyAssigned(ID, "bac-thuy", "van-linh", None, "")
    assert refused(lambda: rules.answer(given(reported), "Có", by=OTHER)) == "not-found"
    (event,) = rules.answer(given(reported, assigned), "Có", by=OTHER)
    assert event == DifficultyAnswered(
        ID, "bac-thuy", "van-linh", OTHER.official, "Có", "ldtbxh-dt"
    )
    named = DifficultyAssigned(ID, "bac-thuy", "noi-vu", uuid4(), "")
    assert refused(lambda: rules.answer(given(reported, named), "Có", by=HOME)) == "not-allowed"


def test_unit_does_not_answer_its_own_difficulty() -> None:
    own = signing.official("leader", unit="bac-thuy", duty="lead-office")
    assert refused(lambda: rules.answer(given(reported), "Có", by=own)) == "own-difficulty"

    def unknown() -> object:
        return rules.assign(
            given(reported), unit="khong-co", official=None, note="", known=KNOWN, by=LEAD
        )

    assert refused(unknown) == "unknown-unit"


def test_clock_stops_while_the_unit_is_asked_back() -> None:
    tuesday, weeks_later = NOW + timedelta(days=5), datetime(2024, 8, 26, 2, tzinfo=UTC)
    (asked,) = rules.ask_back(given(reported), "Hộ nào?", deadlines=DEADLINES, at=tuesday, by=LEAD)
    assert asked == DifficultyAskedBack(ID, "bac-thuy", "Hộ nào?", 2)
    stopped = given(reported, asked)
    due = fall_due(stopped, "1.overdue", deadlines=DEADLINES, at=weeks_later)
    (went_on,) = rules.explain(stopped, "Hộ A", deadlines=DEADLINES, at=weeks_later, by=UNIT)
    assert isinstance(went_on, DifficultyExplained)
    assert (due, went_on.clock.due_at.date()) == ([], date(2024, 8, 28))


def test_time_reminds_tells_lateness_and_escalates_but_never_resolves() -> None:
    happened: list[Event] = [reported]
    for _ in range(20):
        state = given(*happened)
        assert state.clock is not None
        for step in state.clock.steps:
            happened += fall_due(given(*happened), step.name, deadlines=DEADLINES, at=step.at)
    does = [(type(event).__name__, getattr(event, "step", "")) for event in happened[1:]]
    assert does == [
        ("DifficultyReminded", "1.before-2"),
        ("DifficultyReminded", "1.before-0"),
        ("DifficultyOverdue", "1.overdue"),
        ("DifficultyReminded", "1.after-1"),
        ("DifficultyEscalated", "1.escalation"),
        ("DifficultyReminded", "2.before-2"),
        ("DifficultyReminded", "2.before-0"),
        ("DifficultyOverdue", "2.overdue"),
        ("DifficultyReminded", "2.after-1"),
    ]
    last = given(*happened)
    assert (last.standing, last.level, last.holder) == (Standing.waiting, "chairman", "chi-lang")


def test_step_before_its_time_or_done_does_nothing() -> None:
    step = reported.clock.steps[0]
    early = step.at - timedelta(seconds=1)
    assert fall_due(given(reported), step.name, deadlines=DEADLINES, at=early) == []
    done = DifficultyReminded(ID, "bac-thuy", "ldtbxh-dt", step.name, reported.clock.due_at)
    assert fall_due(given(reported, done), step.name, deadlines=DEADLINES, at=step.at) == []


def test_reminder_that_comes_after_the_due_date_is_left_out() -> None:
    first, overdue = reported.clock.steps[0], "1.overdue"
    late = reported.clock.due_at + timedelta(days=1)
    found = [
        fall_due(given(reported), name, deadlines=DEADLINES, at=late)
        for name in (first.name, overdue)
    ]
    due = reported.clock.due_at
    told = DifficultyOverdue(ID, "bac-thuy", "ldtbxh-dt", "ldtbxh-dt", overdue, due)
    assert found == [[], [told]]


def test_escalation_names_a_superior_and_starts_its_clock() -> None:
    def escalating(to: Level, unit: str, *past: Event) -> Sequence[Event]:
        return rules.escalate(
            given(reported, *past), to=to, unit=unit, reason="Vượt thẩm quyền", known=KNOWN,
            deadlines=DEADLINES, at=NOW, by=LEAD,
        )  # fmt: skip

    (up,) = escalating("chairman", "")
    assert isinstance(up, DifficultyEscalated)
    assert (up.to_unit, up.clock.number, up.clock.due_at.date()) == (
        "chi-lang",
        2,
        date(2024, 8, 6),
    )
    assert refused(lambda: escalating("chairman", "", up)) == "not-a-superior"
    assert refused(lambda: escalating("province", "nowhere")) == "unknown-unit"


def test_what_is_with_the_chairman_only_he_hands_on() -> None:
    clock = DEADLINES.started(2, NOW, to="chairman")
    up = DifficultyEscalated(
        ID, "bac-thuy", "ldtbxh-dt", "chairman", "chi-lang", "Vượt thẩm quyền", clock
    )

    def assigning(by: Acting) -> list[Event]:
        return rules.assign(
            given(reported, up), unit="noi-vu", official=None, note="", known=KNOWN, by=by
        )

    assert refused(lambda: assigning(LEAD)) == "not-allowed"
    handed = DifficultyAssigned(ID, "bac-thuy", "noi-vu", None, "", clock.due_at)
    assert assigning(CHAIRMAN) == [handed]


def test_nothing_is_resolved_before_it_is_answered() -> None:
    assert (
        refused(lambda: rules.resolve(given(reported), "Xong", by=LEAD)) == "difficulty-out-of-turn"
    )
    state = given(reported, answered)
    assert rules.resolve(state, "", by=UNIT) == [resolved]
    assert refused(lambda: rules.resolve(state, " ", by=LEAD)) == "reason-missing"
    assert rules.resolve(state, "Đã xong", by=LEAD) == [
        DifficultyResolved(ID, "bac-thuy", "ldtbxh-dt", False, "Đã xong")
    ]
    assert rules.resolve(given(reported, answered, resolved), "", by=UNIT) == []


def test_reopening_needs_a_reason_and_starts_anew() -> None:
    state = given(reported, answered, resolved)

    def act(why: str) -> list[Event]:
        return rules.reopen(state, why, deadlines=DEADLINES, at=NOW, by=UNIT)

    assert refused(lambda: act("")) == "reason-missing"
    again = given(reported, answered, resolved, *act("Chưa rõ"))
    assert again.clock is not None
    assert (again.standing, again.clock.number) == (Standing.waiting, 2)


def test_limits_are_those_in_force_that_day() -> None:
    old, new = Limits(date(2024, 1, 1), within=5), Limits(date(2025, 1, 1), within=10)
    days = (date(2023, 1, 1), date(2024, 12, 31), date(2025, 1, 1))
    assert [limits_on((new, old), day).within for day in days] == [5, 5, 10]
    changed = Deadlines((msgspec.structs.replace(new, valid_from=date(2024, 7, 1)),), CALENDAR)
    assert changed.started(1, NOW).limits.within == 10
