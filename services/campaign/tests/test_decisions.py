"""Given a campaign, when decided, then events. Pure."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from libs.serving.tests import signing
from services.campaign.decisions import access, guiding, launching, planning
from services.campaign.decisions.rules import DEFAULT
from services.campaign.decisions.states import Campaign, Register, Stage
from services.campaign.events import (
    CampaignApproved,
    CampaignDrafted,
    CampaignLaunched,
    CampaignNumbered,
    CampaignReturned,
    CampaignSigned,
    CampaignSubmitted,
    FieldAdded,
    FieldConfirmed,
    Missing,
    NumberAssigned,
    PlanField,
    Recipient,
)
from services.campaign.history import assign, evolve

(RULES,) = DEFAULT
ID = UUID(int=1)
ISSUED = date(2024, 4, 5)
LEAD = signing.official("specialist", unit="ldtbxh-dt", duty="lead-office")
HEAD = signing.official("leader", unit="ldtbxh-dt", duty="lead-office")
HOME = signing.official("leader", unit="noi-vu", duty="home-affairs")
CHAIRMAN = signing.official("chairman", unit="ubnd")
CLERK = signing.official("clerk", unit="van-phong", duty="office")
FOREIGN = signing.official("specialist", duty="lead-office", authority="trang-dinh")

AUTHORITY = PlanField("issuing_authority.0", "issuing_authority", "UBND huyện", 0, 10, 1)
THEME = PlanField("theme.0", "theme", "Thi đua chào mừng", 20, 37, 2)
TO = {"name": "Sở Nội vụ", "purpose": "for-information"}
FILE = {"name": "Lưu: VT", "purpose": "archive"}
RECIPIENTS = (
    PlanField("recipients.0", "recipients", TO, 40, 49, 3),
    PlanField("recipients.1", "recipients", FILE, 50, 57, 4),
)
BASES = tuple(
    PlanField(f"legal_bases.{n}", "legal_bases", {"number": f"{n}"}, 60, 61, 5) for n in range(2)
)
FIELDS = (AUTHORITY, THEME, *RECIPIENTS, *BASES)

drafted = CampaignDrafted("chi-lang", LEAD.official, "Thi đua", "plan.txt", "00", "…", FIELDS, ())
confirmed = tuple(FieldConfirmed(field.id, field.value, False) for field in FIELDS)
submitted = CampaignSubmitted(LEAD.official)
approved = CampaignApproved(HEAD.official)
signed = CampaignSigned(CHAIRMAN.official, "00", ISSUED)
numbered = CampaignNumbered(7, "KH-UBND", ISSUED)
launched = CampaignLaunched(ID, "Thi đua", "", 7, "KH-UBND", ("bac-thuy",), ())
READY = (drafted, *confirmed, submitted, approved, signed, numbered)


def given(*events: Event) -> Campaign:
    campaign = Campaign()
    for event in events:
        campaign = evolve(campaign, event)
    return campaign


def launch(campaign: Campaign, by: Acting = CLERK, **changes: Any) -> list[Event]:
    told: dict[str, Any] = {
        "scope": ["bac-thuy"],
        "rules": RULES,
        "recipients": [Recipient("Sở Nội vụ", "for-information", ("so-noi-vu",))],
    }
    return launching.launch(campaign, ID, **(told | changes), by=by)


def approve(campaign: Campaign, by: Acting = HEAD) -> list[Event]:
    """Without the register's part."""
    return planning.approve(campaign, Register(last=41), ID, on=ISSUED, by=by)[0]


def send_back(campaign: Campaign, reason: str, by: Acting = HEAD) -> list[Event]:
    return planning.send_back(campaign, reason, rules=RULES, by=by)


def number(
    campaign: Campaign, register: Register, issued_on: date = ISSUED
) -> tuple[list[Event], list[Event]]:
    today = ISSUED + timedelta(days=3)
    return launching.number(campaign, register, ID, issued_on=issued_on, today=today, by=CLERK)


def test_field_is_confirmed_as_read() -> None:
    assert planning.confirm_field(given(drafted), "theme.0", by=LEAD) == [
        FieldConfirmed("theme.0", "Thi đua chào mừng", corrected=False, by=LEAD.official)
    ]


