"""Real servers for tests: `postgres`, `nats_server` (one per session), `fresh_…` (one per test).

INFRA=local (default) runs the programs of the installed wheels; INFRA=docker runs the images the
product is deployed on. Both kinds of server offer the same methods.
"""

import importlib
import os
import shutil
import signal
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Protocol

import psycopg
import pytest

from deploy.local import processes
from deploy.local.nats import NatsServer
from deploy.local.postgres import SUPERUSER, PostgresServer

FAST = {"fsync": "off", "synchronous_commit": "on", "max_connections": "200"}
DURABLE = {"fsync": "on", "max_connections": "200"}


class Postgres(Protocol):
    """A PostgreSQL server a test may hurt.

    `host` is the folder of its socket or a host name; `address` reaches it over TCP, for proxies.
    """

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def address(self) -> tuple[str, int]: ...
    def dsn(
        self,
        database: str = SUPERUSER,
        user: str = SUPERUSER,
        password: str | None = None,
        host: str | None = None,
    ) -> str: ...
    def create_database(self, prefix: str = "t") -> str: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def kill(self) -> None: ...
    def restart(self) -> None: ...


class Nats(Protocol):
    """A NATS server a test may hurt. `url` stays the same across restarts."""

    @property
    def url(self) -> str: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def kill(self) -> None: ...
    def wipe(self) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...


class LocalPostgres(PostgresServer):
    def __init__(self, home: Path, settings: dict[str, str]) -> None:
        port = processes.free_port()
        super().__init__(home, port=port, listen="127.0.0.1", settings=settings)

    @property
    def address(self) -> tuple[str, int]:
        return "127.0.0.1", self.port

    def create_database(self, prefix: str = "t") -> str:
        return create_database(self.dsn(), prefix)


class LocalNats(NatsServer):
    def __init__(self, home: Path) -> None:
        super().__init__(home, port=processes.free_port())

    def wipe(self) -> None:
        self.kill()
        shutil.rmtree(self.store)
        self.start()

    def pause(self) -> None:
        self.send(signal.SIGSTOP)

    def resume(self) -> None:
        self.send(signal.SIGCONT)


def create_database(dsn: str, prefix: str) -> str:
    """Creates an empty database with a name of its own on the server of `dsn`; returns the name."""
    name = f"{prefix}_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return name


def running_postgres(settings: dict[str, str]) -> Iterator[Postgres]:
    """A started server with these parameters; gone, data and all, when the iterator is closed."""
    if infrastructure() == "docker":
        yield from _containers().running_postgres(settings)
        return
    home = _postgres_home()
    server = LocalPostgres(home, settings)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(home)


def running_nats() -> Iterator[Nats]:
    """A started server; gone, streams and all, when the iterator is closed."""
    if infrastructure() == "docker":
        yield from _containers().running_nats()
        return
    home = Path(tempfile.mkdtemp(prefix="thidua-test-"))
    server = LocalNats(home)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(home)


def infrastructure() -> str:
    chosen = os.environ.get("INFRA", "local")
    if chosen not in ("local", "docker"):
        pytest.exit(f"INFRA={chosen}: use local or docker", 3)
    return chosen


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for the whole run, without fsync; take a database of your own from it."""
    yield from running_postgres(FAST)


@pytest.fixture
def fresh_postgres() -> Iterator[Postgres]:
    """A server of the test's own, as durable as in production, to be stopped and killed at will."""
    yield from running_postgres(DURABLE)


@pytest.fixture(scope="session")
def nats_server() -> Iterator[Nats]:
    """One server for the whole run; name streams and subjects so that tests do not meet."""
    yield from running_nats()


@pytest.fixture
def fresh_nats() -> Iterator[Nats]:
    """A server of the test's own, to be killed, paused and wiped at will."""
    yield from running_nats()


def _containers() -> ModuleType:
    # testcontainers reads its settings when it is imported, and asks for an image we do not use.
    os.environ["TESTCONTAINERS_RYUK_DISABLED"] = "true"
    return importlib.import_module("tests.containers")


def _postgres_home() -> Path:
    account = processes.service_account()
    if account is None:
        return Path(tempfile.mkdtemp(prefix="thidua-test-"))
    home = Path(tempfile.mkdtemp(prefix="thidua-test-", dir="/var/lib"))
    os.chown(home, account.pw_uid, account.pw_gid)
    return home
