"""What can be asked: units and appointments on a day. Names stay sealed in the log."""

from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from libs.eventlog.log import Recorded
from libs.eventlog.views import Db, Projection
from services.directory.events import (
    AppointmentEnded,
    AppointmentMade,
    OfficialRegistered,
    UnitChanged,
    UnitClosed,
    UnitEstablished,
    UnitRenamed,
)
from services.directory.permissions import changed

projection = Projection("""
CREATE TABLE unit (
    code       text PRIMARY KEY,
    name       text NOT NULL,
    kind       text NOT NULL,
    parent     text,
    authority  text NOT NULL,
    duties     text[] NOT NULL,
    mailbox    text NOT NULL,
    valid_from date NOT NULL,
    valid_to   date,
    sector     text NOT NULL,
    area       text NOT NULL
);
CREATE INDEX ON unit (authority);
CREATE TABLE unit_before (             -- what held until a day, when it was changed
    code text NOT NULL, until date NOT NULL, nth bigint NOT NULL, name text NOT NULL, parent text,
    sector text NOT NULL, area text NOT NULL, mailbox text NOT NULL, duties text[] NOT NULL,
    PRIMARY KEY (code, nth)
);
CREATE TABLE official (
    id       uuid PRIMARY KEY,
    named_at bigint NOT NULL             -- position of the event that holds the sealed name
);
CREATE TABLE appointment (
    id         uuid PRIMARY KEY,
    official   uuid NOT NULL,
    unit       text NOT NULL,
    authority  text NOT NULL,
    role       text NOT NULL,
    title      text NOT NULL,
    valid_from date NOT NULL,
    valid_to   date
);
CREATE INDEX ON appointment (authority);
CREATE INDEX ON appointment (official);
""")


@projection.on(UnitEstablished)
async def unit_established(db: Db, event: UnitEstablished, _: Recorded) -> None:
    await db.execute(
        "INSERT INTO unit VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        event.code,
        event.name,
        event.kind,
        event.parent,
        event.authority,
        list(event.duties),
        event.mailbox,
        event.valid_from,
        event.valid_to,
        event.sector,
        event.area,
    )


@projection.on(UnitRenamed)
async def unit_renamed(db: Db, event: UnitRenamed, recorded: Recorded) -> None:
    await _keep(db, event.code, event.effective, recorded)
    await db.execute("UPDATE unit SET name = $2 WHERE code = $1", event.code, event.name)


@projection.on(UnitChanged)
async def unit_changed(db: Db, event: UnitChanged, recorded: Recorded) -> None:
    await _keep(db, event.code, event.effective, recorded)
    await db.execute(
        "UPDATE unit SET parent = $2, sector = $3, area = $4, mailbox = $5, duties = $6 "
        "WHERE code = $1",
        event.code,
        event.parent,
        event.sector,
        event.area,
        event.mailbox,
        list(event.duties),
    )


async def _keep(db: Db, code: str, until: date, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO unit_before SELECT code, $2, $3, name, parent, sector, area, mailbox, duties "
        "FROM unit WHERE code = $1",
        code,
        until,
        recorded.position,
    )


@projection.on(UnitClosed)
async def unit_closed(db: Db, event: UnitClosed, _: Recorded) -> None:
    await db.execute("UPDATE unit SET valid_to = $2 WHERE code = $1", event.code, event.valid_to)


@projection.on(OfficialRegistered)
async def official_registered(db: Db, event: OfficialRegistered, recorded: Recorded) -> None:
    await db.execute("INSERT INTO official VALUES ($1, $2)", event.official, recorded.position)


@projection.on(AppointmentMade)
async def appointment_made(db: Db, event: AppointmentMade, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO appointment VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        event.appointment,
        event.official,
        event.unit,
        event.authority,
        event.role,
        event.title,
        event.valid_from,
        event.valid_to,
    )
    after = {
        "role": event.role,
        "unit": event.unit,
        "valid_from": event.valid_from,
        "valid_to": event.valid_to,
    }
    await changed(db, recorded, event.official, event.authority, {}, after)


@projection.on(AppointmentEnded)
async def appointment_ended(db: Db, event: AppointmentEnded, recorded: Recorded) -> None:
    held = await db.fetchrow("SELECT * FROM appointment WHERE id = $1", event.appointment)
    same = {"role": held["role"], "unit": held["unit"], "valid_from": held["valid_from"]}
    before, after = same | {"valid_to": held["valid_to"]}, same | {"valid_to": event.valid_to}
    whom, authority = event.official, held["authority"]
    await changed(db, recorded, whom, authority, before, after, event.reason)
    await db.execute(
        "UPDATE appointment SET valid_to = $2 WHERE id = $1", event.appointment, event.valid_to
    )


async def units_on(pool: asyncpg.Pool, day: date, authority: str | None) -> list[dict[str, Any]]:
    """The units that exist on a day, of one authority or of all, in order of their codes."""
    rows = await pool.fetch(
        "SELECT u.code, coalesce(b.name, u.name) AS name, u.kind, "
        "CASE WHEN b.code IS NULL THEN u.parent ELSE b.parent END AS parent, u.authority, "
        "coalesce(b.duties, u.duties) AS duties, coalesce(b.mailbox, u.mailbox) AS mailbox, "
        "u.valid_from, u.valid_to, coalesce(b.sector, u.sector) AS sector, "
        "coalesce(b.area, u.area) AS area FROM views.unit u "
        "LEFT JOIN LATERAL (SELECT * FROM views.unit_before b WHERE b.code = u.code "
        "AND $1 < b.until ORDER BY b.nth LIMIT 1) b ON true "
        "WHERE u.valid_from <= $1 AND (u.valid_to IS NULL OR $1 < u.valid_to) "
        "AND ($2::text IS NULL OR u.authority = $2) ORDER BY u.code",
        day,
        authority,
    )
    return [dict(row) for row in rows]


async def officials_of(pool: asyncpg.Pool, authority: str) -> list[dict[str, Any]]:
    """Everybody ever appointed under an authority: id, position of the name, appointments there."""
    rows = await pool.fetch(
        "SELECT o.id AS official, o.named_at, a.id, a.unit, a.role, a.title, a.valid_from, "
        "a.valid_to FROM views.appointment a JOIN views.official o ON o.id = a.official "
        "WHERE a.authority = $1 ORDER BY o.named_at, a.valid_from, a.id",
        authority,
    )
    people: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        facts = dict(row)
        official, named_at = facts.pop("official"), facts.pop("named_at")
        person = people.setdefault(
            official, {"id": official, "named_at": named_at, "appointments": []}
        )
        person["appointments"].append(facts)
    return list(people.values())
