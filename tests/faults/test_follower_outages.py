"""Processes, NATS, the database or the producer's log are lost: no effect is lost or repeated."""

import asyncio
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import psycopg
from msgspec.structs import replace

from libs.eventlog.follower import adopt_epoch
from tests.faults.stage import BRISK, NAME, Stage, stage, until
from tests.infrastructure import Nats, Postgres


# ---- processes
async def test_follower_killed_under_load_loses_and_repeats_nothing(scene: Stage) -> None:
    for _ in range(3):
        process = scene.process()
        at = scene.position()
        load = asyncio.create_task(scene.producer.emit(scene.nats, 300))
        await until(lambda at=at: scene.position() > at)  # type: ignore[misc]
        process.kill()
        process.wait()
        await load
    scene.process()
    await scene.caught_up()
    assert scene.effects() == scene.expected()


async def test_second_replica_takes_over_from_a_killed_one(scene: Stage) -> None:
    first = scene.process()
    await scene.producer.emit(scene.nats, 20)
    await scene.caught_up()
    second = await scene.follower()
    await until(lambda: second.health().state == "standby")
    await scene.producer.emit(scene.nats, 50)
    first.kill()
    first.wait()
    await scene.producer.emit(scene.nats, 50)
    await scene.caught_up()
    assert scene.effects() == scene.expected()


async def test_position_moved_by_another_worker_is_never_overwritten(scene: Stage) -> None:
    await scene.follower()
    await scene.producer.emit(scene.nats, 3)
    await scene.caught_up()
    done_elsewhere = [row.position for row in scene.producer.add_many(4)]
    with psycopg.connect(scene.dsn) as other:
        other.execute("UPDATE following.follower SET position = %s", [done_elsewhere[-1]])
    await scene.producer.relay(scene.nats, scene.producer.log[3:])
    await scene.producer.emit(scene.nats, 3)
    await scene.caught_up()
    assert scene.effects() == scene.expected(*done_elsewhere)


async def test_sigterm_finishes_the_event_in_hand(scene: Stage) -> None:
    process = scene.process()
    slow = scene.producer.add("slow")
    await scene.producer.relay(scene.nats, [slow])
    await until(lambda: scene.calls() == 1)
    process.terminate()
    assert await asyncio.to_thread(process.wait, 10) == 0
    assert (scene.position(), scene.effects()) == (slow.position, [slow.position])


# ---- NATS
async def test_nats_killed_and_wiped_under_load(fragile_nats: Stage, fresh_nats: Nats) -> None:
    scene, server = fragile_nats, fresh_nats
    follower = await scene.follower()
    stopped = asyncio.Event()

    async def load() -> None:
        while not stopped.is_set():
            with suppress(Exception):  # what is not published is in the log all the same
                await scene.producer.emit(scene.nats, 20)
            await asyncio.sleep(0.05)

    loading = asyncio.create_task(load())
    await until(lambda: len(scene.effects()) > 100)
    server.kill()
    await until(lambda: follower.health().state.startswith("reading the log"))
    server.start()
    await until(lambda: follower.health().state == "following")
    server.wipe()
    at = scene.position()
    await until(lambda: scene.position() > at)
    stopped.set()
    await loading
    await scene.caught_up()
    assert scene.effects() == scene.expected()


async def test_stream_deleted_and_made_anew(scene: Stage) -> None:
    follower = await scene.follower()
    await scene.producer.emit(scene.nats, 100)
    await scene.caught_up()
    await scene.nats.jetstream().delete_stream(scene.stream)
    await until(lambda: follower.health().state.startswith("reading the log"))
    scene.producer.add_many(10)
    await scene.caught_up()
    await scene.create_stream()
    await scene.producer.relay(scene.nats, scene.producer.log)
    await scene.producer.emit(scene.nats, 5)
    await scene.caught_up()
    await until(lambda: follower.health().state == "following")
    assert scene.effects() == scene.expected()


