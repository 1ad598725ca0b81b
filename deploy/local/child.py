"""A service process that is started again when it ends."""

import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local import processes

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
LARGEST_LOG = 20 * 1024 * 1024  # bytes


@dataclass
class Child:
    """Times in seconds. `failures` counts ends in a row; a minute of life forgets them."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(repr=False)
    log: Path
    ready_url: str | None
    failures: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _started: float = 0.0
    _due: float | None = None

    @property
    def pause(self) -> float:
        return min(FIRST_PAUSE * 2.0 ** max(self.failures - 1, 0), LONGEST_PAUSE)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self, directory: Path) -> None:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".1.log"))
        self._process = processes.start(
            self.command, log=self.log, environment=self.environment, directory=directory
        )
        self._started, self._due = time.monotonic(), None

    def ended(self) -> int | None:
        """The exit code, once, when the process has ended; it is then due after `pause`."""
        if self._process is None or (code := self._process.poll()) is None:
            return None
        now = time.monotonic()
        self.failures = 1 if now - self._started > STEADY_AFTER else self.failures + 1
        self._process, self._due = None, now + self.pause
        return code

    def start_when_due(self, directory: Path) -> None:
        if self._due is not None and time.monotonic() >= self._due:
            self.start(directory)

    def ask_to_stop(self) -> None:
        self._due = None
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)

    def stopped_by(self, deadline: float) -> bool:
        """Waits until then, ends it by force after that; says whether it went by itself."""
        if self._process is None:
            return True
        went = processes.ended_within(self._process, max(deadline - time.monotonic(), 0.0))
        if not went:
            processes.kill(self._process)
        self._process = None
        return went
