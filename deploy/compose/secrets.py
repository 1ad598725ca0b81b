"""Makes every secret of the system that is missing; needs Python 3.11, nothing installed.

python3 -m deploy.compose.secrets             deploy/compose/secrets and .env, for compose
python3 -m deploy.compose.secrets FOLDER      the same files elsewhere, for Kubernetes
"""

import os
import sys
from pathlib import Path

from deploy.local.nats import authorization
from deploy.local.secrets import Secrets
from thidua.services import DATABASE_SERVICES

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDER = CHECKOUT / "deploy/compose/secrets"
ENV = CHECKOUT / ".env"
ROLES = ("superuser", "thidua_owner", *(f"thidua_{service}" for service in DATABASE_SERVICES))
NATS_USERS = "nats-users.conf"
IMAGE_UID = 10001  # the user of the image, see Dockerfile


def make_secrets(folder: Path) -> None:
    """One file each, mode 0600, never replaced; the users of NATS follow from them every time."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    secrets = Secrets(folder)
    for role in ROLES:
        secrets.password(f"postgres-{role}")
    users = {s: secrets.password(f"nats-{s}").read_text() for s in DATABASE_SERVICES}
    _write_private(folder / NATS_USERS, authorization(users) + "\n")
    secrets.password("log-token")
    secrets.raw_key("kek")
    secrets.signing_key("directory-signing-key")
    secrets.signing_key("audit-key")
    secrets.text_key("pseudonym-key")
    secrets.text_key("session-key")
    secrets.readable_password("administrator-password")


def give_to_containers(folder: Path) -> int:
    """Returns the user that containers must run as to read files of mode 0600.

    An operator's own; root's go to the user of the image, since no container of ours runs as root.
    """
    if os.getuid() != 0:
        return os.getuid()
    for path in (folder, *folder.iterdir()):
        os.chown(path, IMAGE_UID, IMAGE_UID)
    return IMAGE_UID


def write_environment(path: Path, uid: int) -> None:
    """What compose must know of this host; an existing file is the operator's and stays."""
    if path.exists():
        return
    path.write_text(
        f"# Read by docker compose. Secrets do not stand here but in deploy/compose/secrets.\n"
        f"THIDUA_UID={uid}\n"
        "# The mail server that takes our notices, and the address they come from:\n"
        "THIDUA_SMTP_HOST=\n"
        "THIDUA_SMTP_PORT=25\n"
        "THIDUA_MAIL_FROM=\n"
    )


def main(arguments: list[str]) -> int:
    if arguments:
        make_secrets(Path(arguments[0]))
        return 0
    make_secrets(FOLDER)
    write_environment(ENV, give_to_containers(FOLDER))
    return 0


def _write_private(path: Path, text: str) -> None:
    path.touch(0o600)
    path.write_text(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
