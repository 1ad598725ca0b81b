"""Campaigns and number registers as histories of events."""

from typing import Any
from uuid import UUID, uuid5

import msgspec

from libs.eventlog.events import Event
from libs.eventlog.log import Log
from libs.eventlog.streams import Streams
from services.campaign.decisions.clusters import Cluster, Pledge
from services.campaign.decisions.registering import Registration, Standing
from services.campaign.decisions.reporting import Reports
from services.campaign.decisions.states import (
    RUNNING,
    Amendment,
    Campaign,
    Drafting,
    Funding,
    Register,
    Review,
    Stage,
)
from services.campaign.decisions.succeeding import succeeded
from services.campaign.events import (
    AmendmentApproved,
    AmendmentDrafted,
    AmendmentReturned,
    AmendmentSigned,
    AttributesSet,
    CampaignAmended,
    CampaignApproved,
    CampaignCancelled,
    CampaignClosed,
    CampaignConcluded,
    CampaignDrafted,
    CampaignLaunched,
    CampaignNumbered,
    CampaignNumberVoided,
    CampaignRecalled,
    CampaignReopened,
    CampaignReplaced,
    CampaignReturned,
    CampaignSigned,
    CampaignSubmitted,
    ClusterFormed,
    ClusterLeadersChosen,
    ClusterMembersChanged,
    CustodyPassed,
    EndChanged,
    FieldAdded,
    FieldConfirmed,
    FundingApproved,
    FundingRecorded,
    GuidanceApproved,
    GuidanceDrafted,
    GuidanceIssued,
    GuidanceNumbered,
    GuidanceReturned,
    GuidanceSigned,
    IntakeClosed,
    IntakeDeadlineChanged,
    IntakeOpened,
    NumberAssigned,
    NumberVoided,
    PlanWritten,
    PledgeOpened,
    PledgeSigned,
    RegistrationApproved,
    RegistrationCalled,
    RegistrationDrafted,
    RegistrationRefused,
    RegistrationSubmitted,
    ReviewApproved,
    ReviewPrepared,
    ScopeSucceeded,
    UnitRelaunched,
    UnitReportSent,
)
from services.campaign.naming import name_of
from services.campaign.standing_in import registered_for, stood_in

REGISTERS = UUID("3f8c4c1e-7f0b-5d0e-8e58-0c3d3b6a9a11")
REPORTS = UUID("0c5b5c0e-6a57-5b0f-9d3e-4a8e1d2c3b66")
REGISTRATIONS = UUID("5b0c9a5e-1f5a-5c7d-9b0a-7c1d2e3f4a55")
replace = msgspec.structs.replace


def evolve(campaign: Campaign, event: Event) -> Campaign:
    for fold in (_drawn_up, _decided, _taken_part, _live, _amend):
        changed = fold(campaign, event)
        if changed is not campaign:  # an event is known to one of them
            return changed
    return campaign


def _drawn_up(campaign: Campaign, event: Event) -> Campaign:
    """What the plan says, and who had a hand in it."""
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
        case PlanWritten(fields=fields):
            return replace(
                campaign,
                stage=Stage.draft,
                authority=event.authority,
                prepared_by=campaign.prepared_by | {event.written_by},
                title=event.title,
                values={field.id: field.value for field in fields},
                kinds={field.id: field.field for field in fields},
                confirmed=frozenset(field.id for field in fields),
                written=True,
            )
        case FieldConfirmed(id=id, value=value, corrected=corrected, by=by):
            return _with_value(campaign, id, value, by if corrected else None)
        case FieldAdded(id=id, field=field, value=value, by=by):
            kinds = {**campaign.kinds, id: field}
            return replace(_with_value(campaign, id, value, by), kinds=kinds)
        case CampaignSubmitted(submitted_by=submitted_by):
            prepared_by = campaign.prepared_by | {submitted_by}
            return replace(campaign, stage=Stage.submitted, prepared_by=prepared_by)
    return campaign


