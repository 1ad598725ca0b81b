from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from libs.eventlog.migrate import migrate, renew_epoch
from libs.eventlog.tests.conftest import APP, OWNER, Database
from libs.eventlog.tests.events import event


def test_replicas_may_migrate_at_once_and_again(empty_database: Database) -> None:
    owner = empty_database.dsn(OWNER)
    with ThreadPoolExecutor(4) as replicas:
        list(replicas.map(lambda _: migrate(owner, app_role=APP), range(4)))
    recorder = empty_database.recorder()
    stream = uuid4()
    assert recorder.insert_events([event(stream)], key="k", fingerprint=b"f") == [1]
    epoch = empty_database.connect().execute("SELECT epoch FROM log.epoch").fetchall()

    migrate(owner, app_role=APP)

    assert recorder.insert_events([event(stream, 2)]) == [2]
    assert empty_database.connect().execute("SELECT epoch FROM log.epoch").fetchall() == epoch


def test_migrating_does_not_disturb_writers(database: Database) -> None:
    recorder = database.recorder()
    with ThreadPoolExecutor(8) as threads:
        written = [threads.submit(recorder.insert_events, [event()]) for _ in range(200)]
        migrate(database.dsn(OWNER), app_role=APP)
    assert sorted(ids[0] for w in written if (ids := w.result())) == list(range(1, 201))


def test_restored_log_gets_another_epoch(database: Database) -> None:
    app = database.connect()
    before = app.execute("SELECT epoch FROM log.epoch").fetchone()
    renewed = renew_epoch(database.dsn(OWNER))
    assert app.execute("SELECT epoch FROM log.epoch").fetchall() == [(renewed,)] != [before]


def test_views_are_the_applications_own(database: Database) -> None:
    app = database.connect()
    app.execute("CREATE SCHEMA IF NOT EXISTS views; CREATE TABLE views.live (n int)")
    app.execute("CREATE SCHEMA views_next; ALTER SCHEMA views RENAME TO views_old")
    app.execute("ALTER SCHEMA views_next RENAME TO views; DROP SCHEMA views_old CASCADE")
    owned = "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'views'"
    assert app.execute(owned).fetchall() == [(APP,)]


def test_other_roles_do_not_get_in(database: Database) -> None:
    found = database.connect().execute(
        "SELECT rolname FROM pg_roles WHERE NOT rolsuper AND NOT rolname LIKE 'pg\\_%' "
        "AND has_database_privilege(rolname, current_database(), 'CONNECT') ORDER BY rolname"
    )
    assert found.fetchall() == [(APP,), (OWNER,)]
