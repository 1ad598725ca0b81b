"""Who administers, and which values are known."""

from libs.eventlog.events import Refused
from libs.serving.acting import SYSTEM, Acting


def may_administer(by: Acting, authority: str) -> None:
    by.require("administrator")
    if by.authority not in (authority, SYSTEM):
        raise Refused("not-allowed", authority=authority)


def on_list(code: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise Refused(code, value=value, known=list(known))
