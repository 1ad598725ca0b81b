"""Roles, databases and tables of every service, before any of them starts; safe to repeat.

python -m deploy.migrate --host postgres --secrets /run/secrets
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from deploy.local import databases
from deploy.local.postgres import PORT, SUPERUSER, url
from libs.serving.migration import migrate_service
from thidua.services import DATABASE_SERVICES

SUPERUSER_SECRET = "superuser"  # noqa: S105  # the name of one


def main(arguments: Sequence[str]) -> int:
    """Reads the files `postgres-superuser` and `postgres-<role>` of the folder of secrets."""
    parser = argparse.ArgumentParser(prog="python -m deploy.migrate", description=__doc__)
    parser.add_argument("--host", required=True, help="where PostgreSQL is")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--secrets", type=Path, required=True, help="the folder of passwords")
    chosen = parser.parse_args(arguments)

    def password(role: str) -> str:
        text: str = (chosen.secrets / f"postgres-{role}").read_text()
        return text.strip()

    def owner_dsn(database: str) -> str:
        owner = databases.OWNER
        return url(database, owner, password(owner), chosen.host, chosen.port)

    superuser = password(SUPERUSER_SECRET)
    roles = (databases.OWNER, *map(databases.application_role, DATABASE_SERVICES))
    databases.prepare(
        url(SUPERUSER, SUPERUSER, superuser, chosen.host, chosen.port),
        DATABASE_SERVICES,
        passwords={role: password(role) for role in roles},
    )
    for service in DATABASE_SERVICES:
        role = databases.application_role(service)
        migrate_service(service, owner_dsn(service), owner_dsn(databases.KEYS), role=role)
        print(f"{service}: up to date", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
