"""Who may see and touch what: a stream belongs to one authority, a dossier to one unit of it."""

from libs.eventlog.events import Refused
from libs.serving.acting import Acting
from services.dossier.decisions.states import Campaign, Decision, Dossier, Line, Session

SEES_ALL = frozenset({"chairman", "council-member", "council-secretary", "clerk"})
HOME_AFFAIRS = "home-affairs"


def sees_all_units(by: Acting) -> bool:
    """Whether the official's work covers the dossiers of every unit of the authority."""
    return by.duty == HOME_AFFAIRS or by.role in SEES_ALL or by.role == "auditor"


def offered(campaign: Campaign | None, by: Acting) -> Campaign:
    """What a campaign offers; not-found for another authority's, and for units once recalled."""
    if campaign is None or campaign.authority != by.authority:
        raise Refused("not-found")
    if campaign.standing == "recalled" and not sees_all_units(by):
        raise Refused("not-found")
    return campaign


def of_authority(of: Dossier | Session | Decision, by: Acting) -> None:
    """Refused("not-found") for what is absent and for what another authority owns alike."""
    if of.stage == "absent" or of.authority != by.authority:
        raise Refused("not-found")


def _of_custodians(dossier: Dossier, by: Acting) -> None:
    """The unit may belong to another authority than the dossier, since its own gave way."""
    if (by.unit, by.authority) != (dossier.unit, dossier.unit_authority):
        of_authority(dossier, by)


def may_read(dossier: Dossier, by: Acting) -> None:
    """A draft is its unit's own affair; the auditor alone sees it too.

    What is sent is read by the units above, and by those whose work covers all units.
    """
    _of_custodians(dossier, by)
    if by.unit == dossier.unit or by.role == "auditor":
        return
    if dossier.stage == "draft" or not (sees_all_units(by) or dossier.unit in by.below):
        raise Refused("not-allowed")


def sees_identities(dossier: Dossier, by: Acting) -> bool:
    """Identity numbers are for those who tell subjects apart: the unit, home affairs, auditors."""
    return by.unit == dossier.unit or by.duty == HOME_AFFAIRS or by.role == "auditor"


def own_unit(dossier: Dossier, by: Acting, *roles: str) -> None:
    """Refused unless the official holds one of the roles in the dossier's unit."""
    _of_custodians(dossier, by)
    by.require(*roles)
    if by.unit != dossier.unit:
        raise Refused("not-allowed")


def home_affairs(dossier: Dossier, by: Acting, *roles: str) -> None:
    """Refused unless one of home affairs (a specialist, or one of the roles) had no hand in it."""
    of_authority(dossier, by)
    by.require(*roles or ("specialist",), duty=HOME_AFFAIRS)
    if by.among(dossier.prepared_by):
        raise Refused("same-person")


def line_of(dossier: Dossier, line: int) -> Line:
    found = dossier.lines.get(line)
    if found is None:
        raise Refused("not-found")
    return found
