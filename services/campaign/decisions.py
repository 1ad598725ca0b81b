"""What may happen to a campaign. Pure: no clock, no storage, no network."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.campaign.events import (
    AwardForm,
    CampaignApproved,
    CampaignDrafted,
    CampaignLaunched,
    CampaignNumbered,
    CampaignReturned,
    CampaignSigned,
    CampaignSubmitted,
    Criterion,
    FieldAdded,
    FieldConfirmed,
    GuidanceIssued,
    IntakeOpened,
    NumberAssigned,
    PlanField,
    Recipient,
    Unfound,
)

ARCHIVE = "archive"
NOMINEE_KINDS = frozenset({"individual", "collective", "household"})
NEEDED = ("issuing_authority", "theme", "recipients")
PREPARING_DUTIES = ("lead-office", "home-affairs", "office")


class Stage(StrEnum):
    absent = "absent"
    draft = "draft"
    submitted = "submitted"
    approved = "approved"
    signed = "signed"
    numbered = "numbered"
    launched = "launched"


class Campaign(msgspec.Struct, frozen=True):
    """What the rules of a campaign read."""

    stage: Stage = Stage.absent
    authority: str = ""
    prepared_by: frozenset[UUID] = frozenset()  # who had a hand in what it says
    approved_by: UUID | None = None
    title: str = ""
    values: Mapping[str, Any] = {}  # by field id
    kinds: Mapping[str, str] = {}  # field id -> field
    confirmed: frozenset[str] = frozenset()
    signed_on: date | None = None
    number: int = 0
    symbol: str = ""
    guidance: GuidanceIssued | None = None
    intake_open: bool = False

    def of(self, field: str) -> list[Any]:
        return [self.values[id] for id, kind in self.kinds.items() if kind == field]


class Register(msgspec.Struct, frozen=True):
    """A register of numbers: one authority, year and series."""

    last: int = 0
    last_on: date | None = None


def draft(
    campaign: Campaign,
    *,
    title: str,
    source_name: str,
    source_text: str,
    fields: Sequence[PlanField],
    missing: Sequence[Unfound],
    by: Acting,
) -> list[Event]:
    _prepares(by)
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
        )
    ]


def confirm_field(campaign: Campaign, id: str, *, value: Any = None, by: Acting) -> list[Event]:
    """`value` None: right as read; otherwise the corrected value."""
    _editable(campaign, by)
    if id not in campaign.values:
        raise Refused("unknown-field", field=id)
    before = campaign.values[id]
    after = before if value is None else value
    if id in campaign.confirmed and after == before:
        return []
    return [FieldConfirmed(id, after, corrected=after != before, by=by.official)]


def add_field(campaign: Campaign, field: str, value: Any, *, by: Acting) -> list[Event]:
    """What reading did not find, supplied by a person."""
    _editable(campaign, by)
    if value in (None, "", [], {}):
        raise Refused("value-empty", field=field)
    id = f"{field}.{sum(kind == field for kind in campaign.kinds.values())}"
    return [FieldAdded(id, field, value, by=by.official)]


def submit(campaign: Campaign, *, by: Acting) -> list[Event]:
    _own(campaign, by)
    if campaign.stage is Stage.submitted:
        return []
    _editable(campaign, by)
    if open_fields := sorted(campaign.values.keys() - campaign.confirmed):
        raise Refused("unconfirmed-fields", fields=open_fields)
    if missing := [field for field in NEEDED if not campaign.of(field)]:
        raise Refused("fields-missing", fields=missing)
    return [CampaignSubmitted(by.official)]


def send_back(campaign: Campaign, reason: str, *, by: Acting) -> list[Event]:
    _own(campaign, by)
    if by.role != "chairman":
        _prepares(by, "leader")
    if campaign.stage not in (Stage.submitted, Stage.approved):
        raise Refused("not-submitted", stage=campaign.stage)
    if not reason.strip():
        raise Refused("reason-missing")
    return [CampaignReturned(reason)]


def approve(campaign: Campaign, *, by: Acting) -> list[Event]:
    _own(campaign, by)
    _prepares(by, "leader")
    if campaign.stage is Stage.approved:
        return []
    if campaign.stage is not Stage.submitted:
        raise Refused("not-submitted", stage=campaign.stage)
    _another_than(campaign.prepared_by, by)
    return [CampaignApproved(by.official)]


def sign(campaign: Campaign, *, on: date, by: Acting) -> list[Event]:
    _own(campaign, by)
    by.require("chairman")
    if campaign.stage is Stage.signed:
        return []
    if campaign.stage is not Stage.approved:
        raise Refused("not-approved", stage=campaign.stage)
    _another_than({*campaign.prepared_by, campaign.approved_by}, by)
    return [CampaignSigned(by.official, content_hash(campaign), on)]


def number(
    campaign: Campaign, register: Register, id: UUID, *, issued_on: date, today: date, by: Acting
) -> tuple[list[Event], list[Event]]:
    """Events of the campaign and of the register: the next number, given after signature.

    Decree 30/2020 art. 15: one running sequence, unique in the year. Its days never run backwards.
    """
    _own(campaign, by)
    by.require("clerk")
    if campaign.stage is Stage.numbered:
        return [], []
    if campaign.stage is not Stage.signed:
        raise Refused("not-signed", stage=campaign.stage)
    if campaign.signed_on is not None and issued_on < campaign.signed_on:
        raise Refused("issued-before-signed", signed_on=campaign.signed_on)
    if issued_on > today:
        raise Refused("issued-in-future", today=today)
    if register.last_on is not None and issued_on < register.last_on:
        raise Refused("number-out-of-order", last_on=register.last_on, last=register.last)
    next_number = register.last + 1
    symbol = str(next(iter(campaign.of("document_symbol")), "KH-UBND"))
    return (
        [CampaignNumbered(next_number, symbol, issued_on)],
        [NumberAssigned(next_number, symbol, issued_on, id)],
    )


def launch(
    campaign: Campaign,
    id: UUID,
    *,
    scope: Sequence[str],
    recipients: Sequence[Recipient],
    by: Acting,
) -> list[Event]:
    _own(campaign, by)
    if by.role != "clerk":
        _prepares(by)
    if campaign.stage is Stage.launched:
        raise Refused("already-launched")
    if campaign.stage is not Stage.numbered:
        raise Refused("not-numbered", stage=campaign.stage)
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
        )
    ]


def issue_guidance(
    campaign: Campaign,
    id: UUID,
    *,
    forms: Sequence[AwardForm],
    criteria: Sequence[Criterion],
    papers: Sequence[str],
    who: str,
    intake_from: datetime,
    intake_until: datetime,
    by: Acting,
) -> list[Event]:
    _own(campaign, by)
    by.require("leader", duty="home-affairs")
    if campaign.stage is not Stage.launched:
        raise Refused("not-launched", stage=campaign.stage)
    if campaign.guidance is not None:
        raise Refused("guidance-already-issued")
    if not forms or not criteria:
        raise Refused("guidance-incomplete", forms=len(forms), criteria=len(criteria))
    if intake_until < intake_from:
        raise Refused("window-ends-before-it-begins")
    kinds = {kind for form in forms for kind in form.kinds} | {c.kind for c in criteria}
    if unknown := sorted(kinds - NOMINEE_KINDS):
        raise Refused("unknown-kind", kinds=unknown)
    return [
        GuidanceIssued(
            id, tuple(forms), tuple(criteria), tuple(papers), who, intake_from, intake_until
        )
    ]


def open_intake(campaign: Campaign, id: UUID, *, by: Acting) -> list[Event]:
    _own(campaign, by)
    by.require("leader", "specialist", duty="home-affairs")
    if campaign.guidance is None:
        raise Refused("guidance-missing")
    return [] if campaign.intake_open else [IntakeOpened(id)]


def content_hash(campaign: Campaign) -> str:
    """SHA-256 over the confirmed fields as JSON with sorted keys."""
    return hashlib.sha256(msgspec.json.encode(campaign.values, order="sorted")).hexdigest()


def visible(campaign: Campaign, by: Acting) -> None:
    """Drafts are for those who prepare, decide or audit; a launched plan is everybody's."""
    _own(campaign, by)
    if campaign.stage is not Stage.launched and not sees_drafts(by):
        raise Refused("not-found")


def sees_drafts(by: Acting) -> bool:
    return by.duty in PREPARING_DUTIES or by.role in ("chairman", "clerk", "auditor")


def _own(campaign: Campaign, by: Acting) -> None:
    if campaign.stage is Stage.absent or campaign.authority != by.authority:
        raise Refused("not-found")


def _editable(campaign: Campaign, by: Acting) -> None:
    _own(campaign, by)
    _prepares(by)
    if campaign.stage is not Stage.draft:
        raise Refused("not-a-draft", stage=campaign.stage)


def _prepares(by: Acting, *roles: str) -> None:
    """Refused for units that only take part: a plan is the affair of those who draw it up."""
    by.require(*roles or ("specialist", "leader"))
    if by.duty not in PREPARING_DUTIES:
        raise Refused("not-allowed", duty=by.duty, needs=list(PREPARING_DUTIES))


def _another_than(people: Collection[UUID | None], by: Acting) -> None:
    """Separation of duties: who prepared does not approve, who approved does not sign."""
    if by.official in people:
        raise Refused("same-person")
