"""A change of a launched plan goes the plan's own way: prepared, approved, signed, numbered.

Decree 30/2020 art. 18: an error of content is amended by a document of the same form, an error of
form or layout is corrected by an official letter (công văn).
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.campaign.decisions.access import another_than, own, prepares, running
from services.campaign.decisions.changing import long_enough
from services.campaign.decisions.launching import next_number
from services.campaign.decisions.rules import Rules
from services.campaign.decisions.states import Amendment, Campaign, Register
from services.campaign.events import (
    AmendmentApproved,
    AmendmentDrafted,
    AmendmentReturned,
    AmendmentSigned,
    CampaignAmended,
    ChangedValue,
    NumberAssigned,
)

# Which fields are form and which content is our reading of the article, not its letter.
OF_FORM = frozenset(
    {"superior_authority", "document_kind", "document_number", "document_symbol", "place"}
    | {"document_date", "document_day", "document_month", "document_year", "signer", "signer_title"}
    | {"recipients"}
)
FIXED = frozenset({"document_number", "document_symbol"})  # given by the register
SYMBOL_OF_LETTERS = "UBND"


def draft(
    campaign: Campaign,
    id: UUID,
    *,
    form: str,
    values: Sequence[tuple[str, Any]],
    reason: str,
    rules: Rules,
    by: Acting,
) -> list[Event]:
    """`values`: field id and what it is to say."""
    own(campaign, by)
    prepares(by)
    running(campaign)
    if campaign.amendment is not None:
        raise Refused("amendment-under-way")
    if unknown := [field for field, _ in values if field not in campaign.values]:
        raise Refused("unknown-field", field=unknown[0])
    before = campaign.values
    changes = tuple(
        ChangedValue(field, before[field], after)
        for field, after in values
        if after != before[field]
    )
    if not changes or any(change.after in (None, "", [], {}) for change in changes):
        raise Refused("nothing-changed")
    _of_the_right_form(campaign, form, changes)
    return [AmendmentDrafted(id, form, changes, long_enough(reason, rules), by.official)]


def _of_the_right_form(campaign: Campaign, form: str, changes: Sequence[ChangedValue]) -> None:
    kinds = [campaign.kinds[change.id] for change in changes]
    if fixed := [kind for kind in kinds if kind in FIXED]:
        raise Refused("number-is-the-registers", fields=fixed)
    if form == "correction" and (content := [kind for kind in kinds if kind not in OF_FORM]):
        raise Refused("correction-of-content", fields=content)


def send_back(campaign: Campaign, reason: str, *, rules: Rules, by: Acting) -> list[Event]:
    own(campaign, by)
    if by.role != "chairman":
        prepares(by, "leader")
    running(campaign)
    under_way = _under_way(campaign)
    if under_way.signed_on is not None:
        raise Refused("already-signed")
    reason = long_enough(reason, rules)
    return [AmendmentReturned(under_way.drafted.amendment, reason, by.official)]


def approve(campaign: Campaign, *, by: Acting) -> list[Event]:
    own(campaign, by)
    prepares(by, "leader")
    running(campaign)
    under_way = _under_way(campaign)
    if under_way.approved_by is not None:
        return []
    another_than(under_way.hands, by)
    return [AmendmentApproved(under_way.drafted.amendment, by.official)]


def sign(campaign: Campaign, *, on: date, by: Acting) -> list[Event]:
    own(campaign, by)
    by.require("chairman")
    running(campaign)
    under_way = _under_way(campaign)
    if under_way.signed_on is not None:
        return []
    if under_way.approved_by is None:
        raise Refused("amendment-not-approved")
    another_than(under_way.hands, by)
    drafted = under_way.drafted
    return [AmendmentSigned(drafted.amendment, content_hash(drafted), on, by.official)]


def number(
    campaign: Campaign, register: Register, id: UUID, *, issued_on: date, today: date, by: Acting
) -> tuple[list[Event], list[Event]]:
    """Events of the campaign and of the register. With its number the change is in force."""
    own(campaign, by)
    by.require("clerk")
    running(campaign)
    under_way = _under_way(campaign)
    if under_way.signed_on is None:
        raise Refused("not-signed")
    given = next_number(register, issued_on=issued_on, signed_on=under_way.signed_on, today=today)
    drafted = under_way.drafted
    symbol = campaign.symbol if drafted.form == "amendment" else SYMBOL_OF_LETTERS
    amended = CampaignAmended(
        campaign=id,
        amendment=drafted.amendment,
        form=drafted.form,
        changes=drafted.changes,
        number=given,
        symbol=symbol,
        issued_on=issued_on,
        reason=drafted.reason,
        by=by.official,
    )
    entry = NumberAssigned(
        given, symbol, issued_on, drafted.amendment, drafted.form, campaign.title
    )
    return [amended], [entry]


def content_hash(drafted: AmendmentDrafted) -> str:
    said = msgspec.json.encode([drafted.form, drafted.changes], order="sorted")
    return hashlib.sha256(said).hexdigest()


def _under_way(campaign: Campaign) -> Amendment:
    if campaign.amendment is None:
        raise Refused("no-amendment")
    return campaign.amendment
