"""What one service may do on the bus and in the database, and what it may not."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import nats
import psycopg
import pytest
from nats.aio.client import Client
from nats.js.api import StreamConfig
from psycopg import errors

from deploy.local import databases, processes
from deploy.local.nats import NatsServer, authorization
from libs.serving.migration import migrate_service
from tests.infrastructure import FAST, Postgres, running_postgres

PASSWORDS = {"campaign": "one", "dossier": "two"}


@pytest.fixture
async def bus() -> AsyncIterator[NatsServer]:
    with tempfile.TemporaryDirectory() as home:
        server = NatsServer(
            Path(home), port=processes.free_port(), authorization=authorization(PASSWORDS)
        )
        server.start()
        yield server
        server.kill()


async def test_service_publishes_under_its_own_name_only(bus: NatsServer) -> None:
    campaign, dossier = await _connect(bus, "campaign"), await _connect(bus, "dossier")
    streams = campaign.jetstream(timeout=1)
    await streams.add_stream(StreamConfig(name="CAMPAIGN", subjects=["evt.campaign.>"]))
    await streams.publish("evt.campaign.chi-lang.campaign-launched-v1", b"ours")
    with pytest.raises(nats.errors.TimeoutError):
        await dossier.jetstream(timeout=1).publish("evt.campaign.chi-lang.forged-v1", b"theirs")
    assert (await streams.stream_info("CAMPAIGN")).state.messages == 1
    await campaign.close()
    await dossier.close()


async def test_service_reads_but_does_not_delete_anothers_stream(bus: NatsServer) -> None:
    campaign, dossier = await _connect(bus, "campaign"), await _connect(bus, "dossier")
    streams = campaign.jetstream(timeout=1)
    await streams.add_stream(StreamConfig(name="CAMPAIGN", subjects=["evt.campaign.>"]))
    await streams.publish("evt.campaign.chi-lang.campaign-launched-v1", b"ours")
    theirs = dossier.jetstream(timeout=1)
    reader = await theirs.pull_subscribe("evt.campaign.>", stream="CAMPAIGN")
    (message,) = await reader.fetch(1, timeout=2)
    assert message.data == b"ours"
    with pytest.raises(nats.errors.TimeoutError):
        await theirs.delete_stream("CAMPAIGN")
    assert (await streams.stream_info("CAMPAIGN")).state.messages == 1
    await campaign.close()
    await dossier.close()


async def test_stranger_is_not_served(bus: NatsServer) -> None:
    with pytest.raises(nats.errors.Error, match="Authorization Violation"):
        await nats.connect(bus.url, allow_reconnect=False)


async def _connect(server: NatsServer, service: str) -> Client:
    return await nats.connect(server.url, user=service, password=PASSWORDS[service])


@pytest.fixture(scope="module")
def prepared() -> Iterator[Postgres]:
    """A server of its own: its roles have the names of the product's."""
    services = ("campaign", "dossier")
    passwords = dict.fromkeys((databases.OWNER, "thidua_campaign", "thidua_dossier"), "p")
    for server in running_postgres(FAST):
        for _ in range(2):  # preparing again changes nothing
            databases.prepare(server.dsn(), services, passwords=passwords)
        yield server


def test_service_enters_its_own_database_only(prepared: Postgres) -> None:
    role = databases.application_role("dossier")
    for open_to_it in ("dossier", databases.KEYS):
        psycopg.connect(prepared.dsn(open_to_it, role, "p")).close()
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(prepared.dsn("campaign", role, "p"))


def test_service_reaches_its_own_keys_only(prepared: Postgres) -> None:
    for service in ("campaign", "dossier"):
        migrate_service(
            service,
            prepared.dsn(service, databases.OWNER, "p"),
            prepared.dsn(databases.KEYS, databases.OWNER, "p"),
            role=databases.application_role(service),
        )
    dsn = prepared.dsn(databases.KEYS, databases.application_role("dossier"), "p")
    with psycopg.connect(dsn, autocommit=True) as keys:
        assert keys.execute("SELECT count(*) FROM dossier.data_key").fetchone() == (0,)
        with pytest.raises(errors.InsufficientPrivilege):
            keys.execute("SELECT count(*) FROM campaign.data_key")
        with pytest.raises(errors.InsufficientPrivilege):
            keys.execute("DELETE FROM dossier.data_key")
