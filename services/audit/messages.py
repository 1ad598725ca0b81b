"""Every event of every service becomes a leaf: followers that take all topics there are."""

from collections.abc import Callable
from typing import Any

from faststream.message import StreamMessage

from libs.eventlog.follower import EVERY, FollowerOptions, LogBroker, Tx
from libs.eventlog.message import Poison
from libs.eventlog.wire import delivery
from libs.serving.bus import follow, log_broker
from services.audit.leaves import Leaf
from services.audit.settings import Settings

# An event that is not sealed is a hole in the evidence: tried for days before it is given up.
PATIENT = FollowerOptions(per_tx=200, tries=10_000)


def subscriptions(settings: Settings) -> LogBroker:
    broker = log_broker(settings)
    for service, url in settings.urls().items():
        follower = follow(
            broker, settings, reader="audit", service=service, url=url, options=PATIENT
        )
        follower.on(EVERY, decoder=_leaf_of(service))(_write_leaf)
    return broker


def _leaf_of(service: str) -> Callable[[StreamMessage[Any]], Any]:
    # A decoder sees the bytes as they were stored; no later step does.
    async def decode(message: StreamMessage[Any]) -> Leaf:
        found = delivery(message.raw_message.subject, message.headers, message.body)
        if found is None:
            raise Poison("an event without a place in its log")
        return Leaf.of(service, found)

    return decode


def _write_leaf(leaf: Any, tx: Tx) -> None:
    tx.execute(
        "INSERT INTO sealed.leaf (service, position, topic, stream, version, digest) "
        "VALUES (%s, %s, %s, %s, %s, %s)",
        [leaf.service, leaf.position, leaf.topic, leaf.stream, leaf.version, leaf.digest],
    )
