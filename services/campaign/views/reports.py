"""What units have reported, and a campaign counted by state: each count has its list."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from libs.eventlog.log import Recorded
from libs.eventlog.views import Db, Projection
from services.campaign.events import Count, UnitReportSent

projection = Projection("""
CREATE TABLE unit_report (
    campaign uuid NOT NULL,
    unit     text NOT NULL,
    number   int NOT NULL,
    kind     text NOT NULL,
    period   text NOT NULL,
    figures  text NOT NULL,            -- JSON
    text     text NOT NULL,
    sent_at  timestamptz NOT NULL,
    PRIMARY KEY (campaign, unit, number));
""")


@projection.on(UnitReportSent)
async def sent(db: Db, event: UnitReportSent, recorded: Recorded) -> None:
    await db.execute(
        "INSERT INTO unit_report VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        event.campaign,
        event.unit,
        event.number,
        event.kind,
        event.period,
        msgspec.json.encode(event.figures).decode(),
        event.text,
        recorded.meta.recorded_at,
    )


async def reports(
    pool: asyncpg.Pool, campaign: UUID, *, unit: str | None = None, kind: str | None = None
) -> list[dict[str, Any]]:
    """Newest first; `holds`: no later report of the unit has the same kind and period."""
    rows = await pool.fetch(
        "SELECT r.unit, u.name AS unit_name, r.number, r.kind, r.period, r.figures, r.text, "
        "r.sent_at, NOT EXISTS (SELECT FROM views.unit_report l WHERE l.campaign = r.campaign "
        "AND l.unit = r.unit AND l.kind = r.kind AND l.period = r.period "
        "AND l.number > r.number) AS holds "
        "FROM views.unit_report r LEFT JOIN following.unit u ON u.code = r.unit "
        "WHERE r.campaign = $1 AND ($2::text IS NULL OR r.unit = $2) "
        "AND ($3::text IS NULL OR r.kind = $3) ORDER BY r.sent_at DESC, r.unit, r.number DESC",
        campaign,
        unit,
        kind,
    )
    return [{**row, "figures": msgspec.json.decode(row["figures"])} for row in rows]


COUNTS = """
SELECT count(*) AS units,
    count(*) FILTER (WHERE coalesce(r.state, 'none') = 'none') AS registration_none,
    count(*) FILTER (WHERE r.state = 'draft') AS registration_draft,
    count(*) FILTER (WHERE r.state = 'submitted') AS registration_submitted,
    count(*) FILTER (WHERE r.state = 'refused') AS registration_refused,
    count(*) FILTER (WHERE r.state = 'approved') AS registration_approved,
    count(*) FILTER (WHERE r.submitted_at IS NOT NULL AND r.late_days > 0) AS registered_late,
    count(r.relaunched_on) AS relaunched,
    count(*) FILTER (WHERE 'progress' = ANY(t.kinds)) AS reported_progress,
    count(*) FILTER (WHERE 'preliminary' = ANY(t.kinds)) AS reported_preliminary,
    count(*) FILTER (WHERE 'final' = ANY(t.kinds)) AS reported_final
FROM views.campaign_scope s
LEFT JOIN views.registration r ON r.campaign = s.campaign AND r.unit = s.unit
LEFT JOIN (SELECT unit, array_agg(DISTINCT kind) AS kinds FROM views.unit_report
           WHERE campaign = $1 GROUP BY unit) t ON t.unit = s.unit
WHERE s.campaign = $1
"""


async def statistics(pool: asyncpg.Pool, campaign: UUID) -> dict[str, int]:
    """Units in scope by what they have done; all counted from the events, none typed."""
    row = await pool.fetchrow(COUNTS, campaign)
    return dict(row) if row else {}


def counts(figures: Mapping[str, int]) -> tuple[Count, ...]:
    return tuple(Count(name, value) for name, value in figures.items())


def report_content(campaign: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """What the paper of a review says, from the campaign's picture; KeyError if there is none.

    For a document that is set elsewhere: title, number of the plan, text as paragraphs, figures by
    name as they were counted when it was prepared, who prepared and approved it and when.
    """
    review = campaign["reviews"][kind]
    return {
        "kind": kind,
        "title": campaign["title"],
        "plan_number": campaign["number"],
        "plan_symbol": campaign["symbol"],
        "paragraphs": [line for line in review["text"].splitlines() if line.strip()],
        "figures": {one["name"]: one["value"] for one in review["figures"]},
        "prepared_by": review["prepared_by"],
        "prepared_at": review["prepared_at"],
        "approved_by": review.get("approved_by"),
        "approved_at": review["approved_at"],
    }
