"""Issued papers as bytes, found by their SHA-256; written once, never changed."""

import hashlib

import msgspec

from libs.eventlog.views import Views


class KeptPapers(msgspec.Struct, frozen=True):
    views: Views

    async def keep(self, content: bytes) -> str:
        """The name under which it is found again. Keeping it twice is keeping it once."""
        sha256 = hashlib.sha256(content).hexdigest()
        await self.views.pool.execute(
            "INSERT INTO papers.issued (sha256, content) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            sha256,
            content,
        )
        return sha256

    async def find(self, sha256: str) -> bytes | None:
        """None if it is not here, or no longer what its name says."""
        content: bytes | None = await self.views.pool.fetchval(
            "SELECT content FROM papers.issued WHERE sha256 = $1", sha256
        )
        whole = content is not None and hashlib.sha256(content).hexdigest() == sha256
        return content if whole else None
