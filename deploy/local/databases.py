"""Roles and databases of the services: each service its own, and none may enter another's."""

from collections.abc import Iterable

import psycopg
from psycopg.sql import SQL, Identifier, Literal

OWNER = "thidua_owner"
KEYS = "keys"


def application_role(service: str) -> str:
    return f"thidua_{service}"


def prepare(superuser_dsn: str, services: Iterable[str], *, passwords: dict[str, str]) -> None:
    """Creates the owner, a role and a database per service, and the database of personal keys.

    `passwords`: by role name. Running it again sets the passwords anew and changes nothing else.
    """
    services = tuple(services)
    with psycopg.connect(superuser_dsn, autocommit=True) as connection:
        for role in (OWNER, *map(application_role, services)):
            _role(connection, role, passwords[role])
        for service in services:
            # A member may hand schemas over to the role; it gains nothing it could not do already.
            connection.execute(
                SQL("GRANT {} TO {}").format(
                    Identifier(application_role(service)), Identifier(OWNER)
                )
            )
            _database(connection, service, [application_role(service)])
        _database(connection, KEYS, [application_role(service) for service in services])


def _role(connection: psycopg.Connection, name: str, password: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone()
    statement = (
        SQL("ALTER ROLE {} PASSWORD {}") if known else SQL("CREATE ROLE {} LOGIN PASSWORD {}")
    )
    connection.execute(statement.format(Identifier(name), Literal(password)))


def _database(connection: psycopg.Connection, name: str, users: list[str]) -> None:
    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
    database, owner = Identifier(name), Identifier(OWNER)
    if not known:
        connection.execute(SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
    connection.execute(SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    for user in users:
        connection.execute(
            SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, Identifier(user))
        )
