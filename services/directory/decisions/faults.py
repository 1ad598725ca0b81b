"""What is wrong with the acts of a reorganisation, line by line, before anything is recorded."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from services.directory.decisions.states import Unit, holds
from services.directory.decisions.units import DUTIES, KINDS
from services.directory.events import Act

CLOSING = ("merge", "split", "abolish")


class Fault(msgspec.Struct, frozen=True):
    """`row`: the line of the act, from 1; `code` is API; `unit`: the one it is about."""

    row: int
    code: str
    unit: str


def predecessors(act: Act) -> tuple[str, ...]:
    """The units that give way; who takes in the others stays."""
    if act.kind not in CLOSING:
        return ()
    taking_in = {unit for unit, _ in act.into} if act.kind == "merge" else set()
    return tuple(unit for unit in act.units if unit not in taking_in)


def faults(acts: Sequence[Act], units: Mapping[str, Unit], effective: date) -> list[Fault]:
    """`units`: the state of every unit that the acts name; one that is not there does not exist."""
    found: list[Fault] = []
    whole = _Whole(acts, units, effective)
    for row, act in enumerate(acts, 1):
        found += [Fault(row, code, unit) for code, unit in dict.fromkeys(whole.of(act))]
    return found


class _Whole:
    """All acts together: an act may be wrong only because of another."""

    def __init__(self, acts: Sequence[Act], units: Mapping[str, Unit], effective: date) -> None:
        self._units, self._effective = units, effective
        self._new = {act.new.code: act.new for act in acts if act.new is not None}
        self._closing = {unit for act in acts for unit in predecessors(act)}
        touched = [u for act in acts for u in (*_touched(act), *_established(act))]
        self._often = {unit for unit, times in Counter(touched).items() if times > 1}

    def of(self, act: Act) -> Iterator[tuple[str, str]]:
        for unit in (*_touched(act), *_established(act)):
            if unit in self._often:
                yield "unit-twice", unit
        if act.kind == "establish":
            yield from self._establishing(act)
            return
        for unit in act.units:
            yield from self._existing(unit)
        if act.kind == "rename":
            if not act.name.strip():
                yield "name-missing", act.units[0] if act.units else ""
            return
        yield from self._succeeding(act)

    def _establishing(self, act: Act) -> Iterator[tuple[str, str]]:
        new = act.new
        if new is None:
            yield "unit-missing", ""
            return
        if self._known(new.code).code:
            yield "code-taken", new.code
        if new.kind not in KINDS:
            yield "kind-unknown", new.code
        if set(new.duties) - set(DUTIES):
            yield "duty-unknown", new.code
        if new.parent is not None and new.parent not in self._new:
            if not self._known(new.parent).code:
                yield "parent-unknown", new.parent
            elif new.parent in self._closing:
                yield "parent-abolished", new.parent
        if new.parent == new.code:
            yield "cycle", new.code

    def _existing(self, code: str) -> Iterator[tuple[str, str]]:
        unit = self._known(code)
        if not unit.code:
            yield "unit-unknown", code
        elif self._effective <= unit.valid_from:
            yield "before-unit-exists", code
        elif unit.valid_to is not None and unit.valid_to <= self._effective:
            yield "already-closed", code

    def _succeeding(self, act: Act) -> Iterator[tuple[str, str]]:
        for unit in act.units if not act.into else ():
            kind = self._known(unit).kind
            yield "authority-without-successor" if kind == "authority" else "no-successor", unit
        successors = [unit for unit, _ in act.into]
        for unit in successors:
            yield from self._successor(unit)
            if act.kind != "merge" and unit in act.units:
                yield "cycle", unit
        if successors and act.custodian not in successors:
            yield "custodian-not-successor", act.custodian
        for unit in predecessors(act):
            if self._leaves_authority_behind(unit, act.custodian):
                yield "authority-without-successor", unit

    def _successor(self, code: str) -> Iterator[tuple[str, str]]:
        unit = self._known(code)
        if code in self._closing:
            yield "successor-abolished", code
        elif code not in self._new and not (
            unit.code and holds(self._effective, unit.valid_from, unit.valid_to)
        ):
            yield "successor-not-established", code

    def _leaves_authority_behind(self, code: str, custodian: str) -> bool:
        """An authority's affairs can pass only to a unit of another authority, which lives on."""
        unit = self._known(code)
        return (
            unit.kind == "authority"
            and bool(custodian)
            and (self.authority_of(custodian) == unit.authority)
        )

    def authority_of(self, code: str) -> str:
        new = self._new.get(code)
        return new.authority if new is not None else self._known(code).authority

    def _known(self, code: str) -> Unit:
        return self._units.get(code, Unit())


def _touched(act: Act) -> tuple[str, ...]:
    return predecessors(act) if act.kind in CLOSING else act.units


def _established(act: Act) -> tuple[str, ...]:
    return () if act.new is None else (act.new.code,)
