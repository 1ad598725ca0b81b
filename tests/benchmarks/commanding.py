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
from tests.benchmarks.rig import Rig, answers

CLIENTS = 16
CAMPAIGNS = 1000  # as many states as a service keeps in memory
FOLLOWED = 60  # commands timed until their row, each repeat
COMMAND, PIPELINE, SQLALCHEMY, EMPTY = "command", "pipeline", "sqlalchemy", "empty endpoint"
CATCH_UP_WITHIN = 60.0  # seconds

BY = signing.official("specialist", unit="ldtbxh-dt", duty="lead-office", lasts=3600)


def measure_command(rig: Rig) -> Result:
    with ExitStack() as stack:
        return _measure(rig, _Servers(rig, stack), with_pipeline=False)


def measure_pipeline(rig: Rig) -> Result:
    with ExitStack() as stack:
        return _measure(rig, _Servers(rig, stack), with_pipeline=True)


def _measure(rig: Rig, servers: "_Servers", *, with_pipeline: bool) -> Result:
    ids = servers.service(COMMAND)
    rival_ids = servers.rival()
    variants = {
        COMMAND: lambda: servers.load(COMMAND, _paths(ids)),
        SQLALCHEMY: lambda: servers.load(SQLALCHEMY, _paths(rival_ids)),
        EMPTY: lambda: servers.load(SQLALCHEMY, ["/empty"] * CLIENTS),
    }
    if with_pipeline:
        pipeline = Pipeline(servers)
        variants[PIPELINE] = pipeline.measure
    repeats = rig.interleaved(variants)
    figures = {
        "command_vs_sqlalchemy": paired_ratio(repeats, COMMAND, SQLALCHEMY),
        "command_vs_empty": paired_ratio(repeats, COMMAND, EMPTY),
    }
    what = f"POST /campaigns/…/fields/…/confirmation over {CAMPAIGNS} drafts of the example plan"
    notes = [f"{CLIENTS} keep-alive clients, one uvicorn worker; {what}"]
    if with_pipeline:
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
        self.databases: dict[str, ServiceDatabases] = {}

    def service(self, name: str) -> list[str]:
        """A campaign service with its drafts; returns their ids."""
        self.databases[name] = service_databases(self.rig.postgres, "campaign")
        ids = draft_campaigns(self.databases[name].dsn, CAMPAIGNS, BY)
        self._start(name, ["-m", "thidua", "serve", "campaign"], self.databases[name].dsn)
        return ids

    def rival(self) -> list[str]:
        dsn = self.rig.postgres.dsn(self.rig.postgres.create_database("rival"))
        with psycopg.connect(dsn) as owner:
            owner.execute(rival_app.TABLES.encode())
            drafts = "INSERT INTO campaign SELECT gen_random_uuid(), %s, 'draft', %s FROM "
            drafts += "generate_series(1, %s) RETURNING id::text"
            ids = owner.execute(drafts, [BY.authority, title(), CAMPAIGNS]).fetchall()
            fields = "INSERT INTO field SELECT id, %s || n, %s, false, 1 "
            fields += "FROM campaign, generate_series(0, 29) n"
            owner.execute(fields, [FIELD.rstrip("0"), Jsonb("x" * 80)])
        self._start(SQLALCHEMY, ["-m", "tests.benchmarks.rival_app"], dsn)
        return [id for (id,) in ids]

    def load(self, name: str, paths: list[str]) -> dict[str, float]:
        return self.rig.child(
            "load",
            {
                "port": self.ports[name],
                "clients": CLIENTS,
                "seconds": self.rig.seconds,
                "token": token(BY),
                "paths": paths,
            },
        )

    def _start(self, name: str, command: list[str], dsn: str) -> subprocess.Popen[bytes]:
        port = self.ports[name] = processes.free_port()
        environment = {
            "THIDUA_PORT": str(port),
            "THIDUA_DATABASE_DSN": dsn,
            "THIDUA_NATS_URL": self.rig.nats.url,
            "THIDUA_LOG_TOKEN_FILE": self.rig.secret("log-token", signing.LOG_TOKEN),
            "THIDUA_DIRECTORY_URL": "http://127.0.0.1:9",
            "THIDUA_DIRECTORY_KEYS_FILE": self.rig.secret("keys", signing.KEYS),
            "THIDUA_ROLES": "api",
        }
        process = self.rig.start(self.stack, name, command, environment)
        log = self.rig.folder / f"{name}.log"
        answers(f"http://127.0.0.1:{port}/health/ready", process, log)
        return process


class Pipeline:
    """A second campaign service, with relay and follower beside it on the same cores."""

    def __init__(self, servers: _Servers) -> None:
        self._servers, self._rig = servers, servers.rig
        self._paths = _paths(servers.service(PIPELINE))
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
        before = self._followed()
        found = self._servers.load(PIPELINE, self._paths)
        followed = (self._followed() - before) / self._rig.seconds
        begun = time.monotonic()
        self._drained()
        drained = time.monotonic() - begun
        took = until_followed(
            self._servers.ports[PIPELINE], self._paths, token(BY), self._dsn, FOLLOWED
        )
        return found | {
            "followed": followed,
            "drain_s": drained,
            "follow_p50_ms": statistics.median(took) * 1000,
        }

    def _start(self, part: str, told: dict[str, str]) -> None:
        arguments = msgspec.json.encode(told).decode()
        command = ["-m", "tests.benchmarks.following", part, arguments]
        self._rig.start(self._servers.stack, part, command)

    def _followed(self) -> int:
        with psycopg.connect(self._dsn) as db:
            row = db.execute("SELECT count(*) FROM following.confirmed").fetchone()
        assert row is not None
        return int(row[0])

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
