"""Commands that read or change several streams: what they append, they append all or nothing."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from uuid import UUID, uuid5

from libs.eventlog.log import Change, Receipt, StaleVersion
from libs.serving.command import CommandContext
from libs.serving.days import day_of
from services.dossier.decisions import appraisal, decision
from services.dossier.decisions.register import SLIPS, assign_next, register_id
from services.dossier.decisions.rules import Rules, rules_on
from services.dossier.decisions.states import Decision
from services.dossier.events import NumberAssigned
from services.dossier.history import Histories
from services.dossier.signers import Signer
from services.dossier.terms import LineRef

DECISIONS = UUID("5a4f6a0e-7c0b-5d1e-9d8b-27c2f4b1e6a3")  # namespace: one decision per session


def decision_id(session: UUID) -> UUID:
    return uuid5(DECISIONS, str(session))


class Together:
    def __init__(self, histories: Histories, rules: Sequence[Rules]) -> None:
        self._log, self._rules = histories.log, rules
        self._all = histories

    def rules(self, command: CommandContext) -> Rules:
        return rules_on(self._rules, day_of(command.at))

    async def receive(self, dossier: UUID, command: CommandContext) -> Receipt:
        """Receipt of a dossier with the next slip of the authority's register."""
        day, rules = day_of(command.at), self.rules(command)

        async def attempt() -> list[Change]:
            loaded = await self._all.dossiers.load(dossier)
            _expected(command, loaded.version)
            taken = await self._next(SLIPS, dossier, command, day)
            slip = _number(taken)
            events = appraisal.receive(
                loaded.state, slip=slip, year=day.year, rules=rules, by=command.by
            )
            change = Change(dossier, loaded.version, events)
            return [change] if loaded.state.slip or not events else [taken, change]

        return await self._transact(dossier, attempt, command)

    async def draft(
        self, session: UUID, not_presented: Sequence[LineRef], command: CommandContext
    ) -> Receipt:
        id_ = decision_id(session)
        held = (await self._all.sessions.load(session)).state
        named = {ref.dossier for ref in (*held.lines, *not_presented)}
        dossiers = await self._all.dossiers_of(named)
        return await self._all.decisions.record(
            id_,
            lambda state: decision.draft(
                state, session, held, dossiers, not_presented=not_presented, by=command.by
            ),
            command.context,
        )

    async def sign(self, id_: UUID, signer: Signer, command: CommandContext) -> Receipt:
        lines = (await self._all.decisions.load(id_)).state.lines
        dossiers = await self._all.dossiers_of(line.dossier for line in lines)
        return await self._all.decisions.record(
            id_,
            lambda state: decision.sign(
                state,
                dossiers,
                name=signer.name,
                title=signer.title,
                on=day_of(command.at),
                by=command.by,
            ),
            command.context,
            expected=command.expected,
        )

    async def number(self, id_: UUID, issued_on: date, command: CommandContext) -> Receipt:
        """The next number of the authority's decisions in the year of issue."""
        symbol = rules_on(self._rules, issued_on).decision_symbol

        async def attempt() -> list[Change]:
            loaded = await self._all.decisions.load(id_)
            _expected(command, loaded.version)
            decision.may_number(
                loaded.state, issued_on=issued_on, today=day_of(command.at), by=command.by
            )
            if loaded.state.number:
                return []
            taken = await self._next(symbol, id_, command, issued_on)
            events = decision.number(
                loaded.state,
                number=_number(taken),
                symbol=symbol,
                issued_on=issued_on,
                by=command.by,
            )
            return [taken, Change(id_, loaded.version, events)]

        return await self._transact(id_, attempt, command)

    async def publish(self, id_: UUID, command: CommandContext) -> Receipt:
        """Publishes and tells every dossier the outcome of its lines."""

        async def attempt() -> list[Change]:
            loaded = await self._all.decisions.load(id_)
            _expected(command, loaded.version)
            published = decision.publish(loaded.state, by=command.by)
            if not published:
                return []
            changes = [
                await self._outcomes(dossier, id_, loaded.state)
                for dossier in dict.fromkeys(line.dossier for line in loaded.state.lines)
            ]
            return [*changes, Change(id_, loaded.version, published)]

        return await self._transact(id_, attempt, command)

    async def _outcomes(self, dossier: UUID, id_: UUID, decided: Decision) -> Change:
        return await self._all.dossiers.change(
            dossier, lambda state: decision.tell_outcomes(state, dossier, id_, decided)
        )

    async def _next(self, series: str, to: UUID, command: CommandContext, on: date) -> Change:
        authority = command.by.authority
        return await self._all.registers.change(
            register_id(authority, series, on.year),
            lambda register: assign_next(
                register, authority=authority, series=series, to=to, issued_on=on
            ),
        )

    async def _transact(
        self,
        stream: UUID,
        attempt: Callable[[], Awaitable[Sequence[Change]]],
        command: CommandContext,
    ) -> Receipt:
        receipt = await self._log.transact(attempt, command.context)
        if receipt is not None:
            return receipt
        version, position = await self._log.tail(stream)
        return Receipt(stream, version, position, replayed=True)


def _expected(command: CommandContext, version: int) -> None:
    if command.expected is not None and command.expected != version:
        raise StaleVersion(version)


def _number(taken: Change) -> int:
    (event,) = taken.events
    assert isinstance(event, NumberAssigned)
    return event.number
