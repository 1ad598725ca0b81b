"""The servers that every other test stands on."""

import asyncio

import nats
import psycopg
import pytest

from deploy.local.postgres import url
from tests.infrastructure import Nats, Postgres


def test_databases_of_two_tests_are_apart(postgres: Postgres) -> None:
    first, second = postgres.create_database(), postgres.create_database()
    with psycopg.connect(postgres.dsn(first)) as connection:
        connection.execute("CREATE TABLE mine ()")
    with psycopg.connect(postgres.dsn(second)) as connection:
        assert connection.execute("SELECT to_regclass('mine')").fetchone() == (None,)


def test_committed_row_survives_an_immediate_shutdown(fresh_postgres: Postgres) -> None:
    with psycopg.connect(fresh_postgres.dsn(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    fresh_postgres.kill()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(fresh_postgres.dsn())
    fresh_postgres.start()
    fresh_postgres.restart()
    with psycopg.connect(fresh_postgres.dsn()) as connection:
        assert connection.execute("SELECT one FROM kept").fetchall() == [(1,)]


def test_postgres_is_reached_over_tcp_too(postgres: Postgres) -> None:
    host, port = postgres.address
    with psycopg.connect(postgres.dsn(host=host)) as connection:
        assert connection.info.port == port


def test_url_quotes_what_a_password_may_hold() -> None:
    socket = url("dossier", "thidua_dossier", "a@/:b", "/run/thidua", 5432)
    assert (
        socket == "postgresql://thidua_dossier:a%40%2F%3Ab@/dossier?host=%2Frun%2Fthidua&port=5432"
    )
    assert url("audit", "me", None, "db", 5433) == "postgresql://me@db:5433/audit"


async def test_acknowledged_message_survives_kill_but_not_wipe(fresh_nats: Nats) -> None:
    connection = await nats.connect(fresh_nats.url)
    streams = connection.jetstream()
    await streams.add_stream(name="KEPT", subjects=["kept.>"])
    await streams.publish("kept.one", b"1")
    fresh_nats.kill()
    fresh_nats.start()
    assert await _messages(fresh_nats) == {"KEPT": 1}
    fresh_nats.wipe()
    assert await _messages(fresh_nats) == {}
    await connection.close()


async def test_paused_server_is_silent_until_it_is_resumed(fresh_nats: Nats) -> None:
    fresh_nats.pause()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await nats.connect(fresh_nats.url, connect_timeout=10)
    fresh_nats.resume()
    assert await _messages(fresh_nats) == {}


async def _messages(server: Nats) -> dict[str | None, int]:
    connection = await nats.connect(server.url)
    found = await connection.jetstream().streams_info()
    await connection.close()
    return {stream.config.name: stream.state.messages for stream in found}
