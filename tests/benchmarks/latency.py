"""How long a command that was answered takes to reach a follower's database."""

import asyncio
import time
from collections.abc import Sequence

import asyncpg
import msgspec
import uvloop

from tests.benchmarks.load import connect, requests

LOOK = 0.0003  # seconds between looks
WITHIN = 10.0
_SEEN = "SELECT 1 FROM following.confirmed WHERE position = $1"


def until_followed(
    port: int, paths: Sequence[str], token: str, follower_dsn: str, count: int
) -> list[float]:
    """Seconds from the answer of a command until another connection sees the follower's row.

    One client, one command after the other; each waits for the row of the one before.
    """
    return uvloop.run(_measure(port, paths, token, follower_dsn, count))


async def _measure(
    port: int, paths: Sequence[str], token: str, dsn: str, count: int
) -> list[float]:
    client, db = await connect(port), await asyncpg.connect(dsn)
    try:
        looked = await db.prepare(_SEEN)
        took = []
        for _, request in zip(range(count), requests(paths, token), strict=False):
            position = msgspec.json.decode(await client.ask(request))["position"]
            answered = time.perf_counter()
            while await looked.fetchval(position) is None:
                if time.perf_counter() - answered > WITHIN:
                    raise TimeoutError(f"the follower has not seen {position}")
                await asyncio.sleep(LOOK)
            took.append(time.perf_counter() - answered)
        return took
    finally:
        client.close()
        await db.close()
