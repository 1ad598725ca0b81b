"""Child processes that end with their parent, under another OS user where root is refused."""

import ctypes
import os
import pwd
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class NotReady(RuntimeError):
    """A server did not answer in time; the message says what its log ends with."""


def service_account() -> pwd.struct_passwd | None:
    """The OS user PostgreSQL runs as when we are root, which it refuses; None for anyone else.

    A machine that has a user `thidua` gets its data under that name; we create no user ourselves.
    """
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("thidua") or names["nobody"]


def private_directory(path: Path, account: pwd.struct_passwd | None = None) -> Path:
    """Creates `path` with mode 0700 for `account`; leaves the modes of existing folders alone."""
    if not path.exists():
        path.mkdir(parents=True, mode=0o700)
        if account is not None:
            os.chown(path, account.pw_uid, account.pw_gid)
    return path


def free_port() -> int:
    """A TCP port of the loopback address that nobody holds now."""
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """Different TCP ports of the loopback address that nobody holds now."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def accepts(port: int) -> bool:
    """Whether somebody listens on this port of the loopback address."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def start(
    command: Sequence[str | Path],
    *,
    log: Path,
    account: pwd.struct_passwd | None = None,
    environment: Mapping[str, str] | None = None,
    directory: Path | None = None,
    on_parent_death: signal.Signals = signal.SIGKILL,
) -> subprocess.Popen[bytes]:
    """Starts `command` in a process group of its own, so that Ctrl-C reaches only the parent.

    What it prints is added to `log`. Linux sends it `on_parent_death` when the thread that called
    this ends, so call it from one that lives as long as the child should.
    """
    with log.open("ab") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=None if environment is None else dict(environment),
            cwd=directory or "/",
            process_group=0,
            # Safe beside threads: all it does is one system call prepared beforehand.
            preexec_fn=_bound_to_parent(on_parent_death),  # noqa: PLW1509
            user=account and account.pw_uid,
            group=account and account.pw_gid,
            extra_groups=account and [],
        )


def run(
    command: Sequence[str | Path],
    *,
    account: pwd.struct_passwd | None = None,
    environment: Mapping[str, str] | None = None,
) -> str:
    """Runs a short program to its end and returns what it printed; raises with that if it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=None if environment is None else dict(environment),
        cwd="/",
        text=True,
        check=False,
        user=account and account.pw_uid,
        group=account and account.pw_gid,
        extra_groups=account and [],
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed ({done.returncode}):\n{done.stdout}")
    return done.stdout


def ended_after(process: subprocess.Popen[bytes], sent: signal.Signals, within: float) -> bool:
    """Sends `sent` to a process that still runs; says whether it has ended `within` seconds."""
    if process.poll() is None:
        process.send_signal(sent)
    return ended_within(process, within)


def ended_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def kill(process: subprocess.Popen[bytes]) -> None:
    """Ends it by force and waits for that."""
    process.kill()
    process.wait()


def wait_until(
    answers: Callable[[], bool], process: subprocess.Popen[bytes], *, within: float, log: Path
) -> None:
    """Returns when `answers()` is true; raises NotReady when `process` ended or time is up."""
    deadline = time.monotonic() + within
    pause = 0.005
    while not answers():
        if process.poll() is not None:
            raise NotReady(f"ended with code {process.returncode}: {last_lines(log)}")
        if time.monotonic() > deadline:
            raise NotReady(f"no answer within {within:.0f} s: {last_lines(log)}")
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)


def last_lines(log: Path, count: int = 8) -> str:
    if not log.exists():
        return "(no log)"
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])


def _bound_to_parent(sent: signal.Signals) -> Callable[[], None] | None:
    libc, parent = _LIBC, os.getpid()
    if libc is None:
        return None

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(sent))
        if os.getppid() != parent:
            os._exit(1)

    return ask
