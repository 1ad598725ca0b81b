"""Papers set beside the event loop; what no font can show is refused by a code."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Any

from fastapi import Response

from libs.eventlog.events import Event, Refused
from libs.officialdocs import Unprintable, as_pdf
from services.campaign import papers
from services.campaign.decisions.states import Campaign, Stage
from services.campaign.events import PaperIssued
from services.campaign.kept_papers import KeptPapers

PLAN = "plan"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def printed(make: Callable[..., bytes], *content: Any) -> bytes:
    try:
        return await asyncio.to_thread(make, *content)
    except Unprintable as error:
        raise Refused("unprintable", detail=str(error)) from None


async def printable(campaign: Campaign, at: datetime) -> None:
    """Refused("unprintable") for a draft that cannot be set; rules on anything else come later."""
    if campaign.stage is Stage.draft:
        await printed(as_pdf, papers.plan_paper(campaign, None), at)


async def issued_plan(campaign: Campaign, events: Sequence[Event], kept: KeptPapers) -> list[Event]:
    """The paper of a plan that is about to get its number, kept before the log names it.

    Bytes that no event names do no harm, so the command may still fail afterwards.
    """
    state, issued_on = papers.numbered(campaign, events)
    try:
        content = await asyncio.to_thread(as_pdf, papers.plan_paper(state, issued_on))
    except Unprintable:
        return []  # signed before papers were tried at submission; a number is not held up by it
    sha256 = await kept.keep(content)
    return [PaperIssued(PLAN, sha256, len(content), f"typst {version('typst')}")]


def handed_out(content: bytes, kind: str, name: str) -> Response:
    """A paper as a file: a PDF to be read at once, a DOCX to be kept and worked on."""
    shown = "attachment" if kind == DOCX else "inline"
    told = {
        "Content-Disposition": f'{shown}; filename="{name}"',
        "ETag": f'"{hashlib.sha256(content).hexdigest()}"',
    }
    return Response(content, media_type=kind, headers=told)