def test_corrected_abstract_names_the_campaign_anew() -> None:
    corrected = FieldAdded("abstract.0", "abstract", "Phát động phong trào thi đua Y")
    assert given(drafted, corrected).title == "Phong trào thi đua Y"


def test_corrected_field_is_marked_as_corrected() -> None:
    assert planning.confirm_field(given(drafted), "theme.0", value="Khác", by=LEAD) == [
        FieldConfirmed("theme.0", "Khác", corrected=True, by=LEAD.official)
    ]


def test_second_confirmation_changes_nothing() -> None:
    assert planning.confirm_field(given(drafted, *confirmed), "theme.0", by=LEAD) == []


def test_added_field_counts_on_from_those_read() -> None:
    assert planning.add_field(given(drafted), "theme", "Nữa", by=LEAD) == [
        FieldAdded("theme.1", "theme", "Nữa", by=LEAD.official)
    ]


def test_confirmed_plan_is_submitted() -> None:
    assert planning.submit(given(drafted, *confirmed), by=LEAD) == [submitted]


def test_submitted_plan_is_approved_by_another() -> None:
    campaign = given(drafted, *confirmed, submitted)
    assert approve(campaign, by=HEAD) == [CampaignApproved(HEAD.official, "PT-2024-042")]


def test_returned_plan_is_a_draft_again() -> None:
    campaign = given(drafted, *confirmed, submitted)
    reason = "Thiếu căn cứ ban hành của cấp trên"
    assert send_back(campaign, reason, by=HEAD) == [CampaignReturned(reason, 20)]
    assert given(drafted, *confirmed, submitted, CampaignReturned("x")).stage == "draft"


def test_signature_fixes_the_confirmed_content() -> None:
    campaign = given(drafted, *confirmed, submitted, approved)
    (event,) = launching.sign(campaign, on=ISSUED, by=CHAIRMAN)
    assert event == CampaignSigned(CHAIRMAN.official, launching.content_hash(campaign), ISSUED)
    changed = evolve(campaign, FieldConfirmed("theme.0", "Khác", True))
    assert launching.content_hash(changed) != launching.content_hash(campaign)


def test_number_follows_the_last_of_the_register() -> None:
    register = assign(Register(), NumberAssigned(6, "KH-UBND", ISSUED, uuid4()))
    campaign = given(drafted, *confirmed, submitted, approved, signed)
    assert number(campaign, register) == (
        [numbered],
        [NumberAssigned(7, "KH-UBND", ISSUED, ID, "plan", "Thi đua chào mừng")],
    )


def test_launch_names_scope_and_recipients() -> None:
    assert launch(given(*READY)) == [
        CampaignLaunched(
            campaign=ID,
            title="Thi đua chào mừng",
            lead_unit="",
            number=7,
            symbol="KH-UBND",
            scope=("bac-thuy",),
            recipients=(Recipient("Sở Nội vụ", "for-information", ("so-noi-vu",)),),
            rules_since=RULES.valid_from,
            blocking=("fields-confirmed", "essentials", "legal-bases", "numbered"),
            open_items=tuple(
                Missing(code, 0, need)
                for code, need in (("attributes", 1), ("end", 1), ("duties", 1), ("criteria", 3))
            ),
        )
    ]


SIGNED = given(drafted, *confirmed, submitted, approved, signed)


