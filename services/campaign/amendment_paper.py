"""A change of the plan as the paper it goes out with: Kế hoạch điều chỉnh or Công văn đính chính.

Decree 30/2020 art. 18: content is amended by a document of the same form, an error of form is
corrected by an official letter. Both are worded from the events.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from libs.eventlog.log import Recorded
from libs.officialdocs import Amendment, Correction, Issuer, PaperChange, wording
from services.campaign.decisions.amending import SYMBOL_OF_LETTERS
from services.campaign.decisions.states import Campaign
from services.campaign.events import (
    AmendmentApproved,
    AmendmentDrafted,
    AmendmentReturned,
    AmendmentSigned,
    CampaignAmended,
    CampaignSigned,
    ChangedValue,
)
from services.campaign.history import evolve
from services.campaign.papers import (
    SYMBOL,
    as_signed,
    filing_of,
    issuer_of,
    plan_named,
    recipients_of,
    said,
)

STEPS = (
    AmendmentDrafted,
    AmendmentReturned,
    AmendmentApproved,
    AmendmentSigned,
    CampaignAmended,
)
WHERE = {  # the part of a plan in which a field stands
    "abstract": "Trích yếu",
    "appraising_unit": "Cơ quan thẩm định",
    "award_authority": "Thẩm quyền khen thưởng",
    "award_forms": "Hình thức khen thưởng",
    "content_points": "Nội dung thi đua",
    "council": "Hội đồng",
    "document_date": "Ngày ban hành",
    "document_kind": "Tên loại văn bản",
    "duties": "Tổ chức thực hiện",
    "feedback_channel": "Nơi tiếp nhận phản ánh",
    "issuing_authority": "Cơ quan ban hành",
    "lead_unit": "Cơ quan chủ trì",
    "legal_bases": "Căn cứ ban hành",
    "period": "Thời gian thi đua",
    "place": "Địa danh",
    "purpose": "Mục đích",
    "recipients": "Nơi nhận",
    "signer": "Người ký",
    "signer_title": "Chức vụ người ký",
    "superior_authority": "Cơ quan chủ quản",
    "theme": "Chủ đề thi đua",
}
MANY = frozenset({"content_points", "duties", "legal_bases", "recipients", "award_forms"})


class ChangePaper(msgspec.Struct, frozen=True):
    """`at`: when it took its last step. `in_force`: numbered, so everybody may read it."""

    paper: Amendment | Correction
    at: datetime
    in_force: bool


def change_paper(past: Sequence[Recorded], amendment: UUID) -> ChangePaper | None:
    """The paper of a change at its last step; None if the campaign has no such change.

    Before the signature it is marked as a draft, and so is one that was sent back.
    """
    steps: dict[type, Recorded] = {
        type(one.event): one
        for one in past
        if isinstance(one.event, STEPS) and one.event.amendment == amendment
    }
    if AmendmentDrafted not in steps:
        return None
    drafted: Any = steps[AmendmentDrafted].event
    numbered: Any = steps[CampaignAmended].event if CampaignAmended in steps else None
    make = _correction if drafted.form == "correction" else _amendment
    paper = make(
        past,
        drafted,
        issuer=_issuer(past, steps),
        number=numbered.number if numbered else None,
        issued_on=numbered.issued_on if numbered else None,
        draft=AmendmentSigned not in steps,
    )
    last = max(steps.values(), key=lambda one: one.version)
    return ChangePaper(paper, last.meta.recorded_at, numbered is not None)


def _amendment(
    past: Sequence[Recorded],
    drafted: AmendmentDrafted,
    *,
    issuer: Issuer,
    number: int | None,
    issued_on: date | None,
    draft: bool,
) -> Amendment:
    plan, plan_on = as_signed(past)
    amended = plan_named(plan, plan_on)
    now = _as_changed(past, drafted)
    return Amendment(
        issuer=issuer,
        number=wording.number_and_symbol(number, plan.symbol or SYMBOL),
        issued_on=issued_on,
        subject=f"Điều chỉnh {amended}",
        amended=amended,
        reason=drafted.reason,
        changes=_changes(past, drafted),
        bases=[f"Căn cứ {amended}"],
        recipients=recipients_of(now),
        filing=filing_of(now),
        draft=draft,
    )


def _correction(
    past: Sequence[Recorded],
    drafted: AmendmentDrafted,
    *,
    issuer: Issuer,
    number: int | None,
    issued_on: date | None,
    draft: bool,
) -> Correction:
    now = _as_changed(past, drafted)
    acting = [str(line["name"]) for line in now.of("recipients") if line["purpose"] == "for-action"]
    return Correction(
        issuer=issuer,
        number=wording.number_and_symbol(number, SYMBOL_OF_LETTERS),
        issued_on=issued_on,
        corrected=plan_named(*as_signed(past)),
        changes=_changes(past, drafted),
        addressees=acting or recipients_of(now),
        recipients=["Như trên", *(one for one in recipients_of(now) if one not in acting)]
        if acting
        else ["Như trên"],
        filing=filing_of(now),
        draft=draft,
    )


def _as_changed(past: Sequence[Recorded], drafted: AmendmentDrafted) -> Campaign:
    """The campaign as it was when the change was drawn up, with the change itself.

    A letter that corrects the place or the signer does not repeat the error in its own head.
    """
    campaign = Campaign()
    for recorded in past:
        campaign = evolve(campaign, recorded.event)
        if recorded.event == drafted:
            break
    changed = {change.id: change.after for change in drafted.changes}
    return msgspec.structs.replace(campaign, values={**campaign.values, **changed})


def _issuer(past: Sequence[Recorded], steps: dict[type, Recorded]) -> Issuer:
    """Named is only who signed: the plan's signer, if the same person signed the change."""
    drafted: Any = steps[AmendmentDrafted].event
    issuer = issuer_of(_as_changed(past, drafted))
    signed: Any = steps[AmendmentSigned].event if AmendmentSigned in steps else None
    of_plan = [one.event.signed_by for one in past if isinstance(one.event, CampaignSigned)]
    if signed is not None and [signed.by] == of_plan[-1:]:
        return issuer
    return msgspec.structs.replace(issuer, signer_name="")


def _changes(past: Sequence[Recorded], drafted: AmendmentDrafted) -> list[PaperChange]:
    kinds = _as_changed(past, drafted).kinds
    return [_change(kinds.get(one.id, one.id.partition(".")[0]), one) for one in drafted.changes]


def _change(field: str, change: ChangedValue) -> PaperChange:
    return PaperChange(
        where=_where(field, change.id),
        old=said(field, change.before),
        new=said(field, change.after),
    )


def _where(field: str, id: str) -> str:
    """Of several, which one: the plan's own number of it, counted from 1."""
    name = WHERE.get(field, "Nội dung kế hoạch")
    number = id.rpartition(".")[2]
    return f"{name}, điểm {int(number) + 1}" if field in MANY and number.isdecimal() else name
