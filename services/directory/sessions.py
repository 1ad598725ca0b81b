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
from libs.serving.acting import LIFETIME, Acting, Unauthenticated, signed
from libs.serving.command import now
from libs.serving.days import day_of
from services.directory.decisions.accounts import end_session, refuse_sign_in, sign_in
from services.directory.decisions.officials import choose_appointment
from services.directory.decisions.states import Account, Appointment, holds
from services.directory.history import Histories, account_id, unit_id
from services.directory.names import name_of
from services.directory.passwords import Passwords
from services.directory.strangers import refuse_stranger

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
    ) -> None:
        self._log, self._views, self._passwords = histories.log, views, passwords
        self._key, self._lasts = key, lasts
        self._accounts, self._officials = histories.accounts, histories.officials
        self._units = histories.units

    @property
    def _pool(self) -> asyncpg.Pool:
        return self._views.pool

    async def open(self, username: str, password: str, chosen: UUID | None) -> dict[str, Any]:
        """Signs in and returns the session, its secret and a first token.

        Raises Unauthenticated (sign-in-refused, account-locked) and Refused (choose-appointment,
        no-appointment).
        """
        started = time.monotonic()
        try:
            return await self._open(account_id(username), password, chosen)
        except Unauthenticated:
            await asyncio.sleep(started + REFUSAL_TAKES - time.monotonic())
            raise

    async def token(self, session_id: UUID, secret: str) -> dict[str, Any]:
        """A new token for a session that is neither ended nor expired."""
        session = await self._session(session_id, secret)
        at = now()
        if session.ended_at is not None or session.expires_at <= at:
            raise Unauthenticated("session-ended")
        official = (await self._officials.load(session.official)).state
        try:
            appointment = choose_appointment(official, session.appointment, day=day_of(at))
        except Refused:
            raise Unauthenticated("appointment-ended") from None
        return await self._facts(session, appointment, at)

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

    async def _open(self, account: UUID, password: str, chosen: UUID | None) -> dict[str, Any]:
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
        return await self._begin(account, state.official, appointment, at)

    async def _begin(
        self, account: UUID, official: UUID, appointment: Appointment, at: datetime
    ) -> dict[str, Any]:
        secret = secrets.token_urlsafe(32)
        session = Session(
            new_id(), account, official, appointment.id, _hash(secret), at + self._lasts, None
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
                lambda a: sign_in(a, session=session.id, appointment=appointment.id, at=at),
                context,
            )
        except Refused as refused:
            raise Unauthenticated(refused.code) from None
        await self._pool.execute(
            "INSERT INTO private.session (id, account, official, appointment, secret, expires_at) "
            "VALUES ($1, $2, $3, $4, $5, $6)",
            *msgspec.structs.astuple(session)[:6],
        )
        facts = await self._facts(session, appointment, at)
        return facts | {"secret": secret, "position": receipt.position}

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
        by = Acting(
            official=session.official,
            appointment=appointment.id,
            role=appointment.role,
            unit=appointment.unit,
            duty=unit.duty,
            authority=appointment.authority,
            session=session.id,
            expires=min(issued + LIFETIME, int(session.expires_at.timestamp())),
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
        }


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
