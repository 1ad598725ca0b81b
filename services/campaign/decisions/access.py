"""Who may see, prepare and change a campaign."""

from collections.abc import Collection
from uuid import UUID

from libs.eventlog.events import Refused
from libs.serving.acting import Acting
from services.campaign.decisions.states import CLOSED, RUNNING, Campaign, Stage

MADE_KNOWN = (Stage.launched, Stage.concluded)
PREPARING_DUTIES = ("lead-office", "home-affairs", "office")


def visible(campaign: Campaign, by: Acting) -> None:
    """Drafts are for those who prepare, decide or audit; a launched plan is everybody's.

    Also of a unit in scope that belongs to another authority, since its own gave way.
    """
    party(campaign, by)
    if campaign.stage not in MADE_KNOWN and not draws_up(campaign, by):
        raise Refused("not-found")


def party(campaign: Campaign, by: Acting) -> None:
    """Refused unless of its authority, or of a unit that took over a part in it."""
    if by.unit not in campaign.guests:
        own(campaign, by)


def sees_drafts(by: Acting) -> bool:
    """Whether the person prepares, decides or audits the campaigns of the own authority."""
    return by.duty in PREPARING_DUTIES or by.role in ("chairman", "clerk", "auditor")


def draws_up(campaign: Campaign, by: Acting) -> bool:
    """Sees what only those who prepare, decide or audit see: of this campaign, not of another's."""
    return campaign.authority == by.authority and sees_drafts(by)


def own(campaign: Campaign, by: Acting) -> None:
    if campaign.stage is Stage.absent or campaign.authority != by.authority:
        raise Refused("not-found")


def hidden(campaign: Campaign, by: Acting) -> bool:
    """A recalled plan is no longer shown to units that only take part; they see that it was."""
    return campaign.standing == "recalled" and not draws_up(campaign, by)


def shown(campaign: Campaign, by: Acting) -> None:
    """Refused unless the person may see what the plan says."""
    visible(campaign, by)
    if hidden(campaign, by):
        raise Refused("not-found")


def running(campaign: Campaign) -> None:
    """Refused unless launched, and not concluded, closed, cancelled, recalled or replaced since."""
    not_concluded(campaign)
    if campaign.stage is not Stage.launched:
        raise Refused("not-launched", stage=campaign.stage)
    if campaign.standing != RUNNING:
        raise Refused("campaign-not-running", standing=campaign.standing)


def not_concluded(campaign: Campaign) -> None:
    if campaign.stage is Stage.concluded:
        raise Refused("campaign-not-running", standing=campaign.stage)


def going_on(campaign: Campaign) -> None:
    """Refused unless running or closed early: what was done until then is still reported on."""
    if campaign.stage is not Stage.launched or campaign.standing != CLOSED:
        running(campaign)


def editable(campaign: Campaign, by: Acting) -> None:
    own(campaign, by)
    prepares(by)
    if campaign.stage is not Stage.draft:
        raise Refused("not-a-draft", stage=campaign.stage)


def prepares(by: Acting, *roles: str) -> None:
    """Refused for units that only take part: a plan is the affair of those who draw it up."""
    by.require(*roles or ("specialist", "leader"))
    if by.duty not in PREPARING_DUTIES:
        raise Refused("not-allowed", duty=by.duty, needs=list(PREPARING_DUTIES))


def another_than(people: Collection[UUID | None], by: Acting) -> None:
    """Separation of duties: who prepared does not approve, who approved does not sign.

    It holds for who acts and for the one acted for.
    """
    if by.among(people):
        raise Refused("same-person")
