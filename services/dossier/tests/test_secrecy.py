"""Who sees what, and what nobody may find in the tables."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from msgspec.structs import replace

from libs.eventlog.vault import ERASED
from libs.serving.service import Service
from libs.serving.tests.databases import ServiceDatabases
from libs.serving.tests.signing import official
from services.dossier.pseudonyms import Pseudonyms
from services.dossier.settings import Settings
from services.dossier.tests.story import PDF, Refusal, Story, Unit

NAME = "Hoàng Thị An"


async def refusal(call: Any) -> tuple[int, str]:
    with pytest.raises(Refusal) as refused:
        await call
    return refused.value.status, refused.value.code


async def test_other_unit_sees_nothing_of_a_dossier(story: Story) -> None:
    dossier = await story.received(story.bac_thuy, NAME)
    by = story.mai_sao.specialist
    for path in (f"/dossiers/{dossier}", f"/dossiers/{dossier}/history"):
        assert await refusal(story.get(path, by)) == (403, "not-allowed")
    after = (await story.get(f"/dossiers/{dossier}", story.appraiser))["position"]
    listed = f"/dossiers?campaign={story.campaign}&after={after}"
    assert (await story.get(listed, by))["items"] == []
    assert len((await story.get(listed, story.appraiser))["items"]) == 1
    removal = story.call("DELETE", f"/dossiers/{dossier}/nominees/1", by, {"reason": "-"})
    assert await refusal(removal) == (403, "not-allowed")


async def test_unit_above_reads_what_was_sent_below(story: Story) -> None:
    sent = await story.received(story.bac_thuy, NAME)
    draft = await story.dossier(story.mai_sao, NAME)
    by = replace(official("leader", unit="cum-xa"), below=("bac-thuy", "mai-sao"))
    answer = await story.get(f"/dossiers/{sent}", by)
    listed = f"/dossiers?campaign={story.campaign}&after={answer['position']}"
    assert [one["id"] for one in (await story.get(listed, by))["items"]] == [sent]
    assert await refusal(story.get(f"/dossiers/{draft}", by)) == (403, "not-allowed")
    withdrawal = story.call("DELETE", f"/dossiers/{sent}/submission", by, {"reason": "-"})
    assert await refusal(withdrawal) == (403, "not-allowed")


async def test_other_authority_finds_nothing(story: Story) -> None:
    dossier = await story.received(story.bac_thuy, NAME)
    foreign = official("specialist", unit="nv", duty="home-affairs", authority="van-quan")
    assert await refusal(story.get(f"/dossiers/{dossier}", foreign)) == (404, "not-found")
    receipt = story.post(f"/dossiers/{dossier}/receipt", foreign)
    assert await refusal(receipt) == (404, "not-found")
    opening = story.post(
        "/dossiers",
        Unit("bac-thuy", authority="van-quan").specialist,
        {"campaign": str(story.campaign)},
    )
    assert await refusal(opening) == (404, "not-found")


async def test_drafts_stay_with_their_unit(story: Story) -> None:
    dossier = await story.dossier(story.bac_thuy, NAME)
    assert await refusal(story.get(f"/dossiers/{dossier}", story.appraiser)) == (
        403,
        "not-allowed",
    )
    after = (await story.get(f"/dossiers/{dossier}", story.bac_thuy.leader))["position"]
    listed = f"/dossiers?after={after}"
    assert (await story.get(listed, story.appraiser))["items"] == []
    (own,) = (await story.get(listed, story.bac_thuy.leader))["items"]
    assert (own["id"], own["state"], own["lines"]) == (dossier, "draft", 1)


async def test_identity_is_for_those_who_need_it(story: Story) -> None:
    dossier = await story.received(story.bac_thuy, NAME)
    shown = [
        (await story.get(f"/dossiers/{dossier}", by))["lines"][0]["identity"]
        for by in (story.bac_thuy.leader, story.appraiser, story.chairman)
    ]
    assert shown == [f"so-{NAME}", f"so-{NAME}", None]


async def test_history_tells_identities_to_the_same_readers(story: Story) -> None:
    dossier = await story.received(story.bac_thuy, NAME)
    told = [
        f"so-{NAME}" in str(await story.get(f"/dossiers/{dossier}/history", by))
        for by in (story.bac_thuy.leader, story.appraiser, story.chairman, story.clerk)
    ]
    assert told == [True, True, False, False]


async def test_stream_of_another_kind_is_not_found(story: Story) -> None:
    dossier = await story.received(story.bac_thuy, NAME)
    await story.appraise(dossier, 1)
    session = await story.council({(dossier, 1): 3})
    for path in (
        f"/dossiers/{session}",
        f"/dossiers/{session}/history",
        f"/sessions/{dossier}",
        f"/decisions/{session}",
        f"/decisions/{dossier}/certificates.pdf",
    ):
        assert await refusal(story.get(path, story.chairman)) == (404, "not-found")


async def test_unit_learns_of_others_only_what_is_published(story: Story) -> None:
    ours = await story.received(story.bac_thuy, NAME)
    theirs = await story.received(story.mai_sao, "Lý Văn Bình", "Nông Thị Cúc")
    await story.appraise(ours, 1, "not-eligible", reason="Chưa đủ điều kiện.")
    await story.appraise(theirs, 1)
    await story.appraise(theirs, 2)
    decision = await story.decision(await story.council({(theirs, 1): 3, (theirs, 2): 0}))
    path = f"/decisions/{decision}"
    by = story.bac_thuy.leader
    assert await refusal(story.get(path, by)) == (403, "not-allowed")
    after = (await story.get(path, story.chairman))["position"]
    assert (await story.get(f"/decisions?after={after}", by))["items"] == []
    await story.numbered(decision)
    await story.post(f"{path}/publication", story.clerk)
    seen = [(line["name"], line["outcome"]) for line in (await story.get(path, by))["lines"]]
    assert seen == [("Lý Văn Bình", "award"), (NAME, "none")]
    how = [(line["council"], line["reason"]) for line in (await story.get(path, by))["lines"]]
    assert how == [(None, ""), ("not-presented", "Chưa đủ điều kiện.")]
    assert await refusal(story.get(f"{path}/history", by)) == (403, "not-allowed")


async def test_paper_is_given_to_readers_of_its_dossier(story: Story, settings: Settings) -> None:
    dossier = await story.dossier(story.bac_thuy, NAME)
    attached = await story.paper(dossier, story.bac_thuy, "other")
    path = f"/papers/{attached.headers['X-Sha256']}?after={attached.headers['X-Position']}"
    given = await story.call("GET", path, story.bac_thuy.leader)
    assert given.content == PDF + b"other"
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert await refusal(story.get(path, story.mai_sao.leader)) == (404, "not-found")
    (kept,) = Path(settings.evidence_dir).rglob(attached.headers["X-Sha256"])
    kept.write_bytes(b"%PDF-1.4 forged")
    assert await refusal(story.get(path, story.bac_thuy.leader)) == (409, "paper-lost")


async def test_refused_file_leaves_nothing_behind(story: Story, settings: Settings) -> None:
    dossier = await story.dossier(story.bac_thuy, NAME)
    before = await story.get(f"/dossiers/{dossier}/history", story.bac_thuy.leader)
    count = len(list(Path(settings.evidence_dir).rglob("*")))
    for content, expected in (
        (b"MZ\x90\0 a program", (409, "file-refused")),
        (PDF.ljust(20 * 1024 * 1024 + 1), (413, "too-large")),
    ):
        assert await refusal(story.paper(dossier, story.bac_thuy, "minutes", content)) == expected
    other = Unit("mai-sao")
    stranger = story.paper(dossier, other, "minutes", b"%PDF-1.4 not yours")
    assert await refusal(stranger) == (403, "not-allowed")
    assert await story.get(f"/dossiers/{dossier}/history", story.bac_thuy.leader) == before
    assert len(list(Path(settings.evidence_dir).rglob("*"))) == count


async def test_names_stand_in_no_table(story: Story, databases: ServiceDatabases) -> None:
    dossier = await story.received(story.bac_thuy, NAME)
    await story.appraise(dossier, 1)
    after = (await story.get(f"/dossiers/{dossier}", story.appraiser))["position"]
    await story.get(f"/dossiers?after={after}", story.appraiser)
    with psycopg.connect(databases.owner_dsn) as owner:
        tables = owner.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables "
            "WHERE schemaname IN ('log', 'views', 'following')"
        ).fetchall()
        contents = {
            name: str(owner.execute(f"SELECT t::text FROM {name} t").fetchall())
            for (name,) in tables
        }
        states = owner.execute("SELECT convert_from(state, 'UTF8') FROM log.events").fetchall()
    assert [name for name, rows in contents.items() if NAME in rows] == []
    assert [state for (state,) in states if NAME in state] == []
    assert len(states) == 9


async def test_erased_person_is_gone_and_stays_gone(
    story: Story, settings: Settings, service: Service
) -> None:
    dossier = await story.dossier(story.bac_thuy, NAME)
    subject = Pseudonyms(settings.pseudonym_key).of("individual", f"so-{NAME}")
    vault = service.log.vault
    assert vault is not None
    await vault.erase(subject)
    shown = await story.get(f"/dossiers/{dossier}", story.bac_thuy.leader)
    assert shown["lines"][0]["name"] == ERASED
    again = story.dossier(story.bac_thuy, NAME)
    assert await refusal(again) == (409, "subject-erased")
