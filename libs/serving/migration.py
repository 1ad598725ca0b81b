"""Everything a service's databases need before it starts; run by the owner, safe to repeat."""

from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from libs.eventlog import vault
from libs.eventlog.migrate import migrate

SERVICES = Path(__file__).parents[2] / "services"


def app_role(service: str) -> str:
    return f"thidua_{service}"


def migrate_service(service: str, owner_dsn: str, keys_owner_dsn: str, *, role: str) -> None:
    """The log, the service's own tables (services/<service>/migrations/*.sql) and its key schema.

    `role` is the application role, for which `{app}` stands in a migration. Raises psycopg.Error.
    """
    migrate(owner_dsn, app_role=role)
    with psycopg.connect(owner_dsn) as owner:
        for path in sorted((SERVICES / service / "migrations").glob("*.sql")):
            app = Identifier(role).as_string().encode()
            owner.execute(path.read_bytes().replace(b"{app}", app))
    migrate_keys(service, keys_owner_dsn, role=role)


def migrate_keys(schema: str, keys_owner_dsn: str, *, role: str) -> None:
    """The schema of one service's keys in the key database: its role reads, mints and erases."""
    with psycopg.connect(keys_owner_dsn) as owner:
        owner.execute("SELECT pg_advisory_xact_lock(hashtext('keys.migrate'))")
        name, app = Identifier(schema), Identifier(role)
        database = Identifier(owner.info.dbname)
        owner.execute(SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        owner.execute(SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, app))
        owner.execute(SQL("CREATE SCHEMA IF NOT EXISTS {}").format(name))
        owner.execute(SQL("SET LOCAL search_path TO {}").format(name))
        owner.execute(vault.SCHEMA)
        owner.execute(SQL("GRANT USAGE ON SCHEMA {} TO {}").format(name, app))
        # UPDATE is how a key is destroyed; a row stays, so that nobody mints the key anew.
        owner.execute(SQL("GRANT SELECT, INSERT, UPDATE ON data_key TO {}").format(app))
