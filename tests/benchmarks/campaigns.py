"""Campaigns drafted from the example plan, put into a log before the load begins."""

import asyncio
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

from libs.eventlog.events import Context
from libs.eventlog.log import Change, Log
from libs.serving.acting import Acting
from libs.serving.command import now
from services.campaign.decisions import planning
from services.campaign.decisions.states import Campaign
from services.campaign.events import events
from services.campaign.provenance import Draft, drafted_from

PLAN = Path(__file__).parents[2] / "examples/chi-lang-2024/plan.txt"
FIELD = "abstract.0"
AT_ONCE = 64


@cache
def plan() -> Draft:
    return drafted_from(PLAN.read_text(encoding="utf-8"))


def title() -> str:
    return plan().title


def draft_campaigns(dsn: str, count: int, by: Acting) -> list[str]:
    """Drafts `count` campaigns of the same plan; returns their ids."""
    return asyncio.run(_draft(dsn, count, by))


async def _draft(dsn: str, count: int, by: Acting) -> list[str]:
    log = Log(events, dsn=dsn)
    await log.open()
    try:
        ids = [uuid4() for _ in range(count)]
        for start in range(0, count, AT_ONCE):
            await asyncio.gather(*(_draft_one(log, id, by) for id in ids[start : start + AT_ONCE]))
        return [str(id) for id in ids]
    finally:
        await log.close()


async def _draft_one(log: Log, id: UUID, by: Acting) -> None:
    drafted = planning.draft(
        Campaign(),
        title=plan().title,
        source_name=PLAN.name,
        source_text=PLAN.read_text(encoding="utf-8"),
        fields=plan().fields,
        missing=plan().missing,
        by=by,
    )
    context = Context(
        at=now(),
        authority=by.authority,
        command=str(id),
        correlation=uuid4(),
        actor=by.official,
        role=by.role,
        unit=by.unit,
    )

    async def decide() -> list[Change]:
        return [Change(id, 0, drafted)]

    await log.transact(decide, context)
