"""The first administrator, on an empty log: everybody else is registered by one."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from libs.eventlog.events import Context, Personal
from libs.eventlog.ids import new_id
from libs.eventlog.log import Change
from libs.serving.acting import SYSTEM, Acting
from libs.serving.command import now
from libs.serving.days import day_of
from libs.serving.settings import Misconfigured
from services.directory.decisions.accounts import check_password, open_account
from services.directory.decisions.officials import register_official
from services.directory.decisions.states import Unit
from services.directory.decisions.units import establish_unit
from services.directory.events import AppointmentMade, UnitEstablished
from services.directory.history import NAMES, Histories, account_id, unit_id
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


async def open_first_account(
    histories: Histories, passwords: Passwords, password: str | None
) -> None:
    """Opens the account `quantri` unless it has its password already."""
    log = histories.log
    if await log.head() and not await passwords.missing(ACCOUNT):
        return
    if password is None:
        raise Misconfigured("THIDUA_ADMIN_PASSWORD_FILE is needed while there is no administrator")
    check_password(password)
    context = Context(at=now(), authority=SYSTEM, command="bootstrap", correlation=new_id())
    await log.transact(lambda: _first(histories, context), context)
    await passwords.give(ACCOUNT, await passwords.hashed(password))


async def _first(histories: Histories, context: Context) -> Sequence[Change]:
    today = day_of(context.at)
    unit = UnitEstablished(SYSTEM, NAME, "office", None, SYSTEM, (), "", today)
    appointment = AppointmentMade(
        OFFICIAL, ADMINISTRATOR.appointment, SYSTEM, SYSTEM, "administrator", NAME, today
    )
    known = Unit(code=SYSTEM, authority=SYSTEM, valid_from=today)
    return [
        await histories.units.change(
            unit_id(SYSTEM),
            lambda u: [] if u.code else establish_unit(u, unit, parent=Unit(), by=ADMINISTRATOR),
        ),
        await histories.accounts.change(
            ACCOUNT,
            lambda a: open_account(
                a,
                ACCOUNT,
                official=OFFICIAL,
                authority=SYSTEM,
                username=Personal(OFFICIAL, text=USERNAME),
            ),
        ),
        await histories.officials.change(
            OFFICIAL,
            lambda o: register_official(
                o, appointment, name=Personal(OFFICIAL, text=NAME), unit=known, by=ADMINISTRATOR
            ),
        ),
    ]
