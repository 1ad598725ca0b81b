"""Given what was written, when decided, then events. Pure."""

from uuid import uuid4

import pytest

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from libs.serving.tests import signing
from services.campaign.decisions import planning, writing
from services.campaign.decisions.states import Campaign
from services.campaign.events import (
    CampaignApproved,
    CampaignDrafted,
    CampaignSubmitted,
    PlanWritten,
    WrittenField,
)
from services.campaign.history import evolve
from services.campaign.written import Moment, WrittenPlan, fields_of, template_for

LEAD = signing.official("specialist", unit="ldtbxh-dt", duty="lead-office")
OTHER = signing.official("specialist", unit="noi-vu", duty="home-affairs")
COMMUNE = signing.official("specialist", unit="van-linh", duty="commune")
FOREIGN = signing.official("specialist", duty="lead-office", authority="trang-dinh")
FIELDS = (
    WrittenField("issuing_authority.0", "issuing_authority", "UBND huyện"),
    WrittenField("theme.0", "theme", "Mỗi người một cây"),
    WrittenField("recipients.0", "recipients", {"name": "VT", "purpose": "archive"}),
)
written = PlanWritten("chi-lang", LEAD.official, "Thi đua", "plan-decree-30", FIELDS)


def given(*events: Event) -> Campaign:
    campaign = Campaign()
    for event in events:
        campaign = evolve(campaign, event)
    return campaign


def write(campaign: Campaign, by: Acting = LEAD) -> list[Event]:
    return writing.write(campaign, title="Thi đua", template="plan-decree-30", fields=FIELDS, by=by)


def rewrite(
    campaign: Campaign, by: Acting = LEAD, fields: tuple[WrittenField, ...] = FIELDS[1:]
) -> list[Event]:
    return writing.rewrite(
        campaign, title="Thi đua", template="plan-decree-30", fields=fields, by=by
    )


def test_plan_is_written_once_by_those_who_prepare() -> None:
    assert write(Campaign()) == [written]
    assert write(given(written)) == []
    with pytest.raises(Refused, match="not-allowed"):
        write(Campaign(), by=COMMUNE)


def test_what_a_person_wrote_needs_no_confirmation() -> None:
    assert planning.submit(given(written), by=LEAD) == [CampaignSubmitted(LEAD.official)]


def test_plan_written_anew_replaces_the_whole_and_names_both_writers() -> None:
    (again,) = rewrite(given(written), by=OTHER)
    assert again == PlanWritten("chi-lang", OTHER.official, "Thi đua", "plan-decree-30", FIELDS[1:])
    campaign = given(written, again)
    assert set(campaign.values) == {"theme.0", "recipients.0"}
    assert campaign.prepared_by == {LEAD.official, OTHER.official}


def test_nothing_changed_is_nothing_written() -> None:
    assert rewrite(given(written), fields=FIELDS) == []


def test_only_own_drafts_that_were_written_are_written_anew() -> None:
    submitted = CampaignSubmitted(LEAD.official)
    read = CampaignDrafted("chi-lang", LEAD.official, "Thi đua", "plan.txt", "00", "…", (), ())
    for campaign, by, code in (
        (given(written, submitted), LEAD, "not-a-draft"),
        (given(written, submitted, CampaignApproved(uuid4())), LEAD, "not-a-draft"),
        (given(read), LEAD, "read-from-text"),
        (given(written), FOREIGN, "not-found"),
    ):
        with pytest.raises(Refused, match=code):
            rewrite(campaign, by=by)


def test_fields_are_counted_by_kind_and_empty_ones_are_none() -> None:
    plan = WrittenPlan(
        issuing_authority="UBND huyện",
        content_points=["Một", "Hai"],
        ends=Moment(text="hết vụ"),
        signer_lines=["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
    )
    fields = {field.id: field.value for field in fields_of(plan)}
    assert list(fields) == [
        "issuing_authority.0",
        "document_symbol.0",
        "content_points.0",
        "content_points.1",
        "period.0",
        "signer.0",
    ]
    assert fields["content_points.1"] == {"number": "2", "text": "Hai"}
    assert fields["period.0"]["ends"]["event"] == "hết vụ"
    assert (fields["signer.0"]["form"], fields["signer.0"]["title"]) == ("KT.", "PHÓ CHỦ TỊCH")


def test_template_of_a_committee_has_its_place_symbol_and_signing_form() -> None:
    plan = template_for("Ủy ban nhân dân huyện Chi Lăng")["plan"]
    assert (plan["place"], plan["symbol"], plan["signer_lines"]) == (
        "Chi Lăng",
        "KH-UBND",
        ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
    )
    assert template_for("Trường Mẫu")["plan"]["signer_lines"] == ["THỦ TRƯỞNG"]
