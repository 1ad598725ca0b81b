"""Names that have no account are refused, and locked, exactly like names that have one.

Otherwise the lock would tell which names exist. What is not an account has no place in the log.
"""

from datetime import datetime
from functools import reduce
from uuid import UUID

import asyncpg

from services.directory.decisions.accounts import refuse_sign_in
from services.directory.decisions.states import Account
from services.directory.history import evolve_account


async def refuse_stranger(pool: asyncpg.Pool, account: UUID, at: datetime) -> bool:
    """Counts a failure; whether the name was locked already."""
    async with pool.acquire() as db, db.transaction():
        await db.execute(
            "DELETE FROM private.stranger WHERE tried_at < $1::timestamptz - '1 day'::interval", at
        )
        await db.execute(
            "INSERT INTO private.stranger VALUES ($1, 0, NULL, $2) ON CONFLICT DO NOTHING",
            account,
            at,
        )
        row = await db.fetchrow(
            "SELECT failures, locked_until FROM private.stranger WHERE account = $1 FOR UPDATE",
            account,
        )
        before = Account(failures=row["failures"], locked_until=row["locked_until"])
        after = reduce(evolve_account, refuse_sign_in(before, at=at), before)
        await db.execute(
            "UPDATE private.stranger SET failures = $2, locked_until = $3, tried_at = $4 "
            "WHERE account = $1",
            account,
            after.failures,
            after.locked_until,
            at,
        )
    return before.locked(at)
