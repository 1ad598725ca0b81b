"""A reorganisation and all the units and officials it reaches: recorded all or nothing."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID

from libs.eventlog.events import Context, Event
from libs.eventlog.ids import new_id
from libs.eventlog.log import Change, Receipt
from libs.eventlog.views import Views
from libs.serving.acting import Acting
from libs.serving.command import CommandContext, now
from libs.serving.days import day_of
from services.directory import succession
from services.directory.decisions import reorganising
from services.directory.decisions.faults import predecessors
from services.directory.decisions.officials import end_with_unit
from services.directory.decisions.states import Reorganisation, Unit
from services.directory.events import Act, Document
from services.directory.history import Histories, evolve_unit, unit_id

LOOK_EVERY = 30.0  # seconds between looks whether a confirmed reorganisation has come to its day


class Reorganisations:
    def __init__(self, histories: Histories, views: Views) -> None:
        self._all, self._log, self._views = histories, histories.log, views
        self.streams = histories.reorganisations

    async def prepare(
        self,
        id: UUID,
        acts: Sequence[Act],
        effective: date,
        document: Document,
        command: CommandContext,
    ) -> Receipt:
        units = await self.units(acts)
        return await self.streams.record(
            id,
            lambda before: reorganising.prepare(
                before, acts, units, effective=effective, document=document, by=command.by
            ),
            command.context,
        )

    async def confirm(self, id: UUID, command: CommandContext) -> Receipt:
        async def attempt() -> list[Change]:
            before = (await self.streams.load(id)).state
            units = await self.units(before.acts)
            change = await self.streams.change(
                id,
                lambda act: reorganising.confirm(act, units, by=command.by),
                expected=command.expected,
            )
            if not change.events:
                return []
            closing = reorganising.on_confirmation(before, id, units)
            after = _after(units, closing)
            ended = await self._ended(before, units)
            due = day_of(command.at) >= before.effective
            effect = reorganising.on_effect(before, id, after) if due else {}
            if due:
                confirmed = self.streams.evolve(before, change.events[0])
                in_force = reorganising.take_effect(confirmed, today=day_of(command.at))
                change = Change(change.stream, change.version, [*change.events, *in_force])
            return [*await self._of_units(_joined(closing, effect)), *ended, change]

        return await self.streams.transact(id, attempt, command.context)

    async def units(self, acts: Sequence[Act]) -> dict[str, Unit]:
        """The state of all that the acts name, or that belongs to or lies below what they close."""
        named = {code for act in acts for code in _named(act)}
        states = {code: await self._all.unit(code) for code in sorted(named)}
        closing = {code for act in acts for code in predecessors(act)}
        ending = {states[c].authority for c in closing if states[c].kind == "authority"}
        await self._views.at_least(await self._log.head())
        for code in await succession.units_within(self._views.pool, ending, closing):
            states.setdefault(code, await self._all.unit(code))
        return {code: unit for code, unit in states.items() if unit.code}

    # ---- the day comes
    async def run(self) -> None:
        """The worker: what was confirmed ahead takes effect on its day."""
        while True:
            await self.take_effect(now_is=now())
            await asyncio.sleep(LOOK_EVERY)

    async def take_effect(self, *, now_is: datetime) -> None:
        today = day_of(now_is)
        await self._views.at_least(await self._log.head())
        for id, authority in await succession.due(self._views.pool, today):
            context = Context(
                at=now_is, authority=authority, command=f"effect:{id}", correlation=new_id()
            )
            await self._log.transact(partial(self._effect, id, today), context)

    async def _effect(self, id: UUID, today: date) -> list[Change]:
        change = await self.streams.change(
            id, lambda act: reorganising.take_effect(act, today=today)
        )
        if not change.events:
            return []
        act = (await self.streams.load(id)).state
        units = await self.units(act.acts)
        late = await self._ended(act, units)  # appointed after the confirmation
        return [*await self._of_units(reorganising.on_effect(act, id, units)), *late, change]

    async def _of_units(self, changed: Mapping[str, Sequence[Event]]) -> list[Change]:
        return [
            await self._all.units.change(unit_id(code), partial(_given, events=events))
            for code, events in changed.items()
        ]

    async def _ended(self, act: Reorganisation, units: Mapping[str, Unit]) -> list[Change]:
        acts = reorganising.whole(act.acts, units, act.effective)
        closing = {code for each in acts for code in predecessors(each)}
        reason = act.document.abstract if act.document is not None else ""
        return await ended_with(self._all, self._views, closing, act.effective, reason)


async def ended_with(
    histories: Histories, views: Views, closing: Iterable[str], day: date, reason: str
) -> list[Change]:
    """The appointments in these units end with them; the views must be up to date."""
    closed = frozenset(closing)
    changes = [
        await histories.officials.change(
            official,
            partial(end_with_unit, official_id=official, closed=closed, day=day, reason=reason),
        )
        for official in await succession.officials_in(views.pool, closed, day)
    ]
    return [change for change in changes if change.events]


def may_see(reorganisation: Reorganisation, by: Acting) -> None:
    reorganising.may_see(reorganisation, by)


def _given(_: Unit, events: Sequence[Event]) -> Sequence[Event]:
    return events


def _named(act: Act) -> set[str]:
    named = {*act.units, *(unit for unit, _ in act.into)}
    if act.new is not None:
        named |= {act.new.code, act.new.parent or act.new.code}
    return named


def _after(units: Mapping[str, Unit], changed: Mapping[str, Sequence[Event]]) -> dict[str, Unit]:
    after = dict(units)
    for code, events in changed.items():
        for event in events:
            after[code] = evolve_unit(after.get(code, Unit()), event)
    return after


def _joined(*parts: Mapping[str, Sequence[Event]]) -> dict[str, list[Event]]:
    joined: dict[str, list[Event]] = {}
    for part in parts:
        for code, events in part.items():
            joined.setdefault(code, []).extend(events)
    return joined
