"""What has happened to a notice. Stored for ever: add fields with defaults, never rename."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Registry

events = Registry("notification")

Purpose = Literal["for-action", "for-information"]
Channel = Literal["smtp", "in-app"]
Awaited = Literal["acknowledgement", "registration"]


class Occasion(msgspec.Struct, frozen=True):
    """The event of another service that the notice tells of, by its place in that log."""

    service: str
    event: UUID
    stream: UUID
    topic: str
    position: int
    at: datetime


class About(msgspec.Struct, frozen=True):
    """What the notice speaks of: a campaign, a dossier, a decision."""

    service: str
    kind: str
    id: UUID


@events.of("notice.queued")
class NoticeQueued(Event):
    """The text as rendered, for a unit; it names no person. `text_sha256`: of its UTF-8 bytes.

    `sender`: the authority that the occasion belongs to.
    """

    unit: str
    sender: str
    occasion: Occasion
    about: About
    campaign: UUID
    purpose: Purpose
    template: str
    template_version: int
    subject: str
    text: str
    text_sha256: str
    needs_acknowledgement: bool


@events.of("notice.sending")
class NoticeSending(Event):
    """Recorded before the mail server is spoken to.

    `unresolved`: the attempt before broke off, so the mailbox may hold a copy with this Message-ID.
    """

    attempt: int
    mailbox: str
    message_id: str
    unresolved: bool


@events.of("notice.sent")
class NoticeSent(Event):
    """`receipt`: the mail server's answer; empty for a unit without mailbox, told in-app only."""

    channel: Channel
    receipt: str
    message_id: str


@events.of("notice.failed")
class NoticeFailed(Event):
    """An attempt that came to nothing; `retry_at` is set for a temporary failure only."""

    attempt: int
    lasting: Literal["temporary", "permanent"]
    reason: str
    retry_at: datetime | None = None


@events.of("notice.opened")
class NoticeOpened(Event):
    by: UUID


@events.of("notice.acknowledged")
class NoticeAcknowledged(Event):
    by: UUID


@events.of("units.reminded")
class UnitsReminded(Event):
    """On a campaign's stream of reminders: whom one act has reached, and what they owe.

    `answered`: how many had answered and were left alone. `same_day`: the setting of that day for
    a second reminder, "with-reason" or "never".
    """

    campaign: UUID
    authority: str
    awaited: Awaited
    units: tuple[str, ...]
    answered: int
    reason: str
    on: date
    same_day: str


@events.of("notice.passed-on")
class NoticePassedOn(Event):
    """The unit told, or the authority that told it, gave way: these stand in their place now."""

    from_unit: str
    unit: str
    from_authority: str
    authority: str
    effective: date
    reorganisation: UUID
