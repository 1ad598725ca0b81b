"""Notices as histories of events."""

from uuid import UUID, uuid5

import msgspec

from libs.eventlog.events import Event
from libs.eventlog.log import Log
from libs.eventlog.streams import Streams
from services.notification.decisions import Notice, Stage
from services.notification.events import (
    NoticeAcknowledged,
    NoticeFailed,
    NoticeOpened,
    NoticePassedOn,
    NoticeQueued,
    NoticeSending,
    NoticeSent,
)
from services.notification.reminding import Reminders
from services.notification.reminding import evolve as remembered

NOTICES = UUID("8d6a1c02-5f0e-5b8f-9a34-6b7f0c9e2d11")
REMINDERS = UUID("2b7f6f0e-93c1-5b6e-8c55-0f0f6a0f7d21")
replace = msgspec.structs.replace


def evolve(notice: Notice, event: Event) -> Notice:
    match event:
        case NoticeQueued(unit=unit, needs_acknowledgement=needed, sender=sender):
            return Notice(Stage.queued, sender, unit, needed)
        case NoticeSending(attempt=attempt, message_id=message_id):
            return replace(notice, stage=Stage.sending, attempts=attempt, message_id=message_id)
        case NoticeSent():
            return replace(notice, stage=Stage.sent)
        case NoticeFailed(lasting=lasting):
            return replace(notice, stage=Stage.failed if lasting == "permanent" else Stage.retrying)
        case NoticePassedOn(unit=unit, authority=authority):
            return replace(notice, unit=unit, authority=authority)
        case NoticeOpened():
            return replace(notice, opened=True)
        case NoticeAcknowledged():
            return replace(notice, acknowledged=True)
    return notice


def notices_of(log: Log) -> Streams[Notice]:
    return Streams(log, Notice(), evolve)


def notice_id(occasion: UUID, unit: str) -> UUID:
    """One notice per occasion and unit: hearing of the occasion again makes no second one."""
    return uuid5(NOTICES, f"{occasion}|{unit}")


def reminders_of(log: Log) -> Streams[Reminders]:
    return Streams(log, Reminders(), remembered)


def reminders_id(campaign: UUID) -> UUID:
    """The stream of a campaign's reminders."""
    return uuid5(REMINDERS, str(campaign))
