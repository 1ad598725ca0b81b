"""What is sealed, and that nothing sealed can be changed unseen, not even by a superuser."""

import psycopg
import pytest

from libs.serving.tests import signing
from services.audit.leaves import Leaf
from services.audit.merkle import root_of
from services.audit.tests.conftest import SIGNER, World, as_superuser, until

CHANGED_BYTE = (
    "UPDATE log.events SET state = set_byte(state, length(state) - 4, 120) "
    "WHERE notification_id = 2"
)
SWAP = (
    "UPDATE log.events SET notification_id = CASE notification_id WHEN 2 THEN -3 ELSE -2 END "
    "WHERE notification_id IN (2, 3); "
    "UPDATE log.events SET notification_id = -notification_id WHERE notification_id < 0"
)


def sealed_root(world: World, size: int) -> str:
    """The root over the leaves as they stand in the table."""
    with psycopg.connect(world.audit_owner_dsn) as owner:
        rows = owner.execute(
            "SELECT service, position, topic, stream, version, digest FROM sealed.leaf "
            "WHERE number < %s ORDER BY number",
            [size],
        ).fetchall()
    return root_of(Leaf(*row).hash for row in rows).hex()


async def until_all_news_is_sealed(world: World) -> None:
    """From then on no checkpoint is made, because nothing happens that is worth one."""

    async def sealed() -> bool:
        with psycopg.connect(world.audit_owner_dsn) as owner:
            news = owner.execute(
                "SELECT FROM sealed.leaf WHERE number >= (SELECT max(size) FROM views.checkpoint) "
                "AND topic NOT LIKE 'checkpoint.%'"
            ).fetchall()
        return not news

    await until(sealed)


async def test_every_event_is_sealed_and_verified(world: World) -> None:
    first = await world.verify()
    assert (first["result"], first["findings"]) == ("verified", [])
    await world.campaign.record("tam")
    await world.followed(campaign=6)
    second = await world.verify()
    assert second["result"] == "verified"
    assert second["size"] > first["size"] >= 7
    assert [found["root"] for found in (first, second)] == [
        sealed_root(world, found["size"]) for found in (first, second)
    ]
    status = await world.status()
    assert status["last_verification"]["id"] == second["id"]
    assert status["services"]["campaign"] == {
        "position": 6,
        "head": 6,
        "lag": 0,
        "away": False,
        "state": status["services"]["campaign"]["state"],
    }


async def test_checkpoint_is_a_note_that_we_signed(world: World) -> None:
    verified = await world.verify()
    note = (await world.http.get("/checkpoints/latest")).text
    checkpoint = SIGNER.open(note)
    assert checkpoint.size >= verified["size"]
    assert checkpoint.root.hex() == sealed_root(world, checkpoint.size)


@pytest.mark.parametrize(
    ("tampering", "findings"),
    [
        pytest.param(CHANGED_BYTE, [("campaign", 2, "changed")], id="changed-byte"),
        pytest.param(
            "DELETE FROM log.events WHERE notification_id >= 4",
            [("campaign", 4, "missing"), ("campaign", 5, "missing")],
            id="missing-tail",
        ),
        pytest.param(
            "DELETE FROM log.events WHERE notification_id = 3",
            [("campaign", 3, "missing")],
            id="missing-middle",
        ),
        pytest.param(SWAP, [("campaign", 2, "moved"), ("campaign", 3, "moved")], id="reordered"),
    ],
)
async def test_tampering_with_a_log_is_found(
    world: World, tampering: str, findings: list[tuple[str, int, str]]
) -> None:
    assert await world.findings() == []
    as_superuser(world.campaign.owner_dsn, tampering)
    assert await world.findings() == findings
    last = (await world.status())["last_verification"]
    assert (last["result"], last["findings_in_all"]) == ("discrepancy", len(findings))


async def test_event_slipped_in_where_none_was_is_found(world: World) -> None:
    as_superuser(world.campaign.owner_dsn, "SELECT nextval('log.events_notification_id_seq')")
    await world.campaign.record("sau khi bỏ một số")
    await world.followed(campaign=7)
    assert await world.findings() == []
    as_superuser(
        world.campaign.owner_dsn,
        "INSERT INTO log.events (notification_id, originator_id, originator_version, topic, state) "
        "SELECT 6, gen_random_uuid(), 1, topic, state FROM log.events WHERE notification_id = 1",
    )
    assert await world.findings() == [("campaign", 6, "inserted")]


async def test_leaf_forged_to_fit_still_breaks_the_root(world: World) -> None:
    assert await world.findings() == []
    as_superuser(world.campaign.owner_dsn, CHANGED_BYTE)
    with psycopg.connect(world.campaign.owner_dsn) as owner:
        row = owner.execute(
            "SELECT encode(sha256(state), 'hex') FROM log.events WHERE notification_id = 2"
        ).fetchone()
    assert row is not None
    forged = (
        f"UPDATE sealed.leaf SET digest = '\\x{row[0]}' WHERE service = 'campaign' AND position = 2"
    )
    as_superuser(world.audit_owner_dsn, forged, table="sealed.leaf")
    assert await world.findings() == [("audit", 0, "leaf-changed")]


async def test_checkpoint_that_we_did_not_sign_is_found(world: World) -> None:
    verified = await world.verify()
    await world.followed(audit=verified["position"])
    await until_all_news_is_sealed(world)
    with psycopg.connect(world.audit_owner_dsn) as owner:
        owner.execute(
            "UPDATE views.checkpoint SET note = replace(note, E'\\n' || size, E'\\n' || size + 1)"
        )
    assert await world.findings() == [("audit", 0, "note-not-ours")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sealed.leaf SET digest = digest",
        "DELETE FROM sealed.leaf",
        "TRUNCATE sealed.leaf",
        "INSERT INTO sealed.leaf (number) VALUES (0)",
    ],
)
async def test_service_itself_can_only_add_leaves(world: World, statement: str) -> None:
    with (
        psycopg.connect(world.audit_dsn) as service,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        service.execute(statement.encode())


async def test_only_auditors_verify(world: World) -> None:
    clerk = signing.bearer(signing.official("clerk"))
    answer = await world.http.post("/verifications", headers=clerk)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")


async def test_views_equal_a_replay_of_the_log(world: World) -> None:
    await world.verify()
    answer = await world.http.post("/views/comparison", headers=signing.LOG_READER)
    assert answer.json()["equal"] is True
