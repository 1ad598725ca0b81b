"""What this service has learnt of campaigns and units from the services that own them."""

from uuid import UUID

import asyncpg
import msgspec

from services.dossier.decisions.states import Campaign, Form, GroupQuota, ShareTarget
from services.dossier.unit_map import Passed

_COLUMNS = (
    "campaign, authority, title, scope, lead_unit, number, forms, papers, intake_from, "
    "intake_until, intake_open, standing, intake_closed, guidance, group_quotas, shares, guests"
)


class Unit(msgspec.Struct, frozen=True):
    code: str
    name: str
    kind: str


async def campaign(pool: asyncpg.Pool, id_: UUID) -> Campaign | None:
    row = await pool.fetchrow(f"SELECT {_COLUMNS} FROM following.campaign WHERE campaign = $1", id_)
    return None if row is None else _campaign(row)


async def campaigns(pool: asyncpg.Pool, authority: str, unit: str = "") -> list[Campaign]:
    """Launched campaigns of an authority and those the unit takes part in, newest first."""
    rows = await pool.fetch(
        f"SELECT {_COLUMNS} FROM following.campaign WHERE authority = $1 OR $2 = ANY(guests) "
        "ORDER BY launched_at DESC",
        authority,
        unit,
    )
    return [_campaign(row) for row in rows]


async def successions(pool: asyncpg.Pool) -> list[Passed]:
    """Which unit stands where another stood, since when; the earliest first."""
    rows = await pool.fetch(
        "SELECT predecessor, custodian, effective FROM following.succession "
        "ORDER BY effective, predecessor"
    )
    return [Passed(**row) for row in rows]


async def gave_way(pool: asyncpg.Pool, unit: str) -> bool:
    """Whether another stands where this unit stood."""
    asked = "SELECT EXISTS (SELECT FROM following.succession WHERE predecessor = $1)"
    return bool(await pool.fetchval(asked, unit))


async def units(pool: asyncpg.Pool, authority: str) -> dict[str, Unit]:
    rows = await pool.fetch(
        "SELECT code, name, kind FROM following.unit WHERE authority = $1 OR code IN "
        "(SELECT unnest(ARRAY[predecessor, custodian]) FROM following.succession)",
        authority,
    )
    return {row["code"]: Unit(**row) for row in rows}


def _campaign(row: asyncpg.Record) -> Campaign:
    forms = msgspec.json.decode(row["forms"], type=tuple[Form, ...])
    return Campaign(
        **{
            **dict(row),
            "forms": forms,
            "scope": tuple(row["scope"]),
            "papers": tuple(row["papers"]),
            "group_quotas": msgspec.json.decode(row["group_quotas"], type=tuple[GroupQuota, ...]),
            "shares": msgspec.json.decode(row["shares"], type=tuple[ShareTarget, ...]),
            "guests": tuple(row["guests"]),
        }
    )
