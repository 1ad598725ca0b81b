"""Reads every log again from its start and compares it with what was sealed.

Three things must agree: what the services hold now, the leaves we wrote down when the events came,
and the root that we signed. Who changes one event must also change its leaf, and then the root no
longer fits the signed note; of which, hopefully, others have a copy.
"""

import asyncio
from collections.abc import Mapping

import asyncpg
import httpx
import msgspec

from libs.eventlog.sources import LogDoor
from libs.eventlog.wire import delivered
from services.audit.decisions import Compared, Finding
from services.audit.leaves import (
    Leaf,
    Sealed,
    last_positions,
    sealed_from,
    sealed_of,
    was_sealed_elsewhere,
)
from services.audit.merkle import EMPTY_ROOT, Frontier, root_of
from services.audit.notes import Checkpoint, NotSigned, Signer
from services.audit.views import Latest

PAGE = 1000  # events
BEYOND = 2**62  # a position behind every log: the answer is its head alone
TREE = "audit"  # the service that findings about the tree itself are told of
HASH = 32  # bytes


class Verifier:
    """`urls`: where each service answers; `log_token`: entitles to its log."""

    def __init__(self, urls: Mapping[str, str], log_token: str, signer: Signer) -> None:
        self._urls, self._token, self._signer = urls, log_token, signer

    async def heads(self) -> dict[str, int | None]:
        """The last position of every service's log, None for a service that does not answer."""
        heads = await asyncio.gather(*(self._head(service) for service in self._urls))
        return dict(zip(self._urls, heads, strict=True))

    async def compare(self, pool: asyncpg.Pool, latest: Latest | None) -> Compared:
        """All findings up to the latest checkpoint; raises httpx.HTTPError if a service is away."""
        if latest is None:
            return Compared(0, EMPTY_ROOT.hex(), [])
        try:
            signed = self._signer.open(latest.note)
        except NotSigned:
            frontier = latest.frontier
            return Compared(frontier.size, frontier.root.hex(), [Finding(TREE, 0, "note-not-ours")])
        reread = bytearray(HASH * signed.size)  # leaf hashes of what the services hold now
        last = await last_positions(pool, signed.size)
        findings: list[Finding] = []
        for service in self._urls:
            findings += await self._compare_service(pool, service, last.get(service, 0), reread)
        findings += await _compare_tree(pool, signed, reread, whole=not findings)
        return Compared(signed.size, signed.root.hex(), findings)

    async def _head(self, service: str) -> int | None:
        try:
            async with self._door(service) as door:
                return (await door.read(BEYOND, 1)).head
        except (httpx.HTTPError, msgspec.DecodeError):
            return None

    def _door(self, service: str) -> LogDoor:
        return LogDoor(f"{self._urls[service]}/log", self._token)

    async def _compare_service(
        self, pool: asyncpg.Pool, service: str, last: int, reread: bytearray
    ) -> list[Finding]:
        """Compares up to position `last`; leaf hashes of what was read go to `reread`."""
        findings: list[Finding] = []
        after = 0
        async with self._door(service) as door:
            while after < last:
                try:
                    page = await door.read(after, PAGE)
                    leaves = [Leaf.of(service, delivered(entry)) for entry in page.events]
                except (ValueError, KeyError, msgspec.DecodeError):
                    return [*findings, Finding(service, after, "unreadable")]
                except httpx.HTTPStatusError as error:
                    if error.response.status_code != httpx.codes.INTERNAL_SERVER_ERROR:
                        raise
                    return [*findings, Finding(service, after, "unreadable")]
                until = leaves[-1].position if len(leaves) == PAGE else last
                then = await sealed_of(pool, service, after, min(until, last))
                now = {leaf.position: leaf for leaf in leaves if leaf.position <= last}
                findings += await _differences(pool, now, then)
                _write_down(now, then, reread)
                after = until
        return findings


async def _compare_tree(
    pool: asyncpg.Pool, signed: Checkpoint, reread: bytearray, *, whole: bool
) -> list[Finding]:
    """`whole`: the services hold what the leaves say, so their root must be the signed one."""
    kept = Frontier()
    async for page in sealed_from(pool, 0, signed.size):
        kept = kept.grown(sealed.leaf.hash for sealed in page)
    if Checkpoint(kept.size, kept.root) != signed:
        return [Finding(TREE, 0, "leaf-changed")]
    hashes = (bytes(reread[at : at + HASH]) for at in range(0, len(reread), HASH))
    if whole and root_of(hashes) != signed.root:
        return [Finding(TREE, 0, "root-differs")]
    return []


async def _differences(
    pool: asyncpg.Pool, now: Mapping[int, Leaf], then: Mapping[int, Sealed]
) -> list[Finding]:
    findings = []
    for position in sorted({*now, *then}):
        found, sealed = now.get(position), then.get(position)
        if sealed is None and found is not None:
            findings.append(Finding(found.service, position, "inserted"))
        elif sealed is not None and found is None:
            findings.append(Finding(sealed.leaf.service, position, "missing"))
        elif sealed is not None and found is not None and found != sealed.leaf:
            moved = await was_sealed_elsewhere(pool, found)
            findings.append(Finding(found.service, position, "moved" if moved else "changed"))
    return findings


def _write_down(now: Mapping[int, Leaf], then: Mapping[int, Sealed], reread: bytearray) -> None:
    for position, leaf in now.items():
        if position in then:
            offset = HASH * then[position].number
            reread[offset : offset + HASH] = leaf.hash
