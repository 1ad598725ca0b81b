"""What can be asked of units that gave way to others, and of the acts that ordered it."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from libs.eventlog.log import Recorded
from libs.eventlog.views import Db, Projection
from services.directory.events import (
    ReorganisationConfirmed,
    ReorganisationPrepared,
    ReorganisationTookEffect,
    ReorganisationWithdrawn,
    UnitSucceeded,
)

projection = Projection("""
CREATE TABLE succession (
    predecessor text PRIMARY KEY, custodian text NOT NULL, act text NOT NULL, name text NOT NULL,
    successors jsonb NOT NULL, effective date NOT NULL, reorganisation uuid NOT NULL,
    document text NOT NULL);
CREATE TABLE reorganisation (
    id uuid PRIMARY KEY, authority text NOT NULL, stage text NOT NULL, effective date NOT NULL,
    document text NOT NULL, abstract text NOT NULL, acts int NOT NULL, position bigint NOT NULL);
""")
STAGES: dict[type, str] = {
    ReorganisationConfirmed: "confirmed",
    ReorganisationTookEffect: "in-force",
    ReorganisationWithdrawn: "withdrawn",
}


@projection.on(UnitSucceeded)
async def unit_succeeded(db: Db, event: UnitSucceeded, _: Recorded) -> None:
    await db.execute(
        "INSERT INTO succession VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8)",
        event.code,
        event.custodian,
        event.act,
        event.name,
        msgspec.json.encode(event.successors).decode(),
        event.effective,
        event.reorganisation,
        event.document.number,
    )


@projection.on(ReorganisationPrepared)
async def prepared(db: Db, event: ReorganisationPrepared, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO reorganisation VALUES ($1, $2, 'prepared', $3, $4, $5, $6, $7)",
        recorded.stream,
        event.authority,
        event.effective,
        event.document.number,
        event.document.abstract,
        len(event.acts),
        recorded.position,
    )


@projection.on(ReorganisationConfirmed, ReorganisationTookEffect, ReorganisationWithdrawn)
async def moved(db: Db, event: Any, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE reorganisation SET stage = $2 WHERE id = $1", recorded.stream, STAGES[type(event)]
    )


async def successions(pool: asyncpg.Pool, codes: Iterable[str] | None) -> list[dict[str, Any]]:
    """Who stands where which unit stood; with `codes` only what these gave or took."""
    rows = await pool.fetch(
        "SELECT * FROM views.succession WHERE $1::text[] IS NULL OR predecessor = ANY($1) "
        "OR EXISTS (SELECT FROM jsonb_array_elements(successors) s WHERE s->>'unit' = ANY($1)) "
        "ORDER BY effective, predecessor",
        None if codes is None else list(codes),
    )
    return [dict(row) | {"successors": msgspec.json.decode(row["successors"])} for row in rows]


async def reorganisations(pool: asyncpg.Pool, authority: str | None) -> list[dict[str, Any]]:
    rows = await pool.fetch(
        "SELECT * FROM views.reorganisation WHERE $1::text IS NULL OR authority = $1 "
        "ORDER BY position DESC LIMIT 200",
        authority,
    )
    return [dict(row) for row in rows]


async def due(pool: asyncpg.Pool, today: date) -> list[tuple[UUID, str]]:
    """Confirmed reorganisations whose day has come, and whose they are; the earliest first."""
    rows = await pool.fetch(
        "SELECT id, authority FROM views.reorganisation WHERE stage = 'confirmed' "
        "AND effective <= $1 ORDER BY effective, position",
        today,
    )
    return [(row["id"], row["authority"]) for row in rows]


async def units_within(
    pool: asyncpg.Pool, authorities: Iterable[str], parents: Iterable[str]
) -> list[str]:
    """Codes of the units that belong to one of the authorities or lie right below a parent."""
    rows = await pool.fetch(
        "SELECT code FROM views.unit WHERE authority = ANY($1) OR parent = ANY($2)",
        list(authorities),
        list(parents),
    )
    return [row["code"] for row in rows]


async def officials_in(pool: asyncpg.Pool, units: Iterable[str], day: date) -> list[UUID]:
    """Who holds an appointment in one of the units that would go on after the day."""
    rows = await pool.fetch(
        "SELECT DISTINCT official FROM views.appointment WHERE unit = ANY($1) "
        "AND (valid_to IS NULL OR $2 < valid_to) ORDER BY official",
        list(units),
        day,
    )
    return [row["official"] for row in rows]
