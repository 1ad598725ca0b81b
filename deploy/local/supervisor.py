"""Starts everything on one machine, watches over it, and takes all of it down again."""

import fcntl
import os
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from deploy.local import databases, processes
from deploy.local.child import Child
from deploy.local.environments import HOST, Environments, chosen_ports, variable
from deploy.local.layout import CHECKOUT, Layout
from deploy.local.nats import NatsServer, authorization
from deploy.local.postgres import PostgresServer
from thidua.services import DATABASE_SERVICES, SERVICES

READY_WITHIN = 90.0
# Together below the 20 seconds that `stop` may take.
SERVICES_STOP_WITHIN = 8.0
TICK = 0.2
GIVE_UP_STARTING_AFTER = 3

Migrate = Callable[[str, Environments], None]
Command = Callable[[str], Sequence[str]]


class Refused(RuntimeError):
    """It cannot start here; the message says why and what to do, in Vietnamese."""


def aloud(line: str) -> None:
    """To the screen at once, also where the screen is a file or another program."""
    print(line, flush=True)


def serve_command(service: str) -> Sequence[str]:
    return (sys.executable, "-m", "thidua", "serve", service)


def migrate_database(service: str, environments: Environments) -> None:
    from libs.serving.migration import migrate_service

    migrate_service(
        service,
        environments.owner_dsn(service),
        environments.owner_dsn(databases.KEYS),
        role=databases.application_role(service),
    )


