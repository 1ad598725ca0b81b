"""Given a campaign, what may happen to it beside and after its plan. Pure."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.campaign.decisions import access, amending, attributes, changing, launching, planning
from services.campaign.decisions.readiness import blocking, readiness
from services.campaign.decisions.rules import Rules, rules_on
from services.campaign.decisions.states import Campaign, Register
from services.campaign.duration import duration_class
from services.campaign.events import (
    AmendmentApproved,
    AmendmentDrafted,
    AmendmentSigned,
    AttributesSet,
    CampaignAmended,
    CampaignApproved,
    CampaignCancelled,
    CampaignClosed,
    CampaignNumberVoided,
    CampaignRecalled,
    CampaignReopened,
    CampaignReplaced,
    CampaignReturned,
    ChangedValue,
    EndChanged,
    FundingApproved,
    FundingRecorded,
    Higher,
    IntakeDeadlineChanged,
    NumberAssigned,
    NumberVoided,
)
from services.campaign.history import assign, evolve
from services.campaign.legal import expired_bases
from services.campaign.tests.test_decisions import (
    CHAIRMAN,
    CLERK,
    COMMUNE,
    HEAD,
    HOME,
    ID,
    ISSUED,
    LEAD,
    READY,
    RULES,
    confirmed,
    drafted,
    given,
    launched,
    submitted,
)
from services.campaign.tests.test_guidance import CLOSES, OPENS
from services.campaign.tests.test_guidance import issued as guided

TODAY = date(2024, 6, 1)
OTHER, CHANGE = UUID(int=2), UUID(int=3)
WHY = "Theo yêu cầu nhiệm vụ năm 2024"
EVENT = "trước Đại hội"
LIVE = (*READY, launched)
DESCRIBED = AttributesSet("topical", "district", date(2024, 4, 1), None, EVENT, "", LEAD.official)


def describe(campaign: Campaign, by: Acting = LEAD, **changes: Any) -> list[Event]:
    told: dict[str, Any] = {
        "kind": "topical",
        "level": "district",
        "starts": date(2024, 4, 1),
        "ends": None,
        "ends_event": EVENT,
        "note": "",
        "parent": None,
        "parent_id": None,
        "higher": None,
        "today": TODAY,
    }
    return attributes.set_attributes(campaign, **(told | changes), by=by)


def change_end(campaign: Campaign, ends: date, reason: str = WHY, by: Acting = HEAD) -> Any:
    return changing.change_end(
        campaign, ID, ends=ends, reason=reason, today=TODAY, rules=RULES, by=by
    )


def end(decide: Any, *past: Event, reason: str = WHY, by: Acting = CHAIRMAN) -> list[Event]:
    events: list[Event] = decide(given(*past), ID, reason, rules=RULES, by=by)
    return events


def amend(campaign: Campaign, field: str, value: Any, form: str = "amendment") -> list[Event]:
    return amending.draft(
        campaign, CHANGE, form=form, values=[(field, value)], reason=WHY, rules=RULES, by=LEAD
    )


# ---- attributes, code, duration
def test_attributes_are_set_with_an_end_that_hangs_on_an_event() -> None:
    assert describe(given(drafted)) == [DESCRIBED]
    assert describe(given(drafted, DESCRIBED)) == []


def test_code_comes_with_the_first_approval_and_stays() -> None:
    once = given(drafted, *confirmed, submitted)
    events, book = planning.approve(once, Register(last=6), ID, on=ISSUED, by=HEAD)
    assert events == [CampaignApproved(HEAD.official, "PT-2024-007")]
    assert book == [NumberAssigned(7, "PT", ISSUED, ID, "code", "Thi đua chào mừng")]
    again = given(drafted, *confirmed, submitted, *events, CampaignReturned(WHY, 20), submitted)
    assert planning.approve(again, Register(last=9), ID, on=ISSUED, by=HEAD) == (
        [CampaignApproved(HEAD.official)],
        [],
    )
    assert evolve(again, CampaignApproved(HEAD.official)).code == "PT-2024-007"


@pytest.mark.parametrize(
    ("starts", "ends", "found"),
    [
        (date(2024, 1, 1), date(2024, 12, 30), "under-1"),
        (date(2024, 1, 1), date(2024, 12, 31), "1"),
        (date(2024, 1, 1), date(2025, 1, 1), "1-to-3"),
        (date(2024, 1, 1), date(2026, 12, 31), "3-to-5"),
        (date(2024, 2, 29), date(2027, 2, 28), "3-to-5"),
        (date(2024, 1, 1), date(2028, 12, 31), "5-and-over"),
        (date(2024, 1, 1), date(9999, 12, 30), "5-and-over"),
        (date(2024, 1, 1), None, None),
    ],
)
def test_duration_is_classed_by_whole_years(starts: date, ends: date, found: str) -> None:
    assert duration_class(starts, ends) == found


# ---- readiness
def test_plan_with_criteria_empty_is_ready() -> None:
    items = readiness(given(*READY), RULES)
    assert blocking(items) == []
    assert {item.code: item.have for item in items if not item.done} == {
        "attributes": 0,
        "end": 0,
        "duties": 0,
        "criteria": 0,
    }


def test_configuration_says_what_blocks() -> None:
    strict = msgspec.structs.replace(RULES, blocking=("criteria", "attributes"), legal_bases=9)
    assert blocking(readiness(given(*READY), strict)) == ["attributes", "criteria"]
    money = msgspec.structs.replace(RULES, funding=True)
    assert blocking(readiness(given(*READY), money)) == ["funding"]
    funded = (FundingRecorded("Quỹ", 5, LEAD.official), FundingApproved("Quỹ", 5, HEAD.official))
    assert blocking(readiness(given(*READY, *funded), money)) == []


def test_unconfirmed_fields_block_whatever_the_configuration_says() -> None:
    lax = msgspec.structs.replace(RULES, blocking=())
    numbered = (drafted, *READY[len(confirmed) + 1 :])
    assert blocking(readiness(given(*numbered), lax)) == ["fields-confirmed"]


def test_rules_hold_from_their_day() -> None:
    later = Rules(valid_from=date(2025, 1, 1), shortest_reason=30)
    both = (later, RULES)
    assert [rules_on(both, day).shortest_reason for day in (TODAY, date(2025, 1, 1))] == [20, 30]


def test_expired_basis_is_warned_of_with_what_holds_that_day() -> None:
    bases = [
        ("legal_bases.0", {"number": "91/2017/NĐ-CP"}),
        ("legal_bases.1", {"number": "06/2022/QH15"}),
        ("legal_bases.2", "Chỉ thị 115/2003 của tỉnh"),
    ]

    def found(on: date) -> list[tuple[str, str]]:
        return [(one.field, one.successor.number) for one in expired_bases(bases, on)]

    assert found(date(2023, 12, 31)) == []
    assert found(date(2024, 4, 5)) == [("legal_bases.0", "98/2023/NĐ-CP")]
    assert found(date(2025, 7, 1)) == [("legal_bases.0", "152/2025/NĐ-CP")]


# ---- money
def test_money_is_approved_by_another() -> None:
    recorded = FundingRecorded("Quỹ thi đua, khen thưởng", 30_000_000, LEAD.official)
    assert attributes.record_funding(
        given(drafted), source="Quỹ thi đua, khen thưởng", amount=30_000_000, by=LEAD
    ) == [recorded]
    approved = FundingApproved(recorded.source, recorded.amount, HEAD.official)
    assert attributes.approve_funding(given(drafted, recorded), by=HEAD) == [approved]
    assert attributes.approve_funding(given(drafted, recorded, approved), by=HEAD) == []


# ---- after launch
@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (None, date(2024, 5, 20), "bound"),
        (date(2024, 9, 1), date(2024, 10, 1), "extended"),
        (date(2024, 9, 1), date(2024, 8, 1), "shortened"),
    ],
)
def test_end_changes_with_old_and_new(old: date | None, new: date, change: str) -> None:
    known = msgspec.structs.replace(DESCRIBED, ends=old)
    campaign = given(drafted, known, *READY[1:], launched)
    (event,) = change_end(campaign, new)
    assert event == EndChanged(ID, change, old, new, EVENT, WHY, HEAD.official)
    assert change_end(evolve(campaign, event), new) == []


def test_intake_deadline_moves_with_reason() -> None:
    later = datetime(2024, 10, 15, tzinfo=UTC)
    campaign = given(*LIVE, guided)
    moved = IntakeDeadlineChanged(ID, CLOSES, later, WHY, HOME.official)
    assert changing.change_intake_deadline(
        campaign, ID, until=later, reason=WHY, rules=RULES, by=HOME
    ) == [moved]
    guidance = evolve(campaign, moved).guidance
    assert guidance is not None
    assert guidance.intake_until == later


def test_closed_campaign_is_reopened_and_runs_again() -> None:
    (closed,) = end(changing.close, *LIVE)
    assert closed == CampaignClosed(ID, WHY, CHAIRMAN.official)
    (reopened,) = end(changing.reopen, *LIVE, closed)
    assert reopened == CampaignReopened(ID, WHY, CHAIRMAN.official)
    access.running(given(*LIVE, closed, reopened))


def test_recall_hides_the_plan_from_units_only() -> None:
    (recalled,) = end(changing.recall, *LIVE)
    assert recalled == CampaignRecalled(ID, WHY, CHAIRMAN.official)
    campaign = given(*LIVE, recalled)
    assert [access.hidden(campaign, by) for by in (COMMUNE, LEAD)] == [True, False]
    with pytest.raises(Refused):
        access.shown(campaign, COMMUNE)
    access.visible(campaign, COMMUNE)


def test_running_campaign_replaces_another() -> None:
    def replaced(successor: Campaign) -> list[Event]:
        return changing.replace(
            given(*LIVE),
            ID,
            successor=successor,
            successor_id=OTHER,
            reason=WHY,
            rules=RULES,
            by=CHAIRMAN,
        )

    assert replaced(given(*LIVE)) == [CampaignReplaced(ID, OTHER, WHY, CHAIRMAN.official)]
    with pytest.raises(Refused):
        replaced(given(*READY))


# ---- the plan's words
def test_amendment_goes_from_draft_to_force() -> None:
    campaign = given(*LIVE)
    (made,) = amend(campaign, "theme.0", "Chủ đề mới")
    change = ChangedValue("theme.0", "Thi đua chào mừng", "Chủ đề mới")
    assert made == AmendmentDrafted(CHANGE, "amendment", (change,), WHY, LEAD.official)
    campaign = evolve(campaign, made)
    (approved,) = amending.approve(campaign, by=HEAD)
    assert approved == AmendmentApproved(CHANGE, HEAD.official)
    campaign = evolve(campaign, approved)
    (signed,) = amending.sign(campaign, on=TODAY, by=CHAIRMAN)
    digest = amending.content_hash(msgspec.convert(made, AmendmentDrafted, from_attributes=True))
    assert signed == AmendmentSigned(CHANGE, digest, TODAY, CHAIRMAN.official)
    campaign = evolve(campaign, signed)
    (amended,), (entry,) = amending.number(
        campaign, Register(last=7), ID, issued_on=TODAY, today=TODAY, by=CLERK
    )
    assert amended == CampaignAmended(
        ID, CHANGE, "amendment", (change,), 8, "KH-UBND", TODAY, WHY, CLERK.official
    )
    assert entry == NumberAssigned(8, "KH-UBND", TODAY, CHANGE, "amendment", "Thi đua chào mừng")
    after = evolve(campaign, amended)
    assert (after.values["theme.0"], after.amendment) == ("Chủ đề mới", None)


# ---- numbers
def test_voided_number_stays_used_and_the_plan_gets_the_next() -> None:
    assigned = NumberAssigned(7, "KH-UBND", ISSUED, ID)
    register = assign(Register(last=6), assigned)
    of_campaign, of_register = launching.void_number(
        given(*READY), register, ID, reason=WHY, rules=RULES, by=CLERK
    )
    assert of_campaign == [CampaignNumberVoided(7, WHY, CLERK.official)]
    assert of_register == [NumberVoided(7, WHY, ID, CLERK.official)]
    campaign, register = given(*READY, *of_campaign), assign(register, of_register[0])
    (again,), _ = launching.number(campaign, register, ID, issued_on=ISSUED, today=TODAY, by=CLERK)
    assert (again.number, register.voided) == (8, frozenset({7}))  # type: ignore[attr-defined]


CLOSED = CampaignClosed(ID, WHY, CHAIRMAN.official)
CANCELLED = CampaignCancelled(ID, WHY, CHAIRMAN.official)
UNDER_WAY = AmendmentDrafted(CHANGE, "amendment", (), WHY, LEAD.official)


@pytest.mark.parametrize(
    ("code", "decide"),
    [
        ("unknown-campaign-kind", lambda: describe(given(drafted), kind="x")),
        ("unknown-level", lambda: describe(given(drafted), level="x")),
        ("no-such-level", lambda: describe(given(drafted), starts=date(2025, 7, 1))),
        ("end-before-start", lambda: describe(given(drafted), ends=date(2024, 3, 31))),
        ("parent-not-launched", lambda: describe(given(drafted), parent_id=OTHER)),
        (
            "parent-not-launched",
            lambda: describe(given(drafted), parent_id=OTHER, parent=given(*READY)),
        ),
        ("not-a-draft", lambda: describe(given(*READY))),
        ("not-allowed", lambda: describe(given(drafted), by=COMMUNE)),
        ("funding-missing", lambda: attributes.approve_funding(given(drafted), by=HEAD)),
        ("not-launched", lambda: change_end(given(*READY), TODAY)),
        ("reason-too-short", lambda: change_end(given(*LIVE), TODAY, "Ngắn")),
        ("reason-missing", lambda: change_end(given(*LIVE), TODAY, "  ")),
        ("end-before-start", lambda: change_end(given(*LIVE), date(2024, 4, 4))),
        ("not-allowed", lambda: change_end(given(*LIVE), TODAY, by=COMMUNE)),
        (
            "end-in-past",
            lambda: change_end(
                given(*LIVE, EndChanged(ID, "bound", None, TODAY, "", WHY, HEAD.official)),
                date(2024, 5, 1),
            ),
        ),
        ("campaign-not-running", lambda: change_end(given(*LIVE, CANCELLED), TODAY)),
        ("not-allowed", lambda: end(changing.close, *LIVE, by=HEAD)),
        ("campaign-not-closed", lambda: end(changing.reopen, *LIVE, CANCELLED)),
        ("campaign-not-running", lambda: end(changing.close, *LIVE, CANCELLED)),
        ("not-launched", lambda: end(changing.recall, *READY)),
        (
            "window-ends-before-it-begins",
            lambda: changing.change_intake_deadline(
                given(*LIVE, guided),
                ID,
                until=OPENS.replace(year=2023),
                reason=WHY,
                rules=RULES,
                by=HOME,
            ),
        ),
        ("correction-of-content", lambda: amend(given(*LIVE), "theme.0", "x", "correction")),
        ("nothing-changed", lambda: amend(given(*LIVE), "theme.0", "Thi đua chào mừng")),
        ("unknown-field", lambda: amend(given(*LIVE), "theme.9", "x")),
        ("amendment-under-way", lambda: amend(given(*LIVE, UNDER_WAY), "theme.0", "x")),
        ("campaign-not-running", lambda: amend(given(*LIVE, CLOSED), "theme.0", "x")),
        ("no-amendment", lambda: amending.approve(given(*LIVE), by=HEAD)),
        (
            "amendment-not-approved",
            lambda: amending.sign(given(*LIVE, UNDER_WAY), on=TODAY, by=CHAIRMAN),
        ),
        (
            "same-person",
            lambda: amending.approve(
                given(*LIVE, msgspec.structs.replace(UNDER_WAY, by=HEAD.official)), by=HEAD
            ),
        ),
        (
            "already-launched",
            lambda: launching.void_number(
                given(*LIVE), Register(), ID, reason=WHY, rules=RULES, by=CLERK
            ),
        ),
    ],
)
def test_rule_of_a_campaigns_life_refuses(code: str, decide: Any) -> None:
    with pytest.raises(Refused) as refused:
        decide()
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("standing", "decide"),
    [
        (CLOSED, changing.close),
        (CANCELLED, changing.cancel),
        (CampaignRecalled(ID, WHY, CHAIRMAN.official), changing.recall),
    ],
)
def test_second_end_of_the_same_kind_records_nothing(standing: Event, decide: Any) -> None:
    assert end(decide, *LIVE, standing) == []


def test_parent_outside_the_system_is_cited() -> None:
    cited = Higher("10/KH-UBND", date(2024, 1, 5), "UBND tỉnh")
    (event,) = describe(given(drafted), higher=cited)
    assert event == msgspec.structs.replace(DESCRIBED, higher=cited)