async def test_consumer_deleted_is_made_anew(scene: Stage) -> None:
    await scene.follower()
    for _ in range(2):
        await scene.producer.emit(scene.nats, 3)
        await scene.caught_up()
        await scene.delete_consumer()
        await scene.producer.emit(scene.nats, 3)
        await scene.caught_up()
    assert scene.effects() == scene.expected()


async def test_follower_starts_without_nats(fragile_nats: Stage, fresh_nats: Nats) -> None:
    scene, server = fragile_nats, fresh_nats
    server.kill()
    scene.producer.add_many(20)
    follower = await scene.follower()
    await scene.caught_up()
    server.start()
    await until(lambda: follower.health().state == "following")
    await scene.producer.emit(scene.nats, 2)
    await scene.caught_up()
    assert scene.effects() == scene.expected()


# ---- the follower's database
async def test_database_restarted_under_load(
    fresh_postgres: Postgres, nats_server: Nats, tmp_path: Path
) -> None:
    async with stage(fresh_postgres, nats_server, tmp_path) as scene:
        await scene.follower()
        load = asyncio.create_task(scene.producer.emit(scene.nats, 600))
        await until(lambda: scene.position() > 0)
        await asyncio.to_thread(fresh_postgres.kill)
        await load
        await asyncio.to_thread(fresh_postgres.start)
        await scene.caught_up()
        assert (scene.effects(), scene.dead()) == (scene.expected(), [])


async def test_terminated_backends_cost_nothing(scene: Stage, postgres: Postgres) -> None:
    await scene.follower()
    for _ in range(3):
        at = scene.position()
        load = asyncio.create_task(scene.producer.emit(scene.nats, 200))
        await until(lambda at=at: scene.position() > at)  # type: ignore[misc]
        with psycopg.connect(postgres.dsn(), autocommit=True) as superuser:
            superuser.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [psycopg.conninfo.conninfo_to_dict(scene.dsn)["dbname"]],
            )
        await load
        await scene.caught_up()
    assert (scene.effects(), scene.dead()) == (scene.expected(), [])


# ---- another life of the log
async def test_producer_restored_to_a_shorter_log_stops_the_follower(scene: Stage) -> None:
    follower = await scene.follower(options=replace(BRISK, audit=0.5))
    await scene.producer.emit(scene.nats, 50)
    await scene.caught_up()
    at = scene.position()
    del scene.producer.log[30:]
    await until(lambda: follower.health().state == "Diverged")
    assert scene.position() == at


async def test_new_epoch_stops_the_follower_until_a_person_adopts_it(scene: Stage) -> None:
    follower = await scene.follower()
    await scene.producer.emit(scene.nats, 20)
    await scene.caught_up()
    effects, old = scene.effects(), scene.producer.epoch

    del scene.producer.log[15:]
    common, scene.producer.epoch = scene.producer.head, str(uuid4())
    await scene.producer.emit(scene.nats, 10)  # positions that we have already seen are used again
    await until(lambda: follower.health().state == "Diverged")
    assert scene.effects() == effects

    with psycopg.connect(scene.dsn) as connection:
        adopt_epoch(
            connection,
            NAME,
            scene.producer.epoch,
            position=common,
            reason="restored from last night's backup",
            by="operator",
        )
    await scene.caught_up()
    renewed = [position for position in scene.expected() if position > common]
    assert scene.effects() == effects + renewed
    adoptions = scene.query(
        "SELECT from_epoch, to_epoch, from_position, to_position, reason, adopted_by "
        "FROM following.epoch_adoption"
    )
    assert adoptions == [
        (
            old,
            scene.producer.epoch,
            effects[-1],
            common,
            "restored from last night's backup",
            "operator",
        )
    ]


async def test_follower_with_a_wrong_token_moves_nothing(scene: Stage) -> None:
    follower = await scene.follower(log_token="of somebody else")
    await scene.producer.emit(scene.nats, 3)
    await until(lambda: follower.health().failures >= 2)
    assert (scene.position(), scene.effects()) == (0, [])
