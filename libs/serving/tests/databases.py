"""Databases of a service for tests: migrated like the real ones, used through its role."""

from dataclasses import dataclass

import psycopg
from psycopg.sql import SQL, Identifier

from libs.serving.migration import app_role, migrate_service
from tests.infrastructure import Postgres

PASSWORD = "of-a-test"  # a server in a container asks for one, the embedded one takes any


@dataclass(frozen=True)
class ServiceDatabases:
    dsn: str
    keys_dsn: str
    owner_dsn: str


def service_databases(postgres: Postgres, service: str) -> ServiceDatabases:
    """Fresh databases of one service and the DSNs of its application role."""
    role = make_role(postgres, service)
    database, keys = postgres.create_database(service), postgres.create_database("keys")
    migrate_service(service, postgres.dsn(database), postgres.dsn(keys), role=role)
    return ServiceDatabases(
        postgres.dsn(database, role, PASSWORD),
        postgres.dsn(keys, role, PASSWORD),
        postgres.dsn(database),
    )


def make_role(postgres: Postgres, service: str) -> str:
    """The application role of `service`, with PASSWORD, on a server where it may exist already."""
    role = app_role(service)
    with psycopg.connect(postgres.dsn(), autocommit=True) as superuser:
        known = superuser.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        if known is None:
            superuser.execute(
                SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(Identifier(role), PASSWORD)
            )
    return role
