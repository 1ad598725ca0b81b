"""A campaign's board and the one act that reminds who has not answered, over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from libs.eventlog.views import Views
from libs.serving.command import AtLeast, By, Command, accepted
from services.notification import boards, decisions
from services.notification.boards import Answered
from services.notification.events import Awaited
from services.notification.reminders import Reminding

Answer = dict[str, Any]


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("without NUL characters")
    return text.strip()


class Reminder(BaseModel):
    """`reason`: asked for when units were reminded on the same day before."""

    model_config = ConfigDict(extra="forbid")
    awaited: Awaited = "acknowledgement"
    reason: Annotated[str, AfterValidator(_storable), Field(max_length=2000)] = ""


def routes(reminding: Reminding, seen: Views) -> APIRouter:
    router = APIRouter(prefix="/campaigns", tags=["boards"])

    @router.get("/{id}/board")
    async def board(id: UUID, by: By, at_least: AtLeast, state: Answered | None = None) -> Answer:
        """Unit by unit what the launch has told it and what it has answered since."""
        decisions.see_board(by)
        await seen.at_least(at_least)
        items = await boards.board(seen.pool, by.authority, id, state=state)
        return {"items": items, "position": seen.position}

    @router.post("/{id}/reminders", status_code=201)
    async def remind(id: UUID, body: Reminder, command: Command, response: Response) -> Answer:
        """Reminds all that have not answered by now."""
        receipt = await reminding.remind(id, body.awaited, body.reason, command)
        return accepted(receipt, response)

    return router
