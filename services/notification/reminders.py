"""Carries out a reminder: who has not answered by now, one notice for each, one act for all."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Refused
from libs.eventlog.log import Change, Receipt
from libs.eventlog.streams import Streams
from libs.eventlog.views import Views
from libs.serving.acting import Acting
from libs.serving.command import CommandContext
from libs.serving.days import VIETNAM
from services.notification import boards, reminding
from services.notification.decisions import Notice, queue
from services.notification.events import About, Awaited, Occasion, UnitsReminded
from services.notification.history import notice_id, reminders_id
from services.notification.reminding import Reminders
from services.notification.templates import render

SOON = "trong thời gian sớm nhất"


class Owing(msgspec.Struct, frozen=True):
    """Units that owe an answer, and how many have given theirs."""

    units: Sequence[str]
    answered: int


class Reminding:
    def __init__(
        self, notices: Streams[Notice], reminders: Streams[Reminders], seen: Views
    ) -> None:
        self._notices, self._reminders, self._seen = notices, reminders, seen

    async def remind(
        self, campaign: UUID, awaited: Awaited, reason: str, command: CommandContext
    ) -> Receipt:
        """All in one transaction; who answered while the button was looked at is left alone."""
        reminding.may_remind(command.by)
        stream, id = reminders_id(campaign), command.new_id("reminder")
        called = await boards.called(self._seen.pool, campaign)

        async def decide() -> list[Change]:
            owing = await self._owing(campaign, awaited, command.by)
            past = await self._reminders.load(stream)
            events = reminding.remind(
                past.state,
                campaign,
                awaited=awaited,
                standing=called.standing,
                units=owing.units,
                answered=owing.answered,
                reason=reason,
                at=command.at,
                by=command.by,
            )
            facts = {"title": called.title, "until": _until(called.until)}
            told = [
                change
                for event in events
                if isinstance(event, UnitsReminded)
                for change in await self._notices_of(event, id, facts, command)
            ]
            return [*told, Change(stream, past.version, events)]

        return await self._reminders.transact(stream, decide, command.context)

    async def _owing(self, campaign: UUID, awaited: Awaited, by: Acting) -> Owing:
        await self._seen.at_least(await self._notices.log.head())
        asked = await boards.asked_of(self._seen.pool, by.authority, campaign)
        if not asked:  # of this authority's, nothing by that id was ever launched
            raise Refused("not-found")
        if awaited == "registration":
            done = await boards.registered(self._seen.pool, campaign)
            units = [
                row["unit"]
                for row in await boards.board(self._seen.pool, by.authority, campaign)
                if row["takes_part"] and row["unit"] not in done
            ]
            return Owing(units, len(done))
        states = {unit: [(await self._notices.load(id)).state for id in ids] for unit, ids in asked}
        units = reminding.silent(states)
        return Owing(units, len(states) - len(units))

    async def _notices_of(
        self, event: UnitsReminded, id: UUID, facts: Mapping[str, str], command: CommandContext
    ) -> list[Change]:
        names = await boards.names_of(self._seen.pool, list(event.units))
        stream = reminders_id(event.campaign)
        occasion = Occasion("notification", id, stream, "units.reminded.v1", 0, command.at)
        return [
            Change(notice_id(id, unit), 0, _notice(event, unit, occasion, names, facts))
            for unit in event.units
        ]


def _notice(
    event: UnitsReminded,
    unit: str,
    occasion: Occasion,
    names: Mapping[str, str],
    facts: Mapping[str, str],
) -> list[Event]:
    template = f"reminder-{event.awaited}"
    given = {"unit": names.get(unit, unit), **facts}
    return queue(
        Notice(),
        unit=unit,
        sender=event.authority,
        occasion=occasion,
        about=About("campaign", "campaign", event.campaign),
        campaign=event.campaign,
        purpose="for-action",
        rendered=render(template, given, purpose="for-action"),
    )


def _until(until: datetime | None) -> str:
    return SOON if until is None else f"trước {until.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"
