"""Brings a service's database to the present schema: tables, triggers, rights.

Run by the owner of the database as a step of its own, before the services start. The application
role exists already (it is made by who runs the database) and never creates a table of the log.
"""

from uuid import UUID

import psycopg
from psycopg.sql import SQL, Identifier

from libs.eventlog import positions
from libs.eventlog.recorder import GroupCommitRecorder, open_datastore
from libs.eventlog.tables import Tables

LOCK = "eventlog.migrate"
LOCK_TIMEOUT = "30s"  # a table that somebody keeps locked stops the migration, not the service


def migrate(owner_dsn: str, *, app_role: str, tables: Tables | None = None) -> None:
    """Creates or updates everything the log needs; running it again changes nothing.

    `owner_dsn`: a role that owns the database. Several may run at once: they take turns.
    Raises psycopg.Error, or PersistenceError of the eventsourcing library.
    """
    tables = tables or Tables()
    with psycopg.connect(owner_dsn, autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(hashtext(%s))", (LOCK,))
        owner.execute("SELECT set_config('lock_timeout', %s, false)", (LOCK_TIMEOUT,))
        _only_this_service_connects(owner, app_role)
        owner.execute(SQL("CREATE SCHEMA IF NOT EXISTS {}").format(Identifier(tables.schema)))
        _create_log(owner_dsn, tables, app_role)
        _create_following(owner, app_role)
        _create_views(owner, app_role)


def renew_epoch(owner_dsn: str, *, tables: Tables | None = None) -> UUID:
    """After a restore from a backup: a new epoch, so that no follower trusts its old position."""
    statement = (tables or Tables()).sql(
        "UPDATE {epoch} SET epoch = gen_random_uuid() RETURNING epoch"
    )
    with psycopg.connect(owner_dsn) as owner:
        row = owner.execute(statement).fetchone()
    if row is None:
        raise LookupError("the log has no epoch: migrate first")
    epoch: UUID = row[0]
    return epoch


def _only_this_service_connects(owner: psycopg.Connection, app_role: str) -> None:
    """CREATE lets the application build views beside the live ones and swap the schemas."""
    name, app = Identifier(owner.info.dbname), Identifier(app_role)
    owner.execute(SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    owner.execute(SQL("GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {} TO {}").format(name, app))


def _create_log(owner_dsn: str, tables: Tables, app_role: str) -> None:
    with open_datastore(owner_dsn, tables=tables, pool_size=1) as datastore:
        recorder = GroupCommitRecorder(
            datastore, events_table_name=tables.events, tracking_table_name=tables.tracking
        )
        recorder.create_table()
        recorder.grant(app_role)


def _create_following(owner: psycopg.Connection, app_role: str) -> None:
    """What we read from other services' logs; the application adds tables of its own there."""
    app = Identifier(app_role)
    with owner.transaction():
        owner.execute(SQL(positions.SCHEMA).format())
        owner.execute(SQL(positions.GRANTS).format(role=app))
        owner.execute(SQL("GRANT CREATE ON SCHEMA following TO {}").format(app))


def _create_views(owner: psycopg.Connection, app_role: str) -> None:
    """The schema must belong to the application, which swaps it. An owner that may not give it away
    leaves its creation to the application's first start."""
    may = owner.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", (app_role,)).fetchone()
    if may == (True,):
        owner.execute(
            SQL("CREATE SCHEMA IF NOT EXISTS views AUTHORIZATION {}").format(Identifier(app_role))
        )
