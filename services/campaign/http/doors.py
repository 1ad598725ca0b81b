"""What every route of this service is made from."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from fastapi import Response

from libs.eventlog.events import Event
from libs.eventlog.log import Log
from libs.eventlog.streams import Streams
from libs.eventlog.views import Views
from libs.serving.command import CommandContext, accepted
from libs.serving.evidence import Evidence
from services.campaign.decisions.states import Campaign, Register
from services.campaign.files.reading import Reader

Answer = dict[str, Any]


class Parts(msgspec.Struct, frozen=True):
    campaigns: Streams[Campaign]
    registers: Streams[Register]
    views: Views
    evidence: Evidence
    reader: Reader

    @property
    def log(self) -> Log:
        return self.campaigns.log

    async def recorded(
        self,
        id: UUID,
        decide: Callable[[Campaign], Sequence[Event]],
        command: CommandContext,
        response: Response,
    ) -> Answer:
        """Records what is decided on a campaign; the answer to the command."""
        receipt = await self.campaigns.record(
            id, decide, command.context, expected=command.expected
        )
        return accepted(receipt, response)
