"""Who may do what and who changed it: delegations, accounts, every change of rights."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from libs.eventlog.log import Recorded
from libs.eventlog.views import Db, Projection
from services.directory.events import (
    AccountLocked,
    AccountOpened,
    AccountUnlocked,
    DelegationEnded,
    DelegationGiven,
    PasswordReset,
    SignedIn,
)

Rows = list[dict[str, Any]]
projection = Projection("""
CREATE TABLE delegation (
    id          uuid PRIMARY KEY,
    official    uuid NOT NULL,
    appointment uuid NOT NULL,
    authority   text NOT NULL,
    delegate    uuid NOT NULL,
    kinds       text[] NOT NULL,
    valid_from  date NOT NULL,
    valid_to    date NOT NULL,
    reason      text NOT NULL,
    given_by    uuid NOT NULL
);
CREATE INDEX ON delegation (delegate);
CREATE INDEX ON delegation (authority);
CREATE TABLE account (
    account      uuid PRIMARY KEY,
    official     uuid NOT NULL,
    authority    text NOT NULL,
    opened_at    bigint NOT NULL,           -- position of the event that holds the sealed name
    locked_until timestamptz,
    signed_in_at timestamptz
);
CREATE INDEX ON account (official);
CREATE INDEX ON account (authority);
CREATE TABLE permission_change (
    position  bigint NOT NULL,
    at        timestamptz NOT NULL,
    actor     uuid,
    official  uuid NOT NULL,
    authority text NOT NULL,
    event     text NOT NULL,
    before    text NOT NULL,                -- JSON; empty: there was nothing
    after     text NOT NULL,
    reason    text NOT NULL
);
CREATE INDEX ON permission_change (authority, position);
""")


@projection.on(DelegationGiven)
async def delegation_given(db: Db, event: DelegationGiven, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO delegation VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        event.delegation,
        event.official,
        event.appointment,
        event.authority,
        event.to,
        list(event.kinds),
        event.valid_from,
        event.valid_to,
        event.reason,
        event.given_by,
    )
    after = {
        "on_behalf": event.official,
        "kinds": event.kinds,
        "valid_from": event.valid_from,
        "valid_to": event.valid_to,
    }
    await changed(db, recorded, event.to, event.authority, {}, after, event.reason)


@projection.on(DelegationEnded)
async def delegation_ended(db: Db, event: DelegationEnded, recorded: Recorded) -> None:
    given = await db.fetchrow("SELECT * FROM delegation WHERE id = $1", event.delegation)
    await db.execute(
        "UPDATE delegation SET valid_to = $2 WHERE id = $1", event.delegation, event.valid_to
    )
    same = {"on_behalf": event.official}
    before = same | {"valid_to": given["valid_to"]}
    after = same | {"valid_to": event.valid_to}
    whom, authority = given["delegate"], given["authority"]
    await changed(db, recorded, whom, authority, before, after, event.reason)


@projection.on(AccountOpened)
async def account_opened(db: Db, event: AccountOpened, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO account VALUES ($1, $2, $3, $4)",
        event.account,
        event.official,
        event.authority,
        recorded.position,
    )


@projection.on(SignedIn)
async def signed_in(db: Db, _: SignedIn, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE account SET signed_in_at = $2, locked_until = NULL WHERE account = $1",
        recorded.stream,
        recorded.meta.recorded_at,
    )


@projection.on(AccountLocked)
async def account_locked(db: Db, event: AccountLocked, recorded: Recorded) -> None:
    await _locked(db, recorded.stream, event.until)


@projection.on(AccountUnlocked)
async def account_unlocked(db: Db, event: AccountUnlocked, recorded: Recorded) -> None:
    await _locked(db, recorded.stream, None)
    await _of_account(db, recorded, event.reason)


@projection.on(PasswordReset)
async def password_reset(db: Db, event: PasswordReset, recorded: Recorded) -> None:
    await _locked(db, recorded.stream, None)
    await _of_account(db, recorded, event.reason)


async def changed(
    db: Db,
    recorded: Recorded,
    official: UUID,
    authority: str,
    before: dict[str, Any],
    after: dict[str, Any],
    reason: str = "",
) -> None:
    """One row of who changed whose rights, with what held before and after."""
    await db.execute(
        "INSERT INTO permission_change VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        recorded.position,
        recorded.meta.recorded_at,
        recorded.meta.actor,
        official,
        authority,
        recorded.topic.rpartition(".v")[0],
        msgspec.json.encode(before).decode() if before else "",
        msgspec.json.encode(after).decode() if after else "",
        reason,
    )


async def _locked(db: Db, account: UUID, until: datetime | None) -> None:
    await db.execute("UPDATE account SET locked_until = $2 WHERE account = $1", account, until)


async def _of_account(db: Db, recorded: Recorded, reason: str) -> None:
    row = await db.fetchrow("SELECT * FROM account WHERE account = $1", recorded.stream)
    await changed(db, recorded, row["official"], row["authority"], {}, {}, reason)


# ---- questions
async def delegation_to(pool: asyncpg.Pool, delegate: UUID, id: UUID) -> dict[str, Any] | None:
    row = await pool.fetchrow(
        "SELECT * FROM views.delegation WHERE id = $1 AND delegate = $2", id, delegate
    )
    return None if row is None else dict(row)


async def delegations(
    pool: asyncpg.Pool, authority: str | None, official: UUID | None, day: date | None
) -> Rows:
    """Of an authority, or from and to one official; only those of a day if one is given."""
    rows = await pool.fetch(
        "SELECT d.*, a.role, a.unit, a.title FROM views.delegation d "
        "JOIN views.appointment a ON a.id = d.appointment "
        "WHERE ($1::text IS NULL OR d.authority = $1) "
        "AND ($2::uuid IS NULL OR d.official = $2 OR d.delegate = $2) "
        "AND ($3::date IS NULL OR (d.valid_from <= $3 AND $3 < d.valid_to)) "
        "ORDER BY d.valid_from DESC, d.id",
        authority,
        official,
        day,
    )
    return [dict(row) for row in rows]


async def accounts_of(pool: asyncpg.Pool, authority: str) -> Rows:
    rows = await pool.fetch(
        "SELECT a.*, coalesce(c.must_change, false) AS must_change, "
        "c.hash IS NOT NULL AS has_password "
        "FROM views.account a LEFT JOIN private.credential c USING (account) "
        "WHERE a.authority = $1 ORDER BY a.opened_at",
        authority,
    )
    return [dict(row) for row in rows]


async def changes_of(pool: asyncpg.Pool, authority: str, before: int | None) -> Rows:
    """Who changed whose rights, newest first, a hundred at a time."""
    rows = await pool.fetch(
        "SELECT * FROM views.permission_change WHERE authority = $1 "
        "AND ($2::bigint IS NULL OR position < $2) ORDER BY position DESC LIMIT 100",
        authority,
        before,
    )
    return [
        dict(row) | {name: msgspec.json.decode(row[name] or b"{}") for name in ("before", "after")}
        for row in rows
    ]


async def administrators(pool: asyncpg.Pool, authority: str, day: date) -> set[UUID]:
    """The officials who administer the authority on a day."""
    rows = await pool.fetch(
        "SELECT DISTINCT official FROM views.appointment WHERE authority = $1 "
        "AND role = 'administrator' AND valid_from <= $2 AND (valid_to IS NULL OR $2 < valid_to)",
        authority,
        day,
    )
    return {row["official"] for row in rows}


async def units_below(pool: asyncpg.Pool, unit: str, day: date) -> tuple[str, ...]:
    """Codes of the units under this one on a day, of the same authority, at any depth."""
    rows = await pool.fetch(
        "WITH RECURSIVE below AS (SELECT code, authority FROM views.unit WHERE code = $1 "
        "UNION SELECT u.code, u.authority FROM views.unit u JOIN below b ON u.parent = b.code "
        "AND u.authority = b.authority "
        "WHERE u.valid_from <= $2 AND (u.valid_to IS NULL OR $2 < u.valid_to)) "
        "SELECT code FROM below WHERE code <> $1 ORDER BY code",
        unit,
        day,
    )
    return tuple(row["code"] for row in rows)
