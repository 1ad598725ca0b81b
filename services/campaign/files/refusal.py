"""A file that is not read, with a stable code; the portal has the sentence for each."""

from typing import Any


class FileRefused(Exception):
    """`facts` are numbers and names that help to mend it."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
