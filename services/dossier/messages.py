"""What other services tell this one: campaigns and their guidance, units and their names."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from libs.eventlog.follower import LogBroker
from libs.eventlog.message import Message, Tx
from libs.serving.bus import follow, log_broker
from services.dossier.settings import Settings
from services.dossier.succeeding import Succeeding, on_custody_passed, on_scope_succeeded


class CampaignLaunched(msgspec.Struct, frozen=True):
    campaign: UUID
    title: str
    lead_unit: str
    scope: tuple[str, ...]
    number: int | str | None = None
    symbol: str | None = None


class OfferedForm(msgspec.Struct, frozen=True):
    code: str
    name: str
    kinds: tuple[str, ...]
    quota: int | None = None
    papers: tuple[str, ...] = ()


class GroupQuota(msgspec.Struct, frozen=True):
    form: str
    group: str
    quota: int
    each: bool = False


class ShareTarget(msgspec.Struct, frozen=True):
    of: str
    percent: int


class Criterion(msgspec.Struct, frozen=True):
    kind: str
    text: str
    max_points: int = 0


class GuidanceIssued(msgspec.Struct, frozen=True):
    campaign: UUID
    forms: tuple[OfferedForm, ...]
    papers: tuple[str, ...]
    intake_from: datetime
    intake_until: datetime
    criteria: tuple[Criterion, ...] = ()
    who: str = ""
    version: int = 1
    group_quotas: tuple[GroupQuota, ...] = ()
    shares: tuple[ShareTarget, ...] = ()


class IntakeOpened(msgspec.Struct, frozen=True):
    campaign: UUID


class DeadlineChanged(msgspec.Struct, frozen=True):
    """campaign.intake-deadline-changed.v1"""

    campaign: UUID
    new: datetime


class StandingChanged(msgspec.Struct, frozen=True):
    """campaign.closed.v1 and those like it: the name of the event says how it stands."""

    campaign: UUID


class IntakeClosed(msgspec.Struct, frozen=True):
    campaign: UUID


class UnitEstablished(msgspec.Struct, frozen=True):
    code: str
    name: str
    kind: str
    authority: str
    parent: str | None = None


class UnitRenamed(msgspec.Struct, frozen=True):
    code: str
    name: str


def on_launched(message: Message[CampaignLaunched], tx: Tx) -> None:
    launched = message.data
    tx.execute(
        "INSERT INTO following.campaign "
        "(campaign, authority, title, lead_unit, number, scope, launched_at) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        [
            launched.campaign,
            message.meta.authority,
            launched.title,
            launched.lead_unit,
            _full_number(launched),
            list(launched.scope),
            message.meta.recorded_at,
        ],
    )


def on_guidance(message: Message[GuidanceIssued], tx: Tx) -> None:
    """The latest version holds; dossiers sent before are measured anew (rechecking.py)."""
    guidance = message.data
    tx.execute(
        "UPDATE following.campaign SET forms = %s::jsonb, criteria = %s::jsonb, papers = %s, "
        "who = %s, intake_from = %s, intake_until = %s, guidance = %s, "
        "group_quotas = %s::jsonb, shares = %s::jsonb WHERE campaign = %s",
        [
            msgspec.json.encode(guidance.forms).decode(),
            msgspec.json.encode(guidance.criteria).decode(),
            list(guidance.papers),
            guidance.who,
            guidance.intake_from,
            guidance.intake_until,
            guidance.version,
            msgspec.json.encode(guidance.group_quotas).decode(),
            msgspec.json.encode(guidance.shares).decode(),
            guidance.campaign,
        ],
    )


def on_intake_opened(message: Message[IntakeOpened], tx: Tx) -> None:
    tx.execute(
        "UPDATE following.campaign SET intake_open = true, intake_closed = false "
        "WHERE campaign = %s",
        [message.data.campaign],
    )


def on_intake_closed(message: Message[IntakeClosed], tx: Tx) -> None:
    tx.execute(
        "UPDATE following.campaign SET intake_open = false, intake_closed = true "
        "WHERE campaign = %s",
        [message.data.campaign],
    )


def on_deadline_changed(message: Message[DeadlineChanged], tx: Tx) -> None:
    """What was submitted before keeps the deadline it was submitted under."""
    tx.execute(
        "UPDATE following.campaign SET intake_until = %s WHERE campaign = %s",
        [message.data.new, message.data.campaign],
    )


def _standing(standing: str) -> Callable[[Message[StandingChanged], Tx], None]:
    def on_standing_changed(message: Message[StandingChanged], tx: Tx) -> None:
        tx.execute(
            "UPDATE following.campaign SET standing = %s WHERE campaign = %s",
            [standing, message.data.campaign],
        )

    return on_standing_changed


def on_unit_established(message: Message[UnitEstablished], tx: Tx) -> None:
    unit = message.data
    tx.execute(
        "INSERT INTO following.unit (code, authority, name, kind, parent) "
        "VALUES (%s, %s, %s, %s, %s) ON CONFLICT (authority, code) DO UPDATE "
        "SET name = EXCLUDED.name, kind = EXCLUDED.kind, parent = EXCLUDED.parent",
        [unit.code, unit.authority, unit.name, unit.kind, unit.parent],
    )


def on_unit_renamed(message: Message[UnitRenamed], tx: Tx) -> None:
    tx.execute(
        "UPDATE following.unit SET name = %s WHERE code = %s",
        [message.data.name, message.data.code],
    )


CAMPAIGN: dict[str, Any] = {
    "campaign.launched.v1": on_launched,
    "campaign.guidance-issued.v1": on_guidance,
    "campaign.intake-closed.v1": on_intake_closed,
    "campaign.intake-opened.v1": on_intake_opened,
    "campaign.scope-succeeded.v1": on_scope_succeeded,
    "campaign.custody-passed.v1": on_custody_passed,
}
DIRECTORY: dict[str, Any] = {
    "unit.established.v1": on_unit_established,
    "unit.renamed.v1": on_unit_renamed,
}
LIFE = {
    "campaign.intake-deadline-changed.v1": on_deadline_changed,
    "campaign.closed.v1": _standing("closed"),
    "campaign.reopened.v1": _standing("running"),
    "campaign.cancelled.v1": _standing("cancelled"),
    "campaign.recalled.v1": _standing("recalled"),
    "campaign.replaced.v1": _standing("replaced"),
    "campaign.concluded.v1": _standing("concluded"),
}


def subscriptions(settings: Settings, succeeding: Succeeding) -> LogBroker:
    broker = log_broker(settings)
    followed = (
        ("campaign", settings.campaign_url, CAMPAIGN | LIFE),
        (
            "directory",
            settings.directory_url,
            DIRECTORY | {"unit.succeeded.v1": succeeding.unit_succeeded},
        ),
    )
    for service, url, handlers in followed:
        follower = follow(broker, settings, reader="dossier", service=service, url=url)
        for topic, handler in handlers.items():
            follower.on(topic)(handler)
    return broker


def _full_number(launched: CampaignLaunched) -> str:
    if launched.number is None:
        return ""
    number = f"{launched.number:02d}" if isinstance(launched.number, int) else launched.number
    return f"{number}/{launched.symbol}" if launched.symbol else number