def _decided(campaign: Campaign, event: Event) -> Campaign:
    match event:
        case CampaignReturned():
            return replace(campaign, stage=Stage.draft)
        case CampaignApproved(approved_by=approved_by, code=code):
            approved = replace(campaign, stage=Stage.approved, approved_by=approved_by)
            return replace(approved, approved_for=None, code=code or campaign.code)
        case CampaignSigned(signed_on=signed_on):
            return replace(campaign, stage=Stage.signed, signed_on=signed_on)
        case CampaignNumbered(number=number, symbol=symbol, issued_on=issued_on):
            numbered = replace(campaign, stage=Stage.numbered, number=number, symbol=symbol)
            return replace(numbered, issued_on=issued_on)
        case CampaignLaunched(scope=scope, lead_unit=lead_unit):
            launched = replace(campaign, stage=Stage.launched)
            return replace(launched, scope=scope, lead_unit=lead_unit)
        case GuidanceIssued():
            return replace(campaign, guidance=event, drafting=None)
        case GuidanceDrafted():
            return replace(campaign, drafting=_redrafted(campaign, event))
        case GuidanceReturned() | GuidanceApproved() | GuidanceSigned() | GuidanceNumbered():
            assert campaign.drafting is not None
            return replace(campaign, drafting=_moved_on(campaign.drafting, event))
        case IntakeOpened():
            return replace(campaign, intake_open=True, intake_closed=False)
        case IntakeClosed():
            return replace(campaign, intake_open=False, intake_closed=True)
    return campaign


def _taken_part(campaign: Campaign, event: Event) -> Campaign:
    """Units are called to register, give way to others; the campaign is reviewed and concluded."""
    match event:
        case ScopeSucceeded():
            leads = campaign.lead_unit == event.predecessor
            return replace(
                campaign,
                scope=succeeded(campaign.scope, event),
                guests=campaign.guests | set(event.successors),
                lead_unit=event.custodian if leads else campaign.lead_unit,
            )
        case CustodyPassed(authority=authority):
            return replace(campaign, authority=authority)
        case RegistrationCalled():
            return replace(campaign, call=event)
        case ReviewPrepared(kind=kind, text=text, prepared_by=author):
            known = campaign.reviews.get(kind)
            hands = (known.hands if known else frozenset()) | {author}
            return replace(campaign, reviews={**campaign.reviews, kind: Review(hands, text)})
        case ReviewApproved(kind=kind):
            approved = replace(campaign.reviews[kind], approved=True)
            return replace(campaign, reviews={**campaign.reviews, kind: approved})
        case CampaignConcluded():
            return replace(campaign, stage=Stage.concluded)
    return campaign


STANDING: dict[type, str] = {
    CampaignClosed: "closed",
    CampaignReopened: RUNNING,
    CampaignCancelled: "cancelled",
    CampaignRecalled: "recalled",
    CampaignReplaced: "replaced",
}


def _live(campaign: Campaign, event: Event) -> Campaign:
    """What a campaign is beside its plan, and how it stands after launch."""
    if type(event) in STANDING:
        return replace(campaign, standing=STANDING[type(event)])
    match event:
        case AttributesSet(by=by):
            prepared_by = campaign.prepared_by | {by}
            return replace(campaign, attributes=event, prepared_by=prepared_by)
        case FundingRecorded(source=source, amount=amount, by=by):
            return replace(campaign, funding=Funding(source, amount, frozenset({by})))
        case FundingApproved() if campaign.funding:
            return replace(campaign, funding=replace(campaign.funding, approved=True))
        case EndChanged(new=new, by=by):
            known = campaign.attributes or AttributesSet("", "", None, None, "", "", by)
            return replace(campaign, attributes=replace(known, ends=new))
        case IntakeDeadlineChanged(new=new) if campaign.guidance:
            return replace(campaign, guidance=replace(campaign.guidance, intake_until=new))
        case CampaignNumberVoided():
            return replace(campaign, stage=Stage.signed, number=0, issued_on=None)
    return campaign


def _amend(campaign: Campaign, event: Event) -> Campaign:
    match event:
        case AmendmentDrafted():
            return replace(campaign, amendment=Amendment(event, frozenset({event.by})))
        case AmendmentReturned():
            return replace(campaign, amendment=None)
        case AmendmentApproved(by=by) if campaign.amendment:
            hands = campaign.amendment.hands | {by}
            approved = replace(campaign.amendment, hands=hands, approved_by=by)
            return replace(campaign, amendment=approved)
        case AmendmentSigned(signed_on=day) if campaign.amendment:
            return replace(campaign, amendment=replace(campaign.amendment, signed_on=day))
        case CampaignAmended(changes=changes):
            values = {**campaign.values, **{change.id: change.after for change in changes}}
            return replace(campaign, values=values, title=name_of(values), amendment=None)
    return campaign


