"""What every route of this service is made from."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from fastapi import Response

from libs.eventlog.events import Event
from libs.eventlog.log import Change, Log, StaleVersion
from libs.eventlog.streams import Streams
from libs.eventlog.views import Views
from libs.serving.command import CommandContext, accepted
from libs.serving.days import day_of
from libs.serving.evidence import Evidence
from services.campaign.decisions import guidance_rules
from services.campaign.decisions.clusters import Cluster, Pledge
from services.campaign.decisions.registering import Registration
from services.campaign.decisions.reporting import Reports
from services.campaign.decisions.rules import DEFAULT, Rules, rules_on
from services.campaign.decisions.states import Campaign, Register
from services.campaign.events import GuidanceRules
from services.campaign.files.reading import Reader
from services.campaign.kept_papers import KeptPapers

Answer = dict[str, Any]
Issuing = Callable[[Campaign, Sequence[Event]], Awaitable[Sequence[Event]]]


class Parts(msgspec.Struct, frozen=True):
    campaigns: Streams[Campaign]
    registers: Streams[Register]
    views: Views
    registrations: Streams[Registration]
    clusters: Streams[Cluster]
    pledges: Streams[Pledge]
    reports: Streams[Reports]
    evidence: Evidence
    reader: Reader
    rules: tuple[Rules, ...] = DEFAULT
    guidance_rules: Sequence[GuidanceRules] = guidance_rules.DEFAULT

    def rules_at(self, at: datetime) -> Rules:
        return rules_on(self.rules, day_of(at))

    @property
    def kept(self) -> KeptPapers:
        return KeptPapers(self.views)

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

    async def recorded_with_register(
        self,
        id: UUID,
        register: UUID,
        decide: Callable[[Campaign, Register], tuple[Sequence[Event], Sequence[Event]]],
        command: CommandContext,
        response: Response,
        *,
        paper: Issuing | None = None,
    ) -> Answer:
        """Records what is decided on a campaign and on a register of numbers, both or neither.

        `paper` tells the events of the paper that goes out with what was decided.
        """

        async def changes() -> list[Change]:
            campaign, book = await self.campaigns.load(id), await self.registers.load(register)
            if command.expected not in (None, campaign.version):
                raise StaleVersion(campaign.version)
            of_campaign, of_register = decide(campaign.state, book.state)
            if of_campaign and paper is not None:
                of_campaign = [*of_campaign, *await paper(campaign.state, of_campaign)]
            return [
                Change(register, book.version, of_register),
                Change(id, campaign.version, of_campaign),
            ]

        return accepted(await self.campaigns.transact(id, changes, command.context), response)
