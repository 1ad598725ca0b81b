"""A real command over HTTP against the same change without a log, alone and with its followers."""

import statistics
import subprocess
import time
from contextlib import ExitStack

import msgspec
import psycopg
from psycopg.types.json import Jsonb

from deploy.local import processes
from libs.serving.acting import Acting, signed
from libs.serving.tests import signing
from libs.serving.tests.databases import ServiceDatabases, service_databases
from tests.benchmarks import rival_app
from tests.benchmarks.campaigns import FIELD, draft_campaigns, title
from tests.benchmarks.following import TABLE
from tests.benchmarks.latency import until_followed
from tests.benchmarks.report import Result, median, paired_ratio
from tests.benchmarks.rig import Rig, answers, cpu_seconds

CLIENTS = 16
REMEMBERED, FORGOTTEN = 1000, 3000  # campaigns: fewer and more than a service keeps in memory
FOLLOWED = 60  # commands timed until their row, each repeat
COMMAND, COLD, PIPELINE = "command", "command, state not in memory", "pipeline"
SQLALCHEMY, EMPTY, SHAPE = "sqlalchemy", "empty endpoint", "empty, same path and body"
CATCH_UP_WITHIN = 60.0  # seconds

BY = signing.official("specialist", unit="ldtbxh-dt", duty="lead-office", lasts=3600)


def measure_command(rig: Rig) -> Result:
    with ExitStack() as stack:
        return _measure(rig, _Servers(rig, stack), with_pipeline=False)


def measure_pipeline(rig: Rig) -> Result:
    with ExitStack() as stack:
        return _measure(rig, _Servers(rig, stack), with_pipeline=True)


def _measure(rig: Rig, servers: "_Servers", *, with_pipeline: bool) -> Result:
    known, many = _paths(servers.service(COMMAND, REMEMBERED + FORGOTTEN)), _paths(servers.rival())
    shape = [f"/empty{path}" for path in many]
    variants = {
        COMMAND: lambda: servers.load(COMMAND, known[:REMEMBERED], once_before=True),
        COLD: lambda: servers.load(COMMAND, known[REMEMBERED:]),
        SQLALCHEMY: lambda: servers.load(SQLALCHEMY, many),
        EMPTY: lambda: servers.load(SQLALCHEMY, ["/empty"] * CLIENTS),
        SHAPE: lambda: servers.load(SQLALCHEMY, shape),
    }
    if with_pipeline:
        pipeline = Pipeline(servers)
        variants[PIPELINE] = pipeline.measure
    repeats = rig.interleaved(variants)
    figures = {
        "command_vs_sqlalchemy": paired_ratio(repeats, COMMAND, SQLALCHEMY),
        "command_vs_empty": paired_ratio(repeats, COMMAND, EMPTY),
    }
    what = f"POST /campaigns/…/fields/…/confirmation over {REMEMBERED} drafts of the example plan"
    notes = [
        f"{CLIENTS} keep-alive clients, one uvicorn worker; {what}",
        f"{COLD}: over {FORGOTTEN}, so that every command reads its stream",
        "server_us: CPU of the server process per request; client_cpu: cores the load takes",
    ]
    if with_pipeline:
        notes.append("behind_s: until the follower had everything, after the load had ended")
        figures["pipeline_vs_command"] = paired_ratio(repeats, PIPELINE, COMMAND)
        figures["follow_p50_ms"] = median(repeats, PIPELINE, "follow_p50_ms")
    return Result(repeats, figures, notes)


def _paths(ids: list[str]) -> list[str]:
    return [f"/campaigns/{id}/fields/{FIELD}/confirmation" for id in ids]


def token(by: Acting) -> str:
    return signed(by, signing.KEY, issued=int(time.time()))


