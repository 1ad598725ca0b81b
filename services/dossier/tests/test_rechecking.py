"""A revised guidance: dossiers sent before are measured anew, nothing in them is moved or lost."""

import asyncio
from datetime import timedelta
from typing import Any, get_args

import msgspec
import psycopg
import pytest

from libs.eventlog.events import Event
from libs.serving.service import Service
from libs.serving.tests.databases import ServiceDatabases
from services.dossier import events as e
from services.dossier.decisions import appraisal
from services.dossier.decisions import dossier as decisions
from services.dossier.decisions.rechecking import needs_a_person, recheck, still_open
from services.dossier.decisions.states import Campaign, Form, GroupQuota, ShareTarget
from services.dossier.gauges import gauges_of, shares_of
from services.dossier.history import Histories, Nominee
from services.dossier.rechecking import Rechecking
from services.dossier.terms import Difference, Differing
from services.dossier.tests.cases import (
    CAMPAIGN,
    NOW,
    RULES,
    UNIT,
    UNTIL,
    appraiser,
    differing,
    dossier,
    leader,
    letter,
    nominee,
    opened,
    refused,
    specialist,
)
from services.dossier.tests.conftest import told
from services.dossier.tests.story import FORM, PAPERS, Refusal, Story, guidance

minutes = e.PaperAttached("minutes", "b" * 64, "application/pdf", 10, specialist.official)
sent = e.DossierSubmitted(CAMPAIGN, UNIT, leader.official, 0, UNTIL, (), 1)
SENT = (opened, nominee(), letter, minutes, sent)
MEDAL = (Form("bang-khen", "Bằng khen", ("individual",)),)
gone = Difference("form-gone", 1, "giay-khen")


def rechecked(*differences: Difference, guidance: int = 2) -> e.DossierRechecked:
    return e.DossierRechecked(CAMPAIGN, UNIT, guidance, guidance - 1, differences)


def checking(*past: Event, at: Any = NOW, **changes: Any) -> list[Event]:
    known = differing(guidance=2, **changes)
    return list(recheck(dossier(*past), known, unit_kind="commune", submitted_at=at))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, ()),
        ({"forms": MEDAL}, (gone,)),
        (
            {"forms": (Form("giay-khen", "Giấy khen", ("household",)),)},
            (Difference("kind-gone", 1, "giay-khen", before="individual"),),
        ),
        (
            {"papers": ("minutes", "achievement-report")},
            (Difference("paper-missing", of="achievement-report"),),
        ),
        (
            {"group_quotas": (GroupQuota("giay-khen", "commune", 0, each=True),)},
            (Difference("quota-exceeded", of="giay-khen", before="1", after="0"),),
        ),
        ({"group_quotas": (GroupQuota("giay-khen", "department", 0, each=True),)}, ()),
        (
            {"intake_until": NOW - timedelta(hours=1)},
            (
                Difference(
                    "window",
                    before=UNTIL.isoformat(),
                    after=(NOW - timedelta(hours=1)).isoformat(),
                ),
                Difference("late", before="0", after="1"),
            ),
        ),
    ],
)
def test_sent_dossier_is_measured_by_the_revision(
    changes: dict[str, Any], found: tuple[Difference, ...]
) -> None:
    assert checking(*SENT, **changes) == [rechecked(*found)]


def test_paper_of_a_form_is_asked_for_where_the_form_is_named() -> None:
    form = Form("giay-khen", "Giấy khen", ("individual",), papers=("other",))
    assert checking(*SENT, forms=(form,)) == [rechecked(Difference("paper-missing", of="other"))]


def test_second_check_by_the_same_version_changes_nothing() -> None:
    assert checking(*SENT, rechecked(gone), forms=MEDAL) == []


def test_drafts_and_withdrawn_dossiers_are_left_alone() -> None:
    withdrawn = e.DossierWithdrawn(CAMPAIGN, UNIT, "Nhầm", leader.official)
    assert (checking(*SENT[:-1]), checking(*SENT, withdrawn)) == ([], [])


def test_dossier_sent_before_versions_were_counted_counts_as_the_first() -> None:
    old = e.DossierSubmitted(CAMPAIGN, UNIT, leader.official, 0, UNTIL, ())
    assert dossier(*SENT[:-1], old).guidance == 1


