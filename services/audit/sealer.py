"""Seals what has arrived: grows the tree, signs its root, records the checkpoint."""

import asyncio
import logging

import asyncpg

from libs.eventlog.batch import Busy, OutcomeUnknown, VersionConflict
from libs.eventlog.events import Context
from libs.eventlog.ids import new_id
from libs.eventlog.log import Log
from libs.eventlog.views import ViewBehind, Views
from libs.serving.command import now
from services.audit.decisions import seal
from services.audit.events import CheckpointSealed
from services.audit.history import checkpoint_id, streams
from services.audit.leaves import sealed_from, size
from services.audit.merkle import Frontier
from services.audit.notes import Checkpoint, Signer
from services.audit.views import latest_checkpoint

log = logging.getLogger(__name__)

# Our own checkpoints become leaves too, but alone they are no news, or there would be no end.
_NEWS = """
SELECT EXISTS (SELECT FROM sealed.leaf WHERE number >= $1
               AND NOT (service = 'audit' AND topic LIKE 'checkpoint.sealed.%'))
"""
_PASSING = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, Busy, OutcomeUnknown)


class Sealer:
    """Any number of replicas may seal: for each size the first one counts."""

    def __init__(self, of: Log, views: Views, signer: Signer, *, every: float) -> None:
        self._log, self._views, self._signer, self._every = of, views, signer, every
        self._streams = streams(of)

    async def run(self) -> None:
        """Seals every few seconds if there is news, until cancelled."""
        while True:
            try:
                await self.seal()
            except (*_PASSING, VersionConflict, ViewBehind) as error:
                log.warning("sealing: %r; trying again", error)
            await asyncio.sleep(self._every)

    async def seal(self) -> None:
        """Seals all that has arrived so far, if there is news."""
        pool = self._views.pool
        latest = await latest_checkpoint(pool)
        frontier = latest.frontier if latest is not None else Frontier()
        if not await pool.fetchval(_NEWS, frontier.size):
            return
        async for page in sealed_from(pool, frontier.size, await size(pool)):
            frontier = frontier.grown(sealed.leaf.hash for sealed in page)
        await self._record(frontier)

    async def _record(self, frontier: Frontier) -> None:
        checkpoint = CheckpointSealed(
            frontier.size,
            frontier.root.hex(),
            self._signer.note(Checkpoint(frontier.size, frontier.root)),
            tuple(peak.hex() for peak in frontier.peaks),
        )
        context = Context(at=now(), authority="system", command="checkpoint", correlation=new_id())
        receipt = await self._streams.record(
            checkpoint_id(frontier.size), lambda already: seal(already, checkpoint), context
        )
        await self._views.at_least(receipt.position)
