"""The list of campaigns and the units that take part."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from libs.eventlog.log import Recorded
from libs.eventlog.views import Db, Projection
from services.campaign.events import (
    AmendmentApproved,
    AmendmentDrafted,
    AmendmentReturned,
    AmendmentSigned,
    AttributesSet,
    CampaignAmended,
    CampaignApproved,
    CampaignConcluded,
    CampaignDrafted,
    CampaignLaunched,
    CampaignNumbered,
    CampaignNumberVoided,
    CampaignReturned,
    CampaignSigned,
    CampaignSubmitted,
    CustodyPassed,
    EndChanged,
    FieldConfirmed,
    IntakeDeadlineChanged,
    PlanWritten,
    ScopeSucceeded,
)
from services.campaign.naming import name_of
from services.campaign.recipients import Unit
from services.campaign.views.life import STANDING

projection = Projection("""
CREATE TABLE campaign (
    id          uuid PRIMARY KEY,
    authority   text NOT NULL,
    title       text NOT NULL,
    state       text NOT NULL,
    lead_unit   text NOT NULL DEFAULT '',
    number      int,
    symbol      text,
    drafted_at  timestamptz NOT NULL,
    launched_at timestamptz,
    intake_from timestamptz,
    intake_until timestamptz,
    intake_open boolean NOT NULL DEFAULT false,
    intake_closed boolean NOT NULL DEFAULT false,
    position    bigint NOT NULL,
    code        text,
    kind        text,
    level       text,
    starts      date,
    ends        date,
    ends_event  text NOT NULL DEFAULT '',
    parent      uuid,
    successor   uuid,
    standing    text NOT NULL DEFAULT 'running',
    amendment   text);
CREATE INDEX ON campaign (parent);
CREATE INDEX ON campaign (successor);
CREATE TABLE campaign_scope (
    campaign uuid NOT NULL, unit text NOT NULL, guest boolean NOT NULL DEFAULT false,
    PRIMARY KEY (campaign, unit));
