"""The embedded run as a person meets it: started, stopped, started again, refused, killed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from deploy.local import processes
from deploy.local.environments import Environments, free_ports, variable
from deploy.local.layout import CHECKOUT, Layout
from deploy.local.tests.trial import SERVICE

READY = "Hệ thống đã sẵn sàng"
PATIENCE = 60.0


class Trial:
    """A supervisor in a process of its own, on data and ports of its own."""

    def __init__(self, data: Path) -> None:
        self.ports = free_ports()
        self.layout = Layout(data)
        self.environments = Environments(self.layout, self.ports)

    def start(self) -> subprocess.Popen[str]:
        moved = {variable(name): str(port) for name, port in self.ports.items()}
        return subprocess.Popen(
            [sys.executable, "-m", "deploy.local.tests.trial", "run", str(self.layout.data)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=CHECKOUT,
            env=os.environ | moved,
        )

    def ask(self) -> str:
        url = f"{self.environments.url(SERVICE)}/health/ready"
        with urllib.request.urlopen(url, timeout=2) as response:
            return str(response.read().decode())

    def as_owner(self) -> psycopg.Connection:
        return psycopg.connect(self.environments.owner_dsn(SERVICE))

    def listening(self) -> list[str]:
        """What still runs of it: names of ports that accept, and PostgreSQL by its socket."""
        names = [name for name, port in self.ports.items() if processes.accepts(port)]
        try:
            self.as_owner().close()
        except psycopg.OperationalError:
            return names
        return [*names, "postgres"]


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    trial = Trial(tmp_path / "data")
    yield trial
    _until(lambda: not trial.listening())
    trial.layout.remove()


def test_stopped_run_starts_again_with_everything_there(trial: Trial) -> None:
    first = _ready(trial)
    secrets = _contents(trial.layout.secrets)
    with trial.as_owner() as owner:
        owner.execute("CREATE TABLE kept AS SELECT 'một' AS word")
    assert trial.ask().endswith(f" {SERVICE}")
    began = time.monotonic()
    assert _stop(first) == 0
    assert time.monotonic() - began < 20
    assert trial.listening() == []

    second = _ready(trial)
    with trial.as_owner() as owner:
        assert owner.execute("SELECT word FROM kept").fetchall() == [("một",)]
    assert _contents(trial.layout.secrets) == secrets
    assert _stop(second) == 0


def test_second_run_on_the_same_data_is_refused(trial: Trial) -> None:
    first = _ready(trial)
    second = trial.start()
    said, _ = second.communicate(timeout=PATIENCE)
    assert second.returncode == 1
    assert f"đang được một thidua khác dùng (tiến trình {first.pid})" in said
    assert trial.ask().endswith(f" {SERVICE}")
    assert _stop(first) == 0


def test_taken_port_is_named_with_the_variable_that_moves_it(trial: Trial) -> None:
    with socket.create_server(("127.0.0.1", trial.ports[SERVICE])):
        refused = trial.start()
        said, _ = refused.communicate(timeout=PATIENCE)
    assert refused.returncode == 1
    port = trial.ports[SERVICE]
    assert f"Cổng {port} ({SERVICE}) đang có chương trình khác dùng" in said
    assert "THIDUA_DIRECTORY_PORT=<cổng khác>" in said


def test_crashed_service_is_started_again(trial: Trial) -> None:
    running = _ready(trial)
    pid = int(trial.ask().split()[0])
    os.kill(pid, signal.SIGKILL)
    _read_until(running, f"{SERVICE} đã dừng (mã -9)")
    _until(lambda: int(trial.ask().split()[0]) != pid)
    assert _stop(running) == 0


def test_killed_supervisor_takes_everything_with_it(trial: Trial) -> None:
    first = _ready(trial)
    first.kill()
    first.wait()
    _until(lambda: trial.listening() == [])
    assert _stop(_ready(trial)) == 0


def _ready(trial: Trial) -> subprocess.Popen[str]:
    process = trial.start()
    _read_until(process, READY)
    return process


def _read_until(process: subprocess.Popen[str], wanted: str) -> None:
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        if wanted in line:
            return
    pytest.fail(f"ended without saying {wanted!r}:\n{''.join(said)}")


def _stop(process: subprocess.Popen[str]) -> int:
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=PATIENCE)
    return process.returncode


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            if holds():
                return
        except OSError:
            pass
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
