"""The pseudonym under which a nominee stands in the log: the same subject, the same pseudonym.

A keyed hash, so that who reads the log cannot find a person by trying identity numbers.
"""

import hmac
import re
import unicodedata
from uuid import UUID


class Pseudonyms:
    def __init__(self, key: str) -> None:
        if len(key) < 32:
            raise ValueError("the pseudonym key has at least 32 characters")
        self._key = key.encode()

    def of(self, kind: str, identity: str) -> UUID:
        """Spelling, case and blanks of an identity make no difference."""
        written = re.sub(r"[\s.\-]", "", unicodedata.normalize("NFC", identity)).casefold()
        digest = hmac.digest(self._key, f"{kind}|{written}".encode(), "sha256")
        return UUID(bytes=digest[:16], version=5)
