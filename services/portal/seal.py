"""What the browser keeps for us, encrypted and authenticated: it can neither read nor change it."""

import base64
import binascii
import hashlib
import hmac
from typing import TypeVar

import msgspec
from cryptography.fernet import Fernet, InvalidToken

from libs.serving.settings import Misconfigured

T = TypeVar("T")


class Seal:
    """Raises Misconfigured when the key is not 32 bytes in base64."""

    def __init__(self, key: str) -> None:
        try:
            self._key = base64.b64decode(key, validate=True)
            self._fernet = Fernet(base64.urlsafe_b64encode(self._key))
        except (binascii.Error, ValueError):
            raise Misconfigured("THIDUA_SESSION_KEY: 32 bytes in base64 are needed") from None

    def close(self, content: msgspec.Struct) -> str:
        return self._fernet.encrypt(msgspec.json.encode(content)).decode()

    def open(self, sealed: str, of: type[T]) -> T | None:
        """The content, None for what this portal did not seal or can no longer read."""
        try:
            return msgspec.json.decode(self._fernet.decrypt(sealed), type=of)
        except (InvalidToken, msgspec.DecodeError):
            return None

    def token(self, session: str) -> str:
        """What every form of a session carries, and no other site can know."""
        return hmac.new(self._key, f"form|{session}".encode(), hashlib.sha256).hexdigest()
