"""An appointment ends; how many administrators stay is counted on the log, one at a time."""

from datetime import date
from uuid import UUID

from libs.eventlog.log import Change
from libs.eventlog.views import Views
from libs.serving.acting import Acting
from services.directory.decisions.officials import end_appointment, leave_administration
from services.directory.decisions.states import Appointment
from services.directory.history import Histories, administration_id
from services.directory.permissions import administrators

ADMINISTRATOR = "administrator"


async def ended(
    histories: Histories,
    views: Views,
    official: UUID,
    held: Appointment,
    *,
    reason: str,
    day: date,
    expected: int | None,
    by: Acting,
) -> list[Change]:
    """An administrator's ending stands in the stream of the authority's administration too.

    Its version is read first: whoever leaves after that makes `transact` decide again.
    """
    administration = administration_id(held.authority)
    before = await histories.administrations.load(administration)
    staying = await _administering(histories, views, held.authority, day)
    ending = await histories.officials.change(
        official,
        lambda o: end_appointment(
            o,
            official,
            held.id,
            reason=reason,
            day=day,
            by=by,
            administrators=len(staying),
        ),
        expected=expected,
    )
    if held.role != ADMINISTRATOR:
        return [ending]
    left = leave_administration(ending.events, held.authority, len(staying - {official}))
    return [Change(administration, before.version, left), ending]


async def _administering(
    histories: Histories, views: Views, authority: str, day: date
) -> set[UUID]:
    """Who administers on that day; the view only says whose streams to look into."""
    await views.at_least(await histories.log.head())
    return {
        official
        for official in await administrators(views.pool, authority, day)
        for held in (await histories.officials.load(official)).state.holding(day)
        if (held.role, held.authority) == (ADMINISTRATOR, authority)
    }
