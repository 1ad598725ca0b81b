"""What can be asked about notices: inbox of a unit, board of a sender, figures, what is due."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from libs.eventlog.log import Recorded
from libs.eventlog.views import Db, Projection
from services.notification.events import (
    NoticeAcknowledged,
    NoticeFailed,
    NoticeOpened,
    NoticePassedOn,
    NoticeQueued,
    NoticeSending,
    NoticeSent,
)

projection = Projection("""
CREATE TABLE notice (
    id            uuid PRIMARY KEY,
    authority     text NOT NULL,            -- the sender's
    unit          text NOT NULL,
    about_service text NOT NULL,
    about_kind    text NOT NULL,
    about_id      uuid NOT NULL,
    campaign      uuid NOT NULL,
    purpose       text NOT NULL,
    subject       text NOT NULL,
    text          text NOT NULL,
    needs_acknowledgement boolean NOT NULL,
    template      text NOT NULL,
    delivery      text NOT NULL,
    channel       text,
    receipt       text,
    failure       text,
    queued_at     timestamptz NOT NULL,
    sent_at       timestamptz,
    opened_at     timestamptz,
    acknowledged_at timestamptz,
    position      bigint NOT NULL);
CREATE INDEX ON notice (unit, position);
CREATE INDEX ON notice (authority, position);
CREATE INDEX ON notice (about_id);
CREATE INDEX ON notice (campaign);
CREATE TABLE outbox (
    id          uuid PRIMARY KEY,
    authority   text NOT NULL,
    correlation uuid NOT NULL,
    unit        text NOT NULL,
    subject     text NOT NULL,
    text        text NOT NULL,
    queued_at   timestamptz NOT NULL,
    due_at      timestamptz NOT NULL,
    position    bigint NOT NULL);
""")


@projection.on(NoticeQueued)
async def queued(db: Db, event: NoticeQueued, recorded: Recorded) -> None:
    meta = recorded.meta
    await db.execute(
        "INSERT INTO notice (id, authority, unit, about_service, about_kind, about_id, campaign, "
        "purpose, subject, text, needs_acknowledgement, template, delivery, queued_at, position) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'queued', $13, $14)",
        recorded.stream,
        event.sender,
        event.unit,
        event.about.service,
        event.about.kind,
        event.about.id,
        event.campaign,
        event.purpose,
        event.subject,
        event.text,
        event.needs_acknowledgement,
        event.template,
        meta.recorded_at,
        recorded.position,
    )
    await db.execute(
        "INSERT INTO outbox VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)",
        recorded.stream,
        event.sender,
        meta.correlation,
        event.unit,
        event.subject,
        event.text,
        meta.recorded_at,
        recorded.position,
    )


@projection.on(NoticeSending)
async def sending(db: Db, event: NoticeSending, recorded: Recorded) -> None:
    # Stays in the outbox, due: if nothing follows, the sender was interrupted.
    await db.execute("UPDATE notice SET delivery = 'sending' WHERE id = $1", recorded.stream)


@projection.on(NoticeSent)
async def sent(db: Db, event: NoticeSent, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE notice SET delivery = 'sent', channel = $2, receipt = $3, sent_at = $4, "
        "failure = NULL WHERE id = $1",
        recorded.stream,
        event.channel,
        event.receipt,
        recorded.meta.recorded_at,
    )
    await db.execute("DELETE FROM outbox WHERE id = $1", recorded.stream)


@projection.on(NoticeFailed)
async def failed(db: Db, event: NoticeFailed, recorded: Recorded) -> None:
    lasting = event.lasting == "permanent"
    await db.execute(
        "UPDATE notice SET delivery = $2, failure = $3 WHERE id = $1",
        recorded.stream,
        "failed" if lasting else "retrying",
        event.reason,
    )
    if lasting:
        await db.execute("DELETE FROM outbox WHERE id = $1", recorded.stream)
    else:
        await db.execute(
            "UPDATE outbox SET due_at = $2 WHERE id = $1", recorded.stream, event.retry_at
        )


@projection.on(NoticePassedOn)
async def passed_on(db: Db, event: NoticePassedOn, recorded: Recorded) -> None:
    for table in ("notice", "outbox"):
        await db.execute(
            f"UPDATE {table} SET unit = $2, authority = $3 WHERE id = $1",
            recorded.stream,
            event.unit,
            event.authority,
        )


@projection.on(NoticeOpened)
async def opened(db: Db, event: NoticeOpened, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE notice SET opened_at = $2 WHERE id = $1",
        recorded.stream,
        recorded.meta.recorded_at,
    )


@projection.on(NoticeAcknowledged)
async def acknowledged(db: Db, event: NoticeAcknowledged, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE notice SET acknowledged_at = $2 WHERE id = $1",
        recorded.stream,
        recorded.meta.recorded_at,
    )


# ---- queries
STATES = {
    "unopened": "opened_at IS NULL",
    "opened": "opened_at IS NOT NULL",
    "to-acknowledge": "needs_acknowledgement AND acknowledged_at IS NULL",
    "acknowledged": "acknowledged_at IS NOT NULL",
}


async def inbox(
    pool: asyncpg.Pool, unit: str, *, state: str | None, before: int | None, limit: int
) -> list[dict[str, Any]]:
    """A unit's notices, newest first; `before` is the last position already seen."""
    rows = await pool.fetch(
        "SELECT * FROM views.notice WHERE unit = $1 AND ($2::bigint IS NULL OR position < $2) "
        f"AND {STATES[state] if state else 'true'} ORDER BY position DESC LIMIT $3",
        unit,
        before,
        limit,
    )
    return [_item(row) for row in rows]


