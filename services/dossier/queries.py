"""Questions to the views, answered with rows; names are added by who is entitled to read them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg

from services.dossier.terms import Duplicate, LineRef

Rows = list[dict[str, Any]]
LONGEST_LIST = 500


async def dossier_rows(
    pool: asyncpg.Pool,
    authority: str,
    *,
    own_unit: str,
    below: Sequence[str],
    all_units: bool,
    drafts: bool,
    campaign: UUID | None,
    state: str | None,
    before: int | None,
) -> Rows:
    """Dossiers, newest first: the own unit's, what those `below` have sent, or all units'.

    Drafts of others only with `drafts`.
    """
    return _rows(
        await pool.fetch(
            "SELECT d.*, (SELECT count(*) FROM views.line l WHERE l.dossier = d.dossier) AS lines "
            "FROM views.dossier d WHERE "
            "(unit = $2 OR (((authority = $1 AND $3) OR unit = ANY($8)) "
            "AND (state <> 'draft' OR $7))) "
            "AND ($4::uuid IS NULL OR campaign = $4) "
            "AND ($5::text IS NULL OR state = $5) AND ($6::bigint IS NULL OR position < $6) "
            f"ORDER BY position DESC LIMIT {LONGEST_LIST}",
            authority,
            own_unit,
            all_units,
            campaign,
            state,
            before,
            drafts,
            list(below),
        ),
        "dossier",
    )


async def same_subject(
    pool: asyncpg.Pool, campaign: UUID, subjects: list[UUID]
) -> dict[UUID, Rows]:
    """Submitted lines of a campaign that name one of the subjects, by subject."""
    found: dict[UUID, Rows] = {}
    for row in await pool.fetch(
        "SELECT l.subject, l.dossier, l.line, l.unit FROM views.line l "
        "JOIN views.dossier d USING (dossier) WHERE l.campaign = $1 AND l.subject = ANY($2) "
        "AND d.state NOT IN ('draft', 'withdrawn') ORDER BY d.position, l.line",
        campaign,
        subjects,
    ):
        found.setdefault(row["subject"], []).append(dict(row))
    return found


def others(rows: Rows, dossier: UUID, line: int) -> list[Duplicate]:
    """The lines other than this one."""
    found = [Duplicate(row["dossier"], row["line"], row["unit"]) for row in rows]
    return [other for other in found if (other.dossier, other.line) != (dossier, line)]


async def not_presented(pool: asyncpg.Pool, authority: str, campaign: UUID) -> list[LineRef]:
    """Lines found not eligible that no decision has answered yet."""
    rows = await pool.fetch(
        "SELECT l.dossier, l.line FROM views.line l JOIN views.dossier d USING (dossier) "
        "WHERE l.authority = $1 AND l.campaign = $2 AND l.verdict = 'not-eligible' "
        "AND NOT l.held AND l.outcome = '' AND d.state IN ('received', 'appraised') "
        "ORDER BY d.position, l.line",
        authority,
        campaign,
    )
    return [LineRef(row["dossier"], row["line"]) for row in rows]


async def presentable(pool: asyncpg.Pool, authority: str, campaign: UUID) -> Rows:
    """Lines that may go to a session: eligible or for referral, not held, undecided."""
    return _rows(
        await pool.fetch(
            "SELECT l.dossier, l.line, l.unit, l.kind, l.form, l.verdict FROM views.line l "
            "JOIN views.dossier d USING (dossier) WHERE l.authority = $1 AND l.campaign = $2 "
            "AND l.verdict IN ('eligible', 'refer-upward') AND NOT l.held AND l.outcome = '' "
            "AND NOT l.marked "
            "AND d.state IN ('received', 'appraised') ORDER BY d.position, l.line",
            authority,
            campaign,
        )
    )


async def measured_by_an_older(pool: asyncpg.Pool, after: int, limit: int) -> Rows:
    """Dossiers on their way whose campaign has a later guidance than they are measured by.

    `after`: a position to go on from."""
    return _rows(
        await pool.fetch(
            "SELECT d.dossier, d.campaign, d.unit, d.authority, d.submitted_at, d.position "
            "FROM views.dossier d JOIN following.campaign c USING (campaign) "
            "WHERE d.guidance < c.guidance AND d.state = ANY($1) "
            "AND d.position > $2 ORDER BY d.position LIMIT $3",
            ["submitted", "supplemented", "returned", "received", "appraised"],
            after,
            limit,
        )
    )


async def lines_by_form(
    pool: asyncpg.Pool, campaign: UUID, own: UUID | None, unit: str
) -> dict[tuple[str, str], int]:
    """Lines sent so far, by form and unit; with those of the own dossier while it is a draft."""
    rows = await pool.fetch(
        "SELECT l.form, l.unit, count(*) AS lines FROM views.line l "
        "JOIN views.dossier d USING (dossier) WHERE l.campaign = $1 "
        "AND (d.state NOT IN ('draft', 'withdrawn') OR (d.dossier = $2 AND d.unit = $3)) "
        "GROUP BY l.form, l.unit",
        campaign,
        own,
        unit,
    )
    return {(row["form"], row["unit"]): row["lines"] for row in rows}


async def dossiers_with(pool: asyncpg.Pool, sha256: str) -> Rows:
    """The dossiers to which a paper is attached, and its type."""
    return _rows(
        await pool.fetch("SELECT dossier, media_type FROM views.paper WHERE sha256 = $1", sha256)
    )


async def session_rows(pool: asyncpg.Pool, authority: str, campaign: UUID | None) -> Rows:
    return _rows(
        await pool.fetch(
            "SELECT * FROM views.session WHERE authority = $1 "
            f"AND ($2::uuid IS NULL OR campaign = $2) ORDER BY position DESC LIMIT {LONGEST_LIST}",
            authority,
            campaign,
        ),
        "session",
    )


async def decision_rows(
    pool: asyncpg.Pool, authority: str, campaign: UUID | None, *, published_only: bool
) -> Rows:
    return _rows(
        await pool.fetch(
            "SELECT * FROM views.decision WHERE authority = $1 "
            "AND ($2::uuid IS NULL OR campaign = $2) AND (NOT $3 OR state = 'published') "
            f"ORDER BY position DESC LIMIT {LONGEST_LIST}",
            authority,
            campaign,
            published_only,
        ),
        "decision",
    )


FIGURES = """
SELECT count(*) FILTER (WHERE state <> 'draft') AS dossiers,
       count(*) FILTER (WHERE returns > 0) AS returned,
       count(*) FILTER (WHERE state = 'withdrawn') AS withdrawn,
       count(*) FILTER (WHERE late_days > 0) AS late
