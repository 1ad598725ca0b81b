"""Campaigns and number registers as histories of events."""

from typing import Any
from uuid import UUID, uuid5

import msgspec

from libs.eventlog.events import Event
from libs.eventlog.log import Log
from libs.eventlog.streams import Streams
from services.campaign.decisions.states import Campaign, Drafting, Register, Stage
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
    GuidanceApproved,
    GuidanceDrafted,
    GuidanceIssued,
    GuidanceNumbered,
    GuidanceReturned,
    GuidanceSigned,
    IntakeClosed,
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
            return replace(campaign, stage=Stage.approved, approved_by=approved_by)
        case CampaignSigned(signed_on=signed_on):
            return replace(campaign, stage=Stage.signed, signed_on=signed_on)
        case CampaignNumbered(number=number, symbol=symbol):
            return replace(campaign, stage=Stage.numbered, number=number, symbol=symbol)
        case CampaignLaunched():
            return replace(campaign, stage=Stage.launched)
        case GuidanceIssued():
            return replace(campaign, guidance=event, drafting=None)
        case GuidanceDrafted():
            return replace(campaign, drafting=_redrafted(campaign.drafting, event))
        case GuidanceReturned() | GuidanceApproved() | GuidanceSigned() | GuidanceNumbered():
            assert campaign.drafting is not None
            return replace(campaign, drafting=_moved_on(campaign.drafting, event))
        case IntakeOpened():
            return replace(campaign, intake_open=True, intake_closed=False)
        case IntakeClosed():
            return replace(campaign, intake_open=False, intake_closed=True)
    return campaign


def _redrafted(before: Drafting | None, event: GuidanceDrafted) -> Drafting:
    earlier = () if before is None else before.prepared_by
    return Drafting(
        version=event.version,
        content=event.content,
        rules=event.rules,
        prepared_by=(*(one for one in earlier if one != event.prepared_by), event.prepared_by),
        reason=event.reason,
    )


def _moved_on(
    drafting: Drafting,
    event: GuidanceReturned | GuidanceApproved | GuidanceSigned | GuidanceNumbered,
) -> Drafting:
    match event:
        case GuidanceReturned(reason=reason):
            return replace(drafting, stage=Stage.draft, returned=reason, approved_by=None)
        case GuidanceApproved(approved_by=by):
            return replace(drafting, stage=Stage.approved, approved_by=by, returned="")
        case GuidanceSigned(signed_by=by, signed_on=on):
            return replace(drafting, stage=Stage.signed, signed_by=by, signed_on=on)
        case GuidanceNumbered(number=number, symbol=symbol, issued_on=on):
            return replace(
                drafting, stage=Stage.numbered, number=number, symbol=symbol, issued_on=on
            )


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
