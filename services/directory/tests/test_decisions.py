"""Rules of the directory: given what has happened, when something is asked, then that happens."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from typing import Any
from uuid import UUID

import msgspec
import pytest

from libs.eventlog.events import Event, Personal, Refused
from libs.serving.acting import SYSTEM, Acting
from libs.serving.days import day_of
from libs.serving.tests import signing
from libs.serving.tests.stored import id_of
from services.directory.decisions.accounts import (
    check_password,
    end_session,
    open_account,
    refuse_sign_in,
    sign_in,
)
from services.directory.decisions.officials import (
    appoint,
    choose_appointment,
    end_appointment,
    register_official,
)
from services.directory.decisions.states import Account, Official, Unit
from services.directory.decisions.units import close_unit, establish_unit
from services.directory.events import (
    AccountLocked,
    AccountOpened,
    AppointmentEnded,
    AppointmentMade,
    OfficialRegistered,
    SessionEnded,
    SignedIn,
    SignInRefused,
    UnitClosed,
    UnitEstablished,
)
from services.directory.history import evolve_account, evolve_official, evolve_unit

AT = datetime(2024, 4, 15, 2, 30, tzinfo=UTC)
DAY = date(2024, 4, 15)
OFFICIAL, ACCOUNT, SESSION = id_of(1), id_of(2), id_of(3)
ADMIN = signing.official("administrator", unit=SYSTEM, authority=SYSTEM)

district = UnitEstablished("huyen", "Huyện", "authority", None, "huyen", (), "", date(2020, 1, 1))
office = UnitEstablished(
    "noi-vu", "Nội vụ", "department", "huyen", "huyen", ("home-affairs",), "", date(2020, 1, 1)
)
registered = OfficialRegistered(OFFICIAL, Personal(OFFICIAL, text="Người Mẫu"))
specialist = AppointmentMade(OFFICIAL, id_of(4), "noi-vu", "huyen", "specialist", "CV", DAY)
secretary = AppointmentMade(OFFICIAL, id_of(5), "huyen", "huyen", "council-secretary", "TK", DAY)
ended = AppointmentEnded(OFFICIAL, id_of(4), date(2025, 1, 1), "Nghỉ hưu")
opened = AccountOpened(ACCOUNT, OFFICIAL, "huyen", Personal(OFFICIAL, text="nguoi.mau"))
wrong = SignInRefused("password")
locked = AccountLocked(AT + timedelta(minutes=15))


def unit(*past: Event) -> Unit:
    return reduce(evolve_unit, past, Unit())


def official(*past: Event) -> Official:
    return reduce(evolve_official, past, Official())


def account(*past: Event) -> Account:
    return reduce(evolve_account, past, Account())


def refusal(decide: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        decide()
    return refused.value.code


def establishing(new: UnitEstablished, *past: Event, by: Acting = ADMIN) -> list[Event]:
    return establish_unit(unit(*past), new, parent=unit(district), by=by)


# ---- units
def test_administrator_of_the_system_establishes_units() -> None:
    assert establishing(office) == [office]


def test_same_unit_again_is_no_news() -> None:
    assert establishing(office, office) == []


def test_taken_code_is_refused() -> None:
    other = msgspec.structs.replace(office, name="Khác")
    assert refusal(lambda: establishing(other, office)) == "code-taken"


def test_unknown_parent_is_refused() -> None:
    assert (
        refusal(lambda: establish_unit(Unit(), office, parent=Unit(), by=ADMIN)) == "parent-unknown"
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "castle"}, "kind-unknown"),
        ({"duties": ("feasting",)}, "duty-unknown"),
        ({"valid_to": date(2020, 1, 1)}, "dates-reversed"),
    ],
)
def test_units_outside_the_lists_are_refused(change: dict[str, Any], code: str) -> None:
    assert refusal(lambda: establishing(msgspec.structs.replace(office, **change))) == code


@pytest.mark.parametrize(
    "by",
    [
        signing.official("administrator", authority="huyen-khac"),
        signing.official("leader", authority="huyen"),
    ],
)
def test_others_establish_no_units_here(by: Acting) -> None:
    assert refusal(lambda: establishing(office, by=by)) == "not-allowed"


def test_closing_ends_validity_once() -> None:
    end = date(2025, 7, 1)
    closed = UnitClosed("noi-vu", end, "Sáp nhập")

    def closing(*past: Event) -> list[Event]:
        return close_unit(unit(*past), valid_to=end, reason="Sáp nhập", by=ADMIN)

    assert closing(office) == [closed]
    assert closing(office, closed) == []
    assert refusal(closing) == "not-found"


# ---- officials
def test_person_becomes_official_by_first_appointment() -> None:
    new = msgspec.structs.replace(specialist, authority="")
    found = register_official(official(), new, name=registered.name, unit=unit(office), by=ADMIN)
    assert found == [registered, specialist]


def test_appointment_needs_a_unit_valid_then() -> None:
    early = msgspec.structs.replace(specialist, valid_from=date(2019, 1, 1))
    known = official(registered)
    assert refusal(lambda: appoint(known, specialist, unit=Unit(), by=ADMIN)) == "unit-unknown"
    assert refusal(lambda: appoint(known, early, unit=unit(office), by=ADMIN)) == "unit-not-valid"


def test_appointment_repeated_is_no_news() -> None:
    known = official(registered, specialist)
    assert appoint(known, specialist, unit=unit(office), by=ADMIN) == []


def test_role_must_be_on_the_list() -> None:
    king = msgspec.structs.replace(specialist, role="king")
    found = refusal(lambda: appoint(official(registered), king, unit=unit(office), by=ADMIN))
    assert found == "role-unknown"


def test_appointment_ends_with_its_reason() -> None:
    def ending(*past: Event) -> list[Event]:
        return end_appointment(
            official(*past), OFFICIAL, id_of(4), reason="Nghỉ hưu", day=ended.valid_to, by=ADMIN
        )

    assert ending(registered, specialist) == [ended]
    assert ending(registered, specialist, ended) == []
    assert refusal(lambda: ending(registered, secretary)) == "not-found"


# ---- accounts
def test_username_belongs_to_one_official() -> None:
    def opening(of: UUID, *past: Event) -> list[Event]:
        return open_account(
            account(*past), ACCOUNT, official=of, authority="huyen", username=opened.username
        )

    assert opening(OFFICIAL) == [opened]
    assert opening(OFFICIAL, opened) == []
    assert refusal(lambda: opening(id_of(9), opened)) == "username-taken"


def test_password_has_twelve_characters() -> None:
    check_password("x" * 12)
    assert refusal(lambda: check_password("x" * 11)) == "password-too-short"


def test_fifth_failure_locks_for_a_quarter_hour() -> None:
    assert refuse_sign_in(account(opened, *[wrong] * 3), at=AT) == [wrong]
    assert refuse_sign_in(account(opened, *[wrong] * 4), at=AT) == [wrong, locked]


def test_locked_account_records_no_more_failures() -> None:
    state = account(opened, *[wrong] * 5, locked)
    assert refuse_sign_in(state, at=AT) == []
    assert refuse_sign_in(state, at=locked.until) == [wrong]


def test_right_password_is_vain_while_locked() -> None:
    def signing_in(at: datetime) -> list[Event]:
        state = account(opened, *[wrong] * 5, locked)
        return sign_in(state, session=SESSION, appointment=id_of(4), at=at)

    assert refusal(lambda: signing_in(AT)) == "account-locked"
    assert signing_in(locked.until) == [SignedIn(SESSION, id_of(4))]


def test_signing_in_forgives_earlier_failures() -> None:
    signed_in = SignedIn(SESSION, id_of(4))
    assert refuse_sign_in(account(opened, *[wrong] * 4, signed_in), at=AT) == [wrong]


def test_session_ends_once() -> None:
    signed_in, over = SignedIn(SESSION, id_of(4)), SessionEnded(SESSION)
    assert end_session(account(opened, signed_in), SESSION) == [over]
    assert end_session(account(opened, signed_in, over), SESSION) == []


# ---- which hat
def test_only_hat_is_worn_unasked() -> None:
    assert choose_appointment(official(registered, specialist), None, day=DAY).id == id_of(4)


def test_several_hats_must_be_chosen_between() -> None:
    person = official(registered, specialist, secretary)
    assert refusal(lambda: choose_appointment(person, None, day=DAY)) == "choose-appointment"
    assert choose_appointment(person, id_of(5), day=DAY).role == "council-secretary"


def test_hat_is_worn_within_its_dates_only() -> None:
    person = official(registered, specialist, ended)
    assert choose_appointment(person, None, day=date(2024, 12, 31)).id == id_of(4)
    for day in (date(2024, 4, 14), date(2025, 1, 1)):
        with pytest.raises(Refused, match="no-appointment"):
            choose_appointment(person, None, day=day)


def test_day_is_that_of_viet_nam() -> None:
    assert day_of(datetime(2026, 1, 1, 17, 0, tzinfo=UTC)) == date(2026, 1, 2)
