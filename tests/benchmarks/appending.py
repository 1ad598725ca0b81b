"""Appending at the services' own door against other ways of keeping events in PostgreSQL."""

from collections.abc import Callable

from deploy.local.postgres import SUPERUSER
from libs.serving.tests.databases import service_databases
from tests.benchmarks import message_db, pgbench
from tests.benchmarks.append_worker import STATE
from tests.benchmarks.report import Result, paired_ratio
from tests.benchmarks.rig import Rig

CALLERS = 32
OURS, LIBRARY, MESSAGE_DB, PGBENCH = "group commit", "library", "message db", "pgbench"
Variant = Callable[[], dict[str, float]]


def measure(rig: Rig) -> Result:
    notes = [f"{CALLERS} callers, one event of {len(STATE)} bytes per call, each on a new stream"]
    variants = {OURS: _ours(rig), LIBRARY: _library(rig)}
    for name, rival in ((MESSAGE_DB, _message_db), (PGBENCH, _pgbench)):
        try:
            variants[name] = rival(rig)
        except LookupError as absent:
            notes.append(f"{name}: {absent}")
    repeats = rig.interleaved(variants)
    figures = {
        "append_vs_library": paired_ratio(repeats, OURS, LIBRARY),
        "append_vs_message_db": paired_ratio(repeats, OURS, MESSAGE_DB),
        "append_vs_pgbench": paired_ratio(repeats, OURS, PGBENCH),
    }
    return Result(repeats, figures, notes)


def _worker(rig: Rig, variant: str, **more: str | int) -> Variant:
    told = {"variant": variant, "callers": CALLERS, "seconds": rig.seconds, **more}
    return lambda: rig.child("append_worker", told)


def _ours(rig: Rig) -> Variant:
    return _worker(rig, OURS, dsn=service_databases(rig.postgres, "dossier").dsn)


def _library(rig: Rig) -> Variant:
    server = rig.postgres
    database = server.create_database("library")
    return _worker(
        rig, LIBRARY, database=database, host=server.host, port=server.port, user=SUPERUSER
    )


def _message_db(rig: Rig) -> Variant:
    source = message_db.fetch(rig.folder)
    database = rig.postgres.create_database("message_db")
    message_db.install(source, rig.postgres.dsn(database), database)
    return _worker(rig, MESSAGE_DB, dsn=rig.postgres.dsn(database))


def _pgbench(rig: Rig) -> Variant:
    program = pgbench.find()
    database = rig.postgres.create_database("pgbench")
    pgbench.prepare(rig.postgres.dsn(database))
    return lambda: pgbench.run(
        program,
        rig.postgres,
        database,
        clients=CALLERS,
        seconds=rig.seconds,
        folder=rig.folder,
    )
