"""The stream that a service publishes to: made once, written in fenced batches, read at its end."""

import itertools
import time
from collections.abc import Sequence
from contextlib import suppress

import msgspec
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import DiscardPolicy, StorageType, StreamConfig, StreamInfo
from nats.js.errors import BadRequestError, NotFoundError

from libs.eventlog import wire

PUBLISH_TIMEOUT = 5.0
STREAM_BYTES = 128 * 1024**2
STREAM_EXISTS = 10058
WRONG_SEQUENCE = {10071, 10164}  # expected another last sequence; the batch form of it
STRAYS = 100  # foreign messages at the end of a stream that are looked past

_batches = itertools.count()


class Fenced(Exception):
    """Something else was published since we looked: another relay is at work."""


class Rejected(Exception):
    """The server refused the messages."""


class _Refusal(msgspec.Struct):
    err_code: int = 0
    description: str = ""


class _Answer(msgspec.Struct):
    """What JetStream says to a publish."""

    seq: int = 0
    duplicate: bool = False
    error: _Refusal | None = None


async def ensure_stream(
    js: JetStreamContext, service: str, *, replicas: int = 1, max_bytes: int = STREAM_BYTES
) -> StreamInfo:
    """The stream of a service, created if it is missing; an existing one is left as it is.

    It discards its oldest messages when full: followers that are further behind see the gap by
    `Es-Prev` and read the log, while refusing new messages would stop the fast path for all. The
    short duplicate window lets a purged stream be filled again; repeats are prevented by the fence.
    """
    name = wire.stream_of(service)
    with suppress(NotFoundError):
        return await js.stream_info(name)
    config = StreamConfig(
        name=name,
        subjects=[f"evt.{service}.>"],
        storage=StorageType.FILE,
        discard=DiscardPolicy.OLD,
        max_bytes=max_bytes,
        num_replicas=replicas,
        duplicate_window=1,
        allow_atomic=True,
        allow_direct=False,  # a direct read may come from a replica that lacks the last message
    )
    try:
        return await js.add_stream(config)
    except BadRequestError as error:
        if error.err_code != STREAM_EXISTS:
            raise
        return await js.stream_info(name)  # another relay was faster


async def last_of_log(js: JetStreamContext, info: StreamInfo) -> wire.Delivery | None:
    """The last event in the stream; None in an empty one. Raises Rejected if strays hide it."""
    name, state = info.config.name or "", info.state
    if state.messages == 0:
        return None
    first = max(state.first_seq, state.last_seq - STRAYS)
    for sequence in range(state.last_seq, first - 1, -1):
        with suppress(NotFoundError):
            message = await js.get_msg(name, sequence)
            found = wire.delivery(message.subject or "", message.headers, message.data or b"")
            if found is not None:
                return found
    raise Rejected(f"{name} ends with messages that are no events")


async def publish(client: Client, messages: Sequence[wire.Outgoing], after: int) -> int:
    """Stores all messages or none, right after the stream sequence `after`; returns the last one's.

    Raises Fenced, Rejected, and what means that nobody knows: nats errors, TimeoutError.
    """
    first, last = messages[0], messages[-1]
    first.headers["Nats-Expected-Last-Sequence"] = str(after)
    if len(messages) > 1:
        _as_batch(client, messages)
    for message in messages[:-1]:
        await client.publish(message.subject, message.body, headers=message.headers)
    reply = await client.request(
        last.subject, last.body, headers=last.headers, timeout=PUBLISH_TIMEOUT
    )
    return _stored(msgspec.json.decode(reply.data, type=_Answer))


def _stored(answer: _Answer) -> int:
    if answer.error is not None:
        if answer.error.err_code in WRONG_SEQUENCE:
            raise Fenced(answer.error.description)
        raise Rejected(f"{answer.error.err_code}: {answer.error.description}")
    if answer.duplicate:
        raise Rejected("stored a moment ago and gone since: the stream was purged")
    return answer.seq


def _as_batch(client: Client, messages: Sequence[wire.Outgoing]) -> None:
    """The server stores all of them in one go, or none."""
    identity = f"{client.client_id}-{time.time_ns()}-{next(_batches)}"
    for number, message in enumerate(messages, 1):
        message.headers["Nats-Batch-Id"] = identity
        message.headers["Nats-Batch-Sequence"] = str(number)
    messages[-1].headers["Nats-Batch-Commit"] = "1"
