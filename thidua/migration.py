"""Brings a service's database, and its room in the database of personal keys, up to date."""

from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from libs.eventlog import vault
from libs.eventlog.migrate import migrate as migrate_log

CHECKOUT = Path(__file__).resolve().parents[1]


def migrate(service: str, *, owner_dsn: str, keys_owner_dsn: str, app_role: str) -> None:
    """Runs as the owner of both databases; running it again changes nothing.

    The log first, then `services/<service>/migrations/*.sql` in the order of their names, in which
    `{app}` stands for the application role. Raises psycopg.Error.
    """
    migrate_log(owner_dsn, app_role=app_role)
    role = Identifier(app_role).as_string()
    with psycopg.connect(owner_dsn) as connection:
        for script in sorted((CHECKOUT / "services" / service / "migrations").glob("*.sql")):
            connection.execute(script.read_bytes().replace(b"{app}", role.encode()))
    _make_room_for_keys(keys_owner_dsn, schema=service, app_role=app_role)


def migrate_from(service: str, environment: Mapping[str, str]) -> None:
    """The same with THIDUA_OWNER_DSN and THIDUA_KEYS_OWNER_DSN, and their password, if it is
    not in them, from THIDUA_OWNER_PASSWORD_FILE. Raises KeyError with the name of what is missing.
    """
    password = None
    if path := environment.get("THIDUA_OWNER_PASSWORD_FILE"):
        password = Path(path).read_text().strip()
    migrate(
        service,
        owner_dsn=_with_password(environment["THIDUA_OWNER_DSN"], password),
        keys_owner_dsn=_with_password(environment["THIDUA_KEYS_OWNER_DSN"], password),
        app_role=environment.get("THIDUA_APP_ROLE", f"thidua_{service}"),
    )


def _make_room_for_keys(owner_dsn: str, *, schema: str, app_role: str) -> None:
    app, room = Identifier(app_role), Identifier(schema)
    with psycopg.connect(owner_dsn) as connection:
        connection.execute(SQL("CREATE SCHEMA IF NOT EXISTS {}").format(room))
        connection.execute(SQL("SET LOCAL search_path TO {}").format(room))
        connection.execute(vault.SCHEMA.encode())
        connection.execute(SQL("GRANT USAGE ON SCHEMA {} TO {}").format(room, app))
        # UPDATE is how a key is destroyed; a row stays, so that nobody mints the key anew.
        connection.execute(
            SQL("GRANT SELECT, INSERT, UPDATE ON {}.data_key TO {}").format(room, app)
        )


def _with_password(dsn: str, password: str | None) -> str:
    if password is None:
        return dsn
    return psycopg.conninfo.make_conninfo(dsn, password=password)
