"""The loop that follows a log: exactly one effect per event, in order, whatever breaks.

The position in our own database is the only state. Any failure ends the session - database
connection, lock and consumer - and the next one starts again from the position: retry, crash,
fail-over and reconnect are one code path. Any doubt - gap, silence, NATS away, foreign epoch - is
settled by reading the producer's log.
"""

import asyncio
import logging
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import httpx

from libs.eventlog.applier import Applier, FollowerOptions
from libs.eventlog.faults import Diverged, Gap, waits
from libs.eventlog.positions import Connection, Positions
from libs.eventlog.sources import LogDoor, StreamDoor, unavailable
from libs.eventlog.wire import Delivery, Page, delivered

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Health:
    """`stalled_for` grows unless we commit or have proof that nothing is due. Times in seconds."""

    state: str
    epoch: str | None
    position: int
    behind: int
    stalled_for: float
    busy_for: float
    on: int | None  # the position whose handler is running
    failures: int
    dead: int
    foreign: int  # messages that are not part of the log
    error: str | None


class Following:
    """One follower: two doors to the producer's log, one applier."""

    def __init__(
        self,
        positions: Positions,
        stream: StreamDoor,
        producer_log: LogDoor,
        applier: Applier,
        options: FollowerOptions,
    ) -> None:
        self.name = positions.name
        self.state = "stopped"
        self.applier = applier
        self._positions, self._stream, self._log = positions, stream, producer_log
        self._options, self._stopping = options, applier.stopping
        self._foreign = 0
        self._audited = 0.0

    def health(self) -> Health:
        now, at = time.monotonic(), self.applier
        return Health(
            state=self.state,
            epoch=at.epoch,
            position=at.position,
            behind=max(0, at.head - at.position),
            stalled_for=round(now - at.progress, 1),
            busy_for=round(now - at.busy[1], 1) if at.busy else 0.0,
            on=at.busy[0] if at.busy else None,
            failures=at.failures,
            dead=at.dead,
            foreign=self._foreign + self._stream.foreign,
            error=at.error,
        )

    # ---- life
    async def run(self) -> None:
        """Follows until told to stop; never raises."""
        async with self._log:
            while not self._stopping.is_set():
                await self._connected_session()
        self.state = "stopped"

    async def _connected_session(self) -> None:
        connection: Connection | None = None
        try:
            connection = await asyncio.to_thread(self._positions.connect)
            await self._session(connection)
        except Exception as error:  # noqa: BLE001  # every fault has the same cure: a new session
            await self._failed(error)
        finally:
            self.applier.busy = None
            await self._stream.unbind()
            if connection is not None:  # also drops the lock and any open transaction
                await asyncio.to_thread(connection.close)

    async def _failed(self, error: Exception) -> None:
        self.applier.failed(error)
        self.state = (
            "Diverged" if isinstance(error, Diverged) else f"retrying: {type(error).__name__}"
        )
        log.warning("%s at %s: %s", self.name, self.applier.position, self.applier.error)
        longest = self._options.poll if waits(error) else self._options.cap
        pause: float = self._options.base * 2 ** min(self.applier.failures - 1, 10)
        await self._nap(min(longest, pause) * random.uniform(0.8, 1.2))  # noqa: S311

    async def _nap(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    # ---- one session: a database connection holding the lock, until anything goes wrong
    async def _session(self, connection: Connection) -> None:
        standing = await asyncio.to_thread(self._positions.claim, connection)
        if standing is None:  # another replica works; take over when its session ends
            self.state, self.applier.progress = "standby", time.monotonic()
            await self._nap(self._options.poll)
            return
        self.applier.begin(standing)
        await self._open_log(connection)
        while not self._stopping.is_set():
            await self._round(connection)

    async def _open_log(self, connection: Connection) -> None:
        """Only the log knows its epoch; the stream may still hold an older life of it."""
        try:
            page = await self._page(limit=1)
        except httpx.HTTPError:
            if self.applier.epoch is None or self.state == "Diverged":
                raise
            return  # known ground: go on with the stream, the audit will ask again
        if self.applier.epoch is None:
            await asyncio.to_thread(self._positions.learn_epoch, connection, page.epoch)
            self.applier.epoch = page.epoch

    async def _round(self, connection: Connection) -> None:
        try:
            deliveries = await self._stream.fetch(self.applier.sequence, self._options.page)
        except Exception as error:
            if not unavailable(error):
                raise
            await self._without_stream(connection, error)
            return
        self.state = "following"
        if deliveries is None:
            await self._silence(connection)
            return
        try:
            await self.applier.apply(connection, await self._of_our_epoch(deliveries))
        except Gap as gap:
            log.info("%s: %s", self.name, gap)
            await self._read_log(connection)

    async def _without_stream(self, connection: Connection, error: Exception) -> None:
        self.state = "reading the log: NATS unavailable"
        self.applier.error = repr(error)[:500]
        lost_consumer = self._stream.bound
        await self._stream.unbind()
        await self._read_log(connection)
        await self._nap(0.2 if lost_consumer else self._options.poll)

    async def _silence(self, connection: Connection) -> None:
        """Now and then asks the log: the last message may be lost, the producer restored."""
        self.applier.failures, self.applier.error = 0, None
        if time.monotonic() - self._audited > self._options.audit:
            self.applier.dead = await asyncio.to_thread(self._positions.dead, connection)
            try:
                await self._read_log(connection)
            except httpx.HTTPError as error:
                self.applier.error = f"audit: {error!r}"
                self._audited = time.monotonic() - self._options.audit + self._options.poll
        self.applier.progress = time.monotonic()

    # ---- the log is the truth
    async def _of_our_epoch(self, deliveries: Sequence[Delivery]) -> list[Delivery]:
        ours = [delivery for delivery in deliveries if delivery.epoch == self.applier.epoch]
        if len(ours) < len(deliveries):
            await self._page(limit=1)  # raises if it is the log that has changed
            self._foreign += len(deliveries) - len(ours)  # what an older life left in the stream
        return ours

    async def _read_log(self, connection: Connection) -> None:
        """Reads up to where the log ended when we began: under load it never ends."""
        goal: int | None = None
        while not self._stopping.is_set():
            page = await self._page(self._options.page)
            goal = page.head if goal is None else goal
            await self._apply_page(connection, page)
            if self.applier.position >= goal:
                self.applier.progress = self._audited = time.monotonic()
                return
            if not page.events:
                raise Diverged(f"the log ends at {goal} but has nothing after our position")

    async def _apply_page(self, connection: Connection, page: Page) -> None:
        deliveries = [delivered(entry) for entry in page.events]
        try:
            await self.applier.apply(connection, deliveries)
        except Gap as gap:
            raise Diverged(f"the log itself has a gap: {gap}") from None

    async def _page(self, limit: int) -> Page:
        """What follows our position; raises if this is not the log that we know."""
        at = self.applier
        page = await self._log.read(at.position, limit)
        if at.epoch not in (None, page.epoch):
            raise Diverged(f"the log is in epoch {page.epoch}, we follow {at.epoch}")
        at.head = page.head
        if page.head < at.position:
            raise Diverged(f"the log ends at {page.head}, we are at {at.position}")
        return page
