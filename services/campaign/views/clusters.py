"""Clusters with members and leaders, and pledges with who has signed them."""

from typing import Any
from uuid import UUID

import asyncpg

from libs.eventlog.log import Recorded
from libs.eventlog.views import Db, Projection
from services.campaign.events import (
    ClusterFormed,
    ClusterLeadersChosen,
    ClusterMembersChanged,
    PledgeOpened,
    PledgeSigned,
)

projection = Projection("""
CREATE TABLE cluster (
    id        uuid PRIMARY KEY,
    authority text NOT NULL,
    name      text NOT NULL,
    kind      text NOT NULL,
    members   text[] NOT NULL,
    formed_at timestamptz NOT NULL);
CREATE TABLE cluster_leaders (
    cluster  uuid NOT NULL,
    year     int NOT NULL,
    head     text NOT NULL,
    deputies text[] NOT NULL,
    PRIMARY KEY (cluster, year));
CREATE TABLE pledge (
    id        uuid PRIMARY KEY,
    cluster   uuid NOT NULL,
    authority text NOT NULL,
    name      text NOT NULL,
    year      int NOT NULL,
    campaign  uuid,
    text      text NOT NULL,
    members   text[] NOT NULL,
    opened_at timestamptz NOT NULL);
CREATE TABLE pledge_signature (
    pledge uuid NOT NULL,
    unit   text NOT NULL,
    at     timestamptz NOT NULL,
    PRIMARY KEY (pledge, unit));
""")


@projection.on(ClusterFormed)
async def formed(db: Db, event: ClusterFormed, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO cluster VALUES ($1, $2, $3, $4, $5, $6)",
        recorded.stream,
        event.authority,
        event.name,
        event.kind,
        list(event.members),
        recorded.meta.recorded_at,
    )


@projection.on(ClusterMembersChanged)
async def members_changed(db: Db, event: ClusterMembersChanged, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE cluster SET members = $2 WHERE id = $1", recorded.stream, list(event.members)
    )


@projection.on(ClusterLeadersChosen)
async def leaders_chosen(db: Db, event: ClusterLeadersChosen, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO cluster_leaders VALUES ($1, $2, $3, $4) ON CONFLICT (cluster, year) "
        "DO UPDATE SET head = excluded.head, deputies = excluded.deputies",
        recorded.stream,
        event.year,
        event.head,
        list(event.deputies),
    )


@projection.on(PledgeOpened)
async def pledge_opened(db: Db, event: PledgeOpened, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO pledge VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        event.pledge,
        event.cluster,
        event.authority,
        event.name,
        event.year,
        event.campaign,
        event.text,
        list(event.members),
        recorded.meta.recorded_at,
    )


@projection.on(PledgeSigned)
async def pledge_signed(db: Db, event: PledgeSigned, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO pledge_signature VALUES ($1, $2, $3)",
        recorded.stream,
        event.unit,
        recorded.meta.recorded_at,
    )


async def clusters(pool: asyncpg.Pool, authority: str, unit: str | None) -> list[dict[str, Any]]:
    """All clusters of an authority, or those that one unit is a member of."""
    rows = await pool.fetch(
        "SELECT c.id, c.name, c.kind, c.members, c.formed_at, l.year, l.head, l.deputies "
        "FROM views.cluster c LEFT JOIN LATERAL (SELECT * FROM views.cluster_leaders "
        "WHERE cluster = c.id ORDER BY year DESC LIMIT 1) l ON true "
        "WHERE c.authority = $1 AND ($2::text IS NULL OR $2 = ANY(c.members)) "
        "ORDER BY c.name, c.id",
        authority,
        unit,
    )
    return [dict(row) for row in rows]


async def cluster(pool: asyncpg.Pool, id: UUID) -> dict[str, Any]:
    """One cluster with its leaders by year and its pledges, newest first."""
    found = await pool.fetchrow("SELECT * FROM views.cluster WHERE id = $1", id)
    leaders = await pool.fetch(
        "SELECT year, head, deputies FROM views.cluster_leaders WHERE cluster = $1 "
        "ORDER BY year DESC",
        id,
    )
    pledges = await pool.fetch(
        "SELECT p.id, p.year, p.campaign, cardinality(p.members) AS members, p.opened_at, "
        "(SELECT count(*) FROM views.pledge_signature s WHERE s.pledge = p.id) AS signed "
        "FROM views.pledge p WHERE cluster = $1 ORDER BY opened_at DESC, id",
        id,
    )
    whole = dict(found) if found else {}
    return whole | {"leaders": [dict(r) for r in leaders], "pledges": [dict(r) for r in pledges]}


async def pledge(pool: asyncpg.Pool, id: UUID) -> dict[str, Any]:
    """One pledge and by member when it signed."""
    found = await pool.fetchrow("SELECT * FROM views.pledge WHERE id = $1", id)
    rows = await pool.fetch("SELECT unit, at FROM views.pledge_signature WHERE pledge = $1", id)
    return (dict(found) if found else {}) | {"signed": {row["unit"]: row["at"] for row in rows}}


async def unsigned(pool: asyncpg.Pool, authority: str, unit: str) -> list[dict[str, Any]]:
    """Pledges that wait for this unit's signature."""
    rows = await pool.fetch(
        "SELECT p.id, p.name, p.year, p.opened_at FROM views.pledge p "
        "WHERE p.authority = $1 AND $2 = ANY(p.members) AND NOT EXISTS (SELECT FROM "
        "views.pledge_signature s WHERE s.pledge = p.id AND s.unit = $2) ORDER BY opened_at, id",
        authority,
        unit,
    )
    return [dict(row) for row in rows]
