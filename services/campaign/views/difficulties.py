"""The list of difficulties by urgency, and the steps of their clocks that are still to come."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from libs.eventlog.log import Recorded
from libs.eventlog.views import Db, Projection
from services.campaign.clocks import Due
from services.campaign.deadlines import Clock
from services.campaign.events import (
    DifficultyAnswered,
    DifficultyAskedBack,
    DifficultyAssigned,
    DifficultyEscalated,
    DifficultyExplained,
    DifficultyOverdue,
    DifficultyPassedOn,
    DifficultyReminded,
    DifficultyReopened,
    DifficultyReported,
    DifficultyResolved,
    DifficultyTakenUp,
    DifficultyWithdrawn,
)

projection = Projection("""
CREATE TABLE difficulty (
    id          uuid PRIMARY KEY,
    authority   text NOT NULL,
    campaign    uuid NOT NULL,
    unit        text NOT NULL,
    lead_unit   text NOT NULL,
    holder      text NOT NULL,
    official    uuid,
    level       text NOT NULL,
    kind        text NOT NULL,
    title       text NOT NULL,
    state       text NOT NULL,
    taken_up    boolean NOT NULL DEFAULT false,
    reported_at timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL,
    due_at      timestamptz,              -- NULL while no clock runs
    warn_at     timestamptz,
    critical_at timestamptz,
    correlation uuid NOT NULL,
    position    bigint NOT NULL);
CREATE INDEX ON difficulty (authority, position);
CREATE INDEX ON difficulty (unit);
CREATE INDEX ON difficulty (campaign);
CREATE TABLE difficulty_step (
    difficulty uuid NOT NULL,
    step       text NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (difficulty, step));
