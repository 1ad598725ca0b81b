"""Campaigns and number registers as histories of events."""

from typing import Any
from uuid import UUID, uuid5

import msgspec

from libs.eventlog.events import Event
from libs.eventlog.log import Log
from libs.eventlog.streams import Streams
from services.campaign.decisions.states import Campaign, Register, Stage
from services.campaign.events import (
    CampaignApproved,
    CampaignDrafted,
    CampaignLaunched,
    CampaignNumbered,
    CampaignReturned,
    CampaignSigned,
    CampaignSubmitted,
    FieldAdded,
    FieldConfirmed,
    GuidanceIssued,
    IntakeOpened,
    NumberAssigned,
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
            stage = Stage.approved
            return replace(campaign, stage=stage, approved_by=approved_by, approved_for=None)
        case CampaignSigned(signed_on=signed_on):
            return replace(campaign, stage=Stage.signed, signed_on=signed_on)
        case CampaignNumbered(number=number, symbol=symbol):
            return replace(campaign, stage=Stage.numbered, number=number, symbol=symbol)
        case CampaignLaunched():
            return replace(campaign, stage=Stage.launched)
        case GuidanceIssued():
            return replace(campaign, guidance=event)
        case IntakeOpened():
            return replace(campaign, intake_open=True)
    return campaign


def stood_in(campaign: Campaign, actor: UUID | None, on_behalf: UUID) -> Campaign:
    """What somebody did for another, the other has done too: neither may approve or sign it."""
    if actor in campaign.prepared_by:
        campaign = replace(campaign, prepared_by=campaign.prepared_by | {on_behalf})
    if actor is not None and actor == campaign.approved_by:
        campaign = replace(campaign, approved_for=on_behalf)
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
    return Streams(log, Campaign(), evolve, stood_in)


def registers_of(log: Log) -> Streams[Register]:
    return Streams(log, Register(), assign)


def register_id(authority: str, year: int, series: str) -> UUID:
    """The stream of a register; which documents share a series is the authority's own setting."""
    return uuid5(REGISTERS, f"{authority}|{year}|{series}")
