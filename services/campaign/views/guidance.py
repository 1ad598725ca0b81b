"""Guidance on its way to being issued: who has it now; and the intake of dossiers."""

from collections.abc import Mapping
from typing import Any

import asyncpg
import msgspec

from libs.eventlog.log import Recorded
from libs.eventlog.views import Db, Projection
from services.campaign.events import (
    GuidanceApproved,
    GuidanceDrafted,
    GuidanceIssued,
    GuidanceNumbered,
    GuidanceReturned,
    GuidanceSigned,
    IntakeClosed,
    IntakeOpened,
)

projection = Projection("""
CREATE TABLE guidance_under_way (
    campaign uuid PRIMARY KEY,
    version  int NOT NULL,
    stage    text NOT NULL,
    signer   text NOT NULL,
    prepared_by uuid NOT NULL,
    returned boolean NOT NULL DEFAULT false,
    since    timestamptz NOT NULL);
""")
Step = GuidanceReturned | GuidanceApproved | GuidanceSigned | GuidanceNumbered
STAGES: dict[type, str] = {
    GuidanceReturned: "draft",
    GuidanceApproved: "approved",
    GuidanceSigned: "signed",
    GuidanceNumbered: "numbered",
}


@projection.on(GuidanceDrafted)
async def drafted(db: Db, event: GuidanceDrafted, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO guidance_under_way VALUES ($1, $2, 'draft', $3, $4, false, $5) "
        "ON CONFLICT (campaign) DO UPDATE SET version = $2, stage = 'draft', signer = $3, "
        "prepared_by = $4, returned = false, since = $5",
        recorded.stream,
        event.version,
        event.rules.signer,
        event.prepared_by,
        recorded.meta.recorded_at,
    )


@projection.on(GuidanceReturned, GuidanceApproved, GuidanceSigned, GuidanceNumbered)
async def moved(db: Db, event: Step, recorded: Recorded) -> None:
    await db.execute(
        "UPDATE guidance_under_way SET stage = $2, returned = $3, since = $4 WHERE campaign = $1",
        recorded.stream,
        STAGES[type(event)],
        isinstance(event, GuidanceReturned),
        recorded.meta.recorded_at,
    )


@projection.on(GuidanceIssued)
async def issued(db: Db, event: GuidanceIssued, recorded: Recorded) -> None:
    await db.execute("DELETE FROM guidance_under_way WHERE campaign = $1", recorded.stream)
    await db.execute(
        "UPDATE campaign SET intake_from = $2, intake_until = $3 WHERE id = $1",
        recorded.stream,
        event.intake_from,
        event.intake_until,
    )


@projection.on(IntakeOpened, IntakeClosed)
async def intake(db: Db, event: IntakeOpened | IntakeClosed, recorded: Recorded) -> None:
    closed = isinstance(event, IntakeClosed)
    await db.execute(
        "UPDATE campaign SET intake_open = $2, intake_closed = $3 WHERE id = $1",
        recorded.stream,
        not closed,
        closed,
    )


async def under_way(pool: asyncpg.Pool, authority: str) -> list[dict[str, Any]]:
    """Guidance of the authority's campaigns that is drafted and not yet issued, oldest first."""
    rows = await pool.fetch(
        "SELECT g.*, c.title FROM views.guidance_under_way g "
        "JOIN views.campaign c ON c.id = g.campaign WHERE c.authority = $1 ORDER BY g.since",
        authority,
    )
    return [dict(row) for row in rows]


# ---- one guidance as its page shows it
def drafted_guidance(event: GuidanceDrafted, before: Mapping[str, Any] | None) -> dict[str, Any]:
    earlier = list(before["prepared_by"]) if before else []
    me = str(event.prepared_by)
    return {
        **msgspec.to_builtins(event.content),
        "version": event.version,
        "reason": event.reason,
        "stage": "draft",
        "signer": event.rules.signer,
        "points_total": event.rules.points_total,
        "prepared_by": [*(one for one in earlier if one != me), me],
        "returned": "",
    }


def guidance_step(event: Step) -> dict[str, Any]:
    stage = {"stage": STAGES[type(event)]}
    match event:
        case GuidanceReturned(reason=reason):
            return stage | {"returned": reason}
        case GuidanceApproved(approved_by=by):
            return stage | {"approved_by": str(by), "returned": ""}
        case GuidanceSigned(signed_by=by, signed_on=on):
            return stage | {"signed_by": str(by), "signed_on": on.isoformat()}
        case GuidanceNumbered(number=number, symbol=symbol, issued_on=on):
            return stage | {"number": number, "symbol": symbol, "issued_on": on.isoformat()}