def test_line_whose_form_is_gone_stays_and_is_marked_until_appraised() -> None:
    received = e.DossierReceived(CAMPAIGN, UNIT, 1, 2024, "law", appraiser.official)
    judged = e.LineAppraised(CAMPAIGN, UNIT, 1, "eligible", "Đủ.", appraiser.official)
    found = dossier(*SENT, received, judged, rechecked(gone))
    assert (found.lines[1].marked, found.lines[1].verdict) == ("form-gone", "eligible")
    assert still_open(found, gone)
    again = appraisal.appraise(
        found,
        line=1,
        verdict="eligible",
        reason="Đủ.",
        others=(),
        duplicate_reason="",
        by=appraiser,
    )
    assert again == [judged]
    assert not still_open(dossier(*SENT, received, judged, rechecked(gone), judged), gone)


def test_revision_allows_one_more_return() -> None:
    returned = e.DossierReturned(CAMPAIGN, UNIT, ("Thiếu",), appraiser.official)
    supplemented = e.DossierSupplemented(CAMPAIGN, UNIT, leader.official, (), 1)
    twice = (*SENT, returned, supplemented)

    def send_back(*past: Event) -> Any:
        return appraisal.return_dossier(
            dossier(*past), reasons=["Theo hướng dẫn mới"], rules=RULES, by=appraiser
        )

    refused("already-supplemented", lambda: send_back(*twice))
    refused("already-supplemented", lambda: send_back(*twice, rechecked()))
    assert len(send_back(*twice, rechecked(gone))) == 1


def test_line_that_is_offered_no_longer_is_not_sent() -> None:
    draft = dossier(*SENT[:-1])
    known = differing(forms=MEDAL)
    facts = refused("lines-not-offered", lambda: decisions.submit(draft, known, at=NOW, by=leader))
    assert facts == {"lines": [1]}


def test_nothing_is_sent_after_intake_was_closed() -> None:
    known = differing(intake_open=False, intake_closed=True)
    draft = dossier(*SENT[:-1])
    refused("intake-closed", lambda: decisions.submit(draft, known, at=NOW, by=leader))


def test_window_is_told_and_everything_else_needs_a_person() -> None:
    kinds = get_args(Differing)
    assert [kind for kind in kinds if not needs_a_person(Difference(kind))] == ["window", "late"]


QUOTAS = differing(
    forms=(Form("giay-khen", "Giấy khen", ("individual",), 10),),
    group_quotas=(
        GroupQuota("giay-khen", "commune", 6),
        GroupQuota("giay-khen", "commune", 2, each=True),
    ),
)


def test_gauges_show_form_group_and_unit() -> None:
    counts = {("giay-khen", "bac-thuy"): 3, ("giay-khen", "y-te"): 1}
    kinds = {"bac-thuy": "commune", "mai-sao": "commune", "y-te": "department"}

    def shown(own: str | None) -> list[tuple[str, str, int, int]]:
        found = gauges_of(QUOTAS, counts, kinds, own)
        return [(one["group"], one["unit"], one["value"], one["limit"]) for one in found]

    whole, group = ("", "", 4, 10), ("commune", "", 3, 6)
    assert shown(None) == [whole, group, ("commune", "bac-thuy", 3, 2)]
    assert shown("mai-sao") == [whole, group, ("commune", "mai-sao", 0, 2)]
    assert shown("y-te") == [whole]


def test_share_counts_the_individuals_who_are_of_the_group() -> None:
    known: Campaign = msgspec.structs.replace(QUOTAS, shares=(ShareTarget("women", 60),))
    people = {1: Nominee("A", "1", "", ("women",)), 2: Nominee("B", "2", "")}
    two = dossier(opened, nominee(1), nominee(2, appraiser.official))
    (found,) = shares_of(two, known, people)
    assert (found["value"], found["total"], found["reached"]) == (1, 2, False)


