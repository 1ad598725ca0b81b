"""What other services tell this one: campaigns and their guidance, units and their names."""

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


class Criterion(msgspec.Struct, frozen=True):
    kind: str
    text: str


class GuidanceIssued(msgspec.Struct, frozen=True):
    campaign: UUID
    forms: tuple[OfferedForm, ...]
    papers: tuple[str, ...]
    intake_from: datetime
    intake_until: datetime
    criteria: tuple[Criterion, ...] = ()
    who: str = ""


class IntakeOpened(msgspec.Struct, frozen=True):
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
    """The latest guidance holds; a dossier keeps the window it was submitted under."""
    guidance = message.data
    tx.execute(
        "UPDATE following.campaign SET forms = %s::jsonb, criteria = %s::jsonb, papers = %s, "
        "who = %s, intake_from = %s, intake_until = %s WHERE campaign = %s",
        [
            msgspec.json.encode(guidance.forms).decode(),
            msgspec.json.encode(guidance.criteria).decode(),
            list(guidance.papers),
            guidance.who,
            guidance.intake_from,
            guidance.intake_until,
            guidance.campaign,
        ],
    )


def on_intake_opened(message: Message[IntakeOpened], tx: Tx) -> None:
    tx.execute(
        "UPDATE following.campaign SET intake_open = true WHERE campaign = %s",
        [message.data.campaign],
    )


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
    "campaign.intake-opened.v1": on_intake_opened,
    "campaign.scope-succeeded.v1": on_scope_succeeded,
    "campaign.custody-passed.v1": on_custody_passed,
}
DIRECTORY: dict[str, Any] = {
    "unit.established.v1": on_unit_established,
    "unit.renamed.v1": on_unit_renamed,
}


def subscriptions(settings: Settings, succeeding: Succeeding) -> LogBroker:
    broker = log_broker(settings)
    followed = (
        ("campaign", settings.campaign_url, CAMPAIGN),
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