CREATE INDEX ON campaign_scope (unit);
""")

STATES: dict[type, str] = {
    CampaignSubmitted: "submitted",
    CampaignReturned: "draft",
    CampaignSigned: "signed",
    CampaignConcluded: "concluded",
}

AMENDMENT: dict[type, str | None] = {
    AmendmentDrafted: "drafted",
    AmendmentReturned: None,
    AmendmentApproved: "approved",
    AmendmentSigned: "signed",
}


@projection.on(CampaignDrafted)
async def drafted(db: Db, event: CampaignDrafted, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO campaign (id, authority, title, state, drafted_at, position) "
        "VALUES ($1, $2, $3, 'draft', $4, $5)",
        recorded.stream,
        event.authority,
        event.title,
        recorded.meta.recorded_at,
        recorded.position,
    )


@projection.on(PlanWritten)
async def written(db: Db, event: PlanWritten, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO campaign (id, authority, title, state, drafted_at, position) "
        "VALUES ($1, $2, $3, 'draft', $4, $5) ON CONFLICT (id) DO UPDATE SET title = $3",
        recorded.stream,
        event.authority,
        event.title,
        recorded.meta.recorded_at,
        recorded.position,
    )


@projection.on_run(FieldConfirmed)
async def renamed(db: Db, run: Sequence[Recorded]) -> None:
    titles: dict[UUID, str] = {}
    for recorded in run:
        event: Any = recorded.event
        if event.id == "abstract.0":
            titles[recorded.stream] = name_of({event.id: event.value})
    if titles:
        await db.execute(
            "UPDATE campaign SET title = said.title "
            "FROM unnest($1::uuid[], $2::text[]) AS said(id, title) WHERE campaign.id = said.id",
            list(titles),
            list(titles.values()),
        )


@projection.on(CampaignSubmitted, CampaignReturned, CampaignSigned, CampaignConcluded)
async def moved(db: Db, event: Any, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE campaign SET state = $2 WHERE id = $1", recorded.stream, STATES[type(event)]
    )


@projection.on(CampaignNumberVoided)
async def voided(db: Db, event: CampaignNumberVoided, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE campaign SET state = 'signed', number = NULL, symbol = NULL WHERE id = $1",
        recorded.stream,
    )


@projection.on(CampaignApproved)
async def approved(db: Db, event: CampaignApproved, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE campaign SET state = 'approved', code = coalesce(nullif($2, ''), code) "
        "WHERE id = $1",
        recorded.stream,
        event.code,
    )


@projection.on(AttributesSet)
async def described(db: Db, event: AttributesSet, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE campaign SET kind = $2, level = $3, starts = $4, ends = $5, ends_event = $6, "
        "parent = $7 WHERE id = $1",
        recorded.stream,
        event.kind,
        event.level,
        event.starts,
        event.ends,
        event.ends_event,
        event.parent,
    )


@projection.on(EndChanged)
async def end_changed(db: Db, event: EndChanged, recorded: Recorded) -> None:
    await db.execute("UPDATE campaign SET ends = $2 WHERE id = $1", recorded.stream, event.new)


@projection.on(IntakeDeadlineChanged)
async def deadline_changed(db: Db, event: IntakeDeadlineChanged, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE campaign SET intake_until = $2 WHERE id = $1", recorded.stream, event.new
    )


@projection.on(*STANDING)
async def stands(db: Db, event: Any, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE campaign SET standing = $2, successor = $3 WHERE id = $1",
        recorded.stream,
        STANDING[type(event)],
        getattr(event, "successor", None),
    )


@projection.on(*AMENDMENT)
async def amendment_moved(db: Db, event: Any, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE campaign SET amendment = $2 WHERE id = $1", recorded.stream, AMENDMENT[type(event)]
    )


@projection.on(CampaignAmended)
async def amended(db: Db, event: CampaignAmended, recorded: Recorded) -> None:
    values = {change.id: change.after for change in event.changes}
    title = name_of(values) if "abstract.0" in values else None
    await db.execute(
        "UPDATE campaign SET amendment = NULL, title = coalesce($2, title) WHERE id = $1",
        recorded.stream,
        title,
    )


@projection.on(CampaignNumbered)
async def numbered(db: Db, event: CampaignNumbered, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE campaign SET state = 'numbered', number = $2, symbol = $3 WHERE id = $1",
        recorded.stream,
        event.number,
        event.symbol,
    )


@projection.on(CampaignLaunched)
async def launched(db: Db, event: CampaignLaunched, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE campaign SET state = 'launched', lead_unit = $2, launched_at = $3 WHERE id = $1",
        recorded.stream,
        event.lead_unit,
        recorded.meta.recorded_at,
    )
    await db.executemany(
        "INSERT INTO campaign_scope VALUES ($1, $2)",
        [(recorded.stream, unit) for unit in event.scope],
    )


@projection.on(ScopeSucceeded)
async def scope_succeeded(db: Db, event: ScopeSucceeded, recorded: Recorded) -> None:
    await db.execute(
        "DELETE FROM campaign_scope WHERE campaign = $1 AND unit = $2",
        recorded.stream,
        event.predecessor,
    )
    await db.executemany(
        "INSERT INTO campaign_scope VALUES ($1, $2, true) "
        "ON CONFLICT (campaign, unit) DO UPDATE SET guest = true",
        [(recorded.stream, unit) for unit in event.successors],
    )
    await db.execute(
        "UPDATE campaign SET lead_unit = $3 WHERE id = $1 AND lead_unit = $2",
        recorded.stream,
        event.predecessor,
        event.custodian,
    )


@projection.on(CustodyPassed)
async def custody_passed(db: Db, event: CustodyPassed, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE campaign SET authority = $2 WHERE id = $1", recorded.stream, event.authority
    )


async def campaigns(
    pool: asyncpg.Pool,
    authority: str,
    *,
    unit: str,
    drafts: bool,
    before: int | None,
    limit: int,
) -> list[dict[str, Any]]:
    """The authority's campaigns and those the unit takes part in, newest first.

    `before` is the last position already seen.
    """
    rows = await pool.fetch(
        "SELECT * FROM views.campaign WHERE ("
        "(authority = $1 AND ($4 OR state IN ('launched', 'concluded'))) OR EXISTS (SELECT FROM "
        "views.campaign_scope s WHERE s.campaign = campaign.id AND s.unit = $5 AND s.guest)) "
        "AND ($2::bigint IS NULL OR position < $2) "
        "ORDER BY position DESC LIMIT $3",
        authority,
        before,
        limit,
        drafts,
        unit,
    )
    return [dict(row) for row in rows]


async def units_of(pool: asyncpg.Pool, authority: str, day: date | None = None) -> list[Unit]:
    """The units that the directory has told us of: those that stand on the day, or all."""
    rows = await pool.fetch(
        "SELECT code, name, kind FROM following.unit WHERE authority = $1 "
        "AND ($2::date IS NULL OR closed_on IS NULL OR $2 < closed_on) ORDER BY code",
        authority,
        day,
    )
    return [Unit(**row) for row in rows]


async def relatives(pool: asyncpg.Pool, authority: str, id: UUID) -> list[dict[str, Any]]:
    """Launched parent and children, what replaced a campaign and what it replaced, by age."""
    rows = await pool.fetch(
        "SELECT o.id, o.title, o.code, o.number, o.symbol, o.level, o.state, o.standing, o.parent, "
        "o.successor, o.lead_unit FROM views.campaign o, views.campaign c "
        "WHERE c.id = $2 AND o.authority = $1 AND o.state IN ('launched', 'concluded') AND "
        "(o.id = c.parent OR o.id = c.successor OR o.parent = c.id OR o.successor = c.id) "
        "ORDER BY o.position",
        authority,
        id,
    )
    return [dict(row) for row in rows]
