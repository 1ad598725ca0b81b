"""Signing in, and the short-lived tokens that a session is exchanged for."""

import asyncio
import hashlib
import hmac
import secrets
import time
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from joserfc.jwk import OKPKey

from libs.eventlog.events import Context, Refused
from libs.eventlog.ids import new_id
from libs.eventlog.log import Receipt
from libs.eventlog.views import Views
from libs.serving.acting import LIFETIME, SYSTEM, Acting, Unauthenticated, signed
from libs.serving.command import now
from libs.serving.days import day_of
from services.directory.decisions.accounts import (
    SHORTEST_PASSWORD,
    change_password,
    check_password,
    choose_hat,
    end_others,
    end_session,
    refuse_sign_in,
    sign_in,
)
from services.directory.decisions.officials import choose_appointment, power
from services.directory.decisions.states import Account, Appointment, holds
from services.directory.history import Histories, account_id, unit_id
from services.directory.names import name_of
from services.directory.passwords import Passwords
from services.directory.permissions import delegation_to, units_below
from services.directory.strangers import refuse_stranger

SEES_BELOW = ("chairman", "leader", "specialist")
REFUSAL_TAKES = 0.4  # seconds at least, so that its duration does not say why


class Session(msgspec.Struct, frozen=True):
    """A row of private.session."""

    id: UUID
    account: UUID
    official: UUID
    appointment: UUID
    secret: bytes
    expires_at: datetime
    ended_at: datetime | None
    delegation: UUID | None = None
    principal: UUID | None = None
    started_at: datetime | None = None
    seen_at: datetime | None = None
    device: str = ""


