"""How large a request may be, answered in the words of the application.

The framework has such a limit too, but answers with a bare English line that no client knows.
"""

from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATIENCE = 512 * 1024 * 1024  # bytes thrown away; a browser only listens once it has sent all


class BodyLimit:
    """`largest` in bytes. `too_large` makes the answer to a request that says it has more."""

    def __init__(
        self,
        app: ASGIApp,
        largest: int,
        too_large: Callable[[], Response],
        *,
        listens_out: bool = False,
    ) -> None:
        self._app, self._largest, self._too_large = app, largest, too_large
        self._patience = PATIENCE if listens_out else 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        told = Headers(scope=scope).get("content-length", "")
        if told.isdecimal() and int(told) > self._largest:
            await _thrown_away(receive, min(int(told), self._patience))
            return await self._too_large()(scope, receive, send)
        return await self._app(scope, self._counted(receive), send)

    def _counted(self, receive: Receive) -> Receive:
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._largest:
                raise HTTPException(413)
            return message

        return counted


async def _thrown_away(receive: Receive, size: int) -> None:
    while size > 0:
        message = await receive()
        size -= len(message.get("body", b""))
        if not message.get("more_body"):
            return
