"""Counts by unit, shown by the map of another day; what is counted is never counted twice."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec


class Passed(msgspec.Struct, frozen=True):
    """From `effective` on, `custodian` stands where `predecessor` stood."""

    predecessor: str
    custodian: str
    effective: date


def on_map(counts: Mapping[str, int], passed: Sequence[Passed], day: date) -> dict[str, int]:
    """The counts by the units of `day`; the total is that of `counts`.

    A unit that gave way by that day is counted whole under its custodian, also one that was split:
    a share would be a guess. A unit that came only later is counted under the first (by code) of
    those it took over; one that took over none stays as it is.
    """
    forward = {one.predecessor: one.custodian for one in passed if one.effective <= day}
    backward: dict[str, str] = {}
    for one in sorted(passed, key=lambda one: one.predecessor):
        if one.effective > day:
            backward.setdefault(one.custodian, one.predecessor)
    shown: Counter[str] = Counter()
    for unit, count in counts.items():
        shown[_last(_last(unit, backward), forward)] += count
    return dict(shown)


def _last(unit: str, steps: Mapping[str, str]) -> str:
    seen = {unit}
    while (following := steps.get(unit)) is not None and following not in seen:
        unit = following
        seen.add(unit)
    return unit
