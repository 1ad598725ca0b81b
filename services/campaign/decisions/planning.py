"""From the text of a plan to a draft that was submitted, returned or approved."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.campaign.decisions.access import another_than, editable, own, prepares
from services.campaign.decisions.rules import CODES, Rules
from services.campaign.decisions.states import Campaign, Register, Stage
from services.campaign.events import (
    CampaignApproved,
    CampaignDrafted,
    CampaignReturned,
    CampaignSubmitted,
    FieldAdded,
    FieldConfirmed,
    NumberAssigned,
    PlanField,
    SourceFile,
    Unfound,
)

NEEDED = ("issuing_authority", "theme", "recipients")


def draft(
    campaign: Campaign,
    *,
    title: str,
    source_name: str,
    source_text: str,
    fields: Sequence[PlanField],
    missing: Sequence[Unfound],
    source_file: SourceFile | None = None,
    by: Acting,
) -> list[Event]:
    prepares(by)
    if campaign.stage is not Stage.absent:
        return []
    return [
        CampaignDrafted(
            authority=by.authority,
            prepared_by=by.official,
            title=title,
            source_name=source_name,
            source_sha256=hashlib.sha256(source_text.encode()).hexdigest(),
            source_text=source_text,
            fields=tuple(fields),
            missing=tuple(missing),
            source_file=source_file,
        )
    ]


def confirm_field(campaign: Campaign, id: str, *, value: Any = None, by: Acting) -> list[Event]:
    """`value` None: right as read; otherwise the corrected value."""
    editable(campaign, by)
    if id not in campaign.values:
        raise Refused("unknown-field", field=id)
    before = campaign.values[id]
    after = before if value is None else value
    if id in campaign.confirmed and after == before:
        return []
    return [FieldConfirmed(id, after, corrected=after != before, by=by.official)]


def add_field(campaign: Campaign, field: str, value: Any, *, by: Acting) -> list[Event]:
    """What reading did not find, supplied by a person."""
    editable(campaign, by)
    if value in (None, "", [], {}):
        raise Refused("value-empty", field=field)
    id = f"{field}.{sum(kind == field for kind in campaign.kinds.values())}"
    return [FieldAdded(id, field, value, by=by.official)]


def submit(campaign: Campaign, *, by: Acting) -> list[Event]:
    own(campaign, by)
    if campaign.stage is Stage.submitted:
        return []
    editable(campaign, by)
    if open_fields := sorted(campaign.values.keys() - campaign.confirmed):
        raise Refused("unconfirmed-fields", fields=open_fields)
    if missing := [field for field in NEEDED if not campaign.of(field)]:
        raise Refused("fields-missing", fields=missing)
    return [CampaignSubmitted(by.official)]


def send_back(campaign: Campaign, reason: str, *, rules: Rules, by: Acting) -> list[Event]:
    own(campaign, by)
    if by.role != "chairman":
        prepares(by, "leader")
    if campaign.stage not in (Stage.submitted, Stage.approved):
        raise Refused("not-submitted", stage=campaign.stage)
    if not reason.strip():
        raise Refused("reason-missing")
    if len(reason.strip()) < rules.shortest_reason:
        raise Refused("reason-too-short", at_least=rules.shortest_reason)
    return [CampaignReturned(reason, rules.shortest_reason)]


def approve(
    campaign: Campaign, codes: Register, id: UUID, *, on: date, by: Acting
) -> tuple[list[Event], list[Event]]:
    """Events of the campaign and of the register of codes.

    The code comes with the first approval: drafts that nobody approves leave no gap, and whoever
    signs already has it before them. A plan that was approved, returned and approved keeps it.
    """
    events = _approved(campaign, by=by)
    if not events or campaign.code:
        return events, []
    number = codes.last + 1
    code = f"{CODES}-{on.year}-{number:03}"
    entry = NumberAssigned(number, CODES, on, id, "code", campaign.title)
    return [CampaignApproved(by.official, code)], [entry]


def _approved(campaign: Campaign, *, by: Acting) -> list[Event]:
    own(campaign, by)
    prepares(by, "leader")
    if campaign.stage is Stage.approved:
        return []
    if campaign.stage is not Stage.submitted:
        raise Refused("not-submitted", stage=campaign.stage)
    another_than(campaign.prepared_by, by)
    return [CampaignApproved(by.official)]
