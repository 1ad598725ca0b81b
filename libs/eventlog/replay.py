"""Reads a whole log in order, for what is rebuilt from it: pages ahead of the work on them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar
from uuid import UUID

import asyncpg

from libs.eventlog.log import Log

State = TypeVar("State")
PAGE = 5000  # events; smaller ones cost round trips, larger ones memory


async def pages(log: Log, after: int = 0, size: int = PAGE) -> AsyncIterator[list[asyncpg.Record]]:
    """Rows (position, stream, version, topic, state) after a position, up to the end of the log.

    The database reads the next page while the caller works on this one.
    """
    coming = asyncio.create_task(log.rows_after(after, size))
    try:
        while rows := await coming:
            coming = asyncio.create_task(log.rows_after(rows[-1][0], size))
            await asyncio.sleep(0)  # lets the request go out before the caller takes the CPU
            yield rows
    finally:
        coming.cancel()


async def replay(
    log: Log, initial: State, evolve: Callable[[State, Any], State], *, after: int = 0
) -> dict[UUID, State]:
    """The state of every stream that has events after `after`, folded from those."""
    states: dict[UUID, State] = {}
    state_of, decode = states.get, log.registry.decode
    async for rows in pages(log, after):
        for _, stream, _, topic, state in rows:
            states[stream] = evolve(state_of(stream, initial), decode(topic, state))
    return states