# ---- the service
async def test_revision_reaches_what_was_sent_before(
    story: Story, databases: ServiceDatabases, service: Service
) -> None:
    first = await story.received(story.bac_thuy, "An")
    draft = await story.dossier(story.mai_sao, "Bình")
    revised = guidance(story.campaign) | {
        "version": 2,
        "papers": [*PAPERS, "other"],
        "forms": [{"code": FORM, "name": "Giấy khen", "kinds": ["household"], "quota": 10}],
    }
    told(databases, "campaign.guidance-issued.v1", revised)
    worker = Rechecking(Histories(service.log), service.views)
    assert (await worker.once(), await worker.once()) == (1, 0)

    page = await story.get(f"/dossiers/{first}", story.bac_thuy.leader)
    assert page["guidance"] == 2
    needs = [(one["what"], one["line"], one["of"]) for one in page["differences"] if one["open"]]
    assert needs == [("kind-gone", 1, FORM), ("paper-missing", 0, "other")]
    assert [(line["name"], line["marked"]) for line in page["lines"]] == [("An", "kind-gone")]
    rows = (await story.get("/dossiers", story.appraiser))["items"]
    assert [(row["id"], row["differences"]) for row in rows] == [(first, 2)]
    history = (await story.get(f"/dossiers/{first}/history", story.appraiser))["items"]
    assert (history[-1]["event"], history[-1]["actor"]) == ("dossier.rechecked", None)

    await story.appraise(first, 1)
    page = await story.get(f"/dossiers/{first}", story.appraiser)
    assert [one["what"] for one in page["differences"] if one["open"]] == ["paper-missing"]
    with pytest.raises(Refusal) as refusal:
        await story.submit(draft, story.mai_sao)
    assert refusal.value.code == "papers-missing"


async def test_one_that_fails_holds_up_no_other(
    story: Story, databases: ServiceDatabases, service: Service
) -> None:
    """Nor do two replicas, or one that starts again, measure anything twice."""
    broken = await story.received(story.bac_thuy, "An")
    sound = await story.received(story.mai_sao, "Bình")
    await service.views.at_least(await service.log.head())  # they cannot go on past what breaks now
    told(databases, "campaign.guidance-issued.v1", guidance(story.campaign) | {"version": 2})
    with psycopg.connect(databases.owner_dsn) as owner:
        owner.execute("ALTER TABLE log.events DISABLE TRIGGER USER")
        unreadable = "UPDATE log.events SET topic = 'x' || topic WHERE originator_id = %s"
        owner.execute(unreadable, [broken])
    replicas = [Rechecking(Histories(service.log), service.views) for _ in range(2)]
    for _ in range(2):
        outcomes = await asyncio.gather(*(r.once() for r in replicas), return_exceptions=True)
        assert all(isinstance(outcome, Exception) for outcome in outcomes)
    assert topics(databases, sound).count("dossier.rechecked.v1") == 1


def topics(databases: ServiceDatabases, stream: str) -> list[str]:
    with psycopg.connect(databases.owner_dsn) as owner:
        found = "SELECT topic FROM log.events WHERE originator_id = %s"
        return [topic for (topic,) in owner.execute(found, [stream]).fetchall()]


async def test_quota_is_shown_while_the_list_is_built(
    story: Story, databases: ServiceDatabases, service: Service
) -> None:
    limited = guidance(story.campaign) | {
        "version": 2,
        "group_quotas": [{"form": FORM, "group": "commune", "quota": 2, "each": True}],
        "shares": [{"of": "women", "percent": 50}],
    }
    told(databases, "campaign.guidance-issued.v1", limited)
    await story.received(story.mai_sao, "Chi")
    draft = await story.dossier(story.bac_thuy, "An")
    await story.nominee(draft, story.bac_thuy, "Bình", belongs=["women"])
    await service.views.at_least(await service.log.head())

    async def gauges(by: Any) -> list[tuple[str, int, int]]:
        path = f"/campaigns/{story.campaign}/gauges?dossier={draft}"
        items = (await story.get(path, by))["items"]
        return [(one["unit"], one["value"], one["limit"]) for one in items]

    assert await gauges(story.bac_thuy.specialist) == [("", 3, 10), ("bac-thuy", 2, 2)]
    assert await gauges(story.appraiser) == [("", 1, 10), ("mai-sao", 1, 2)]
    page = await story.get(f"/dossiers/{draft}", story.bac_thuy.specialist)
    assert page["shares"] == [
        {"of": "women", "percent": 50, "value": 1, "total": 2, "reached": True}
    ]
