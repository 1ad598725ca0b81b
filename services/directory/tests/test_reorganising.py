"""Rules of reorganisations: what is wrong with the acts, what they do to units, who confirms."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import reduce

import msgspec
import pytest

from libs.eventlog.events import Refused
from libs.serving.acting import SYSTEM
from libs.serving.tests import signing
from libs.serving.tests.stored import id_of
from services.directory.decisions.faults import faults
from services.directory.decisions.reorganising import (
    confirm,
    on_confirmation,
    on_effect,
    prepare,
    take_effect,
    whole,
    withdraw,
)
from services.directory.decisions.states import Reorganisation, Unit
from services.directory.decisions.units import change_unit, rename_unit
from services.directory.events import (
    Act,
    Document,
    ReorganisationConfirmed,
    ReorganisationTookEffect,
    UnitEstablished,
    UnitRenamed,
    UnitSucceeded,
)
from services.directory.history import evolve_reorganisation, evolve_unit

DAY, BEFORE = date(2025, 7, 1), date(2025, 6, 30)
ORDER = Document("1672/NQ-UBTVQH15", date(2025, 6, 16), "UBTVQH", "Sắp xếp (mẫu)")
ONE = signing.official("administrator", unit=SYSTEM, authority=SYSTEM)
OTHER = msgspec.structs.replace(ONE, official=id_of(77))
ID = id_of(9)


def unit(code: str, kind: str = "commune", authority: str = "huyen") -> Unit:
    parent = None if kind == "authority" else authority
    return Unit(code, f"Tên {code}", kind, parent, authority, valid_from=date(2020, 1, 1))


def new(code: str, authority: str = "", kind: str = "commune") -> Act:
    made = UnitEstablished(code, f"Tên {code}", kind, None, authority or code, (), "", DAY)
    return Act("establish", new=made)


def giving_way(kind: str, units: str, into: str, custodian: str = "") -> Act:
    successors = tuple((code, "") for code in into.split())
    return Act(kind, tuple(units.split()), successors, custodian or into.split()[0])


UNITS = {
    u.code: u
    for u in (
        unit("huyen", "authority"),
        unit("a"),
        unit("b"),
        unit("c"),
        unit("phong", "department"),
    )
}


def wrong(*acts: Act) -> list[tuple[int, str, str]]:
    return [(f.row, f.code, f.unit) for f in faults(acts, UNITS, DAY)]


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([giving_way("merge", "x a", "b")], [(1, "unit-unknown", "x")]),
        (
            [giving_way("abolish", "a", "b"), giving_way("merge", "a c", "b")],
            [(1, "unit-twice", "a"), (2, "unit-twice", "a")],
        ),
        ([giving_way("abolish", "a", "x")], [(1, "successor-not-established", "x")]),
        (
            [giving_way("abolish", "a", "b"), giving_way("abolish", "b", "a")],
            [(1, "successor-abolished", "b"), (2, "successor-abolished", "a")],
        ),
        (
            [giving_way("split", "a", "a b")],
            [(1, "successor-abolished", "a"), (1, "cycle", "a")],
        ),
        ([Act("abolish", ("huyen",))], [(1, "authority-without-successor", "huyen")]),
        ([giving_way("abolish", "huyen", "a")], [(1, "authority-without-successor", "huyen")]),
        ([Act("abolish", ("a",))], [(1, "no-successor", "a")]),
        ([giving_way("split", "a", "b c", "phong")], [(1, "custodian-not-successor", "phong")]),
        ([new("a")], [(1, "code-taken", "a")]),
        ([giving_way("merge", "a b", "a")], []),
    ],
)
def test_faults_are_named_line_by_line(
    acts: Sequence[Act], expected: list[tuple[int, str, str]]
) -> None:
    assert wrong(*acts) == expected


def test_unit_gives_way_only_while_it_exists() -> None:
    found = faults([giving_way("abolish", "a", "b")], UNITS, date(2020, 1, 1))
    assert next((f.code, f.unit) for f in found) == ("before-unit-exists", "a")


def test_authority_takes_its_other_units_along() -> None:
    acts = (new("xa"), giving_way("merge", "a b", "xa"), giving_way("abolish", "huyen", "xa"))
    rest = whole(acts, UNITS, DAY)[len(acts) :]
    assert [(act.units, act.custodian) for act in rest] == [(("c",), "xa"), (("phong",), "xa")]


def prepared(*acts: Act) -> Reorganisation:
    events = prepare(Reorganisation(), acts, UNITS, effective=DAY, document=ORDER, by=ONE)
    return reduce(evolve_reorganisation, events, Reorganisation())


MERGE = (new("xa"), giving_way("merge", "a b", "xa"))


def test_another_administrator_confirms() -> None:
    act = prepared(*MERGE)
    assert confirm(act, UNITS, by=OTHER) == [ReorganisationConfirmed(id_of(77))]
    assert refusal(lambda: confirm(act, UNITS, by=ONE)) == "same-person"
    gone = UNITS | {"a": msgspec.structs.replace(UNITS["a"], valid_to=BEFORE)}
    assert refusal(lambda: confirm(act, gone, by=OTHER)) == "reorganisation-faulty"
    left = reduce(evolve_reorganisation, withdraw(act, "Nhầm", by=ONE), act)
    assert refusal(lambda: confirm(left, UNITS, by=OTHER)) == "reorganisation-withdrawn"


def test_nothing_passes_before_its_day() -> None:
    act = msgspec.structs.replace(prepared(*MERGE), stage="confirmed")
    assert take_effect(act, today=BEFORE) == []
    assert take_effect(act, today=DAY) == [ReorganisationTookEffect(DAY)]


def test_merged_units_close_and_name_their_custodian() -> None:
    act = prepared(*MERGE)
    closing = on_confirmation(act, ID, UNITS)
    after = UNITS | {
        code: reduce(evolve_unit, events, UNITS.get(code, Unit()))
        for code, events in closing.items()
    }
    assert {code: (u.valid_from, u.valid_to) for code, u in after.items() if code in closing} == {
        "xa": (DAY, None),
        "a": (date(2020, 1, 1), DAY),
        "b": (date(2020, 1, 1), DAY),
    }
    told = [event for events in on_effect(act, ID, after).values() for event in events]
    assert [
        (e.code, e.custodian, e.custodian_authority) for e in told if isinstance(e, UnitSucceeded)
    ] == [
        ("a", "xa", "xa"),
        ("b", "xa", "xa"),
    ]


def test_old_name_holds_until_the_day() -> None:
    (renamed,) = rename_unit(
        UNITS["a"], "Mới", effective=DAY, reason="NQ", document=ORDER, today=DAY, by=ONE
    )
    assert renamed == UnitRenamed("a", "Mới", "Tên a", DAY, "NQ", ORDER)
    now = evolve_unit(UNITS["a"], renamed)
    assert (now.on(BEFORE).name, now.on(DAY).name) == ("Tên a", "Mới")


def test_unit_does_not_come_to_lie_below_itself() -> None:
    below = msgspec.structs.replace(UNITS["b"], parent="a")
    wanted = msgspec.structs.replace(UNITS["a"].facts, parent="b")
    assert (
        refusal(
            lambda: change_unit(
                UNITS["a"],
                wanted,
                above=[below, UNITS["a"]],
                effective=DAY,
                reason="NQ",
                document=None,
                today=DAY,
                by=ONE,
            )
        )
        == "parent-below"
    )


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code
