"""The servers of infrastructure.py out of the images the product is deployed on."""

import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator, Mapping

import psycopg
from testcontainers.core.container import DockerContainer

from deploy.local import processes
from deploy.local.postgres import SUPERUSER, url
from tests.infrastructure import Nats, Postgres, create_database

POSTGRES_IMAGE = os.environ.get("POSTGRES_IMAGE", "postgres:17-trixie")
NATS_IMAGE = os.environ.get("NATS_IMAGE", "nats:2-linux")
HOST = "127.0.0.1"
READY_WITHIN = 60.0


class PostgresContainer:
    """Roles other than the superuser need passwords here: the image asks for one over TCP."""

    host = HOST

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.port = processes.free_port()
        self._password = secrets.token_urlsafe(16)
        parameters = [part for item in settings.items() for part in ("-c", "=".join(item))]
        self._container = (
            DockerContainer(POSTGRES_IMAGE)
            .with_env("POSTGRES_PASSWORD", self._password)
            .with_bind_ports(5432, self.port)
            .with_command(["postgres", *parameters])
            .start()
        )
        self._wait()

    @property
    def address(self) -> tuple[str, int]:
        return HOST, self.port

    def dsn(
        self,
        database: str = SUPERUSER,
        user: str = SUPERUSER,
        password: str | None = None,
        host: str | None = None,
    ) -> str:
        secret = password or (self._password if user == SUPERUSER else None)
        return url(database, user, secret, host or HOST, self.port)

    def create_database(self, prefix: str = "t") -> str:
        return create_database(self.dsn(), prefix)

    def start(self) -> None:
        self._container.get_wrapped_container().start()
        self._wait()

    def stop(self) -> None:
        self._container.get_wrapped_container().stop(timeout=10)

    def kill(self) -> None:
        _kill(self._container, "SIGQUIT")

    def restart(self) -> None:
        self.stop()
        self.start()

    def remove(self) -> None:
        self._container.stop()

    def _wait(self) -> None:
        _wait_until(self._answers)

    def _answers(self) -> bool:
        try:
            with psycopg.connect(self.dsn(), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False


class NatsContainer:
    """Its streams live in the container's own layer, so that a wiped one is a new container."""

    def __init__(self) -> None:
        self.port = processes.free_port()
        self._container = self._create()

    @property
    def url(self) -> str:
        return f"nats://{HOST}:{self.port}"

    def start(self) -> None:
        self._container.get_wrapped_container().start()
        _wait_until(self._answers)

    def stop(self) -> None:
        self._container.get_wrapped_container().stop(timeout=10)

    def kill(self) -> None:
        _kill(self._container, "SIGKILL")

    def wipe(self) -> None:
        self.remove()
        self._container = self._create()

    def pause(self) -> None:
        self._container.get_wrapped_container().pause()

    def resume(self) -> None:
        self._container.get_wrapped_container().unpause()

    def remove(self) -> None:
        self._container.stop()

    def _create(self) -> DockerContainer:
        container = (
            DockerContainer(NATS_IMAGE)
            .with_bind_ports(4222, self.port)
            .with_command(["-js", "-sd", "/data"])
            .start()
        )
        _wait_until(self._answers)
        return container

    def _answers(self) -> bool:
        # Docker's own proxy accepts before the server does, but only the server speaks.
        try:
            with socket.create_connection((HOST, self.port), timeout=1) as connection:
                return connection.recv(5) == b"INFO "
        except OSError:
            return False


def running_postgres(settings: Mapping[str, str]) -> Iterator[Postgres]:
    container = PostgresContainer(settings)
    try:
        yield container
    finally:
        container.remove()


def running_nats() -> Iterator[Nats]:
    container = NatsContainer()
    try:
        yield container
    finally:
        container.remove()


def _kill(container: DockerContainer, sent: str) -> None:
    wrapped = container.get_wrapped_container()
    wrapped.kill(signal=sent)
    wrapped.wait(timeout=10)


def _wait_until(answers: Callable[[], bool]) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not answers():
        if time.monotonic() > deadline:
            raise processes.NotReady(f"no answer from the container within {READY_WITHIN:.0f} s")
        time.sleep(0.1)
