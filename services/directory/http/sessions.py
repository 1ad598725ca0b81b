"""Signing in, tokens, and the keys they are checked with."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from joserfc.jwk import KeySet

from libs.serving.command import accepted
from services.directory.bodies import HatChoice, SessionHolder, SignIn
from services.directory.sessions import Sessions


def routes(sessions: Sessions, keys: KeySet) -> APIRouter:
    router = APIRouter(tags=["sessions"])

    @router.get("/.well-known/jwks.json")
    async def jwks() -> dict[str, Any]:
        return dict(keys.as_dict(private=False))

    @router.post("/sessions", status_code=201)
    async def open_session(body: SignIn) -> dict[str, Any]:
        return await sessions.open(
            body.username,
            body.password,
            body.appointment,
            new_password=body.new_password,
            device=body.device,
        )

    @router.post("/sessions/{session}/hat")
    async def choose_hat(session: UUID, body: HatChoice) -> dict[str, Any]:
        """The session goes on in another appointment, own or delegated; that is recorded."""
        return await sessions.choose(session, body.secret, body.hat)

    @router.post("/sessions/{session}/token")
    async def renew_token(session: UUID, body: SessionHolder) -> dict[str, Any]:
        return await sessions.token(session, body.secret)

    @router.delete("/sessions/{session}")
    async def end(session: UUID, body: SessionHolder, response: Response) -> dict[str, Any]:
        return accepted(await sessions.end(session, body.secret), response)

    return router
