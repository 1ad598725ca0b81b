"""An approved plan is signed, numbered and launched."""

import hashlib
from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.campaign.decisions.access import another_than, own, prepares
from services.campaign.decisions.readiness import blocking, readiness
from services.campaign.decisions.rules import Rules
from services.campaign.decisions.states import Campaign, Register, Stage
from services.campaign.events import (
    CampaignLaunched,
    CampaignNumbered,
    CampaignNumberVoided,
    CampaignSigned,
    Missing,
    NumberAssigned,
    NumberVoided,
    Recipient,
)

ARCHIVE = "archive"


def sign(campaign: Campaign, *, on: date, by: Acting) -> list[Event]:
    own(campaign, by)
    by.require("chairman")
    if campaign.stage is Stage.signed:
        return []
    if campaign.stage is not Stage.approved:
        raise Refused("not-approved", stage=campaign.stage)
    another_than({*campaign.prepared_by, campaign.approved_by, campaign.approved_for}, by)
    return [CampaignSigned(by.official, content_hash(campaign), on)]


def number(
    campaign: Campaign, register: Register, id: UUID, *, issued_on: date, today: date, by: Acting
) -> tuple[list[Event], list[Event]]:
    """Events of the campaign and of the register: the next number, given after signature.

    Decree 30/2020 art. 15: one running sequence, unique in the year. Its days never run backwards.
    """
    own(campaign, by)
    by.require("clerk")
    if campaign.stage is Stage.numbered:
        return [], []
    if campaign.stage is not Stage.signed:
        raise Refused("not-signed", stage=campaign.stage)
    given = next_number(register, issued_on=issued_on, signed_on=campaign.signed_on, today=today)
    symbol = str(next(iter(campaign.of("document_symbol")), "KH-UBND"))
    return (
        [CampaignNumbered(given, symbol, issued_on)],
        [NumberAssigned(given, symbol, issued_on, id, "plan", campaign.title)],
    )


def next_number(register: Register, *, issued_on: date, signed_on: date | None, today: date) -> int:
    if signed_on is not None and issued_on < signed_on:
        raise Refused("issued-before-signed", signed_on=signed_on)
    if issued_on > today:
        raise Refused("issued-in-future", today=today)
    if register.last_on is not None and issued_on < register.last_on:
        raise Refused("number-out-of-order", last_on=register.last_on, last=register.last)
    return register.last + 1


def void_number(
    campaign: Campaign, register: Register, id: UUID, *, reason: str, rules: Rules, by: Acting
) -> tuple[list[Event], list[Event]]:
    """Events of the campaign and of the register: the number stays used, the plan gets another.

    Before launch only; a plan that has gone out is recalled.
    """
    own(campaign, by)
    by.require("clerk")
    if campaign.stage is Stage.launched:
        raise Refused("already-launched")
    if campaign.stage is not Stage.numbered or register.documents.get(campaign.number) != id:
        raise Refused("not-numbered", stage=campaign.stage)
    reason = reason.strip()
    if len(reason) < rules.shortest_reason:
        raise Refused("reason-too-short", at_least=rules.shortest_reason)
    return (
        [CampaignNumberVoided(campaign.number, reason, by.official)],
        [NumberVoided(campaign.number, reason, id, by.official)],
    )


def launch(
    campaign: Campaign,
    id: UUID,
    *,
    scope: Sequence[str],
    recipients: Sequence[Recipient],
    rules: Rules,
    by: Acting,
) -> list[Event]:
    """Refused as not-ready with the items of the readiness list that block; which is recorded."""
    own(campaign, by)
    if by.role != "clerk":
        prepares(by)
    if campaign.stage is Stage.launched:
        raise Refused("already-launched")
    if campaign.stage is not Stage.numbered:
        raise Refused("not-numbered", stage=campaign.stage)
    items = readiness(campaign, rules)
    if stopping := blocking(items):
        raise Refused("not-ready", items=stopping)
    if not scope:
        raise Refused("scope-empty")
    for recipient in recipients:
        if recipient.purpose != ARCHIVE and not recipient.units:
            raise Refused("recipient-unresolved", label=recipient.label)
    named = {str(r["name"]) for r in campaign.of("recipients") if r.get("purpose") != ARCHIVE}
    if left_out := sorted(named - {recipient.label for recipient in recipients}):
        raise Refused("recipient-left-out", labels=left_out)
    return [
        CampaignLaunched(
            campaign=id,
            title=campaign.title,
            lead_unit=by.unit if by.duty == "lead-office" else "",
            number=campaign.number,
            symbol=campaign.symbol,
            scope=tuple(dict.fromkeys(scope)),
            recipients=tuple(recipients),
            code=campaign.code,
            rules_since=rules.valid_from,
            blocking=tuple(item.code for item in items if item.blocks),
            open_items=tuple(Missing(i.code, i.have, i.need) for i in items if not i.done),
        )
    ]


def content_hash(campaign: Campaign) -> str:
    """SHA-256 over the confirmed fields as JSON with sorted keys."""
    return hashlib.sha256(msgspec.json.encode(campaign.values, order="sorted")).hexdigest()
