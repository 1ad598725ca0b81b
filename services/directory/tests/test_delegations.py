"""Who may act for whom, how long and in what; who takes over an administration."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import reduce
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from libs.eventlog.events import Event, Refused
from libs.serving.acting import SYSTEM, Acting
from libs.serving.tests import signing
from libs.serving.tests.stored import id_of
from services.directory.decisions import delegations
from services.directory.decisions.officials import end_appointment, end_with_unit, power
from services.directory.decisions.states import Official
from services.directory.events import (
    AppointmentEnded,
    AppointmentMade,
    DelegationEnded,
    DelegationGiven,
)
from services.directory.history import evolve_official
from services.directory.tests.test_decisions import registered

DAY = date(2024, 4, 15)
HOLDER, DEPUTY = id_of(1), id_of(2)
ADMIN = signing.official("administrator", unit=SYSTEM, authority=SYSTEM)
SELF = signing.official("leader", unit="noi-vu", authority="huyen", official=HOLDER)
given = DelegationGiven(
    delegation=id_of(10),
    official=HOLDER,
    appointment=id_of(4),
    authority="huyen",
    to=DEPUTY,
    kinds=("campaign", "dossier"),
    valid_from=DAY,
    valid_to=DAY + timedelta(days=10),
    reason="Đi công tác",
    given_by=HOLDER,
)


def appointed(role: str, official: UUID = HOLDER, id: int = 4) -> AppointmentMade:
    since = date(2020, 1, 1)
    return AppointmentMade(official, id_of(id), "noi-vu", "huyen", role, "Chức vụ", since)


def state(*past: Event) -> Official:
    return reduce(evolve_official, (registered, *past), Official())


HEAD = state(appointed("leader"))
COLLEAGUE = state(appointed("specialist", DEPUTY, 5))


def giving(
    new: DelegationGiven = given,
    *,
    holder: Official = HEAD,
    to: Official = COLLEAGUE,
    by: Acting = SELF,
) -> list[Event]:
    return delegations.give(holder, new, to=to, day=DAY, by=by)


def refusal(decide: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        decide()
    return refused.value.code


def test_holder_and_administrator_give_a_delegation() -> None:
    assert giving() == giving(by=ADMIN) == [given]
    assert giving(holder=state(appointed("leader"), given)) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kinds": ()}, "no-kind-of-act"),
        ({"kinds": ("feasting",)}, "kind-of-act-unknown"),
        ({"valid_to": DAY}, "dates-reversed"),
        (
            {"valid_from": date(2024, 4, 1), "valid_to": DAY - timedelta(days=1)},
            "delegation-in-the-past",
        ),
        ({"valid_from": date(2019, 1, 1)}, "beyond-appointment"),
        ({"to": HOLDER}, "delegate-is-oneself"),
        ({"appointment": id_of(9)}, "not-found"),
    ],
)
def test_delegations_outside_the_rules_are_refused(change: dict[str, Any], code: str) -> None:
    assert refusal(lambda: giving(replace(given, **change))) == code


def test_delegation_is_never_delegated_again() -> None:
    by = replace(SELF, official=DEPUTY, on_behalf=HOLDER, delegation=id_of(10))
    assert refusal(lambda: giving(by=by)) == "delegation-of-delegation"


def test_stranger_gives_nobody_elses_rights() -> None:
    stranger = signing.official("leader", unit="noi-vu", authority="huyen")
    assert refusal(lambda: giving(by=stranger)) == "not-allowed"


@pytest.mark.parametrize(
    ("held", "own", "code"),
    [
        ("leader", "auditor", "duties-not-separate"),
        ("leader", "administrator", "duties-not-separate"),
        ("chairman", "clerk", "duties-not-separate"),
        ("clerk", "chairman", "duties-not-separate"),
        ("council-member", "specialist", "role-not-delegable"),
        ("administrator", "specialist", "role-not-delegable"),
    ],
)
def test_roles_that_must_stay_apart_do(held: str, own: str, code: str) -> None:
    holder, to = state(appointed(held)), state(appointed(own, DEPUTY, 5))
    assert refusal(lambda: giving(holder=holder, to=to)) == code


def test_delegation_ends_with_its_appointment() -> None:
    ended = end_appointment(
        state(appointed("leader"), given),
        HOLDER,
        id_of(4),
        reason="Nghỉ hưu",
        day=DAY,
        by=replace(ADMIN),
    )
    assert ended == [
        AppointmentEnded(HOLDER, id_of(4), DAY, "Nghỉ hưu"),
        DelegationEnded(id_of(10), HOLDER, DAY, "appointment-ended"),
    ]


def test_either_of_the_two_ends_a_delegation() -> None:
    holder = state(appointed("leader"), given)
    ended = DelegationEnded(id_of(10), HOLDER, DAY, "Về sớm")
    deputy = signing.official("specialist", unit="noi-vu", authority="huyen", official=DEPUTY)
    stranger = signing.official("specialist", unit="noi-vu", authority="huyen")
    known = holder.delegations[0]
    assert delegations.end(holder, known, ended, by=SELF) == [ended]
    assert delegations.end(holder, known, ended, by=deputy) == [ended]
    assert refusal(lambda: delegations.end(holder, known, ended, by=stranger)) == "not-allowed"


def test_delegation_ends_with_the_unit() -> None:
    closed = frozenset({"noi-vu"})
    day = DAY + timedelta(days=2)
    ending = end_with_unit(
        state(appointed("leader"), given), HOLDER, closed, day=day, reason="Giải thể"
    )
    assert ending == [
        AppointmentEnded(HOLDER, id_of(4), day, "Giải thể"),
        DelegationEnded(id_of(10), HOLDER, day, "appointment-ended"),
    ]


def test_second_last_administrator_cannot_be_ended() -> None:
    one = state(appointed("administrator"))

    def ending(administrators: int) -> list[Event]:
        return end_appointment(
            one, HOLDER, id_of(4), reason="Nghỉ", day=DAY, by=ADMIN, administrators=administrators
        )

    assert refusal(lambda: ending(2)) == "last-administrators"
    assert ending(3) == [AppointmentEnded(HOLDER, id_of(4), DAY, "Nghỉ")]


def test_heads_and_deputies_do_what_leaders_do() -> None:
    assert [
        power(role, kind)
        for role, kind in (
            ("head", "department"),
            ("deputy", "commune"),
            ("deputy", "authority"),
            ("teller", "council"),
        )
    ] == ["leader", "leader", "chairman", "teller"]