class Sessions:
    """Opens, renews and ends sessions; signs tokens with the directory's key."""

    def __init__(
        self,
        histories: Histories,
        views: Views,
        passwords: Passwords,
        key: OKPKey,
        *,
        lasts: timedelta,
        idle: timedelta = timedelta(hours=1),
        one_session: bool = False,
    ) -> None:
        self._idle, self._one_session = idle, one_session
        self._log, self._views, self._passwords = histories.log, views, passwords
        self._key, self._lasts = key, lasts
        self._accounts, self._officials = histories.accounts, histories.officials
        self._units = histories.units

    @property
    def _pool(self) -> asyncpg.Pool:
        return self._views.pool

    async def open(
        self,
        username: str,
        password: str,
        chosen: UUID | None,
        *,
        new_password: str | None = None,
        device: str = "",
    ) -> dict[str, Any]:
        """Signs in and returns the session, its secret and a first token.

        `new_password` takes the place of a first password, which is good for nothing else.
        Raises Unauthenticated (sign-in-refused, account-locked) and Refused (choose-appointment,
        no-appointment, password-must-change).
        """
        started = time.monotonic()
        try:
            return await self._open(account_id(username), password, chosen, new_password, device)
        except Unauthenticated:
            await asyncio.sleep(started + REFUSAL_TAKES - time.monotonic())
            raise

    async def token(self, session_id: UUID, secret: str) -> dict[str, Any]:
        """A new token for a session that is neither ended nor expired."""
        session = await self._session(session_id, secret)
        at = now()
        if session.ended_at is not None or session.expires_at <= at:
            raise Unauthenticated("session-ended")
        await self._not_idle(session, at)
        return await self._facts(session, await self._acted_in(session, at), at)

    async def choose(self, session_id: UUID, secret: str, wanted: UUID) -> dict[str, Any]:
        """Another hat within the session: an own appointment, or a delegation to the official."""
        session = await self._session(session_id, secret)
        at = now()
        if session.ended_at is not None or session.expires_at <= at:
            raise Unauthenticated("session-ended")
        await self._views.at_least(await self._log.head())
        given = await delegation_to(self._pool, session.official, wanted)
        hat = msgspec.structs.replace(
            session,
            appointment=given["appointment"] if given else wanted,
            delegation=wanted if given else None,
            principal=given["official"] if given else None,
        )
        try:
            appointment = await self._acted_in(hat, at)
        except Unauthenticated:
            raise Refused("no-appointment") from None
        account = (await self._accounts.load(session.account)).state
        receipt = await self._accounts.record(
            session.account,
            lambda a: choose_hat(a, session.id, hat.appointment, hat.delegation),
            _context(account, "hat-chosen", at),
        )
        await self._pool.execute(
            "UPDATE private.session SET appointment = $2, delegation = $3, principal = $4, "
            "seen_at = $5 WHERE id = $1",
            session.id,
            hat.appointment,
            hat.delegation,
            hat.principal,
            at,
        )
        return await self._facts(hat, appointment, at) | {"position": receipt.position}

    async def of(self, official: UUID) -> list[dict[str, Any]]:
        """The official's sessions that go on, the newest first."""
        rows = await self._pool.fetch(
            "SELECT id, appointment, delegation, started_at, seen_at, device FROM private.session "
            "WHERE official = $1 AND ended_at IS NULL AND expires_at > $2 AND seen_at > $3 "
            "ORDER BY started_at DESC",
            official,
            now(),
            now() - self._idle - timedelta(seconds=LIFETIME),
        )
        return [dict(row) for row in rows]

    async def account_of(self, official: UUID) -> UUID:
        """The stream of the official's account; Refused("not-found") without one."""
        await self._views.at_least(await self._log.head())
        asked = "SELECT account FROM views.account WHERE official = $1"
        account: UUID | None = await self._pool.fetchval(asked, official)
        if account is None:
            raise Refused("not-found")
        return account

    async def close(
        self, account: UUID, *, only: UUID | None = None, but: UUID | None = None
    ) -> None:
        """Lets the rows follow what was recorded: those sessions give no more tokens."""
        await self._pool.execute(
            "UPDATE private.session SET ended_at = now() WHERE account = $1 AND ended_at IS NULL "
            "AND ($2::uuid IS NULL OR id = $2) AND ($3::uuid IS NULL OR id <> $3)",
            account,
            only,
            but,
        )

    async def _not_idle(self, session: Session, at: datetime) -> None:
        """A token lives on unseen, so its life is added to what may pass without one."""
        seen = session.seen_at or at
        if at - seen > self._idle + timedelta(seconds=LIFETIME):
            account = (await self._accounts.load(session.account)).state
            await self._accounts.record(
                session.account,
                lambda a: end_session(a, session.id, "idle"),
                _context(account, "session-idle", at),
            )
            await self.close(session.account, only=session.id)
            raise Unauthenticated("session-ended")
        await self._pool.execute(
            "UPDATE private.session SET seen_at = $2 WHERE id = $1", session.id, at
        )

    async def _acted_in(self, session: Session, at: datetime) -> Appointment:
        """The appointment, own or delegated, if it still holds; Unauthenticated otherwise."""
        day = day_of(at)
        own = (await self._officials.load(session.official)).state
        holder = own
        if session.delegation is not None and session.principal is not None:
            holder = (await self._officials.load(session.principal)).state
            held = [d for d in holder.delegations if d.id == session.delegation]
            good = held and held[0].to == session.official and held[0].holds_on(day)
            if not good or not own.holding(day):
                raise Unauthenticated("delegation-ended")
        try:
            return choose_appointment(holder, session.appointment, day=day)
        except Refused:
            raise Unauthenticated("appointment-ended") from None

    async def _kinds(self, session: Session) -> tuple[str, ...]:
        if session.principal is None:
            return ()
        holder = (await self._officials.load(session.principal)).state
        return next(d.kinds for d in holder.delegations if d.id == session.delegation)

    async def end(self, session_id: UUID, secret: str) -> Receipt:
        session = await self._session(session_id, secret)
        await self._pool.execute(
            "UPDATE private.session SET ended_at = now() WHERE id = $1 AND ended_at IS NULL",
            session.id,
        )
        account = (await self._accounts.load(session.account)).state
        return await self._accounts.record(
            session.account,
            lambda a: end_session(a, session.id),
            _context(account, "session-ended", now()),
        )

    async def _open(
        self,
        account: UUID,
        password: str,
        chosen: UUID | None,
        new_password: str | None,
        device: str,
    ) -> dict[str, Any]:
        right = await self._passwords.match(account, password)
        state, at = (await self._accounts.load(account)).state, now()
        if state.official is None:
            locked = await refuse_stranger(self._pool, account, at)
            raise Unauthenticated("account-locked" if locked else "sign-in-refused")
        if state.locked(at):
            raise Unauthenticated("account-locked")
        if not right:
            context = _context(state, "sign-in-refused", at)
            await self._accounts.record(account, lambda a: refuse_sign_in(a, at=at), context)
            raise Unauthenticated("sign-in-refused")
        official = (await self._officials.load(state.official)).state
        appointment = choose_appointment(official, chosen, day=day_of(at))
        if await self._passwords.must_change(account):
            await self._first_password_changed(account, state, password, new_password, at)
        return await self._begin(account, state.official, appointment, at, device)

    async def _first_password_changed(
        self, account: UUID, state: Account, old: str, new: str | None, at: datetime
    ) -> None:
        if new is None:
            raise Refused("password-must-change", at_least=SHORTEST_PASSWORD)
        check_password(new)
        if new == old:
            raise Refused("password-unchanged")
        hashed = await self._passwords.hashed(new)
        await self._accounts.record(
            account,
            lambda a: change_password(a, account, session=None),
            _context(state, "password-changed", at),
        )
        await self._passwords.replace(account, hashed, must_change=False)

    async def _begin(
        self, account: UUID, official: UUID, appointment: Appointment, at: datetime, device: str
    ) -> dict[str, Any]:
        secret = secrets.token_urlsafe(32)
        session = Session(
            new_id(),
            account,
            official,
            appointment.id,
            _hash(secret),
            at + self._lasts,
            None,
            started_at=at,
            seen_at=at,
            device=device,
        )
        context = Context(
            at=at,
            authority=appointment.authority,
            command="sign-in",
            correlation=new_id(),
            actor=official,
            appointment=appointment.id,
            role=appointment.role,
            unit=appointment.unit,
        )
        try:
            receipt = await self._accounts.record(
                account,
                lambda a: [
                    *sign_in(a, session=session.id, appointment=appointment.id, at=at),
                    *(end_others(a, session.id, "replaced") if self._one_session else ()),
                ],
                context,
            )
        except Refused as refused:
            raise Unauthenticated(refused.code) from None
        await self._pool.execute(
            "INSERT INTO private.session (id, account, official, appointment, secret, expires_at, "
            "started_at, seen_at, device) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)",
            *msgspec.structs.astuple(session)[:6],
            at,
            device,
        )
        await self._close_ended(account)
        facts = await self._facts(session, appointment, at)
        return facts | {"secret": secret, "position": receipt.position}

    async def _close_ended(self, account: UUID) -> None:
        """Also a session that another sign-in ended before its row was there."""
        going_on = (await self._accounts.load(account)).state.sessions
        await self._pool.execute(
            "UPDATE private.session SET ended_at = now() WHERE account = $1 AND ended_at IS NULL "
            "AND id <> ALL($2::uuid[])",
            account,
            list(going_on),
        )

    async def _session(self, session_id: UUID, secret: str) -> Session:
        row = await self._pool.fetchrow("SELECT * FROM private.session WHERE id = $1", session_id)
        if row is None or not hmac.compare_digest(row["secret"], _hash(secret)):
            raise Unauthenticated("session-unknown")
        return Session(**dict(row))

    async def _facts(
        self, session: Session, appointment: Appointment, at: datetime
    ) -> dict[str, Any]:
        unit = (await self._units.load(unit_id(appointment.unit))).state
        if not holds(day_of(at), unit.valid_from, unit.valid_to):
            raise Unauthenticated("appointment-ended")
        issued = int(at.timestamp())
        role = power(appointment.role, unit.kind)
        by = Acting(
            official=session.official,
            appointment=appointment.id,
            role=role,
            unit=appointment.unit,
            duty=unit.duty,
            authority=appointment.authority,
            session=session.id,
            expires=min(issued + LIFETIME, int(session.expires_at.timestamp())),
            post=appointment.role if role != appointment.role else "",
            below=await self._below(appointment, role, at),
            on_behalf=session.principal,
            delegation=session.delegation,
            kinds=await self._kinds(session),
        )
        return {
            "session": session.id,
            "token": signed(by, self._key, issued=issued),
            "expires_in": by.expires - issued,
            "official": by.official,
            "appointment": by.appointment,
            "role": by.role,
            "unit": by.unit,
            "unit_name": unit.name,
            "duty": by.duty,
            "authority": by.authority,
            "title": appointment.title,
            "name": await name_of(self._log, session.official),
            "post": by.post,
            "on_behalf": by.on_behalf,
            "delegation": by.delegation,
            "on_behalf_name": await name_of(self._log, by.on_behalf) if by.on_behalf else "",
        }

    async def _below(self, appointment: Appointment, role: str, at: datetime) -> tuple[str, ...]:
        """The units under this one today: theirs is read by who leads or works for the upper."""
        if role not in SEES_BELOW or appointment.authority == SYSTEM:
            return ()
        return await units_below(self._pool, appointment.unit, day_of(at))


def _context(account: Account, command: str, at: datetime) -> Context:
    """Of what an account meets without anybody being signed in."""
    return Context(
        at=at,
        authority=account.authority,
        command=command,
        correlation=new_id(),
        actor=account.official,
    )


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
