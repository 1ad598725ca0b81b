"""Campaigns and number registers as histories of events."""

from typing import Any
from uuid import UUID, uuid5

import msgspec

from libs.eventlog.events import Event
from libs.eventlog.log import Log
from libs.eventlog.streams import Streams
from services.campaign.decisions.states import Campaign, Register, Stage
from services.campaign.decisions.succeeding import succeeded
from services.campaign.events import (
    CampaignApproved,
    CampaignDrafted,
    CampaignLaunched,
    CampaignNumbered,
    CampaignReturned,
    CampaignSigned,
    CampaignSubmitted,
    CustodyPassed,
    FieldAdded,
    FieldConfirmed,
    GuidanceIssued,
    IntakeOpened,
    NumberAssigned,
    ScopeSucceeded,
)
from services.campaign.naming import name_of

REGISTERS = UUID("3f8c4c1e-7f0b-5d0e-8e58-0c3d3b6a9a11")
replace = msgspec.structs.replace


def evolve(campaign: Campaign, event: Event) -> Campaign:
    match event:
        case CampaignDrafted():
            return Campaign(
                stage=Stage.draft,
                authority=event.authority,
                prepared_by=frozenset({event.prepared_by}),
                title=event.title,
                values={field.id: field.value for field in event.fields},
                kinds={field.id: field.field for field in event.fields},
            )
        case FieldConfirmed(id=id, value=value, corrected=corrected, by=by):
            return _with_value(campaign, id, value, by if corrected else None)
        case FieldAdded(id=id, field=field, value=value, by=by):
            kinds = {**campaign.kinds, id: field}
            return replace(_with_value(campaign, id, value, by), kinds=kinds)
        case CampaignSubmitted(submitted_by=submitted_by):
            prepared_by = campaign.prepared_by | {submitted_by}
            return replace(campaign, stage=Stage.submitted, prepared_by=prepared_by)
        case CampaignReturned():
            return replace(campaign, stage=Stage.draft)
        case CampaignApproved(approved_by=approved_by):
            return replace(campaign, stage=Stage.approved, approved_by=approved_by)
        case CampaignSigned(signed_on=signed_on):
            return replace(campaign, stage=Stage.signed, signed_on=signed_on)
        case CampaignNumbered(number=number, symbol=symbol):
            return replace(campaign, stage=Stage.numbered, number=number, symbol=symbol)
        case CampaignLaunched(scope=scope):
            return replace(campaign, stage=Stage.launched, scope=scope)
        case ScopeSucceeded():
            guests = campaign.guests | set(event.successors)
            return replace(campaign, scope=succeeded(campaign.scope, event), guests=guests)
        case CustodyPassed(authority=authority):
            return replace(campaign, authority=authority)
        case GuidanceIssued():
            return replace(campaign, guidance=event)
        case IntakeOpened():
            return replace(campaign, intake_open=True)
    return campaign


def _with_value(campaign: Campaign, id: str, value: Any, author: UUID | None) -> Campaign:
    values = {**campaign.values, id: value}
    return replace(
        campaign,
        values=values,
        confirmed=campaign.confirmed | {id},
        title=name_of(values),
        prepared_by=campaign.prepared_by | ({author} if author else set()),
    )


def assign(register: Register, event: Event) -> Register:
    match event:
        case NumberAssigned(number=number, issued_on=issued_on):
            return Register(last=number, last_on=issued_on)
    return register


def campaigns_of(log: Log) -> Streams[Campaign]:
    return Streams(log, Campaign(), evolve)


def registers_of(log: Log) -> Streams[Register]:
    return Streams(log, Register(), assign)


def register_id(authority: str, year: int, series: str) -> UUID:
    """The stream of a register; which documents share a series is the authority's own setting."""
    return uuid5(REGISTERS, f"{authority}|{year}|{series}")
