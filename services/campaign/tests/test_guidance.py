"""The guidance: what makes it whole, who does which step, what a revision changes. Pure."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial, reduce
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from libs.serving.tests import signing
from services.campaign.decisions import changing, guiding
from services.campaign.decisions.guidance_changes import Changed, differences
from services.campaign.decisions.guidance_rules import read_rules, rules_on
from services.campaign.decisions.rules import Rules
from services.campaign.decisions.states import Campaign, Register
from services.campaign.events import (
    AwardForm,
    CampaignClosed,
    CampaignDrafted,
    CampaignLaunched,
    Criterion,
    GroupQuota,
    GuidanceApproved,
    GuidanceContent,
    GuidanceDrafted,
    GuidanceIssued,
    GuidanceNumbered,
    GuidanceReturned,
    GuidanceRules,
    GuidanceSigned,
    IntakeClosed,
    IntakeDeadlineChanged,
    IntakeOpened,
    NumberAssigned,
    ShareTarget,
)
from services.campaign.history import evolve

ID = UUID(int=1)
DAY = date(2024, 7, 1)
OPENS, CLOSES = datetime(2024, 8, 1, tzinfo=UTC), datetime(2024, 9, 30, 10, tzinfo=UTC)
SPECIALIST = signing.official("specialist", unit="noi-vu", duty="home-affairs")
LEAD = signing.official("specialist", unit="ldtbxh-dt", duty="lead-office")
HEAD = signing.official("leader", unit="noi-vu", duty="home-affairs")
COMMUNE = signing.official("leader", unit="bac-thuy", duty="commune")
CHAIRMAN = signing.official("chairman", unit="ubnd")
CLERK = signing.official("clerk", unit="van-phong", duty="office")
FOREIGN = signing.official("leader", unit="noi-vu", duty="home-affairs", authority="trang-dinh")
LOCAL = Rules(date(2024, 1, 1), shortest_reason=1)
RULES = GuidanceRules(date(2024, 1, 1))
BY_CHAIRMAN = GuidanceRules(date(2024, 1, 1), signer="chairman")
CONTENT = GuidanceContent(
    forms=(AwardForm("giay-khen", "Giấy khen", ("individual", "household"), 20),),
    criteria=(Criterion("individual", "Tiêu biểu"), Criterion("household", "Gương mẫu")),
    papers=("minutes",),
    who="Cá nhân, hộ gia đình",
    intake_from=OPENS,
    intake_until=CLOSES,
)
LATER = msgspec.structs.replace(CONTENT, intake_until=CLOSES + timedelta(days=15))

plan = CampaignDrafted("chi-lang", LEAD.official, "Thi đua", "plan.txt", "00", "…", (), ())
launched = CampaignLaunched(ID, "Thi đua", "", 7, "KH-UBND", ("bac-thuy",), ())
issued_once = GuidanceIssued(ID, CONTENT.forms, (), (), "", OPENS, CLOSES)
drafted = GuidanceDrafted(ID, 1, CONTENT, "", SPECIALIST.official, RULES)
approved = GuidanceApproved(ID, 1, HEAD.official)
signed = GuidanceSigned(ID, 1, HEAD.official, DAY, guiding.content_hash(CONTENT))
numbered = GuidanceNumbered(ID, 1, 5, "HD-PNV", DAY)
issued = GuidanceIssued(
    ID,
    CONTENT.forms,
    CONTENT.criteria,
    CONTENT.papers,
    CONTENT.who,
    OPENS,
    CLOSES,
    number=5,
    symbol="HD-PNV",
    issued_on=DAY,
    signed_by=HEAD.official,
    prepared_by=SPECIALIST.official,
)
BOOK = Register(4, DAY)
WAY = (drafted, approved, signed, numbered)


def given(*past: Event) -> Campaign:
    return reduce(evolve, (plan, launched, *past), Campaign())


def draft(
    campaign: Campaign,
    content: GuidanceContent = CONTENT,
    *,
    by: Acting = SPECIALIST,
    reason: str = "",
    **changes: Any,
) -> list[Event]:
    content = msgspec.structs.replace(content, **changes)
    return guiding.draft_guidance(campaign, ID, content, reason=reason, rules=RULES, by=by)


def sign(campaign: Campaign, by: Acting = HEAD) -> list[Event]:
    return guiding.sign_guidance(campaign, ID, on=DAY, by=by)


def number(
    campaign: Campaign, register: Register = BOOK, on: date = DAY
) -> tuple[list[Event], list[Event]]:
    today = DAY + timedelta(days=3)
    return guiding.number_guidance(campaign, register, ID, issued_on=on, today=today, by=CLERK)


def test_guidance_goes_from_draft_to_the_units() -> None:
    assert draft(given()) == [drafted]
    assert guiding.approve_guidance(given(drafted), ID, by=HEAD) == [approved]
    assert sign(given(drafted, approved)) == [signed]
    assert number(given(drafted, approved, signed)) == (
        [numbered],
        [NumberAssigned(5, "HD-PNV", DAY, ID, "guidance", "Thi đua")],
    )
    assert guiding.issue_guidance(given(*WAY), ID, by=CLERK) == [issued]


def test_repeated_steps_change_nothing() -> None:
    assert draft(given(drafted)) == []
    assert guiding.approve_guidance(given(drafted, approved), ID, by=HEAD) == []
    assert sign(given(drafted, approved, signed)) == []
    assert number(given(*WAY)) == ([], [])
    assert guiding.issue_guidance(given(*WAY, issued), ID, by=CLERK) == []
    assert guiding.open_intake(given(issued, IntakeOpened(ID)), ID, by=HEAD) == []


def test_lead_office_drafts_jointly_with_home_affairs() -> None:
    by_both = given(drafted, GuidanceDrafted(ID, 1, LATER, "", LEAD.official, RULES))
    assert by_both.drafting is not None
    assert by_both.drafting.prepared_by == (SPECIALIST.official, LEAD.official)


def test_revision_is_the_next_version_with_its_reason() -> None:
    campaign = given(*WAY, issued)
    assert draft(campaign, LATER, reason="Đại hội lùi ngày") == [
        GuidanceDrafted(ID, 2, LATER, "Đại hội lùi ngày", SPECIALIST.official, RULES)
    ]


def test_guidance_issued_in_one_act_long_ago_is_revised_as_version_two() -> None:
    (event,) = draft(given(issued_once), LATER, reason="Bổ sung tiêu chuẩn")
    assert isinstance(event, GuidanceDrafted)
    assert event.version == 2


def test_returned_draft_is_changed_and_approved_again() -> None:
    (returned,) = guiding.return_guidance(given(drafted, approved), ID, reason="Sai", by=HEAD)
    assert returned == GuidanceReturned(ID, 1, "Sai", HEAD.official)
    campaign = given(drafted, approved, returned)
    assert draft(campaign, LATER) == [GuidanceDrafted(ID, 1, LATER, "", SPECIALIST.official, RULES)]
    assert guiding.approve_guidance(campaign, ID, by=HEAD) == [approved]


def test_chairman_signs_where_the_setting_names_him() -> None:
    campaign = given(msgspec.structs.replace(drafted, rules=BY_CHAIRMAN), approved)
    (event,) = sign(campaign, CHAIRMAN)
    assert isinstance(event, GuidanceSigned)
    refused("not-allowed", lambda: sign(campaign, HEAD))


def refused(code: str, decide: Callable[[], object]) -> None:
    with pytest.raises(Refused) as refusal:
        decide()
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("code", "decide"),
    [
        ("not-found", lambda: draft(given(), by=FOREIGN)),
        ("not-allowed", lambda: draft(given(), by=COMMUNE)),
        ("not-launched", lambda: draft(evolve(Campaign(), plan))),
        ("not-a-draft", lambda: draft(given(drafted, approved), LATER)),
        ("reason-missing", lambda: draft(given(issued), LATER)),
        ("nothing-revised", lambda: draft(given(issued), reason="Không đổi gì")),
        ("no-guidance-draft", lambda: guiding.approve_guidance(given(), ID, by=HEAD)),
        ("not-allowed", lambda: guiding.approve_guidance(given(drafted), ID, by=COMMUNE)),
        ("not-approved", lambda: sign(given(drafted))),
        ("not-allowed", lambda: sign(given(drafted, approved), CHAIRMAN)),
        ("not-signed", lambda: number(given(drafted, approved))),
        ("issued-before-signed", lambda: number(given(*WAY[:3]), on=DAY - timedelta(days=1))),
        ("issued-in-future", lambda: number(given(*WAY[:3]), on=DAY + timedelta(days=9))),
        ("number-out-of-order", lambda: number(given(*WAY[:3]), Register(4, date(2024, 7, 2)))),
        ("not-numbered", lambda: guiding.issue_guidance(given(*WAY[:3]), ID, by=CLERK)),
        ("not-allowed", lambda: guiding.issue_guidance(given(*WAY), ID, by=COMMUNE)),
        (
            "already-signed",
            lambda: guiding.return_guidance(given(*WAY[:3]), ID, reason="x", by=HEAD),
        ),
        (
            "reason-missing",
            lambda: guiding.return_guidance(given(drafted), ID, reason=" ", by=HEAD),
        ),
    ],
)
def test_step_out_of_turn_is_refused(code: str, decide: Callable[[], object]) -> None:
    refused(code, decide)


def test_who_drafted_neither_approves_nor_signs() -> None:
    by_head = msgspec.structs.replace(drafted, prepared_by=HEAD.official)
    refused("same-person", lambda: guiding.approve_guidance(given(by_head), ID, by=HEAD))
    refused("same-person", lambda: sign(given(by_head, approved)))


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("guidance-incomplete", {"criteria": ()}),
        ("guidance-incomplete", {"forms": ()}),
        ("window-ends-before-it-begins", {"intake_until": OPENS - timedelta(days=1)}),
        ("unknown-kind", {"criteria": (Criterion("horse", "x"),)}),
        ("form-twice", {"forms": CONTENT.forms * 2}),
        ("points-do-not-add-up", {"criteria": (Criterion("individual", "x", 60),)}),
        ("quota-of-no-form", {"group_quotas": (GroupQuota("bang-khen", "commune", 1),)}),
        ("quota-beyond-form", {"group_quotas": (GroupQuota("giay-khen", "commune", 21),)}),
        ("quota-twice", {"group_quotas": (GroupQuota("giay-khen", "commune", 1),) * 2}),
        ("unknown-share", {"shares": (ShareTarget("tall-people", 20),)}),
    ],
)
def test_guidance_that_cannot_be_applied_is_refused(code: str, changes: dict[str, Any]) -> None:
    refused(code, lambda: draft(given(), **changes))


def test_points_of_each_kind_add_up_beside_criteria_without_points() -> None:
    criteria = (
        Criterion("individual", "Thành tích", 70),
        Criterion("individual", "Sáng kiến", 30),
        Criterion("individual", "Không vi phạm kỷ luật"),
        Criterion("household", "Gương mẫu"),
    )
    assert len(draft(given(), criteria=criteria)) == 1


def test_differences_name_each_field_with_old_and_new() -> None:
    after = msgspec.structs.replace(
        LATER,
        forms=(AwardForm("giay-khen", "Giấy khen", ("individual",), 25),),
        criteria=(Criterion("individual", "Tiêu biểu", 100),),
        papers=("minutes", "achievement-report"),
        shares=(ShareTarget("women", 30),),
    )
    assert differences(CONTENT, after) == [
        Changed("intake_until", "", CLOSES.isoformat(), LATER.intake_until.isoformat()),
        Changed("form.kinds", "giay-khen", ["household", "individual"], ["individual"]),
        Changed("form.quota", "giay-khen", 20, 25),
        Changed("criterion.individual", "Tiêu biểu", 0, 100),
        Changed("criterion.household", "Gương mẫu", 0, None),
        Changed("share", "women", None, 30),
        Changed("paper", "achievement-report", None, "achievement-report"),
    ]
    assert differences(CONTENT, CONTENT) == []


OPEN = (issued, IntakeOpened(ID))
CLOSED = IntakeClosed(ID, "Đã đủ", HEAD.official)


@pytest.mark.parametrize(
    ("past", "at", "state"),
    [
        ((), OPENS, "not-open"),
        ((issued,), CLOSES, "not-open"),
        (OPEN, OPENS - timedelta(seconds=1), "not-open"),
        (OPEN, OPENS, "receiving"),
        (OPEN, CLOSES, "receiving"),
        (OPEN, CLOSES + timedelta(seconds=1), "reviewing"),
        ((*OPEN, CLOSED), OPENS, "closed"),
        ((*OPEN, CLOSED, IntakeOpened(ID)), OPENS, "receiving"),
    ],
)
def test_intake_follows_the_clock_and_the_acts(
    past: tuple[Event, ...], at: datetime, state: str
) -> None:
    assert guiding.intake_of(given(*past), at) == state


def test_intake_is_closed_by_the_leader_with_a_reason() -> None:
    def close(campaign: Campaign, reason: str = "Đã đủ", by: Acting = HEAD) -> list[Event]:
        return guiding.close_intake(campaign, ID, reason=reason, by=by)

    assert close(given(*OPEN)) == [CLOSED]
    assert close(given(*OPEN, CLOSED)) == []
    refused("intake-not-open", lambda: close(given(issued)))
    refused("reason-missing", lambda: close(given(*OPEN), reason=""))
    refused("not-allowed", lambda: close(given(*OPEN), by=SPECIALIST))


def test_setting_holds_from_its_day(tmp_path: Path) -> None:
    file = tmp_path / "rules.json"
    file.write_text(
        '[{"valid_from": "2024-01-01"}, {"valid_from": "2025-07-01", "signer": "chairman"}]'
    )
    rules = read_rules(str(file))
    days = (date(2023, 1, 1), date(2025, 6, 30), date(2025, 7, 1))
    assert [rules_on(rules, day).signer for day in days] == [
        "home-affairs",
        "home-affairs",
        "chairman",
    ]
    file.write_text('[{"valid_from": "2024-01-01", "signer": "nobody"}]')
    with pytest.raises(ValueError, match="nobody"):
        read_rules(str(file))


def test_revision_and_deadline_moved_by_itself_do_not_overwrite_each_other() -> None:
    moved = IntakeDeadlineChanged(ID, CLOSES, CLOSES + timedelta(days=5), "Mưa lũ", HEAD.official)
    revision = msgspec.structs.replace(
        drafted, version=2, reason="Thêm", content=msgspec.structs.replace(CONTENT, who="Mọi người")
    )
    in_force = (*WAY, issued, revision)

    def move(*past: Event) -> list[Event]:
        return changing.change_intake_deadline(
            given(*past), ID, until=moved.new, reason="Mưa lũ", rules=LOCAL, by=HEAD
        )

    assert move(*in_force) == [moved]
    approving = partial(guiding.approve_guidance, given(*in_force, moved), ID, by=HEAD)
    refused("deadline-changed-since", approving)
    again = draft(given(*in_force, moved), revision.content, reason="Thêm")
    assert again == [revision]
    assert guiding.approve_guidance(given(*in_force, moved, *again), ID, by=HEAD) == [
        msgspec.structs.replace(approved, version=2)
    ]
    passed = msgspec.structs.replace(approved, version=2)
    refused("guidance-under-way", partial(move, *in_force, passed))


def test_intake_of_a_campaign_that_was_closed_early_is_closed() -> None:
    closed = CampaignClosed(ID, "Mưa lũ", CHAIRMAN.official)
    assert guiding.intake_of(given(*WAY, issued, IntakeOpened(ID), closed), OPENS) == "closed"
