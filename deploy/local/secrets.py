"""Secrets made once, by this machine, one file each, for its owner only.

Needs nothing but the standard library: an operator makes secrets before anything is installed.
"""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

KEY_BYTES = 32
# Without letters and digits that look alike: somebody copies it from the screen.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
# What stands before the 32 random bytes of an Ed25519 private key (PKCS 8 in DER, RFC 8410 §7).
ED25519_HEADER = bytes.fromhex("302e020100300506032b657004220420")


class Secrets:
    """The files of `directory`; each is made when it is first asked for, and never replaced."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def password(self, name: str) -> Path:
        """A password for a program: 256 bits."""
        return self._file(name, lambda: secrets.token_urlsafe(KEY_BYTES).encode())

    def readable_password(self, name: str) -> Path:
        """A password for a person: four groups of four, 79 bits."""
        return self._file(name, _readable)

    def raw_key(self, name: str) -> Path:
        """32 bytes as they are."""
        return self._file(name, lambda: os.urandom(KEY_BYTES))

    def text_key(self, name: str) -> Path:
        """32 bytes in base64."""
        return self._file(name, lambda: base64.b64encode(os.urandom(KEY_BYTES)))

    def signing_key(self, name: str) -> Path:
        """An Ed25519 private key, PEM (PKCS 8)."""
        return self._file(f"{name}.pem", _ed25519)

    def _file(self, name: str, make: Callable[[], bytes]) -> Path:
        path = self._directory / name
        if not path.exists():
            # Written beside and renamed: an interrupted start leaves no empty secret behind.
            unfinished = path.with_name(f".{name}.unfinished")
            unfinished.unlink(missing_ok=True)
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(make())
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(path)
        return path


def _readable() -> bytes:
    groups = ("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(4))
    return "-".join(groups).encode()


def _ed25519() -> bytes:
    key = base64.b64encode(ED25519_HEADER + os.urandom(KEY_BYTES))
    return b"-----BEGIN PRIVATE KEY-----\n" + key + b"\n-----END PRIVATE KEY-----\n"