CREATE INDEX ON difficulty_step (at, difficulty, step);
""")

STATES: dict[type, str] = {
    DifficultyAskedBack: "asked-back",
    DifficultyAnswered: "answered",
    DifficultyResolved: "resolved",
    DifficultyWithdrawn: "withdrawn",
}


@projection.on(DifficultyReported)
async def reported(db: Db, event: DifficultyReported, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO difficulty (id, authority, campaign, unit, lead_unit, holder, level, kind, "
        "title, state, reported_at, changed_at, correlation, position) "
        "VALUES ($1, $2, $3, $4, $5, $5, 'lead-office', $6, $7, 'waiting', $8, $8, $9, $10)",
        recorded.stream,
        event.authority,
        event.campaign,
        event.unit,
        event.lead_unit,
        event.kind,
        event.title,
        recorded.meta.recorded_at,
        recorded.meta.correlation,
        recorded.position,
    )
    await _start(db, recorded, event.clock)


@projection.on(DifficultyAssigned)
async def assigned(db: Db, event: DifficultyAssigned, recorded: Recorded) -> None:
    await _hold(db, recorded, event.assigned_unit, event.official, "lead-office")


@projection.on(DifficultyTakenUp)
async def taken_up(db: Db, event: DifficultyTakenUp, recorded: Recorded) -> None:
    await db.execute("UPDATE difficulty SET taken_up = true WHERE id = $1", recorded.stream)


@projection.on(DifficultyAskedBack, DifficultyAnswered, DifficultyResolved, DifficultyWithdrawn)
async def stopped(db: Db, event: Any, recorded: Recorded) -> None:
    await db.execute("DELETE FROM difficulty_step WHERE difficulty = $1", recorded.stream)
    await db.execute(
        "UPDATE difficulty SET state = $2, changed_at = $3, due_at = NULL, warn_at = NULL, "
        "critical_at = NULL WHERE id = $1",
        recorded.stream,
        STATES[type(event)],
        recorded.meta.recorded_at,
    )


@projection.on(DifficultyExplained)
async def explained(db: Db, event: DifficultyExplained, recorded: Recorded) -> None:
    await _start(db, recorded, event.clock)


@projection.on(DifficultyEscalated)
async def escalated(db: Db, event: DifficultyEscalated, recorded: Recorded) -> None:
    await _hold(db, recorded, event.to_unit, None, event.to)
    await _start(db, recorded, event.clock)


@projection.on(DifficultyReopened)
async def reopened(db: Db, event: DifficultyReopened, recorded: Recorded) -> None:
    await _hold(db, recorded, event.lead_unit, None, "lead-office")
    await _start(db, recorded, event.clock)


@projection.on(DifficultyPassedOn)
async def passed_on(db: Db, event: DifficultyPassedOn, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE difficulty SET unit = $2, lead_unit = $3, holder = $4, authority = $5, "
        "official = CASE WHEN holder = $4 THEN official END WHERE id = $1",
        recorded.stream,
        event.unit,
        event.lead_unit,
        event.holder,
        event.authority,
    )


@projection.on(DifficultyReminded, DifficultyOverdue)
async def fell_due(db: Db, event: Any, recorded: Recorded) -> None:
    # Earlier steps that were passed over are passed over for good.
    await db.execute(
        "DELETE FROM difficulty_step WHERE difficulty = $1 AND at <= "
        "(SELECT at FROM difficulty_step WHERE difficulty = $1 AND step = $2)",
        recorded.stream,
        event.step,
    )


async def _hold(db: Db, recorded: Recorded, holder: str, official: UUID | None, level: str) -> None:
    await db.execute(
        "UPDATE difficulty SET holder = $2, official = $3, level = $4, taken_up = false, "
        "changed_at = $5 WHERE id = $1",
        recorded.stream,
        holder,
        official,
        level,
        recorded.meta.recorded_at,
    )


async def _start(db: Db, recorded: Recorded, clock: Clock) -> None:
    """The new clock takes the place of the one before."""
    await db.execute("DELETE FROM difficulty_step WHERE difficulty = $1", recorded.stream)
    await db.executemany(
        "INSERT INTO difficulty_step VALUES ($1, $2, $3)",
        [(recorded.stream, step.name, step.at) for step in clock.steps],
    )
    reminders = [step.at for step in clock.steps if step.does == "reminder"]
    await db.execute(
        "UPDATE difficulty SET state = 'waiting', changed_at = $2, due_at = $3, warn_at = $4, "
        "critical_at = $5 WHERE id = $1",
        recorded.stream,
        recorded.meta.recorded_at,
        clock.due_at,
        min([*reminders, clock.due_at]),
        clock.critical_at,
    )


# ---- what can be asked
CLOCK = (
    "CASE WHEN due_at IS NULL THEN 'stopped' WHEN critical_at <= $1 THEN 'critical' "
    "WHEN due_at < $1 THEN 'overdue' WHEN warn_at <= $1 THEN 'warning' ELSE 'on-time' END"
)
VISIBLE = "(unit = $4 OR authority = $2 AND ($3 OR $4 IN (holder, lead_unit)))"


async def difficulties(
    pool: asyncpg.Pool,
    authority: str,
    unit: str,
    *,
    now: datetime,
    everything: bool,
    campaign: UUID | None = None,
    of_unit: str | None = None,
    state: str | None = None,
    clock: str | None = None,
    after: tuple[datetime | None, int] | None = None,
    limit: int,
) -> list[dict[str, Any]]:
    """The most urgent first, those without a running clock last; `after`: (due_at, position) seen.

    `state` open: neither resolved nor withdrawn. `everything`: of the authority, else the unit's.
    """
    due, position = after or (None, 0)
    rows = await pool.fetch(
        f"SELECT * FROM (SELECT d.*, {CLOCK} AS clock, "
        "(SELECT c.title FROM views.campaign c WHERE c.id = d.campaign) AS campaign_title "
        f"FROM views.difficulty d WHERE {VISIBLE} "
        "AND ($5::uuid IS NULL OR d.campaign = $5) AND ($6::text IS NULL OR d.unit = $6) "
        "AND ($7::text IS NULL OR d.state = $7 "
        "  OR ($7 = 'open' AND d.state NOT IN ('resolved', 'withdrawn')))) AS found "
        "WHERE ($8::text IS NULL OR clock = $8) AND (NOT $9 OR "
        "(coalesce(due_at, 'infinity'), -position) > "
        "(coalesce($10::timestamptz, 'infinity'), -$11::bigint)) "
        "ORDER BY coalesce(due_at, 'infinity'), position DESC LIMIT $12",
        now,
        authority,
        everything,
        unit,
        campaign,
        of_unit,
        state,
        clock,
        after is not None,
        due,
        position,
        limit,
    )
    return [dict(row) for row in rows]


async def counts(
    pool: asyncpg.Pool, authority: str, unit: str, *, now: datetime, everything: bool
) -> dict[str, int]:
    """How many open difficulties stand how by their clock."""
    rows = await pool.fetch(
        f"SELECT {CLOCK} AS clock, count(*) AS number FROM views.difficulty "
        f"WHERE {VISIBLE} AND state NOT IN ('resolved', 'withdrawn') GROUP BY 1",
        now,
        authority,
        everything,
        unit,
    )
    found = {row["clock"]: int(row["number"]) for row in rows}
    order = ("critical", "overdue", "warning", "on-time", "stopped")
    return {clock: found.get(clock, 0) for clock in order}


async def due(db: Db, now: datetime, after: Due | None, limit: int) -> list[Due]:
    """Steps whose instant has come, the earliest first, after the one that was seen last."""
    rows = await db.fetch(
        "SELECT s.difficulty AS stream, s.step, s.at, d.authority, d.correlation "
        "FROM views.difficulty_step s JOIN views.difficulty d ON d.id = s.difficulty "
        "WHERE s.at <= $1 AND ($2::timestamptz IS NULL OR "
        "(s.at, s.difficulty, s.step) > ($2, $3::uuid, $4::text)) "
        "ORDER BY s.at, s.difficulty, s.step LIMIT $5",
        now,
        after and after.at,
        after and after.stream,
        after and after.step,
        limit,
    )
    return [Due(**row) for row in rows]
