"""The two doors through which a follower reads another service's log.

JetStream is the fast one and disposable: no acknowledgements, a consumer in memory that starts
after our position and is made anew on every doubt. ``GET /log`` is slower and always right.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, Self

import httpx
import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.client import JetStreamContext
from nats.js.errors import NotFoundError

from libs.eventlog.wire import Delivery, Page, decode_page, delivery

IDLE_CONSUMER = 300.0  # seconds until the server forgets a consumer that nobody reads
API_TIMEOUT = 3.0
LOG_TIMEOUT = 5.0
Token = str | Callable[[], str] | None


class StreamDoor:
    """The producer's stream. Raises nats errors, OSError or TimeoutError when it is away."""

    def __init__(
        self, stream: str, consumer: str, connect: Callable[[], Awaitable[Client]], *, wait: float
    ) -> None:
        self.stream = stream
        # A dot in a consumer's name would split the subjects that permissions are written for.
        self.consumer = consumer.replace(".", "_")
        self.foreign = 0  # messages that are not part of any log
        self._connect, self._wait = connect, wait
        self._bound: JetStreamContext.PullSubscription | None = None
        self._bound_to: tuple[int, int] | None = None
        self._pending = 0

    @property
    def bound(self) -> bool:
        return self._bound is not None

    async def fetch(self, after: int, limit: int) -> list[Delivery] | None:
        """What comes after a stream sequence; None after a while of silence.

        Silence is no proof that nothing happened: the last message may have been lost.
        """
        client = await self._connect()
        if not client.is_connected:
            raise nats.errors.ConnectionReconnectingError
        subscription = await self._subscription(client, after)
        try:
            # Asking for more than is there would make nats-py linger for the whole timeout.
            wanted = min(self._pending, limit) or 1
            messages = await subscription.fetch(wanted, timeout=self._wait)
        except TimeoutError:
            self._pending = 0
            if not client.is_connected:
                raise
            return None
        self._pending = messages[-1].metadata.num_pending if messages else 0
        return self._deliveries(messages)

    async def unbind(self) -> None:
        bound, self._bound, self._bound_to, self._pending = self._bound, None, None, 0
        if bound is not None:
            with suppress(Exception):
                await bound.unsubscribe()

    async def _subscription(self, client: Client, after: int) -> JetStreamContext.PullSubscription:
        # After a reconnect an unanswered pull may have been delivered into the void.
        connection = (id(client), client.stats["reconnects"])
        if self._bound_to != connection:
            await self.unbind()
        if self._bound is None:
            self._bound = await self._bind(client, after)
            self._bound_to = connection
        return self._bound

    async def _bind(self, client: Client, after: int) -> JetStreamContext.PullSubscription:
        js = client.jetstream(timeout=API_TIMEOUT)
        last = (await js.stream_info(self.stream)).state.last_seq
        with suppress(NotFoundError):
            await js.delete_consumer(self.stream, self.consumer)
        # A stream shorter than our memory of it is a new one.
        start = after + 1 if after <= last else 1
        config = ConsumerConfig(
            name=self.consumer,
            ack_policy=AckPolicy.NONE,
            deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
            opt_start_seq=start,
            inactive_threshold=IDLE_CONSUMER,
            mem_storage=True,
            num_replicas=1,
        )
        await js.add_consumer(self.stream, config)
        return await js.pull_subscribe_bind(consumer=self.consumer, stream=self.stream)

    def _deliveries(self, messages: Sequence[Msg]) -> list[Delivery]:
        found = []
        for message in messages:
            sequence = message.metadata.sequence.stream
            placed = delivery(message.subject, message.headers, message.data, sequence)
            if placed is None:
                self.foreign += 1
            else:
                found.append(placed)
        return found


class LogDoor:
    """``GET /log`` of the producer. Raises httpx errors, msgspec errors for a page that is none."""

    def __init__(self, url: str, token: Token) -> None:
        self._url, self._token = url, token

    async def __aenter__(self) -> Self:
        self._client = httpx.AsyncClient(timeout=LOG_TIMEOUT)
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._client.aclose()

    async def read(self, after: int, limit: int) -> Page:
        response = await self._client.get(
            self._url, params={"after": after, "limit": limit}, headers=self._authorization()
        )
        return decode_page(response.raise_for_status().content)

    def _authorization(self) -> dict[str, str]:
        token = self._token() if callable(self._token) else self._token
        return {"Authorization": f"Bearer {token}"} if token else {}


def unavailable(error: BaseException) -> bool:
    """Whether NATS, its stream or its consumer is away: the log is read instead."""
    return isinstance(error, (nats.errors.Error, OSError, TimeoutError))


def as_message(delivered: Delivery) -> Any:
    """The form in which FastStream takes a message, whichever door it came through."""
    return Msg(
        _client=None,  # type: ignore[arg-type]  # nothing is ever acknowledged or answered
        subject=delivered.subject,
        data=delivered.body,
        headers=delivered.headers,
    )
