"""One act reminds every unit that has not answered. Pure: no clock, no storage, no network."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from libs.serving.days import day_of
from services.notification.decisions import SENDING_DUTIES, Notice, see_board
from services.notification.events import Awaited, UnitsReminded

RUNNING = "running"  # as a campaign stands
REMINDING_ROLES = ("specialist", "leader")


class Repeating(msgspec.Struct, frozen=True):
    """Whether units are reminded twice on one day, in force from an instant; practice, no law."""

    since: datetime
    same_day: Literal["with-reason", "never"]


REPEATING = (Repeating(since=datetime(2024, 1, 1, tzinfo=UTC), same_day="with-reason"),)


class Reminders(msgspec.Struct, frozen=True):
    """What the rules read of a campaign's reminders: the last day, by what was awaited."""

    last_on: Mapping[str, date] = {}


def evolve(reminders: Reminders, event: Event) -> Reminders:
    match event:
        case UnitsReminded(awaited=awaited, on=on):
            return Reminders({**reminders.last_on, awaited: on})
    return reminders


def may_remind(by: Acting) -> None:
    see_board(by)
    by.require(*REMINDING_ROLES)
    if by.duty not in SENDING_DUTIES:
        raise Refused("not-allowed", duty=by.duty, needs=sorted(SENDING_DUTIES))


def silent(notices: Mapping[str, Sequence[Notice]]) -> list[str]:
    """Units that were asked to acknowledge something and have not, as their notices stand now."""
    return [
        unit
        for unit, asked in notices.items()
        if any(one.needs_acknowledgement and not one.acknowledged for one in asked)
    ]


def remind(
    reminders: Reminders,
    campaign: UUID,
    *,
    awaited: Awaited,
    units: Sequence[str],
    answered: int,
    reason: str,
    standing: str = RUNNING,
    at: datetime,
    by: Acting,
    repeating: Sequence[Repeating] = REPEATING,
) -> list[Event]:
    """`units` have not answered, `answered` have; a second time on one day asks for a reason.

    `standing`: of the campaign; what was told of one that is over is still to be acknowledged.
    """
    may_remind(by)
    if awaited == "registration" and standing != RUNNING:
        raise Refused("campaign-not-running", standing=standing)
    if not units:
        raise Refused("everybody-answered", answered=answered)
    today, rule = day_of(at), [one for one in repeating if one.since <= at][-1]
    if reminders.last_on.get(awaited) == today and (rule.same_day == "never" or not reason):
        raise Refused("reminded-today", last_on=today, same_day=rule.same_day)
    return [
        UnitsReminded(
            campaign=campaign,
            authority=by.authority,
            awaited=awaited,
            units=tuple(sorted(units)),
            answered=answered,
            reason=reason,
            on=today,
            same_day=rule.same_day,
        )
    ]
