"""Where the embedded run keeps what it keeps."""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from deploy.local import processes

CHECKOUT = Path(__file__).resolve().parents[2]
# Root's PostgreSQL runs as another user, who must be able to reach its data.
SHARED_STATE = Path("/var/lib/thidua")
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET = 100  # bytes; Linux takes 107, macOS 103


@dataclass(frozen=True)
class Layout:
    """The folders below one data folder."""

    data: Path

    @property
    def secrets(self) -> Path:
        return self.data / "secrets"

    @property
    def logs(self) -> Path:
        return self.data / "log"

    @property
    def mail(self) -> Path:
        return self.data / "mail"

    @property
    def evidence(self) -> Path:
        return self.data / "evidence"

    @property
    def plans(self) -> Path:
        """Plans as they were given to the campaign service."""
        return self.data / "plans"

    @property
    def nats(self) -> Path:
        return self.data / "nats"

    @property
    def postgres(self) -> Path:
        """PostgreSQL's home; for root a link to a folder that its service account can reach."""
        return (self.data / "postgres").resolve()

    @property
    def socket(self) -> Path:
        """The folder of PostgreSQL's socket: a deep data folder makes too long a name for one."""
        beside = self.postgres / "run"
        if len(os.fsencode(beside / SOCKET_NAME)) <= LONGEST_SOCKET:
            return beside
        name = f"thidua-{os.geteuid()}-{_digest(self.postgres)}"
        return Path(tempfile.gettempdir()) / name

    def create(self) -> None:
        """Makes what is missing, each for its owner only; existing folders keep their modes."""
        processes.private_directory(self.data)
        for folder in (self.secrets, self.logs, self.mail, self.evidence, self.plans):
            processes.private_directory(folder)
        account = processes.service_account()
        link = self.data / "postgres"
        if account is not None and not link.is_symlink() and not link.exists():
            SHARED_STATE.mkdir(mode=0o755, exist_ok=True)
            # A name of its own: a data folder that was deleted must not come back half.
            home = tempfile.mkdtemp(prefix=f"{_digest(self.data)}-", dir=SHARED_STATE)
            os.chown(home, account.pw_uid, account.pw_gid)
            link.symlink_to(home)
        processes.private_directory(self.postgres, account)
        self._create_socket_folder()

    def remove(self) -> None:
        """Deletes all of it for good, what stands elsewhere included; nothing may be running."""
        for folder in (self.postgres, self.socket, self.data):
            shutil.rmtree(folder, ignore_errors=True)

    def _create_socket_folder(self) -> None:
        folder = processes.private_directory(self.socket, processes.service_account())
        status = folder.lstat()
        account = processes.service_account()
        owner = account.pw_uid if account else os.geteuid()
        if status.st_uid != owner or status.st_mode & 0o077:
            raise PermissionError(f"{folder} phải thuộc về ta và chỉ ta được vào (0700)")


def default_data() -> Path:
    return CHECKOUT / "var"


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]
