"""The first administrator, on an empty log: everybody else is registered by one."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from libs.eventlog.events import Context, Personal
from libs.eventlog.ids import new_id
from libs.eventlog.log import Change, Log
from libs.serving.acting import SYSTEM, Acting
from libs.serving.command import now
from libs.serving.days import day_of
from libs.serving.settings import Misconfigured
from services.directory.decisions import (
    Unit,
    check_password,
    establish_unit,
    open_account,
    register_official,
)
from services.directory.events import AppointmentMade, UnitEstablished
from services.directory.history import NAMES, account_id, accounts, officials, unit_id, units
from services.directory.passwords import Passwords

USERNAME, NAME = "quantri", "Quản trị hệ thống"
ACCOUNT, OFFICIAL = account_id(USERNAME), uuid5(NAMES, "official|quantri")
ADMINISTRATOR = Acting(
    official=OFFICIAL,
    appointment=uuid5(NAMES, "appointment|quantri"),
    role="administrator",
    unit=SYSTEM,
    duty="",
    authority=SYSTEM,
    session=UUID(int=0),
)


async def open_first_account(log: Log, passwords: Passwords, password: str | None) -> None:
    """Opens the account `quantri` unless it has its password already."""
    if await log.head() and not await passwords.missing(ACCOUNT):
        return
    if password is None:
        raise Misconfigured("THIDUA_ADMIN_PASSWORD_FILE is needed while there is no administrator")
    check_password(password)
    context = Context(at=now(), authority=SYSTEM, command="bootstrap", correlation=new_id())
    await log.transact(lambda: _first(log, context), context)
    await passwords.give(ACCOUNT, await passwords.hashed(password))


async def _first(log: Log, context: Context) -> Sequence[Change]:
    today = day_of(context.at)
    unit = UnitEstablished(SYSTEM, NAME, "office", None, SYSTEM, (), "", today)
    appointment = AppointmentMade(
        OFFICIAL, ADMINISTRATOR.appointment, SYSTEM, SYSTEM, "administrator", NAME, today
    )
    known = Unit(code=SYSTEM, authority=SYSTEM, valid_from=today)
    return [
        await units(log).change(
            unit_id(SYSTEM),
            lambda u: [] if u.code else establish_unit(u, unit, parent=Unit(), by=ADMINISTRATOR),
        ),
        await accounts(log).change(
            ACCOUNT,
            lambda a: open_account(
                a,
                ACCOUNT,
                official=OFFICIAL,
                authority=SYSTEM,
                username=Personal(OFFICIAL, text=USERNAME),
            ),
        ),
        await officials(log).change(
            OFFICIAL,
            lambda o: register_official(
                o, appointment, name=Personal(OFFICIAL, text=NAME), unit=known, by=ADMINISTRATOR
            ),
        ),
    ]
