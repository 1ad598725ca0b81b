"""A migrated log in a database of its own, and doors into it as the application role."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

import psycopg
import pytest
from eventsourcing.postgres import PostgresDatastore
from psycopg.sql import SQL, Identifier

from libs.eventlog.appender import AsyncAppender, Limits
from libs.eventlog.migrate import migrate
from libs.eventlog.recorder import GroupCommitRecorder, open_datastore
from libs.eventlog.tests.connection_proxy import ConnectionProxy
from tests.infrastructure import Postgres

OWNER, APP = "log_owner", "log_app"
PASSWORD = "only for tests"


@dataclass
class Database:
    """One log, empty at first. Connections that it hands out are closed with it."""

    server: Postgres
    name: str

    def __post_init__(self) -> None:
        self._open: list[Any] = []

    def dsn(self, user: str = APP) -> str:
        return self.server.dsn(self.name, user, PASSWORD)

    def dsn_through(self, proxy: ConnectionProxy, user: str = APP) -> str:
        host, port = proxy.address
        return f"postgresql://{user}:{quote(PASSWORD)}@{host}:{port}/{self.name}"

    def connect(self, user: str = APP, **settings: Any) -> psycopg.Connection[Any]:
        connection = psycopg.connect(self.dsn(user), **{"autocommit": True, **settings})
        self._open.append(connection)
        return connection

    def superuser(self) -> psycopg.Connection[Any]:
        connection = psycopg.connect(self.server.dsn(self.name), autocommit=True)
        self._open.append(connection)
        return connection

    def datastore(self, dsn: str | None = None, **pool: Any) -> PostgresDatastore:
        sizes = {"pool_size": 4, "max_overflow": 16, **pool}
        datastore = open_datastore(dsn or self.dsn(), **sizes)
        self._open.append(datastore)
        return datastore

    def recorder(self, dsn: str | None = None, **pool: Any) -> GroupCommitRecorder:
        return GroupCommitRecorder(self.datastore(dsn, **pool))

    def door(self, dsn: str | None = None, **limits: Any) -> AsyncAppender:
        return AsyncAppender(dsn=dsn or self.dsn(), limits=Limits(**limits))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query by the superuser finds."""
        return self.superuser().execute(query).fetchall()

    def stored(self) -> list[tuple[int, UUID, int]]:
        """(position, stream, version) of every event, by position."""
        return self.rows(
            "SELECT notification_id, originator_id, originator_version FROM log.events ORDER BY 1"
        )

    def close(self) -> None:
        for connection in reversed(self._open):
            connection.close()


@pytest.fixture(scope="session")
def roles(postgres: Postgres) -> None:
    with psycopg.connect(postgres.dsn(), autocommit=True) as superuser:
        for role in (OWNER, APP):
            superuser.execute(
                SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(Identifier(role), PASSWORD)
            )


@pytest.fixture
def empty_database(postgres: Postgres, roles: None) -> Iterator[Database]:  # noqa: ARG001
    database = Database(postgres, postgres.create_database("log"))
    with psycopg.connect(postgres.dsn(), autocommit=True) as superuser:
        superuser.execute(
            SQL("ALTER DATABASE {} OWNER TO {}").format(
                Identifier(database.name), Identifier(OWNER)
            )
        )
    yield database
    database.close()
    with psycopg.connect(postgres.dsn(), autocommit=True) as superuser:
        superuser.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(database.name)))


@pytest.fixture
def database(empty_database: Database) -> Database:
    migrate(empty_database.dsn(OWNER), app_role=APP)
    return empty_database


@pytest.fixture
def connection_proxy(postgres: Postgres) -> Iterator[ConnectionProxy]:
    proxy = ConnectionProxy(postgres.address)
    yield proxy
    proxy.close()