class Supervisor:
    """One run of the system on `data`. `with Supervisor(…)` starts it and stops it at the end.

    `ports`: of every service, `nats` and `smtp`. `stopping`, once set, ends `start` and `watch`.
    `say` gets what a person should read. Use it from the main thread only: its children end when
    the thread that started them does.
    """

    def __init__(
        self,
        data: Path,
        ports: Mapping[str, int],
        *,
        services: Sequence[str] = SERVICES,
        command: Command = serve_command,
        migrate: Migrate = migrate_database,
        stopping: threading.Event | None = None,
        say: Callable[[str], None] = aloud,
    ) -> None:
        self.layout = Layout(data.resolve())
        self.environments = Environments(self.layout, ports)
        self.stopping = stopping or threading.Event()
        self.services = services
        self._command, self._migrate, self._say = command, migrate, say
        self._children: list[Child] = []
        self._running = ExitStack()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Returns when every service says it is ready, or when `stopping` is set.

        Raises Refused when the data is in use or a port is taken, NotReady when a part fails.
        """
        self.layout.create()
        self._lock()
        self._claim_ports()
        self._start_postgres()
        self._start_nats()
        self._start_children()
        self._wait_until_ready()

    def watch(self, until: Callable[[], bool] = lambda: False) -> None:
        """Starts again whatever ends, until `stopping` is set or `until` holds."""
        while not until() and not self.stopping.wait(TICK):
            self._tick()

    def child(self, name: str) -> Child:
        """A service of this run, or `mailbox`; KeyError for another name."""
        return {child.name: child for child in self._children}[name]

    def stop(self) -> None:
        """Services first, then mail, NATS and PostgreSQL; nothing is left running."""
        self._running.close()

    def environment(self, service: str) -> dict[str, str]:
        """What a service, or a program acting for it, finds in its environment."""
        inherited = {n: v for n, v in os.environ.items() if not n.startswith("THIDUA_")}
        return inherited | {"PYTHONUNBUFFERED": "1"} | self.environments.of(service)

    def _lock(self) -> None:
        # Where the database is: a copied data folder may still link to the same one.
        lock = self._running.enter_context((self.layout.postgres / "lock").open("a+"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Refused(
                f"Dữ liệu ở {self.layout.data} đang được một thidua khác dùng "
                f"(tiến trình {lock.read().strip()}). Hãy dừng nó, hoặc chọn nơi khác bằng --data."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()

    def _claim_ports(self) -> None:
        ports = self.environments.ports
        for name in (*self.services, "nats", "smtp"):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind((HOST, ports[name]))
                except OSError:
                    raise Refused(
                        f"Cổng {ports[name]} ({name}) đang có chương trình khác dùng. "
                        f"Hãy đặt {variable(name)}=<cổng khác> rồi chạy lại."
                    ) from None

    def _start_postgres(self) -> None:
        layout, environments = self.layout, self.environments
        self.postgres = PostgresServer(
            layout.postgres,
            socket_directory=layout.socket,
            settings={"fsync": "on", "max_connections": "200"},
            password=environments.role_password("superuser").read_text(),
        )
        self._running.callback(self.postgres.stop)
        self.postgres.start()
        roles = (databases.OWNER, *map(databases.application_role, DATABASE_SERVICES))
        databases.prepare(
            self.postgres.dsn(),
            DATABASE_SERVICES,
            passwords={role: environments.role_password(role).read_text() for role in roles},
        )
        for service in self.services:
            if service in DATABASE_SERVICES and not self.stopping.is_set():
                self._migrate(service, environments)
        self._say("PostgreSQL đã chạy, cơ sở dữ liệu đã đúng phiên bản.")

    def _start_nats(self) -> None:
        users = {s: self.environments.nats_password(s).read_text() for s in DATABASE_SERVICES}
        self.nats = NatsServer(
            self.layout.nats,
            port=self.environments.ports["nats"],
            authorization=authorization(users),
        )
        self._running.callback(self.nats.stop)
        self.nats.start()

    def _start_children(self) -> None:
        mailbox = Child(
            "mailbox",
            (
                *(sys.executable, "-m", "deploy.local.mailbox", HOST),
                *(str(self.environments.ports["smtp"]), str(self.layout.mail)),
            ),
            environment=dict(os.environ),
            log=self.layout.logs / "mailbox.log",
            ready_url=None,
        )
        self._children = [mailbox, *map(self._child, self.services)]
        self._running.callback(self._stop_children)
        for child in self._children:
            child.start(directory=CHECKOUT)

    def _child(self, service: str) -> Child:
        return Child(
            service,
            self._command(service),
            environment=self.environment(service),
            log=self.layout.logs / f"{service}.log",
            ready_url=f"{self.environments.url(service)}/health/ready",
        )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        waiting = [child for child in self._children if child.ready_url]
        while waiting and not self.stopping.wait(TICK / 2):
            self._tick()
            waiting = [child for child in waiting if not _answers(child.ready_url)]
            for child in waiting:
                if child.failures >= GIVE_UP_STARTING_AFTER or time.monotonic() > deadline:
                    raise processes.NotReady(
                        f"Dịch vụ {child.name} không khởi động được. "
                        f"Cuối nhật ký {child.log}:\n{processes.last_lines(child.log)}"
                    )

    def _tick(self) -> None:
        for server in (self.postgres, self.nats):
            if (code := server.poll()) is not None:
                self._say(f"{server.log.stem} đã dừng (mã {code}); đang chạy lại. Xem {server.log}")
                server.start()
        for child in self._children:
            if (code := child.ended()) is not None:
                self._say(
                    f"{child.name} đã dừng (mã {code}); chạy lại sau {child.pause:g} giây. "
                    f"Xem {child.log}"
                )
            child.start_when_due(directory=CHECKOUT)

    def _stop_children(self) -> None:
        for child in self._children:
            child.ask_to_stop()
        deadline = time.monotonic() + SERVICES_STOP_WITHIN
        for child in self._children:
            if not child.stopped_by(deadline):
                self._say(f"{child.name} không chịu dừng, đã bị buộc dừng.")


def run(
    data: Path,
    *,
    services: Sequence[str] = SERVICES,
    command: Command = serve_command,
    on_ready: Callable[[Supervisor], None] | None = None,
    say: Callable[[str], None] = aloud,
) -> None:
    """Runs the system on `data` until Ctrl-C, SIGTERM or the end of its terminal.

    `on_ready` is called once all services answer, before the addresses are shown. Raises Refused,
    NotReady or PortUnreadable.
    """
    stopping = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sent, ask_to_stop)
    say(f"Đang khởi động, dữ liệu ở {data} …")
    parts = Supervisor(
        data, chosen_ports(), services=services, command=command, stopping=stopping, say=say
    )
    with parts as supervisor:
        if not stopping.is_set():
            if on_ready:
                on_ready(supervisor)
            _show(supervisor, say)
        supervisor.watch()
        say("Đang dừng …")
    say("Đã dừng. Dữ liệu được giữ nguyên.")


def _show(supervisor: Supervisor, say: Callable[[str], None]) -> None:
    layout, environments = supervisor.layout, supervisor.environments
    say(f"Hệ thống đã sẵn sàng: {environments.url('portal')}")
    say(f"  Quản trị: quantri, mật khẩu ở {environments.administrator_password()}")
    say(f"  Thư gửi đi chỉ được giữ lại ở {layout.mail}; nhật ký ở {layout.logs}")
    say("  Dừng: Ctrl-C")


def _answers(url: str | None) -> bool:
    try:
        with urllib.request.urlopen(url or "", timeout=1) as response:  # noqa: S310  # our own
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
