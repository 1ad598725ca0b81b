"""The award guidance as a signed act of its own, revised by a later version; and the intake.

Drafted by home affairs or the lead office, approved by the leader of home affairs, signed by whom
the setting names, numbered by the clerk, issued to the units. Luật 06/2022/QH15 Đ17.1 asks for
criteria; that they may come after the launch, in a guidance, is practice.
"""

import hashlib
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.campaign.decisions.access import another_than, own, running
from services.campaign.decisions.guidance_changes import CONTENT, content_of, differences
from services.campaign.decisions.guidance_rules import check
from services.campaign.decisions.launching import next_number
from services.campaign.decisions.states import RUNNING, Campaign, Drafting, Register, Stage
from services.campaign.events import (
    GuidanceApproved,
    GuidanceContent,
    GuidanceDrafted,
    GuidanceIssued,
    GuidanceNumbered,
    GuidanceReturned,
    GuidanceRules,
    GuidanceSigned,
    IntakeClosed,
    IntakeOpened,
    NumberAssigned,
)

HOME, CHAIRMAN = "home-affairs", "chairman"
DRAFTING_DUTIES = (HOME, "lead-office")


def draft_guidance(
    campaign: Campaign,
    id: UUID,
    content: GuidanceContent,
    *,
    reason: str,
    rules: GuidanceRules,
    by: Acting,
) -> list[Event]:
    """The first draft, a change of it, or the draft of a revision, which needs a reason."""
    _launched(campaign, by)
    by.require("specialist", "leader")
    if by.duty not in DRAFTING_DUTIES:
        raise Refused("not-allowed", duty=by.duty, needs=list(DRAFTING_DUTIES))
    drafting, issued = campaign.drafting, campaign.guidance
    if drafting is not None and drafting.stage is not Stage.draft:
        raise Refused("not-a-draft", stage=drafting.stage)
    check(content, rules)
    if issued is not None and not reason.strip():
        raise Refused("reason-missing")
    if issued is not None and not differences(content_of(issued), content):
        raise Refused("nothing-revised")
    said = drafting and (drafting.content, drafting.reason)
    if drafting is not None and said == (content, reason) and not _overtaken(campaign, drafting):
        return []
    version = 1 if issued is None else issued.version + 1
    return [GuidanceDrafted(id, version, content, reason, by.official, rules)]


def return_guidance(campaign: Campaign, id: UUID, *, reason: str, by: Acting) -> list[Event]:
    """To who drafted it: by the leader of home affairs, or by who is to sign."""
    drafting = _drafting(campaign, by)
    if by.role == CHAIRMAN:
        _signs(drafting, by)
    else:
        by.require("leader", duty=HOME)
    if drafting.stage not in (Stage.draft, Stage.approved):
        raise Refused("already-signed")
    if not reason.strip():
        raise Refused("reason-missing")
    if drafting.stage is Stage.draft and drafting.returned == reason:
        return []
    return [GuidanceReturned(id, drafting.version, reason, by.official)]


def approve_guidance(campaign: Campaign, id: UUID, *, by: Acting) -> list[Event]:
    drafting = _drafting(campaign, by)
    by.require("leader", duty=HOME)
    if drafting.stage is Stage.approved:
        return []
    if drafting.stage is not Stage.draft:
        raise Refused("not-a-draft", stage=drafting.stage)
    another_than(drafting.prepared_by, by)
    if _overtaken(campaign, drafting):
        raise Refused("deadline-changed-since")
    return [GuidanceApproved(id, drafting.version, by.official)]


def sign_guidance(campaign: Campaign, id: UUID, *, on: date, by: Acting) -> list[Event]:
    """Never by who prepared it; the leader of home affairs may sign what they approved."""
    drafting = _drafting(campaign, by)
    _signs(drafting, by)
    if drafting.stage is Stage.signed:
        return []
    if drafting.stage is not Stage.approved:
        raise Refused("not-approved", stage=drafting.stage)
    another_than(drafting.prepared_by, by)
    if drafting.rules.signer == CHAIRMAN:
        another_than({drafting.approved_by, drafting.approved_for}, by)
    digest = content_hash(drafting.content)
    return [GuidanceSigned(id, drafting.version, by.official, on, digest)]


