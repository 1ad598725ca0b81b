"""One's own account, and what an administrator does with those of others."""

import secrets
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query, Response

from libs.eventlog.events import Context, Refused
from libs.serving.acting import SYSTEM
from libs.serving.command import LARGEST, AtLeast, By, Command, accepted, now
from libs.serving.days import day_of
from services.directory.bodies import Code, PasswordChange, Reasoned
from services.directory.decisions.access import may_administer
from services.directory.decisions.accounts import (
    change_password,
    check_password,
    end_session,
    refuse_sign_in,
    reset_password,
    unlock,
)
from services.directory.http.doors import Parts, under
from services.directory.names import name_of, username_at
from services.directory.permissions import accounts_of, changes_of, delegations
from services.directory.sessions import Sessions

Before = Annotated[int | None, Query(ge=1, le=LARGEST)]
ONE_TIME = 12  # random bytes of a first password


def routes(parts: Parts, sessions: Sessions) -> APIRouter:
    router = APIRouter(tags=["accounts"])
    _add_own(router, parts, sessions)
    _add_password(router, parts, sessions)
    _add_administration(router, parts, sessions)
    _add_changes(router, parts)
    return router


def _add_own(router: APIRouter, parts: Parts, sessions: Sessions) -> None:
    @router.get("/account/sessions")
    async def own_sessions(by: By) -> dict[str, Any]:
        items = await sessions.of(by.official)
        return {"items": [one | {"current": one["id"] == by.session} for one in items]}

    @router.delete("/account/sessions/{session}")
    async def end_own(session: UUID, command: Command, response: Response) -> dict[str, Any]:
        if session not in {one["id"] for one in await sessions.of(command.by.official)}:
            raise Refused("not-found")
        account = await sessions.account_of(command.by.official)
        receipt = await parts.histories.accounts.record(
            account, lambda a: end_session(a, session, "ended-elsewhere"), command.context
        )
        await sessions.close(account, only=session)
        return accepted(receipt, response)

    @router.get("/account/hats")
    async def hats(by: By, after: AtLeast) -> dict[str, Any]:
        """The appointments one may act in today, own and delegated."""
        await parts.views.at_least(after)
        day = day_of(now())
        own = (await parts.histories.officials.load(by.official)).state.holding(day)
        given = await delegations(parts.views.pool, None, by.official, day)
        lent = [
            {
                "id": one["id"],
                "role": one["role"],
                "unit": one["unit"],
                "title": one["title"],
                "kinds": one["kinds"],
                "on_behalf": one["official"],
                "on_behalf_name": await name_of(parts.log, one["official"]),
            }
            for one in given
            if one["delegate"] == by.official
        ]
        return {"items": [*msgspec.to_builtins(own), *lent]}


def _add_password(router: APIRouter, parts: Parts, sessions: Sessions) -> None:
    @router.post("/account/password")
    async def change(body: PasswordChange, command: Command, response: Response) -> dict[str, Any]:
        """Who knows the old password sets a new one; all other sessions end."""
        accounts, by = parts.histories.accounts, command.by
        account = await sessions.account_of(by.official)
        context = _untold(command.context)
        if (await accounts.load(account)).state.locked(command.at):
            raise Refused("account-locked")
        if not await parts.passwords.match(account, body.current):
            wrong = msgspec.structs.replace(context, key=None)
            await accounts.record(account, lambda a: refuse_sign_in(a, at=command.at), wrong)
            raise Refused("password-wrong")
        check_password(body.new)
        if body.new == body.current:
            raise Refused("password-unchanged")
        hashed = await parts.passwords.hashed(body.new)
        receipt = await accounts.record(
            account, lambda a: change_password(a, account, session=by.session), context
        )
        await parts.passwords.replace(account, hashed, must_change=False)
        await sessions.close(account, but=by.session)
        return accepted(receipt, response)


def _add_administration(router: APIRouter, parts: Parts, sessions: Sessions) -> None:
    @router.get("/accounts")
    async def accounts(by: By, after: AtLeast, authority: Code | None = None) -> dict[str, Any]:
        asked = authority or by.authority
        may_administer(by, asked)
        await parts.views.at_least(after)
        items = []
        for row in await accounts_of(parts.views.pool, asked):
            username = await username_at(parts.log, row.pop("opened_at"))
            name = await name_of(parts.log, row["official"])
            items.append(row | {"username": username, "name": name})
        return {"items": items}

    @router.post("/officials/{official}/account/reset")
    async def reset(
        official: UUID, body: Reasoned, command: Command, response: Response
    ) -> dict[str, Any]:
        """A first password, told once; good only for choosing another at the next sign-in."""
        account = await sessions.account_of(official)
        holder = (await parts.histories.officials.load(official)).state
        authority = (await parts.histories.accounts.load(account)).state.authority
        receipt = await parts.histories.accounts.record(
            account,
            lambda a: reset_password(a, account, holder, reason=body.reason, by=command.by),
            under(command.context, authority),
        )
        if receipt.replayed:  # it was told once; another reset makes another one
            return accepted(receipt, response) | {"password": None}
        password = secrets.token_urlsafe(ONE_TIME)
        hashed = await parts.passwords.hashed(password)
        await parts.passwords.replace(account, hashed, must_change=True)
        await sessions.close(account)
        return accepted(receipt, response) | {"password": password}

    @router.post("/officials/{official}/account/unlocking")
    async def unlocking(
        official: UUID, body: Reasoned, command: Command, response: Response
    ) -> dict[str, Any]:
        account = await sessions.account_of(official)
        holder = (await parts.histories.officials.load(official)).state
        authority = (await parts.histories.accounts.load(account)).state.authority
        receipt = await parts.histories.accounts.record(
            account,
            lambda a: unlock(a, account, holder, reason=body.reason, at=command.at, by=command.by),
            under(command.context, authority),
        )
        return accepted(receipt, response)


def _add_changes(router: APIRouter, parts: Parts) -> None:
    @router.get("/permission-changes")
    async def permission_changes(
        by: By, after: AtLeast, authority: Code | None = None, before: Before = None
    ) -> dict[str, Any]:
        """Who changed whose rights, when and why, with what held before and after."""
        by.require("administrator", "auditor")
        asked = authority or by.authority
        if by.authority not in (asked, SYSTEM):
            raise Refused("not-allowed", authority=asked)
        await parts.views.at_least(after)
        return {"items": await changes_of(parts.views.pool, asked, before)}


def _untold(context: Context) -> Context:
    """Without the fingerprint, which is kept for ever: nobody shall try passwords on it."""
    return msgspec.structs.replace(context, fingerprint=b"")
