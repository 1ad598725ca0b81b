"""The servers and child processes of a run: everything durable, on a real disk."""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg

from deploy.local import processes
from tests.benchmarks.report import Repeat
from tests.infrastructure import DURABLE, LocalNats, LocalPostgres, running_nats, running_postgres

CHECKOUT = Path(__file__).resolve().parents[2]
# No checkpoint may fall into one variant and spare the others: there is one before each instead.
SETTINGS = DURABLE | {"max_wal_size": "8GB", "checkpoint_timeout": "30min"}
READY_WITHIN = 60.0  # seconds
STOP_WITHIN = 15.0
CHILD_WITHIN = 120.0


@dataclass
class Rig:
    """One PostgreSQL, one NATS, a folder for files, and how long everything runs."""

    postgres: LocalPostgres
    nats: LocalNats
    folder: Path
    repeats: int
    seconds: float
    notes: list[str] = field(default_factory=list)

    def checkpoint(self) -> None:
        with psycopg.connect(self.postgres.dsn(), autocommit=True) as superuser:
            superuser.execute("CHECKPOINT")

    def interleaved(self, variants: Mapping[str, Callable[[], dict[str, float]]]) -> list[Repeat]:
        """Every repeat runs all variants once, in another order each time."""
        repeats: list[Repeat] = []
        for number in range(self.repeats):
            order = list(variants)
            random.Random(number).shuffle(order)
            found = {}
            for name in order:
                self.checkpoint()
                found[name] = variants[name]()
            print(
                f"repeat {number + 1}: {_brief(found)}  load {os.getloadavg()[0]:.1f}", flush=True
            )
            repeats.append({name: found[name] for name in variants})
        return repeats

    def child(self, module: str, told: Mapping[str, Any]) -> dict[str, float]:
        """Runs a module of this package on `told` to its end; its last line is its finding."""
        done = subprocess.run(
            [sys.executable, "-m", f"tests.benchmarks.{module}"],
            input=json.dumps(told),
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=False,
            timeout=CHILD_WITHIN,
        )
        if done.returncode:
            raise RuntimeError(f"{module} failed:\n{done.stderr[-2000:]}\n{self._logs()}")
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return found

    def start(
        self,
        stack: ExitStack,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """A process that runs until the stack is closed."""
        process = processes.start(
            [sys.executable, *command],
            log=self.folder / f"{name}.log",
            environment=None if environment is None else {**os.environ, **environment},
            directory=CHECKOUT,
        )
        stack.callback(_stop, process)
        return process

    def _logs(self) -> str:
        """How the logs of the processes end, for whoever has to find out why one failed."""
        ends = {p.name: p.read_text(errors="replace")[-1500:] for p in self.folder.glob("*.log")}
        return "\n".join(f"{name}: {end}" for name, end in ends.items() if end)

    def secret(self, name: str, content: str) -> str:
        path = self.folder / name
        path.write_text(content)
        return str(path)


@contextmanager
def rig(repeats: int, seconds: float) -> Iterator[Rig]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="thidua-bench-")))
        postgres = stack.enter_context(contextmanager(running_postgres)(SETTINGS))
        nats = stack.enter_context(contextmanager(running_nats)())
        if not isinstance(postgres, LocalPostgres) or not isinstance(nats, LocalNats):
            raise SystemExit("the benchmarks run on the servers of the installed wheels")
        yield Rig(postgres, nats, folder, repeats, seconds)


def answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Waits until an HTTP server answers 200."""

    def ready() -> bool:
        try:
            return httpx.get(url, timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    processes.wait_until(ready, process, within=READY_WITHIN, log=log)


def cpu_seconds(pid: int) -> float:
    """User and system time that a process has taken so far; see proc_pid_stat(5)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def flush_ms(folder: Path) -> float:
    """What the disk takes to make 8 KB durable, median, in milliseconds."""
    path, took = folder / "probe", []
    with path.open("wb", buffering=0) as file:
        for _ in range(100):
            file.write(b"x" * 8192)
            begun = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - begun)
    path.unlink()
    return statistics.median(took) * 1000


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
    if not processes.ended_within(process, STOP_WITHIN):
        processes.kill(process)


def _brief(found: Mapping[str, Mapping[str, float]]) -> str:
    return ", ".join(f"{name} {quantities['rate']:,.0f}/s" for name, quantities in found.items())