class _Servers:
    """The HTTP servers of the part, and the load on them."""

    def __init__(self, rig: Rig, stack: ExitStack) -> None:
        self.rig, self.stack = rig, stack
        self.ports: dict[str, int] = {}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.databases: dict[str, ServiceDatabases] = {}

    def service(self, name: str, drafts: int) -> list[str]:
        """A campaign service with its drafts; returns their ids."""
        self.databases[name] = service_databases(self.rig.postgres, "campaign")
        ids = draft_campaigns(self.databases[name].dsn, drafts, BY)
        self._start(name, ["-m", "thidua", "serve", "campaign"], self.databases[name].dsn)
        return ids

    def rival(self) -> list[str]:
        dsn = self.rig.postgres.dsn(self.rig.postgres.create_database("rival"))
        with psycopg.connect(dsn) as owner:
            owner.execute(rival_app.TABLES.encode())
            drafts = "INSERT INTO campaign SELECT gen_random_uuid(), %s, 'draft', %s FROM "
            drafts += "generate_series(1, %s) RETURNING id::text"
            ids = owner.execute(drafts, [BY.authority, title(), REMEMBERED]).fetchall()
            fields = "INSERT INTO field SELECT id, %s || n, %s, false, 1 "
            fields += "FROM campaign, generate_series(0, 29) n"
            owner.execute(fields, [FIELD.rstrip("0"), Jsonb("x" * 80)])
        self._start(SQLALCHEMY, ["-m", "tests.benchmarks.rival_app"], dsn)
        return [id for (id,) in ids]

    def load(self, name: str, paths: list[str], *, once_before: bool = False) -> dict[str, float]:
        """What the clients saw, and the server's CPU time per request in microseconds.

        `once_before`: every path is asked once before the clock starts, so that states which fit
        into memory are there.
        """
        warm_up = len(paths) // CLIENTS + 1 if once_before else 1
        told = {
            "port": self.ports[name],
            "clients": CLIENTS,
            "seconds": self.rig.seconds,
            "token": token(BY),
            "paths": paths,
            "warm_up": warm_up,
        }
        before = cpu_seconds(self.processes[name].pid)
        found = self.rig.child("load", told)
        took = cpu_seconds(self.processes[name].pid) - before
        requests = found["rate"] * self.rig.seconds + warm_up * CLIENTS
        return found | {"server_us": took / requests * 1e6}

    def _start(self, name: str, command: list[str], dsn: str) -> None:
        port = self.ports[name] = processes.free_port()
        environment = {
            "THIDUA_PORT": str(port),
            "THIDUA_DATABASE_DSN": dsn,
            "THIDUA_NATS_URL": self.rig.nats.url,
            "THIDUA_LOG_TOKEN_FILE": self.rig.secret("log-token", signing.LOG_TOKEN),
            "THIDUA_DIRECTORY_URL": "http://127.0.0.1:9",
            "THIDUA_DIRECTORY_KEYS_FILE": self.rig.secret("keys", signing.KEYS),
            "THIDUA_EVIDENCE_DIR": str(self.rig.folder),
            "THIDUA_ROLES": "api",
        }
        process = self.processes[name] = self.rig.start(self.stack, name, command, environment)
        log = self.rig.folder / f"{name}.log"
        answers(f"http://127.0.0.1:{port}/health/ready", process, log)


class Pipeline:
    """A second campaign service, with relay and follower beside it on the same cores."""

    def __init__(self, servers: _Servers) -> None:
        self._servers, self._rig = servers, servers.rig
        self._paths = _paths(servers.service(PIPELINE, REMEMBERED))
        followers = service_databases(self._rig.postgres, "benchmark")
        with psycopg.connect(followers.owner_dsn) as owner:
            owner.execute(TABLE.encode())
        self._dsn = followers.dsn
        port, nats = servers.ports[PIPELINE], self._rig.nats.url
        self._start("relay", {"dsn": servers.databases[PIPELINE].dsn, "nats_url": nats})
        self._start(
            "follower",
            {
                "dsn": self._dsn,
                "nats_url": nats,
                "log_url": f"http://127.0.0.1:{port}/log",
                "log_token": signing.LOG_TOKEN,
            },
        )
        self._drained()

    def measure(self) -> dict[str, float]:
        found = self._servers.load(PIPELINE, self._paths, once_before=True)
        begun = time.monotonic()
        self._drained()
        behind = time.monotonic() - begun
        took = until_followed(
            self._servers.ports[PIPELINE], self._paths, token(BY), self._dsn, FOLLOWED
        )
        return found | {
            "behind_s": behind,
            "follow_p50_ms": statistics.median(took) * 1000,
        }

    def _start(self, part: str, told: dict[str, str]) -> None:
        arguments = msgspec.json.encode(told).decode()
        command = ["-m", "tests.benchmarks.following", part, arguments]
        self._rig.start(self._servers.stack, part, command)

    def _drained(self) -> None:
        """Waits until the follower has everything, so that no turn pays for another's."""
        with (
            psycopg.connect(self._servers.databases[PIPELINE].dsn, autocommit=True) as log,
            psycopg.connect(self._dsn, autocommit=True) as db,
        ):
            row = log.execute("SELECT max(notification_id) FROM log.events").fetchone()
            deadline = time.monotonic() + CATCH_UP_WITHIN
            while time.monotonic() < deadline:
                at = db.execute("SELECT max(position) FROM following.follower").fetchone()
                if at == row:
                    return
                time.sleep(0.02)
        raise RuntimeError("the follower did not catch up")
