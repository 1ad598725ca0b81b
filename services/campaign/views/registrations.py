"""Which unit has registered what in which campaign, and what became of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from libs.eventlog.log import Recorded
from libs.eventlog.views import Db, Projection
from services.campaign.events import (
    RegistrationApproved,
    RegistrationDrafted,
    RegistrationRefused,
    RegistrationSubmitted,
    UnitRelaunched,
)

projection = Projection("""
CREATE TABLE registration (
    campaign      uuid NOT NULL,
    unit          text NOT NULL,
    state         text NOT NULL DEFAULT 'none',
    revision      int NOT NULL DEFAULT 0,
    approved      int NOT NULL DEFAULT 0,
    targets       int NOT NULL DEFAULT 0,
    submitted_at  timestamptz,
    late_days     int NOT NULL DEFAULT 0,
    decided_at    timestamptz,
    relaunched_on date,
    PRIMARY KEY (campaign, unit));
""")


@projection.on(RegistrationDrafted)
async def drafted(db: Db, event: RegistrationDrafted, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO registration (campaign, unit, state, revision, targets) "
        "VALUES ($1, $2, 'draft', $3, $4) ON CONFLICT (campaign, unit) DO UPDATE "
        "SET state = 'draft', revision = excluded.revision, targets = excluded.targets",
        event.campaign,
        event.unit,
        event.revision,
        len(event.targets),
    )


@projection.on(RegistrationSubmitted)
async def submitted(db: Db, event: RegistrationSubmitted, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE registration SET state = 'submitted', submitted_at = $3, late_days = $4 "
        "WHERE campaign = $1 AND unit = $2",
        event.campaign,
        event.unit,
        recorded.meta.recorded_at,
        event.late_days,
    )


@projection.on(RegistrationRefused)
async def refused(db: Db, event: RegistrationRefused, recorded: Recorded) -> None:
    await _decided(db, event.campaign, event.unit, "refused", recorded)


@projection.on(RegistrationApproved)
async def approved(db: Db, event: RegistrationApproved, recorded: Recorded) -> None:
    await _decided(db, event.campaign, event.unit, "approved", recorded)
    await db.execute(
        "UPDATE registration SET approved = $3 WHERE campaign = $1 AND unit = $2",
        event.campaign,
        event.unit,
        event.revision,
    )


@projection.on(UnitRelaunched)
async def relaunched(db: Db, event: UnitRelaunched, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO registration (campaign, unit, relaunched_on) VALUES ($1, $2, $3) "
        "ON CONFLICT (campaign, unit) DO UPDATE SET relaunched_on = excluded.relaunched_on",
        event.campaign,
        event.unit,
        event.on,
    )


async def _decided(db: Db, campaign: UUID, unit: str, state: str, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE registration SET state = $3, decided_at = $4 WHERE campaign = $1 AND unit = $2",
        campaign,
        unit,
        state,
        recorded.meta.recorded_at,
    )


async def registrations(
    pool: asyncpg.Pool, campaign: UUID, *, unit: str | None = None, state: str | None = None
) -> list[dict[str, Any]]:
    """Every unit in scope (or one), also those that have sent nothing: state `none`."""
    rows = await pool.fetch(
        "SELECT s.unit, u.name AS unit_name, coalesce(r.state, 'none') AS state, "
        "coalesce(r.revision, 0) AS revision, coalesce(r.approved, 0) AS approved, "
        "coalesce(r.targets, 0) AS targets, r.submitted_at, "
        "coalesce(r.late_days, 0) AS late_days, r.decided_at, r.relaunched_on "
        "FROM views.campaign_scope s "
        "LEFT JOIN views.registration r ON r.campaign = s.campaign AND r.unit = s.unit "
        "LEFT JOIN following.unit u ON u.code = s.unit "
        "WHERE s.campaign = $1 AND ($2::text IS NULL OR s.unit = $2) "
        "AND ($3::text IS NULL OR coalesce(r.state, 'none') = $3) ORDER BY u.name, s.unit",
        campaign,
        unit,
        state,
    )
    return [dict(row) for row in rows]


def picture(campaign: UUID, unit: str, past: Sequence[Recorded]) -> dict[str, Any]:
    """One unit's registration with every revision that was drafted, oldest first."""
    revisions: dict[int, dict[str, Any]] = {}
    page: dict[str, Any] = {
        "campaign": str(campaign),
        "unit": unit,
        "state": "none",
        "approved": 0,
        "relaunched": None,
    }
    for recorded in past:
        page |= _stroke(recorded, revisions)
    page["revisions"] = list(revisions.values())
    page["version"] = past[-1].version if past else 0
    page["position"] = past[-1].position if past else 0
    return page


def without_draft(page: dict[str, Any]) -> dict[str, Any]:
    """A row or a page for others than the unit: that there is a draft, not what it says."""
    if "revisions" in page:
        return page | {"revisions": [one for one in page["revisions"] if one["state"] != "draft"]}
    return page | {"targets": 0} if page["state"] == "draft" else page


def _stroke(recorded: Recorded, revisions: dict[int, dict[str, Any]]) -> dict[str, Any]:
    at, event = recorded.meta.recorded_at.isoformat(), recorded.event
    match event:
        case RegistrationDrafted(revision=number):
            said = msgspec.to_builtins(event)
            kept = {name: said[name] for name in ("revision", "targets", "reason", "drafted_by")}
            revisions[number] = {**kept, "state": "draft", "drafted_at": at, "late_days": 0}
            return {"state": "draft"}
        case RegistrationSubmitted(revision=number, late_days=late):
            said = {"submitted_at": at, "late_days": late, "submitted_by": str(event.submitted_by)}
            revisions[number] |= {"state": "submitted", **said}
            return {"state": "submitted"}
        case RegistrationRefused(revision=number, reason=reason):
            revisions[number] |= {"state": "refused", "refusal": reason, "decided_at": at}
            return {"state": "refused"}
        case RegistrationApproved(revision=number):
            revisions[number] |= {"state": "approved", "decided_at": at}
            return {"state": "approved", "approved": number}
        case UnitRelaunched(on=on, document=document):
            return {"relaunched": {"on": on.isoformat(), "document": document}}
    return {}
