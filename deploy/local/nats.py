"""A NATS server with JetStream out of the installed wheel."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from deploy.local import processes

START_WITHIN = 30.0
STOP_WITHIN = 3.0
MEMORY = "64MB"
DISK = "2GB"


class NatsServer:
    """One server below `home`: `nats.conf`, `jetstream` (the streams) and `nats.log`.

    `authorization` is a block of NATS configuration; without one anybody on loopback may do all.
    """

    def __init__(self, home: Path, *, port: int, authorization: str = "") -> None:
        self.home = home
        self.port = port
        self.store = home / "jetstream"
        self.log = home / "nats.log"
        self._authorization = authorization
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Writes the configuration and returns when clients are served, streams recovered."""
        processes.private_directory(self.home)
        configuration = self.home / "nats.conf"
        configuration.touch(0o600)
        configuration.write_text(self._configuration())
        program = Path(sys.executable).with_name("nats-server")
        self._process = processes.start([program, "-c", configuration], log=self.log)
        processes.wait_until(self._answers, self._process, within=START_WITHIN, log=self.log)

    def stop(self) -> None:
        self.end(signal.SIGTERM)

    def kill(self) -> None:
        self.end(signal.SIGKILL)

    def end(self, sent: signal.Signals) -> None:
        if self._process is not None:
            if not processes.ended_after(self._process, sent, STOP_WITHIN):
                processes.kill(self._process)
            self._process = None

    def send(self, sent: signal.Signals) -> None:
        if self._process is None:
            raise RuntimeError("the NATS server is not running")
        self._process.send_signal(sent)

    def poll(self) -> int | None:
        return self._process.poll() if self._process else 0

    def _configuration(self) -> str:
        # Without `sync_interval: always` a power cut takes messages that were acknowledged.
        return f"""listen: "127.0.0.1:{self.port}"
server_name: thidua
jetstream {{
  store_dir: "{self.store}"
  sync_interval: always
  max_memory_store: {MEMORY}
  max_file_store: {DISK}
}}
{self._authorization}
"""

    def _answers(self) -> bool:
        # The server opens its client port after JetStream has recovered, and speaks first.
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                return connection.recv(5) == b"INFO "
        except OSError:
            return False


def authorization(passwords: Mapping[str, str]) -> str:
    """A block of NATS configuration: a user per service (`passwords` by service name).

    Each may publish events under its own name and care for its own stream only; all may read all
    streams, whose personal data is encrypted. Anybody else is refused.
    """
    users = "\n".join(_user(service, password) for service, password in passwords.items())
    return f"authorization {{\n  users: [\n{users}\n  ]\n}}"


def _user(service: str, password: str) -> str:
    stream = service.upper()
    publish = [
        f"evt.{service}.>",
        f"$JS.API.STREAM.*.{stream}",
        "$JS.API.INFO",
        "$JS.API.STREAM.NAMES",
        "$JS.API.STREAM.INFO.*",
        "$JS.API.STREAM.MSG.GET.*",
        "$JS.API.DIRECT.GET.>",
        "$JS.API.CONSUMER.>",
        "$JS.ACK.>",
        "$JS.FC.>",
    ]
    subscribe = ["_INBOX.>", "evt.>"]
    return (
        f"    {{user: {json.dumps(service)}, password: {json.dumps(password)}, permissions: "
        f"{{publish: {json.dumps(publish)}, subscribe: {json.dumps(subscribe)}}}}}"
    )
