"""Passwords: argon2id, off the event loop, and never faster for a name that does not exist."""

import asyncio
from uuid import UUID

import asyncpg
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from libs.eventlog.views import Views

AT_ONCE = 2  # hashes computed at the same time; each takes 64 MiB


class Passwords:
    """The private table of password hashes."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._hasher = PasswordHasher()
        self._nobody = self._hasher.hash("the password of nobody")
        self._turn = asyncio.Semaphore(AT_ONCE)

    @property
    def _pool(self) -> asyncpg.Pool:
        return self._views.pool

    async def missing(self, account: UUID) -> bool:
        found = "SELECT NOT EXISTS (SELECT FROM private.credential WHERE account = $1)"
        return bool(await self._pool.fetchval(found, account))

    async def hashed(self, password: str) -> str:
        async with self._turn:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def give(self, account: UUID, hashed: str) -> None:
        """Sets the first password; a repeat leaves the one that is there."""
        await self._pool.execute(
            "INSERT INTO private.credential (account, hash) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            account,
            hashed,
        )

    async def replace(self, account: UUID, hashed: str, *, must_change: bool) -> None:
        """Sets a new password; `must_change`: it is good for one sign-in, which chooses another."""
        await self._pool.execute(
            "INSERT INTO private.credential (account, hash, must_change) VALUES ($1, $2, $3) "
            "ON CONFLICT (account) DO UPDATE SET hash = $2, must_change = $3, changed_at = now()",
            account,
            hashed,
            must_change,
        )

    async def must_change(self, account: UUID) -> bool:
        asked = "SELECT must_change FROM private.credential WHERE account = $1"
        return bool(await self._pool.fetchval(asked, account))

    async def match(self, account: UUID, password: str) -> bool:
        """Whether this is the account's password; takes as long if there is no such account."""
        known = await self._pool.fetchval(
            "SELECT hash FROM private.credential WHERE account = $1", account
        )
        async with self._turn:
            right = await asyncio.to_thread(self._verify, known or self._nobody, password)
        if not right or known is None:
            return False
        if self._hasher.check_needs_rehash(known):
            await self._pool.execute(
                "UPDATE private.credential SET hash = $2, changed_at = now() WHERE account = $1",
                account,
                await self.hashed(password),
            )
        return True

    def _verify(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False
