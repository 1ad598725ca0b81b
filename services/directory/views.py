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
    UnitClosed,
    UnitEstablished,
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
    valid_to   date
);
CREATE INDEX ON unit (authority);
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
        "INSERT INTO unit VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        event.code,
        event.name,
        event.kind,
        event.parent,
        event.authority,
        list(event.duties),
        event.mailbox,
        event.valid_from,
        event.valid_to,
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
        "SELECT * FROM views.unit WHERE valid_from <= $1 AND (valid_to IS NULL OR $1 < valid_to) "
        "AND ($2::text IS NULL OR authority = $2) ORDER BY code",
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
