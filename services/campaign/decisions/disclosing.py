"""What a unit that only takes part is told of a campaign's past: what holds, not how it came.

An event that is not named here is the affair of those who prepare, until somebody names it.
"""

from collections.abc import Sequence

from libs.eventlog.events import Event
from services.campaign.events import (
    CampaignAmended,
    CampaignCancelled,
    CampaignClosed,
    CampaignConcluded,
    CampaignLaunched,
    CampaignRecalled,
    CampaignReopened,
    CampaignReplaced,
    CustodyPassed,
    EndChanged,
    FundingApproved,
    GuidanceIssued,
    IntakeClosed,
    IntakeDeadlineChanged,
    IntakeOpened,
    PaperIssued,
    RegistrationCalled,
    ReviewApproved,
    ReviewPrepared,
    ScopeSucceeded,
)

EVERYBODYS = (
    *(CampaignLaunched, CampaignAmended, CampaignConcluded, PaperIssued, FundingApproved),
    *(EndChanged, CampaignClosed, CampaignReopened, CampaignCancelled, CampaignReplaced),
    *(CampaignRecalled, ScopeSucceeded, CustodyPassed, RegistrationCalled, ReviewApproved),
    *(GuidanceIssued, IntakeOpened, IntakeClosed, IntakeDeadlineChanged),
)


def told(past: Sequence[Event]) -> set[int]:
    """Places in a campaign's past, from its launch on; of a review the text that was approved."""
    approved = {event.kind for event in past if isinstance(event, ReviewApproved)}
    last = {
        event.kind: place
        for place, event in enumerate(past)
        if isinstance(event, ReviewPrepared) and event.kind in approved
    }
    open_to_all = {place for place, event in enumerate(past) if isinstance(event, EVERYBODYS)}
    return open_to_all | set(last.values())


def told_when_recalled(past: Sequence[Event]) -> set[int]:
    """Of a recalled plan only that and why it was."""
    return {place for place, event in enumerate(past) if isinstance(event, CampaignRecalled)}