@pytest.mark.parametrize(
    ("code", "decide"),
    [
        ("not-found", lambda: planning.submit(Campaign(), by=LEAD)),
        ("not-found", lambda: planning.submit(given(drafted), by=FOREIGN)),
        ("not-allowed", lambda: planning.confirm_field(given(drafted), "theme.0", by=CLERK)),
        ("unknown-field", lambda: planning.confirm_field(given(drafted), "x.0", by=LEAD)),
        ("value-empty", lambda: planning.add_field(given(drafted), "theme", "", by=LEAD)),
        ("unconfirmed-fields", lambda: planning.submit(given(drafted), by=LEAD)),
        ("not-submitted", lambda: approve(given(drafted, *confirmed), by=HEAD)),
        ("not-allowed", lambda: approve(given(drafted, submitted), by=LEAD)),
        ("not-approved", lambda: launching.sign(given(drafted, submitted), on=ISSUED, by=CHAIRMAN)),
        ("not-allowed", lambda: launching.sign(given(drafted, approved), on=ISSUED, by=HEAD)),
        ("issued-before-signed", lambda: number(SIGNED, Register(), date(2024, 4, 4))),
        ("issued-in-future", lambda: number(SIGNED, Register(), date(2025, 1, 1))),
        ("number-out-of-order", lambda: number(SIGNED, Register(3, date(2024, 4, 6)))),
        ("not-numbered", lambda: launch(given(drafted, signed))),
        ("not-ready", lambda: launch(given(drafted, signed, numbered))),
        ("already-launched", lambda: launch(given(*READY, launched))),
        ("scope-empty", lambda: launch(given(*READY), scope=[])),
        ("recipient-left-out", lambda: launch(given(*READY), recipients=[])),
        (
            "recipient-unresolved",
            lambda: launch(given(*READY), recipients=[Recipient("Sở Nội vụ", "for-action")]),
        ),
        ("guidance-missing", lambda: guiding.open_intake(given(*READY, launched), ID, by=HOME)),
    ],
)
def test_rule_refuses_with_its_code(code: str, decide: Any) -> None:
    with pytest.raises(Refused) as refused:
        decide()
    assert refused.value.code == code


def test_who_submitted_does_not_approve() -> None:
    campaign = given(drafted, *confirmed, CampaignSubmitted(HEAD.official))
    with pytest.raises(Refused) as refused:
        approve(campaign, by=HEAD)
    assert refused.value.code == "same-person"


COMMUNE = signing.official("leader", unit="bac-thuy", duty="commune")


@pytest.mark.parametrize(
    "decide",
    [
        lambda: approve(given(drafted, *confirmed, submitted), by=COMMUNE),
        lambda: send_back(given(drafted, *confirmed, submitted), "-", by=COMMUNE),
        lambda: launch(given(*READY), by=COMMUNE),
    ],
)
def test_commune_only_takes_part_in_campaigns(decide: Any) -> None:
    with pytest.raises(Refused) as refused:
        decide()
    assert refused.value.code == "not-allowed"


@pytest.mark.parametrize("same", ["prepared", "approved"])
def test_one_person_never_does_two_duties(same: str) -> None:
    chairman = signing.official(
        "chairman", official=LEAD.official if same == "prepared" else HEAD.official
    )
    with pytest.raises(Refused) as refused:
        launching.sign(given(drafted, *confirmed, submitted, approved), on=ISSUED, by=chairman)
    assert refused.value.code == "same-person"


def test_whoever_corrected_a_field_does_not_approve() -> None:
    corrected = FieldConfirmed("theme.0", "Khác", True, by=HEAD.official)
    with pytest.raises(Refused) as refused:
        approve(given(drafted, *confirmed, corrected, submitted), by=HEAD)
    assert refused.value.code == "same-person"


def test_draft_is_hidden_from_units_that_take_part() -> None:
    commune = signing.official("leader", unit="bac-thuy", duty="commune")
    with pytest.raises(Refused):
        access.visible(given(drafted), commune)
    access.visible(given(drafted), CLERK)
    access.visible(given(*READY, launched), commune)


@pytest.mark.parametrize(
    ("stage", "decide"),
    [
        ((drafted, submitted), lambda c: planning.submit(c, by=LEAD)),
        ((drafted, approved), lambda c: approve(c, by=HEAD)),
        ((drafted, signed), lambda c: launching.sign(c, on=ISSUED, by=CHAIRMAN)),
    ],
)
def test_repeat_records_nothing(stage: tuple[Event, ...], decide: Any) -> None:
    assert decide(given(*stage)) == []


# ---- under a delegation
def test_nobody_approves_for_or_as_who_prepared() -> None:
    draft = Campaign(
        stage=Stage.submitted, authority="chi-lang", prepared_by=frozenset({LEAD.official})
    )
    for by in (signing.standing_in(HEAD, LEAD), signing.standing_in(as_leader(LEAD), HEAD)):
        assert _code(partial(approve, draft, by=by)) == "same-person"
    another = signing.standing_in(HEAD, signing.official("specialist"))
    (approved_by_another,) = approve(draft, by=another)
    assert approved_by_another == CampaignApproved(another.official, "PT-2024-042")


def as_leader(by: Acting) -> Acting:
    return replace(by, role="leader")


def _code(decide: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        decide()
    return refused.value.code
