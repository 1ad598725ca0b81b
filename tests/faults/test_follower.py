"""Whatever breaks, every event has its effect exactly once and in order."""

import asyncio

import pytest
from msgspec.structs import replace

from libs.eventlog.dead_letters import DeadLetters, NotBuried
from tests.faults.stage import BRISK, NAME, Stage, shuffled, until


async def test_duplicates_and_reordering_have_no_effect(scene: Stage) -> None:
    await scene.follower()
    await scene.producer.emit(scene.nats, 50)
    await scene.caught_up()

    await scene.producer.relay(scene.nats, scene.producer.log)
    await scene.producer.relay(scene.nats, shuffled(scene.producer.log))
    await scene.producer.emit(scene.nats, 5)

    await scene.caught_up()
    assert scene.effects() == scene.expected()


async def test_gap_is_filled_from_the_log(scene: Stage) -> None:
    await scene.follower()
    await scene.producer.emit(scene.nats, 20)
    await scene.caught_up()
    before = scene.producer.reads

    scene.producer.add_many(30)
    await scene.producer.emit(scene.nats, 3)

    await scene.caught_up()
    assert scene.effects() == scene.expected()
    assert scene.producer.reads == before + 1


async def test_last_event_that_was_never_relayed_is_found_by_the_audit(scene: Stage) -> None:
    await scene.follower(options=replace(BRISK, audit=1))
    await scene.producer.emit(scene.nats, 5)
    await scene.caught_up()
    scene.producer.add_many(2)
    await scene.caught_up()
    assert scene.effects() == scene.expected()


async def test_gap_waits_while_the_producer_is_down(scene: Stage) -> None:
    follower = await scene.follower()
    await scene.producer.emit(scene.nats, 5)
    await scene.caught_up()
    at = scene.producer.head

    scene.producer.down = True
    scene.producer.add()
    await scene.producer.emit(scene.nats, 3)
    await until(lambda: follower.health().failures >= 2)
    assert scene.position() == at

    scene.producer.down = False
    await scene.caught_up()
    assert scene.effects() == scene.expected()


async def test_foreign_messages_are_counted_and_passed(scene: Stage) -> None:
    follower = await scene.follower()
    subject = f"evt.{scene.producer.service}.chi-lang.campaign-enrolled-v1"
    await scene.nats.publish(subject, b"\xff\xfe", headers={"x": "y"})
    await scene.nats.publish(subject, b"{}")
    await scene.producer.emit(scene.nats, 3)
    await scene.caught_up()
    assert (scene.effects(), follower.health().foreign) == (scene.expected(), 2)


# ---- messages that nobody can handle
async def test_poison_is_buried_after_its_tries_and_retried_by_a_person(scene: Stage) -> None:
    follower = await scene.follower()
    rows = scene.producer.add_many(5)
    poison = scene.producer.add("raise")
    await scene.producer.relay(scene.nats, [*rows, poison, *scene.producer.add_many(5)])

    await scene.caught_up()
    assert scene.dead() == [(poison.position, 4, "RuntimeError('not yet')")]
    assert scene.effects() == scene.expected(poison.position)
    assert (scene.calls(), follower.health().dead) == (4, 1)

    with pytest.raises(RuntimeError, match="not yet"):
        await follower.retry(poison.position, by="operator")
    assert scene.effects() == scene.expected(poison.position)

    scene.flag.touch()
    await follower.retry(poison.position, by="operator")
    assert scene.effects() == [*scene.expected(poison.position), poison.position]
    assert await DeadLetters(scene.dsn).pending() == []
    with pytest.raises(NotBuried):
        await follower.retry(poison.position, by="operator")


async def test_unparseable_is_buried_at_once_and_discarded_with_a_reason(scene: Stage) -> None:
    await scene.follower()
    broken, untyped = scene.producer.add(raw=b"{broken"), scene.producer.add(raw=b'{"data":{}}')
    await scene.producer.relay(scene.nats, [broken, untyped, *scene.producer.add_many(3)])

    await scene.caught_up()
    assert [letter[:2] for letter in scene.dead()] == [(broken.position, 1), (untyped.position, 1)]
    assert scene.effects() == scene.expected(broken.position, untyped.position)

    letters = DeadLetters(scene.dsn)
    with pytest.raises(ValueError, match="reason"):
        await letters.discard(NAME, broken.position, reason=" ", by="operator")
    await letters.discard(NAME, broken.position, reason="written by hand", by="operator")
    assert [letter["position"] for letter in await letters.pending()] == [untyped.position]
    (gone,) = await letters.resolved()
    decided = gone["resolution"], gone["reason"], gone["resolved_by"]
    assert decided == ("discarded", "written by hand", "operator")


async def test_fault_that_heals_is_waited_for_in_order(scene: Stage) -> None:
    await scene.follower(options=replace(BRISK, tries=50))
    flaky = scene.producer.add("flaky")
    await scene.producer.relay(scene.nats, [flaky, *scene.producer.add_many(5)])
    await until(lambda: scene.calls() >= 3)
    assert scene.effects() == []
    scene.flag.touch()
    await scene.caught_up()
    assert (scene.effects(), scene.dead()) == (scene.expected(), [])


async def test_later_waits_beyond_all_tries(scene: Stage) -> None:
    await scene.follower(options=replace(BRISK, tries=2))
    await scene.producer.emit(scene.nats, 1, do="later")
    await until(lambda: scene.calls() >= 5)
    scene.flag.touch()
    await scene.caught_up()
    assert (scene.effects(), scene.dead()) == (scene.expected(), [])


async def test_handler_that_swallows_an_sql_error_is_found_among_many(scene: Stage) -> None:
    await scene.follower()
    rows = scene.producer.add_many(5)
    bad = scene.producer.add("swallow")
    await scene.producer.relay(scene.nats, [*rows, bad, *scene.producer.add_many(5)])
    await scene.caught_up()
    assert [letter[0] for letter in scene.dead()] == [bad.position]
    assert scene.effects() == scene.expected(bad.position)


@pytest.mark.parametrize("bug", ["sql", "swallow"])
async def test_sql_error_in_a_batch_sent_together_finds_its_message(scene: Stage, bug: str) -> None:
    await scene.follower()
    await scene.producer.emit(scene.nats, BRISK.per_tx)  # the first are taken one by one
    await scene.caught_up()

    rows = scene.producer.add_many(5)
    bad = scene.producer.add(bug)
    await scene.producer.relay(scene.nats, [*rows, bad, *scene.producer.add_many(5)])

    await scene.caught_up()
    assert [letter[:2] for letter in scene.dead()] == [(bad.position, BRISK.tries)]
    assert scene.effects() == scene.expected(bad.position)


async def test_message_that_kills_the_process_is_buried(scene: Stage) -> None:
    rows = scene.producer.add_many(3)
    bad = scene.producer.add("kill")
    await scene.producer.relay(scene.nats, [*rows, bad, *scene.producer.add_many(3)])
    for _ in range(2):
        assert await asyncio.to_thread(scene.process(options=replace(BRISK, tries=2)).wait) == -9
    scene.process(options=replace(BRISK, tries=2))
    await scene.caught_up()
    assert scene.dead() == [(bad.position, 2, "the process died on it")]
    assert scene.effects() == scene.expected(bad.position)