def number_guidance(
    campaign: Campaign, register: Register, id: UUID, *, issued_on: date, today: date, by: Acting
) -> tuple[list[Event], list[Event]]:
    """Events of the campaign and of the register, in a series of its own (NĐ 30/2020 Đ15)."""
    drafting = _drafting(campaign, by)
    by.require("clerk")
    if drafting.stage is Stage.numbered:
        return [], []
    if drafting.stage is not Stage.signed:
        raise Refused("not-signed", stage=drafting.stage)
    number = next_number(register, issued_on=issued_on, signed_on=drafting.signed_on, today=today)
    symbol = drafting.rules.symbol
    return (
        [GuidanceNumbered(id, drafting.version, number, symbol, issued_on)],
        [NumberAssigned(number, symbol, issued_on, id, "guidance", campaign.title)],
    )


def issue_guidance(campaign: Campaign, id: UUID, *, by: Acting) -> list[Event]:
    """To all units in scope; from now on dossiers are measured by it."""
    own(campaign, by)
    if by.role != "clerk":
        by.require("specialist", "leader", "clerk", duty=HOME)
    if campaign.drafting is None and campaign.guidance is not None:
        return []
    drafting = _drafting(campaign, by)
    if drafting.stage is not Stage.numbered:
        raise Refused("not-numbered", stage=drafting.stage)
    return [
        GuidanceIssued(
            campaign=id,
            **{name: getattr(drafting.content, name) for name in CONTENT},
            version=drafting.version,
            reason=drafting.reason,
            number=drafting.number,
            symbol=drafting.symbol,
            issued_on=drafting.issued_on,
            signed_by=drafting.signed_by,
            prepared_by=drafting.prepared_by[-1],
            changed=_changed(campaign.guidance, drafting.content),
        )
    ]


def open_intake(campaign: Campaign, id: UUID, *, by: Acting) -> list[Event]:
    _launched(campaign, by)
    by.require("leader", "specialist", duty=HOME)
    if campaign.guidance is None:
        raise Refused("guidance-missing")
    if campaign.intake_open:
        return []
    return [IntakeOpened(id)]


def close_intake(campaign: Campaign, id: UUID, *, reason: str, by: Acting) -> list[Event]:
    """From now on not even a late dossier is taken; opening it again takes this back."""
    _launched(campaign, by)
    by.require("leader", duty=HOME)
    if campaign.intake_closed:
        return []
    if not campaign.intake_open:
        raise Refused("intake-not-open")
    if not reason.strip():
        raise Refused("reason-missing")
    return [IntakeClosed(id, reason, by.official)]


class Intake(StrEnum):
    not_open = "not-open"
    receiving = "receiving"
    reviewing = "reviewing"
    closed = "closed"


def intake_of(campaign: Campaign, at: datetime) -> Intake:
    """Of the dossiers' window, which is not the campaign's period: from the clock and the acts."""
    ended = campaign.stage is Stage.concluded or campaign.standing != RUNNING
    if campaign.intake_closed or (campaign.intake_open and ended):
        return Intake.closed
    issued = campaign.guidance
    if issued is None or not campaign.intake_open or at < issued.intake_from:
        return Intake.not_open
    return Intake.receiving if at <= issued.intake_until else Intake.reviewing


def content_hash(content: GuidanceContent) -> str:
    """SHA-256 over the content as JSON with sorted keys."""
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


def _changed(before: GuidanceIssued | None, after: GuidanceContent) -> tuple[str, ...]:
    if before is None:
        return ()
    return tuple(dict.fromkeys(one.field for one in differences(content_of(before), after)))


def _launched(campaign: Campaign, by: Acting) -> None:
    own(campaign, by)
    running(campaign)


def _drafting(campaign: Campaign, by: Acting) -> Drafting:
    _launched(campaign, by)
    if campaign.drafting is None:
        raise Refused("no-guidance-draft")
    return campaign.drafting


def _overtaken(campaign: Campaign, drafting: Drafting) -> bool:
    """Whether the deadline was moved by an act of its own since this was written."""
    return campaign.guidance is not None and drafting.deadline != campaign.guidance.intake_until


def _signs(drafting: Drafting, by: Acting) -> None:
    if drafting.rules.signer == CHAIRMAN:
        by.require(CHAIRMAN)
    else:
        by.require("leader", duty=HOME)
