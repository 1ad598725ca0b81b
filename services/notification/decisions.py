"""Who is told, and what may happen to a notice. Pure: no clock, no storage, no network."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Literal
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.notification.events import (
    About,
    NoticeAcknowledged,
    NoticeFailed,
    NoticeOpened,
    NoticeQueued,
    NoticeSending,
    NoticeSent,
    Occasion,
    Purpose,
)
from services.notification.templates import Rendered

# What a sender may see of who was told: those who run a campaign, decide or inspect.
SENDING_DUTIES = frozenset({"lead-office", "home-affairs", "office"})
OVERSEEING_ROLES = frozenset({"chairman", "auditor"})
ACKNOWLEDGING_ROLES = ("leader", "chairman", "clerk", "specialist")
LONGEST_ANSWER = 500  # characters kept of what a mail server says


class Pauses(msgspec.Struct, frozen=True):
    """Waits after each temporary failure, in force from an instant; the failure after is final."""

    since: datetime
    waits: tuple[timedelta, ...]


PAUSES = (
    Pauses(
        since=datetime(2024, 1, 1, tzinfo=UTC),
        waits=tuple(timedelta(seconds=s) for s in (1, 5, 30, 120, 600, 3600, 3600, 14400, 43200)),
    ),
)


class Stage(StrEnum):
    absent = "absent"
    queued = "queued"
    sending = "sending"
    retrying = "retrying"
    sent = "sent"
    failed = "failed"


class Notice(msgspec.Struct, frozen=True):
    """What the rules of a notice read."""

    stage: Stage = Stage.absent
    authority: str = ""  # the sender's
    unit: str = ""
    needs_acknowledgement: bool = False
    attempts: int = 0
    message_id: str = ""
    opened: bool = False
    acknowledged: bool = False


class Outcome(msgspec.Struct, frozen=True):
    """What became of an attempt to send: the server's answer, or why not."""

    result: Literal["accepted", "temporary", "permanent"]
    answer: str


# ---- who is told
def told_of_launch(
    scope: Sequence[str], recipients: Sequence[tuple[str, Sequence[str]]]
) -> dict[str, Purpose]:
    """Each unit once with its purpose: in scope means action, and action wins over information.

    `recipients`: (purpose, units) of each line of "Nơi nhận"; archive lines address nobody.
    """
    told: dict[str, Purpose] = dict.fromkeys(scope, "for-action")
    for purpose, units in recipients:
        for unit in units:
            if purpose == "for-action":
                told[unit] = "for-action"
            elif purpose == "for-information":
                told.setdefault(unit, "for-information")
    return told


def told_of_decision(lines: Sequence[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """By unit how many of its lines were awarded, referred and not awarded.

    `lines`: (unit, outcome) of each line of the decision.
    """
    tallies: dict[str, Counter[str]] = {}
    for unit, outcome in lines:
        tallies.setdefault(unit, Counter())[outcome] += 1
    return {
        unit: {
            "awarded": str(tally["award"]),
            "referred": str(tally["refer"]),
            "not_awarded": str(tally["none"]),
        }
        for unit, tally in tallies.items()
    }


# ---- the notice
def queue(
    notice: Notice,
    *,
    unit: str,
    sender: str,
    occasion: Occasion,
    about: About,
    campaign: UUID,
    purpose: Purpose,
    rendered: Rendered,
) -> list[Event]:
    if notice.stage is not Stage.absent:
        return []  # the occasion was heard before
    return [
        NoticeQueued(
            unit=unit,
            sender=sender,
            occasion=occasion,
            about=about,
            campaign=campaign,
            purpose=purpose,
            template=rendered.template,
            template_version=rendered.version,
            subject=rendered.subject,
            text=rendered.text,
            text_sha256=rendered.text_sha256,
            needs_acknowledgement=rendered.needs_acknowledgement,
        )
    ]


def begin(notice: Notice, *, mailbox: str, message_id: str) -> list[Event]:
    """An attempt by mail, with the Message-ID of the first; without a mailbox the inbox is all."""
    if notice.stage in (Stage.absent, Stage.sent, Stage.failed):
        return []
    if not mailbox:
        return [NoticeSent("in-app", receipt="", message_id="")]
    return [
        NoticeSending(
            attempt=notice.attempts + 1,
            mailbox=mailbox,
            message_id=notice.message_id or message_id,
            unresolved=notice.stage is Stage.sending,
        )
    ]


def conclude(notice: Notice, attempt: int, outcome: Outcome, *, at: datetime) -> list[Event]:
    """What became of `attempt`; a repeat, or the outcome of an attempt given up, is nothing."""
    if notice.stage is not Stage.sending or notice.attempts != attempt:
        return []
    answer = outcome.answer[:LONGEST_ANSWER]
    if outcome.result == "accepted":
        return [NoticeSent("smtp", receipt=answer, message_id=notice.message_id)]
    wait = pause_after(attempt, at=at) if outcome.result == "temporary" else None
    if wait is None:
        return [NoticeFailed(attempt, "permanent", answer)]
    return [NoticeFailed(attempt, "temporary", answer, retry_at=at + wait)]


def pause_after(
    attempt: int, *, at: datetime, pauses: Sequence[Pauses] = PAUSES
) -> timedelta | None:
    """The wait after that many attempts by what is in force at `at`; None: give up."""
    waits = [rule.waits for rule in pauses if rule.since <= at][-1]
    return waits[attempt - 1] if attempt <= len(waits) else None


def open_notice(notice: Notice, *, by: Acting) -> list[Event]:
    _addressed(notice, by)
    return [] if notice.opened else [NoticeOpened(by.official)]


def acknowledge(notice: Notice, *, by: Acting) -> list[Event]:
    """For the unit as a whole, once; who acknowledges has opened."""
    _addressed(notice, by)
    by.require(*ACKNOWLEDGING_ROLES)
    if not notice.needs_acknowledgement:
        raise Refused("no-acknowledgement-asked")
    if notice.acknowledged:
        return []
    return [*open_notice(notice, by=by), NoticeAcknowledged(by.official)]


# ---- who may see what
def see_board(by: Acting) -> None:
    """Refused unless the official's hat oversees what the authority has sent."""
    if by.duty not in SENDING_DUTIES and by.role not in OVERSEEING_ROLES:
        raise Refused("not-allowed", role=by.role, duty=by.duty)


def see_notice(notice: Notice, *, by: Acting) -> None:
    """The unit it is addressed to, those above, who may see the board; others find nothing."""
    if notice.stage is Stage.absent:
        raise Refused("not-found")
    if notice.unit in by.units:
        return
    if notice.authority != by.authority:
        raise Refused("not-found")
    see_board(by)


def see_inbox(unit: str, by: Acting) -> None:
    """The own unit's, and those of the units below."""
    if unit not in by.units:
        raise Refused("not-found")


def _addressed(notice: Notice, by: Acting) -> None:
    if notice.stage is Stage.absent or notice.unit != by.unit:
        raise Refused("not-found")