FROM views.dossier WHERE authority = $1 AND campaign = $2
"""
LINE_FIGURES = """
SELECT count(*) AS nominees,
       count(*) FILTER (WHERE outcome = 'awarded') AS awarded,
       count(*) FILTER (WHERE outcome = 'referred') AS referred,
       count(*) FILTER (WHERE outcome = 'not-awarded') AS not_awarded,
       count(*) FILTER (WHERE holds > 0) AS held,
       count(*) FILTER (WHERE l.held) AS held_now
FROM views.line l JOIN views.dossier d USING (dossier)
WHERE l.authority = $1 AND l.campaign = $2 AND d.state <> 'draft'
"""


async def unit_figures(
    pool: asyncpg.Pool, authority: str, campaign: UUID
) -> dict[str, dict[str, int]]:
    """Dossiers sent and their nominees, each by the unit that opened the dossier."""
    rows = await pool.fetch(
        "SELECT d.opened_unit, count(DISTINCT d.dossier) AS dossiers, count(l.line) AS nominees "
        "FROM views.dossier d LEFT JOIN views.line l USING (dossier) "
        "WHERE d.authority = $1 AND d.campaign = $2 AND d.state <> 'draft' GROUP BY 1",
        authority,
        campaign,
    )
    return {
        what: {row["opened_unit"]: row[what] for row in rows} for what in ("dossiers", "nominees")
    }


async def figures(pool: asyncpg.Pool, authority: str, campaign: UUID) -> dict[str, int]:
    """Counts of a campaign. `held`: lines ever held, `returned`: dossiers ever returned."""
    dossiers = await pool.fetchrow(FIGURES, authority, campaign)
    lines = await pool.fetchrow(LINE_FIGURES, authority, campaign)
    return {**dict(dossiers), **dict(lines)}


def _rows(records: list[asyncpg.Record], id_column: str | None = None) -> Rows:
    """Rows as dictionaries; the column that names the thing itself is answered as `id`."""
    rows = [dict(record) for record in records]
    if id_column is not None:
        rows = [{"id": row.pop(id_column), **row} for row in rows]
    return rows
