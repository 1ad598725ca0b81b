"""Settings of a service: every environment variable once, typed, read when the service is built.

A field `database_dsn` is the variable THIDUA_DATABASE_DSN. A field of type `Secret` is given as a
file, THIDUA_<FIELD>_FILE, so that secrets never stand in an environment or a process list.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NewType, TypeVar, get_type_hints

import msgspec
from joserfc.jwk import KeySet

Secret = NewType("Secret", str)
S = TypeVar("S", bound=msgspec.Struct)


class Misconfigured(Exception):
    """A setting is missing or cannot be read; the message names the variable."""


class ServiceSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What every service that owns a log needs."""

    host: str = "127.0.0.1"
    port: int
    database_dsn: str
    database_password: Secret | None = None
    keys_dsn: str | None = None
    keys_password: Secret | None = None
    nats_url: str
    nats_user: str | None = None
    nats_password: Secret | None = None
    log_token: Secret
    directory_url: str
    directory_keys: Secret | None = None  # a JWK set to check tokens with; not set: the directory's
    roles: str = "api,relay,followers"  # what this process does, so that each can be scaled alone

    def does(self, role: str) -> bool:
        return role in self.roles.split(",")

    def key_set(self) -> KeySet | None:
        """The keys that tokens are checked with, None for those that the directory publishes."""
        if self.directory_keys is None:
            return None
        return KeySet.import_key_set(msgspec.json.decode(self.directory_keys))


def read_settings(of: type[S], environment: Mapping[str, str] = os.environ) -> S:
    """The settings, or Misconfigured naming every variable that is wrong."""
    given: dict[str, Any] = {}
    for name, hint in get_type_hints(of).items():
        variable = f"THIDUA_{name.upper()}"
        if hint in (Secret, Secret | None):
            if path := environment.get(f"{variable}_FILE"):
                given[name] = _content(Path(path), variable)
        elif value := environment.get(variable):
            given[name] = value
    missing = [
        f"THIDUA_{field.name.upper()}"
        for field in msgspec.structs.fields(of)
        if field.required and field.name not in given
    ]
    if missing:
        raise Misconfigured(f"not set: {', '.join(missing)} (secrets: with _FILE appended)")
    try:
        return msgspec.convert(given, of, strict=False)
    except msgspec.ValidationError as error:
        raise Misconfigured(str(error)) from None


def _content(path: Path, variable: str) -> str:
    try:
        return path.read_text().strip()
    except OSError as error:
        raise Misconfigured(f"{variable}_FILE: {error}") from None
