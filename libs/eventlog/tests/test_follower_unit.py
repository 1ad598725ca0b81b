"""Handlers run without NATS and PostgreSQL, and describe themselves; what is told of errors."""

import json
import sys
from collections.abc import Iterator
from typing import Any

import msgspec
import psycopg
import pytest
from faststream.nats import TestNatsBroker
from pydantic import BaseModel, ValidationError

from libs.eventlog.faults import told
from libs.eventlog.follower import (
    CURRENT,
    EVERY,
    FollowerOptions,
    LogBroker,
    LogFollower,
    Message,
    Position,
    Tx,
    asyncapi,
)
from tests.infrastructure import Postgres

META = {
    "event_id": "0191d4f0-0000-7000-8000-000000000001",
    "command": "launch",
    "authority": "chi-lang",
    "correlation": "0191d4f0-0000-7000-8000-000000000002",
    "recorded_at": "2024-05-06T07:08:09Z",
}
SUBJECT = "evt.campaign.chi-lang.any"


class Launched(BaseModel):
    title: str


class Closed(msgspec.Struct, frozen=True):
    places: int


class Statements:
    """Stands where the database cursor stands, and remembers."""

    def __init__(self) -> None:
        self.done: list[tuple[str, list[Any]]] = []

    def execute(self, query: str, values: list[Any]) -> None:
        self.done.append((query, values))


@pytest.fixture
def tx() -> Iterator[Statements]:
    statements = Statements()
    token = CURRENT.set((statements, 7))
    yield statements
    CURRENT.reset(token)


def follow(broker: LogBroker) -> LogFollower:
    campaign = broker.follow("campaign", name="dossier.campaign", dsn="", log_url="")

    @campaign.on("campaign.launched.v1")
    def on_launched(message: Message[Launched], tx: Tx, position: Position) -> None:
        """A campaign can be entered."""
        tx.execute("launched", [position, message.data.title, message.meta.authority])

    @campaign.on("campaign.closed.v1")
    def on_closed(message: Message[Closed], tx: Tx) -> None:
        tx.execute("closed", [message.data.places])

    return campaign


async def publish(broker: LogBroker, topic: str, data: Any, **headers: str) -> None:
    body = {"meta": META, "data": data}
    await broker.publish(body, SUBJECT, stream="CAMPAIGN", headers={"Es-Topic": topic, **headers})


async def test_handler_gets_data_meta_transaction_and_position(tx: Statements) -> None:
    broker = LogBroker()
    follow(broker)
    async with TestNatsBroker(broker):
        await publish(broker, "campaign.launched.v1", {"title": "Chi Lăng", "later": "field"})
        await publish(broker, "campaign.closed.v1", {"places": 3})
    assert tx.done == [("launched", [7, "Chi Lăng", "chi-lang"]), ("closed", [3])]


@pytest.mark.parametrize(
    ("topic", "data", "error"),
    [
        (
            "campaign.launched.v1",
            {"title": 5},
            "message.data.title: Input should be a valid string",
        ),
        ("campaign.launched.v1", {}, "message.data.title: Field required"),
        ("campaign.closed.v1", {"places": "Lý Thị B"}, "Expected `int`, got `str`"),
    ],
)
@pytest.mark.usefixtures("tx")
async def test_foreign_data_is_refused_without_quoting_it(
    topic: str, data: dict[str, Any], error: str
) -> None:
    broker = LogBroker()
    follow(broker)
    async with TestNatsBroker(broker):
        with pytest.raises(ValidationError) as refused:
            await publish(broker, topic, data)
    assert error in told(refused.value)
    assert "Lý Thị B" not in told(refused.value)


@pytest.mark.usefixtures("tx")
async def test_message_never_makes_python_import_anything() -> None:
    broker = LogBroker()
    follow(broker)
    before = set(sys.modules)
    async with TestNatsBroker(broker):
        with pytest.raises(Exception):  # noqa: B017, PT011  # FastStream has no handler for it
            await publish(broker, "antigravity:Event", {"title": "x"}, **{"ce-type": "this"})
    assert {"antigravity", "this"} & (set(sys.modules) - before) == set()


def test_topic_has_one_handler() -> None:
    campaign = follow(LogBroker())
    with pytest.raises(ValueError, match=r"campaign\.closed\.v1"):
        campaign.on("campaign.closed.v1")


async def test_one_handler_may_take_every_topic(tx: Statements) -> None:
    broker = LogBroker()
    campaign = broker.follow("campaign", name="audit.campaign", dsn="", log_url="")

    @campaign.on(EVERY)
    def on_any(message: Message[dict[str, Any]], tx: Tx) -> None:
        tx.execute("sealed", [message.data])

    async with TestNatsBroker(broker):
        await publish(broker, "campaign.launched.v1", {"title": "x"})
        await publish(broker, "campaign.never-heard-of.v9", {})
    assert tx.done == [("sealed", [{"title": "x"}]), ("sealed", [{}])]
    with pytest.raises(ValueError, match=r"campaign\.closed"):
        campaign.on("campaign.closed.v1")


def test_follower_that_never_ran_says_so() -> None:
    health = follow(LogBroker()).health()
    assert (health.state, health.position, health.epoch, health.dead) == ("stopped", 0, None, 0)


def test_asyncapi_describes_the_wire() -> None:
    broker = LogBroker()
    follow(broker)
    document = asyncapi(broker, "dossier")
    (channel,) = document["channels"].values()
    (message,) = document["components"]["messages"].values()
    schemas = document["components"]["schemas"]
    assert (document["asyncapi"], channel["address"]) == ("3.0.0", "evt.campaign.*.*")
    assert message["payload"]["oneOf"] == [
        {"$ref": "#/components/schemas/LaunchedMessage"},
        {"$ref": "#/components/schemas/ClosedMessage"},
    ]
    assert schemas["ClosedMessage"]["properties"]["data"]["properties"] == {
        "places": {"type": "integer"}
    }
    assert "$defs" not in json.dumps(document)


def test_default_patience_outlasts_a_bad_deployment() -> None:
    options = FollowerOptions()
    pauses = [min(options.cap, options.base * 2**n) for n in range(options.tries - 1)]
    assert sum(pauses) > 240  # seconds


def test_error_of_the_database_quotes_no_row(postgres: Postgres) -> None:
    with psycopg.connect(postgres.dsn()) as db:
        db.execute("CREATE TEMPORARY TABLE person (name text, age int NOT NULL)")
        with pytest.raises(psycopg.Error) as failure:
            db.execute("INSERT INTO person VALUES ('Nông Thị Mẫu', NULL)")
    assert "Mẫu" in repr(failure.value)
    assert told(failure.value).startswith("NotNullViolation('null value in column")
    assert "Mẫu" not in told(failure.value)
