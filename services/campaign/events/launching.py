"""A campaign is launched, and units in its scope give way to others."""

from datetime import date
from uuid import UUID

import msgspec

from libs.eventlog.events import Event
from services.campaign.events.registry import events


class Recipient(msgspec.Struct, frozen=True):
    """A line of "Nơi nhận" and the units it means: for-action, for-information or archive."""

    label: str
    purpose: str
    units: tuple[str, ...] = ()


class Missing(msgspec.Struct, frozen=True):
    """A wish of the readiness list that was open at launch and did not block it."""

    code: str
    have: int
    need: int


@events.of("campaign.launched")
class CampaignLaunched(Event):
    campaign: UUID
    title: str
    lead_unit: str
    number: int
    symbol: str
    scope: tuple[str, ...]
    recipients: tuple[Recipient, ...]
    code: str = ""
    rules_since: date | None = None  # which configuration judged whether it was ready
    blocking: tuple[str, ...] = ()  # the items that would have stopped it
    open_items: tuple[Missing, ...] = ()  # the others that were not done


@events.of("campaign.scope-succeeded")
class ScopeSucceeded(Event):
    """A unit in scope gave way: its successors take part; open duties are the custodian's."""

    campaign: UUID
    predecessor: str
    predecessor_name: str
    custodian: str
    successors: tuple[str, ...]
    effective: date
    reorganisation: UUID


@events.of("campaign.custody-passed")
class CustodyPassed(Event):
    """The authority gave way: from now on the campaign is the other's, open or closed."""

    campaign: UUID
    from_authority: str
    authority: str
    effective: date
    reorganisation: UUID
