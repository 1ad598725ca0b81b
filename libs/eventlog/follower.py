"""Follow another service's log with FastStream handlers, each event's effect exactly once.

    broker = LogBroker(settings.nats)
    campaign = broker.follow(
        "campaign", name="dossier.campaign", dsn=settings.dsn, log_url=settings.campaign_log
    )

    @campaign.on("campaign.launched.v1")
    def on_launched(message: Message[CampaignLaunched], tx: Tx) -> None: ...

    await broker.start() … await broker.stop()

FastStream gives typed payloads, dependencies, AsyncAPI and its test broker. Delivery is ours:
`LogFollower` replaces only the consume loop (see `following`). One follower per producer and one
handler per topic, so order holds across topics.
"""

import asyncio
import functools
import inspect
import json
import logging
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, cast

import nats.errors
from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, PullSub
from faststream.nats.subscriber.usecases import PullStreamSubscriber
from faststream.specification import AsyncAPI
from nats.aio.client import Client

from libs.eventlog import dead_letters
from libs.eventlog.applier import EVERY, Applier, FollowerOptions, in_worker_thread
from libs.eventlog.faults import Diverged
from libs.eventlog.following import Following, Health
from libs.eventlog.message import CURRENT, Later, Message, Poison, Position, Tx
from libs.eventlog.positions import GRANTS, SCHEMA, Positions, adopt_epoch
from libs.eventlog.sources import LogDoor, StreamDoor, Token, as_message
from libs.eventlog.wire import TOPIC, Delivery, stream_of

log = logging.getLogger(__name__)

CONNECT_WITHIN = 3.0
_DEFAULTS: dict[str, Any] = {
    "max_reconnect_attempts": -1,
    "reconnect_time_wait": 1,
    "connect_timeout": 2,
    # The client's default of 120 s leaves a frozen server unnoticed for minutes.
    "ping_interval": 5,
    "max_outstanding_pings": 2,
    "graceful_timeout": 20,
    "ack_policy": AckPolicy.MANUAL,
    "logger": None,  # FastStream's own would write two lines per event
}


class LogBroker(NatsBroker):
    """A NatsBroker whose followers start, work and stop whether NATS is there or not."""

    def __init__(self, url: str | list[str] = "nats://127.0.0.1:4222", **options: Any) -> None:
        super().__init__(url, **(_DEFAULTS | options))
        self.followers: list[LogFollower] = []

    def follow(
        self,
        service: str,
        *,
        name: str,
        dsn: str,
        log_url: str,
        password: str | None = None,
        log_token: Token = None,
        options: FollowerOptions | None = None,
    ) -> "LogFollower":
        """A follower of `service`, remembered in our database `dsn` under `name`.

        `log_url` is the producer's ``/log``; `log_token`, a string or a function that gives the
        current one, is sent as bearer token. The stream is never filtered: a filter would look
        like a gap.
        """
        subscriber: Any = self.subscriber(
            f"evt.{service}.*.*",
            stream=JStream(stream_of(service), declare=False),  # else FastStream overwrites it
            pull_sub=PullSub(),
            no_reply=True,
            title=name,
        )
        subscriber.__class__ = LogFollower  # same slots; only the consume loop differs
        follower: LogFollower = subscriber
        chosen = options or FollowerOptions()
        follower.positions = Positions(name, dsn, password)
        follower.following = Following(
            follower.positions,
            StreamDoor(stream_of(service), name, self.client, wait=chosen.wait),
            LogDoor(log_url, log_token),
            Applier(follower.positions, follower.handle, chosen),
            chosen,
        )
        self.followers.append(follower)
        return follower

    async def client(self) -> Client:
        """The connected client; a client that gave up for good is replaced."""
        if self._connection is None or self._connection.is_closed:
            self._connection = None
            await asyncio.wait_for(self.connect(), CONNECT_WITHIN)
        return cast(Client, self._connection)

    async def start(self) -> None:
        try:
            await self.client()
        except Exception as error:  # noqa: BLE001  # whatever it is, the loop will try again
            log.warning("NATS is away (%r): followers read the logs of their producers", error)
            self._setup_logger()
        await super(NatsBroker, self).start()  # NatsBroker's own would wait for NATS

    async def stop(self, *exc: Any) -> None:
        try:
            await super().stop(*exc)
        except nats.errors.Error:  # draining is refused while the client reconnects
            if self._connection is not None:
                await self._connection.close()
                self._connection = None
            self.config.disconnect()