async def board(
    pool: asyncpg.Pool, authority: str, about: UUID, *, before: int | None, limit: int
) -> list[dict[str, Any]]:
    """What an authority has sent about a dossier or decision, or in all of a campaign."""
    rows = await pool.fetch(
        "SELECT n.*, u.name AS unit_name FROM views.notice n "
        "LEFT JOIN following.unit u ON u.code = n.unit "
        "WHERE n.authority = $1 AND (n.about_id = $2 OR n.campaign = $2) "
        "AND ($3::bigint IS NULL OR n.position < $3) ORDER BY n.position DESC LIMIT $4",
        authority,
        about,
        before,
        limit,
    )
    return [_item(row) for row in rows]


async def figures(pool: asyncpg.Pool, authority: str, about: UUID | None) -> dict[str, int]:
    """How many notices were queued, and what became of them; `waiting`: not yet sent or failed."""
    row = await pool.fetchrow(
        "SELECT count(*) AS queued, count(sent_at) AS sent, "
        "count(*) FILTER (WHERE channel = 'in-app') AS in_app, "
        "count(*) FILTER (WHERE delivery = 'failed') AS failed, "
        "count(*) FILTER (WHERE delivery NOT IN ('sent', 'failed')) AS waiting, "
        "count(opened_at) AS opened, "
        "count(*) FILTER (WHERE needs_acknowledgement) AS to_acknowledge, "
        "count(acknowledged_at) AS acknowledged "
        "FROM views.notice WHERE authority = $1 "
        "AND ($2::uuid IS NULL OR about_id = $2 OR campaign = $2)",
        authority,
        about,
    )
    assert row is not None
    return dict(row)


class Due(msgspec.Struct, frozen=True):
    """A notice to be sent now and where to; without `mailbox` it is told in-app only."""

    id: UUID
    authority: str
    correlation: UUID
    mailbox: str
    subject: str
    text: str
    queued_at: datetime


async def due(db: Db, *, at: datetime, limit: int) -> list[Due]:
    """The oldest notices that are due; those of a unit that the directory has not told us of wait.

    Their mailbox is not known, and the directory's log may be heard later than the campaign's.
    """
    rows = await db.fetch(
        "SELECT o.id, o.authority, o.correlation, u.mailbox, o.subject, o.text, o.queued_at "
        "FROM views.outbox o JOIN following.unit u ON u.code = o.unit "
        "WHERE o.due_at <= $1 ORDER BY o.position LIMIT $2",
        at,
        limit,
    )
    return [Due(**row) for row in rows]


async def next_due(db: Db) -> datetime | None:
    """When the next notice falls due; None while there is none."""
    found: datetime | None = await db.fetchval(
        "SELECT min(o.due_at) FROM views.outbox o JOIN following.unit u ON u.code = o.unit"
    )
    return found


def picture(id: UUID, past: Sequence[Recorded]) -> dict[str, Any]:
    """One notice with its proof of delivery, after these events."""
    page: dict[str, Any] = {"id": str(id), "attempts": 0, "delivery": "absent"}
    page |= dict.fromkeys(("sent_at", "opened_at", "acknowledged_at", "failure"))
    for recorded in past:
        page |= _stroke(recorded)
    page["version"] = past[-1].version if past else 0
    page["position"] = past[-1].position if past else 0
    return page


def _stroke(recorded: Recorded) -> dict[str, Any]:
    at, event = recorded.meta.recorded_at.isoformat(), recorded.event
    match event:
        case NoticeQueued():
            queued: dict[str, Any] = msgspec.to_builtins(event)
            return {**queued, "delivery": "queued", "queued_at": at}
        case NoticeSending(attempt=attempt, mailbox=mailbox, message_id=message_id):
            known = {"attempts": attempt, "mailbox": mailbox, "message_id": message_id}
            return {**known, "delivery": "sending"}
        case NoticeSent(channel=channel, receipt=receipt):
            known = {"channel": channel, "receipt": receipt, "sent_at": at, "failure": None}
            return {**known, "delivery": "sent"}
        case NoticeFailed(lasting=lasting, reason=reason):
            return {
                "delivery": "failed" if lasting == "permanent" else "retrying",
                "failure": reason,
            }
        case NoticePassedOn(unit=unit, authority=authority):
            return {"unit": unit, "sender": authority, "former_unit": event.from_unit}
        case NoticeOpened():
            return {"opened_at": at}
        case NoticeAcknowledged():
            return {"acknowledged_at": at}
    return {}


def _item(row: asyncpg.Record) -> dict[str, Any]:
    item = dict(row)
    service, kind, id = (item.pop(f"about_{part}") for part in ("service", "kind", "id"))
    return {**item, "about": {"service": service, "kind": kind, "id": id}}
