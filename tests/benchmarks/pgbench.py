"""pgbench inserting single rows: what this PostgreSQL can do without order, checks or an answer."""

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

import psycopg

from deploy.local.postgres import MAJOR, SUPERUSER, WHEEL, PostgresServer
from tests.benchmarks.append_worker import STATE, TOPIC

TABLE = """
CREATE TABLE events (
    notification_id bigserial, originator_id uuid NOT NULL, originator_version bigint NOT NULL,
    topic text NOT NULL, state bytea NOT NULL, PRIMARY KEY (originator_id, originator_version));
CREATE UNIQUE INDEX ON events (notification_id);
"""
INSERT = (
    "INSERT INTO events (originator_id, originator_version, topic, state) VALUES "
    f"(gen_random_uuid(), 1, '{TOPIC}', convert_to(repeat('x', {len(STATE)}), 'UTF8')) "
    "RETURNING notification_id;"
)
DEBIAN = Path("/usr/lib/postgresql")


def find() -> Path:
    """The program, of the PostgreSQL we run if it has one; LookupError if there is none."""
    spec = importlib.util.find_spec(WHEEL)
    places = [Path(spec.origin).parent / MAJOR / "bin"] if spec and spec.origin else []
    places += sorted(DEBIAN.glob("*/bin"), reverse=True)
    for place in places:
        if (place / "pgbench").exists():
            return place / "pgbench"
    if found := shutil.which("pgbench"):
        return Path(found)
    raise LookupError("pgbench is not installed (Debian: postgresql-contrib)")


def prepare(dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as owner:
        owner.execute(TABLE)


def run(
    program: Path,
    server: PostgresServer,
    database: str,
    *,
    clients: int,
    seconds: float,
    folder: Path,
) -> dict[str, float]:
    script = folder / "insert.sql"
    script.write_text(INSERT)
    command: list[str | Path] = [program, "-h", server.host, "-p", str(server.port)]
    command += ["-U", SUPERUSER, "-n", "-M", "prepared", "-f", script, "-c", str(clients)]
    # Whole seconds are all it knows.
    command += ["-j", "2", "-T", str(max(1, round(seconds))), database]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rate = re.search(r"tps = ([\d.]+)", done.stdout)
    latency = re.search(r"latency average = ([\d.]+)", done.stdout)
    if rate is None or latency is None:
        raise RuntimeError(f"pgbench said: {done.stdout}")
    return {"rate": float(rate[1]), "p50_ms": float(latency[1])}