class LogFollower(PullStreamSubscriber):
    """A subscriber whose messages come from `Following`. Made by `LogBroker.follow` only."""

    __slots__ = ()  # attributes live in the dictionary that FastStream's class already has

    positions: Positions
    following: Following

    @property
    def name(self) -> str:
        return self.following.name

    def on(self, topic: str, **options: Any) -> Callable[..., Any]:
        """Decorator: this function handles the events of one topic, the only one to do so.

        With `EVERY` it handles all there are and ever will be, and no other function any.
        """
        topics = self.following.applier.topics
        if topic in topics or EVERY in topics or (topics and topic == EVERY):
            raise ValueError(f"{self.name} handles {topic} already")
        topics.add(topic)

        # A synchronous filter would cost a worker thread per message.
        async def wanted(message: Any) -> bool:
            return topic in (EVERY, message.headers.get(TOPIC))

        subscribe: Callable[..., Any] = self(filter=wanted, **options)

        def register(handler: Callable[..., Any]) -> Callable[..., Any]:
            subscribe(_on_the_spot(handler))
            return handler

        return register

    def health(self) -> Health:
        """Liveness is the event loop's; alarm on `dead`, `foreign`, `stalled_for` and Diverged."""
        return self.following.health()

    async def handle(self, delivery: Delivery) -> None:
        """Runs the handler of one event; `CURRENT` holds its transaction and position."""
        await self.process_message(as_message(delivery))

    async def retry(self, position: int, *, by: str) -> None:
        """Runs the handler of a dead letter once more, any replica may.

        Raises NotBuried, or what the handler raises: then nothing has changed.
        """
        connection = await asyncio.to_thread(self.positions.connect)
        try:
            with connection.cursor() as tx:
                letter = await asyncio.to_thread(dead_letters.take, tx, self.name, position)
                token = CURRENT.set((tx, position))
                try:
                    await in_worker_thread(self.handle(letter))
                finally:
                    CURRENT.reset(token)
                await asyncio.to_thread(dead_letters.mark_retried, tx, letter, self.name, by)
                await asyncio.to_thread(connection.commit)
        finally:
            await asyncio.to_thread(connection.close)

    async def _create_subscription(self) -> None:
        if not self.tasks:
            # Ours is to stop only after the batch in hand; FastStream's lock knows one thread only.
            self.lock = nullcontext()
            self.following.applier.stopping.clear()
            self.add_task(self.following.run)

    async def stop(self) -> None:
        if self.tasks:
            self.running = False
            self.following.applier.stopping.set()  # finish the event in hand, commit, leave
            await asyncio.wait(self.tasks, timeout=self._outer_config.graceful_timeout)
        await super().stop()


def _on_the_spot(handler: Callable[..., Any]) -> Callable[..., Any]:
    """A plain function called where it is: FastStream would start a thread for every event."""
    if inspect.iscoroutinefunction(handler):
        return handler

    @functools.wraps(handler)
    async def called(*args: Any, **named: Any) -> Any:
        return handler(*args, **named)

    return called


def asyncapi(broker: NatsBroker, title: str, version: str = "1.0.0") -> dict[str, Any]:
    """The AsyncAPI 3.0 document of what a service takes from others, from its handlers."""
    document = AsyncAPI(broker, title=title, version=version, schema_version="3.0.0")
    described: dict[str, Any] = json.loads(document.to_specification().to_json())
    return described


__all__ = [
    "CURRENT",
    "EVERY",
    "GRANTS",
    "SCHEMA",
    "Diverged",
    "FollowerOptions",
    "Health",
    "Later",
    "LogBroker",
    "LogFollower",
    "Message",
    "Poison",
    "Position",
    "Tx",
    "adopt_epoch",
    "asyncapi",
]
