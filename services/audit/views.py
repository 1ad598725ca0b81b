"""What can be asked: checkpoints, verifications and what they found."""

from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from libs.eventlog.log import Recorded
from libs.eventlog.views import Db, Projection
from services.audit.events import (
    CheckpointSealed,
    DiscrepancyFound,
    VerificationFailed,
    VerificationPassed,
)
from services.audit.merkle import Frontier

projection = Projection("""
CREATE TABLE checkpoint (
    size      bigint PRIMARY KEY,
    root      text NOT NULL,
    note      text NOT NULL,
    peaks     text[] NOT NULL,
    sealed_at timestamptz NOT NULL
);
CREATE TABLE verification (
    id          uuid PRIMARY KEY,
    position    bigint NOT NULL,
    result      text NOT NULL,
    size        bigint NOT NULL,
    root        text NOT NULL,
    findings    bigint NOT NULL,
    verified_at timestamptz NOT NULL,
    verified_by uuid
);
CREATE INDEX ON verification (position);
CREATE TABLE finding (
    verification uuid NOT NULL,
    number       bigint NOT NULL,
    service      text NOT NULL,
    position     bigint NOT NULL,
    what         text NOT NULL,
    PRIMARY KEY (verification, number)
);
""")


class Latest(msgspec.Struct, frozen=True):
    """The newest checkpoint: its note and the tree to go on from."""

    note: str
    frontier: Frontier


@projection.on(CheckpointSealed)
async def checkpoint_sealed(db: Db, event: CheckpointSealed, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO checkpoint VALUES ($1, $2, $3, $4, $5)",
        event.size,
        event.root,
        event.note,
        list(event.peaks),
        recorded.meta.recorded_at,
    )


@projection.on(DiscrepancyFound)
async def discrepancy_found(db: Db, event: DiscrepancyFound, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO finding VALUES ($1, $2, $3, $4, $5)",
        event.verification,
        recorded.version,
        event.service,
        event.position,
        event.what,
    )


@projection.on(VerificationPassed)
async def passed(db: Db, event: VerificationPassed, recorded: Recorded) -> None:
    await _concluded(db, event, recorded, "verified", 0)


@projection.on(VerificationFailed)
async def failed(db: Db, event: VerificationFailed, recorded: Recorded) -> None:
    await _concluded(db, event, recorded, "discrepancy", event.findings)


async def _concluded(
    db: Db,
    event: VerificationPassed | VerificationFailed,
    recorded: Recorded,
    result: str,
    findings: int,
) -> None:
    await db.execute(
        "INSERT INTO verification VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        event.verification,
        recorded.position,
        result,
        event.size,
        event.root,
        findings,
        recorded.meta.recorded_at,
        recorded.meta.actor,
    )


async def latest_checkpoint(pool: asyncpg.Pool) -> Latest | None:
    row = await pool.fetchrow("SELECT * FROM views.checkpoint ORDER BY size DESC LIMIT 1")
    if row is None:
        return None
    peaks = tuple(bytes.fromhex(peak) for peak in row["peaks"])
    return Latest(row["note"], Frontier(row["size"], peaks))


async def checkpoint_summary(pool: asyncpg.Pool) -> dict[str, Any] | None:
    row = await pool.fetchrow(
        "SELECT size, root, note, sealed_at FROM views.checkpoint ORDER BY size DESC LIMIT 1"
    )
    return None if row is None else dict(row)


async def last_verification(pool: asyncpg.Pool) -> dict[str, Any] | None:
    found = await pool.fetchval("SELECT id FROM views.verification ORDER BY position DESC LIMIT 1")
    return None if found is None else await verification(pool, found)


async def verification(pool: asyncpg.Pool, wanted: UUID) -> dict[str, Any] | None:
    """A verification with its findings, None if there is no such."""
    row = await pool.fetchrow(
        "SELECT id, result, size, root, verified_at, verified_by, findings AS findings_in_all "
        "FROM views.verification WHERE id = $1",
        wanted,
    )
    if row is None:
        return None
    findings = await pool.fetch(
        "SELECT service, position, what FROM views.finding WHERE verification = $1 ORDER BY number",
        wanted,
    )
    return dict(row) | {"findings": [dict(finding) for finding in findings]}
