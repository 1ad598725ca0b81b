"""The board as PDF and DOCX, over HTTP."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from libs.eventlog.events import Refused
from libs.eventlog.views import Views
from libs.officialdocs import Answers, Unprintable, as_docx, as_pdf
from libs.serving.acting import Acting
from libs.serving.command import AtLeast, By, now
from services.notification import boards, decisions
from services.notification.answers_paper import answers_paper

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def routes(seen: Views) -> APIRouter:
    router = APIRouter(prefix="/campaigns", tags=["boards"])

    async def answers(id: UUID, by: Acting, at_least: int, at: datetime) -> Answers:
        """For whom the board is; not-found where the authority has told nobody of the campaign."""
        decisions.see_board(by)
        await seen.at_least(at_least)
        rows = await boards.board(seen.pool, by.authority, id)
        if not rows:
            raise Refused("not-found")
        title = (await boards.called(seen.pool, id)).title
        names = await boards.names_of(seen.pool, [by.authority, by.unit])
        return answers_paper(
            rows,
            title,
            authority=names.get(by.authority, ""),
            unit=names.get(by.unit, ""),
            at=at,
        )

    @router.get("/{id}/board.pdf", response_class=Response)
    async def board_pdf(id: UUID, by: By, at_least: AtLeast) -> Response:
        """Who has answered by now, who has not: the list as a paper."""
        at = now()
        content = await _printed(as_pdf, await answers(id, by, at_least, at), at)
        told = {"Content-Disposition": 'inline; filename="danh-sach-tra-loi.pdf"'}
        return Response(content, media_type=PDF, headers=told)

    @router.get("/{id}/board.docx", response_class=Response)
    async def board_docx(id: UUID, by: By, at_least: AtLeast) -> Response:
        content = await _printed(as_docx, await answers(id, by, at_least, now()))
        told = {"Content-Disposition": 'attachment; filename="danh-sach-tra-loi.docx"'}
        return Response(content, media_type=DOCX, headers=told)

    return router


async def _printed(make: Callable[..., bytes], *content: Any) -> bytes:
    """Set beside the event loop; what no font can show is refused by a code."""
    try:
        return await asyncio.to_thread(make, *content)
    except Unprintable as error:
        raise Refused("unprintable", detail=str(error)) from None
