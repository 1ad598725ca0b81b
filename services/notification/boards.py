"""The board of a campaign: unit by unit who was told, has answered, has been reminded."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import asyncpg
import msgspec

from libs.eventlog.log import Recorded
from libs.eventlog.views import Db, Projection
from services.notification.events import UnitsReminded

Answered = Literal["unanswered", "answered", "unregistered", "registered"]

projection = Projection("""
CREATE TABLE reminder (
    campaign  uuid NOT NULL,
    authority text NOT NULL,
    awaited   text NOT NULL,
    unit      text NOT NULL,
    at        timestamptz NOT NULL);
CREATE INDEX ON reminder (campaign, unit);
""")


@projection.on(UnitsReminded)
async def reminded(db: Db, event: UnitsReminded, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO reminder SELECT $1, $2, $3, unit, $5 FROM unnest($4::text[]) AS unit",
        event.campaign,
        event.authority,
        event.awaited,
        list(event.units),
        recorded.meta.recorded_at,
    )


# The unit's first notice is that of the launch, or of what it took over from one that gave way;
# guidance asks for an acknowledgement too.
BOARD = """
WITH told AS (
    SELECT DISTINCT ON (unit) unit, purpose, delivery, sent_at, opened_at
    FROM views.notice WHERE authority = $1 AND campaign = $2
        AND (template LIKE 'campaign-launched%' OR template = 'scope-succeeded')
    ORDER BY unit, position),
asked AS (
    SELECT unit, count(*) AS asked, count(acknowledged_at) AS acknowledged,
           max(acknowledged_at) AS acknowledged_at
    FROM views.notice WHERE authority = $1 AND campaign = $2 AND needs_acknowledgement
    GROUP BY unit),
reminded AS (
    SELECT unit, count(*) AS reminders, max(at) AS reminded_at
    FROM views.reminder WHERE campaign = $2 AND authority = $1 GROUP BY unit)
SELECT told.*, known.name AS unit_name, coalesce(asked.asked, 0) AS asked,
    coalesce(asked.acknowledged, 0) AS acknowledged, asked.acknowledged_at,
    coalesce(asked.acknowledged, 0) >= coalesce(asked.asked, 0) AS answered,
    coalesce(registration.state, 'none') AS registration,
    registration.submitted_at AS registered_at,
    told.unit = ANY(campaign.scope) AS takes_part,
    registration.relaunched_on, coalesce(reminded.reminders, 0) AS reminders, reminded.reminded_at
FROM told
LEFT JOIN asked USING (unit)
LEFT JOIN reminded USING (unit)
LEFT JOIN following.unit known ON known.code = told.unit
LEFT JOIN following.campaign ON campaign.id = $2
LEFT JOIN following.registration ON registration.campaign = $2 AND registration.unit = told.unit
"""
FILTERS: dict[str | None, str] = {
    None: "true",
    "unanswered": "NOT answered",
    "answered": "answered AND asked > 0",
    "unregistered": "takes_part AND registered_at IS NULL",
    "registered": "registered_at IS NOT NULL",
}


async def board(
    pool: asyncpg.Pool, authority: str, campaign: UUID, *, state: Answered | None = None
) -> list[dict[str, Any]]:
    """Every unit that the launch has told, those that have not answered first."""
    rows = await pool.fetch(
        f"SELECT * FROM ({BOARD}) AS board WHERE {FILTERS[state]} "
        "ORDER BY answered, purpose, unit_name, unit",
        authority,
        campaign,
    )
    return [dict(row) for row in rows]


async def asked_of(
    pool: asyncpg.Pool, authority: str, campaign: UUID
) -> list[tuple[str, list[UUID]]]:
    """By unit its notices of the campaign that ask for an acknowledgement."""
    rows = await pool.fetch(
        "SELECT unit, array_agg(id ORDER BY position) AS ids FROM views.notice "
        "WHERE authority = $1 AND campaign = $2 AND needs_acknowledgement "
        "GROUP BY unit ORDER BY unit",
        authority,
        campaign,
    )
    return [(row["unit"], row["ids"]) for row in rows]


async def registered(pool: asyncpg.Pool, campaign: UUID) -> set[str]:
    """Units that have sent a registration at least once."""
    rows = await pool.fetch(
        "SELECT unit FROM following.registration WHERE campaign = $1 AND submitted_at IS NOT NULL",
        campaign,
    )
    return {row["unit"] for row in rows}


async def names_of(pool: asyncpg.Pool, codes: list[str]) -> dict[str, str]:
    rows = await pool.fetch("SELECT code, name FROM following.unit WHERE code = ANY($1)", codes)
    return {row["code"]: row["name"] for row in rows}


class Called(msgspec.Struct, frozen=True):
    """What is said of a campaign to remind of it; `until`: when units are asked to register."""

    title: str = ""
    until: datetime | None = None
    standing: str = "running"


async def called(pool: asyncpg.Pool, campaign: UUID) -> Called:
    row = await pool.fetchrow(
        "SELECT title, until, standing FROM following.campaign "
        "LEFT JOIN following.registration_call ON campaign = id WHERE id = $1",
        campaign,
    )
    return Called() if row is None else Called(**row)
