"""Brings a service's database, and its room in the database of personal keys, up to date."""

from collections.abc import Mapping
from pathlib import Path

import psycopg

from libs.serving.migration import app_role, migrate_service


def migrate_from(service: str, environment: Mapping[str, str]) -> None:
    """As the owner named by THIDUA_OWNER_DSN and THIDUA_KEYS_OWNER_DSN, whose password, if it is
    not in them, stands in THIDUA_OWNER_PASSWORD_FILE. KeyError names what is missing.
    """
    password = None
    if path := environment.get("THIDUA_OWNER_PASSWORD_FILE"):
        password = Path(path).read_text().strip()
    migrate_service(
        service,
        _with_password(environment["THIDUA_OWNER_DSN"], password),
        _with_password(environment["THIDUA_KEYS_OWNER_DSN"], password),
        role=environment.get("THIDUA_APP_ROLE", app_role(service)),
    )


def _with_password(dsn: str, password: str | None) -> str:
    if password is None:
        return dsn
    return psycopg.conninfo.make_conninfo(dsn, password=password)
