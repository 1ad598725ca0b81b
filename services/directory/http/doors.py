"""What the routes of the directory share."""

from typing import Any

import msgspec
from fastapi import Depends

from libs.eventlog.events import Context, Refused
from libs.eventlog.log import Log
from libs.eventlog.views import Views
from libs.serving.command import acting
from services.directory.history import Histories
from services.directory.passwords import Passwords

SIGNED_IN = Depends(acting)


class Parts(msgspec.Struct, frozen=True):
    histories: Histories
    views: Views
    passwords: Passwords

    @property
    def log(self) -> Log:
        return self.histories.log


def under(context: Context, authority: str) -> Context:
    """The command under the authority it concerns: administrators of the system act for all."""
    return msgspec.structs.replace(context, authority=authority or context.authority)


def found(items: list[dict[str, Any]]) -> dict[str, Any]:
    if not items:
        raise Refused("not-found")
    return {"items": items}