def _redrafted(campaign: Campaign, event: GuidanceDrafted) -> Drafting:
    earlier = () if campaign.drafting is None else campaign.drafting.prepared_by
    return Drafting(
        version=event.version,
        content=event.content,
        rules=event.rules,
        prepared_by=(*(one for one in earlier if one != event.prepared_by), event.prepared_by),
        reason=event.reason,
        deadline=campaign.guidance.intake_until if campaign.guidance else None,
    )


def _moved_on(
    drafting: Drafting,
    event: GuidanceReturned | GuidanceApproved | GuidanceSigned | GuidanceNumbered,
) -> Drafting:
    match event:
        case GuidanceReturned(reason=reason):
            back = replace(drafting, stage=Stage.draft, returned=reason)
            return replace(back, approved_by=None, approved_for=None)
        case GuidanceApproved(approved_by=by):
            approved = replace(drafting, stage=Stage.approved, approved_by=by, returned="")
            return replace(approved, approved_for=None)
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
        case NumberAssigned(number=number, issued_on=issued_on, document=document):
            documents = {**register.documents, number: document}
            return replace(register, last=number, last_on=issued_on, documents=documents)
        case NumberVoided(number=number):
            return replace(register, voided=register.voided | {number})
    return register


def campaigns_of(log: Log) -> Streams[Campaign]:
    return Streams(log, Campaign(), evolve, stood_in)


def registers_of(log: Log) -> Streams[Register]:
    return Streams(log, Register(), assign)


def register_id(authority: str, year: int, series: str) -> UUID:
    """The stream of a register; which documents share a series is the authority's own setting."""
    return uuid5(REGISTERS, f"{authority}|{year}|{series}")


# ---- registrations
def register(registration: Registration, event: Event) -> Registration:
    match event:
        case RegistrationDrafted():
            begun = event.revision > registration.revision
            hands = frozenset() if begun else registration.hands
            return replace(
                registration,
                standing=Standing.draft,
                revision=event.revision,
                targets=event.targets,
                hands=hands | {event.drafted_by},
            )
        case RegistrationSubmitted(submitted_by=submitted_by):
            hands = registration.hands | {submitted_by}
            return replace(registration, standing=Standing.submitted, hands=hands)
        case RegistrationRefused():
            return replace(registration, standing=Standing.refused)
        case RegistrationApproved(revision=revision):
            return replace(registration, standing=Standing.approved, approved=revision)
        case UnitRelaunched(on=on):
            return replace(registration, relaunched_on=on)
    return registration


def registrations_of(log: Log) -> Streams[Registration]:
    return Streams(log, Registration(), register, registered_for)


def registration_id(campaign: UUID, unit: str) -> UUID:
    """The stream of one unit's registration in one campaign."""
    return uuid5(REGISTRATIONS, f"{campaign}|{unit}")


# ---- clusters and pledges
def gather(cluster: Cluster, event: Event) -> Cluster:
    match event:
        case ClusterFormed(authority=authority, name=name, members=members):
            return Cluster(authority, name, members)
        case ClusterMembersChanged(members=members):
            return replace(cluster, members=members)
        case ClusterLeadersChosen(year=year, head=head, deputies=deputies):
            return replace(cluster, leaders={**cluster.leaders, year: (head, *deputies)})
    return cluster


def promise(pledge: Pledge, event: Event) -> Pledge:
    match event:
        case PledgeOpened(authority=authority, members=members):
            return Pledge(authority, members)
        case PledgeSigned(unit=unit):
            return replace(pledge, signed=pledge.signed | {unit})
    return pledge


def clusters_of(log: Log) -> Streams[Cluster]:
    return Streams(log, Cluster(), gather)


def pledges_of(log: Log) -> Streams[Pledge]:
    return Streams(log, Pledge(), promise)


# ---- reports of units
def report(reports: Reports, event: Event) -> Reports:
    match event:
        case UnitReportSent():
            return Reports(event.number, event)
    return reports


def reports_of(log: Log) -> Streams[Reports]:
    return Streams(log, Reports(), report)


def reports_id(campaign: UUID, unit: str) -> UUID:
    """The stream of one unit's reports in one campaign."""
    return uuid5(REPORTS, f"{campaign}|{unit}")
