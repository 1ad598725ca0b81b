"""Follows a revised guidance: every dossier sent under an older one is measured anew."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from libs.eventlog.events import Context
from libs.eventlog.views import Views
from services.dossier import campaigns, queries
from services.dossier.decisions.rechecking import recheck
from services.dossier.history import Histories

PAUSE = 1.0  # seconds between looks
BATCH = 100
RECHECKS = UUID("b2f0a7d4-5c1e-5a38-8a6b-0b6f1f2f6d55")  # namespace: one correlation per version


class Rechecking:
    """`run` is the worker. What it has to do stands in the tables, so it may stop at any time."""

    def __init__(self, histories: Histories, views: Views) -> None:
        self._histories, self._views = histories, views

    async def run(self) -> None:
        while True:
            if not await self.once():
                await asyncio.sleep(PAUSE)

    async def once(self) -> int:
        """Measures all that wait, and returns how many. One that fails holds up no other.

        Raises the first failure when all have had their turn; it is tried again with the next look.
        """
        await self._views.at_least(await self._histories.log.head())
        measured, after, failure = 0, 0, None
        while waiting := await queries.measured_by_an_older(self._views.pool, after, BATCH):
            for row in waiting:
                try:
                    measured += await self._recheck(row)
                except Exception as error:  # noqa: BLE001  # whatever it is, the others go first
                    failure = failure or error
            after = waiting[-1]["position"]
        if failure is not None:
            raise failure
        return measured

    async def _recheck(self, row: dict[str, Any]) -> bool:
        campaign = await campaigns.campaign(self._views.pool, row["campaign"])
        if campaign is None:
            return False
        units = await campaigns.units(self._views.pool, row["authority"])
        unit = units.get(row["unit"])
        version = f"{campaign.campaign}|{campaign.guidance}"
        receipt = await self._histories.dossiers.record(
            row["dossier"],
            partial(
                recheck,
                campaign=campaign,
                unit_kind="" if unit is None else unit.kind,
                submitted_at=row["submitted_at"],
            ),
            Context(
                at=datetime.now(UTC),
                authority=row["authority"],
                command=f"guidance:{version}|{row['dossier']}",
                correlation=uuid5(RECHECKS, version),
            ),
        )
        return not receipt.replayed
