"""A unit prepares its dossier, submits it, supplements it, withdraws it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from libs.eventlog.events import Event, Personal, Refused
from libs.serving.acting import Acting
from services.dossier.decisions.access import line_of, own_unit
from services.dossier.decisions.rechecking import late_days, lines_gone, missing_papers
from services.dossier.decisions.states import Campaign, Dossier, Paper
from services.dossier.events import (
    DossierOpened,
    DossierSubmitted,
    DossierSupplemented,
    DossierWithdrawn,
    NomineeAdded,
    NomineeRemoved,
    PaperAttached,
)
from services.dossier.terms import Belonging, Kind, PaperKind

EDITABLE = frozenset({"draft", "returned"})
ENDED = frozenset({"cancelled", "recalled", "replaced"})  # not even a supplement is taken
WITHDRAWABLE = frozenset({"submitted", "received", "returned", "supplemented"})


def open_dossier(
    dossier: Dossier, campaign: Campaign | None, *, gave_way: bool = False, by: Acting
) -> Sequence[Event]:
    """Once guidance is out, a unit in scope may begin; intake need not be open yet.

    `gave_way`: the unit is no more, though a token of its last minutes still names it.
    """
    by.require("specialist")
    if campaign is None or (campaign.authority != by.authority and by.unit not in campaign.guests):
        raise Refused("not-found")
    if by.unit not in campaign.scope or gave_way:
        raise Refused("unit-not-in-scope", unit=by.unit)
    if campaign.intake_until is None:
        raise Refused("guidance-missing")
    if dossier.stage != "absent":
        return []
    _takes_new_ones(campaign)
    elsewhere = by.authority if by.authority != campaign.authority else ""
    return [DossierOpened(campaign.campaign, by.unit, campaign.authority, by.official, elsewhere)]


def add_nominee(
    dossier: Dossier,
    campaign: Campaign | None,
    *,
    subject: UUID,
    kind: Kind,
    name: str,
    identity: str,
    form: str,
    achievement: str,
    position: str | None,
    belongs: Sequence[Belonging] = (),
    by: Acting,
) -> Sequence[Event]:
    """Adds a line; the same subject for the same form twice in one dossier is a mistake."""
    own_unit(dossier, by, "specialist")
    _editable(dossier)
    offered = campaign.form(form) if campaign is not None else None
    if offered is None:
        raise Refused("form-unknown", form=form)
    if kind not in offered.kinds:
        raise Refused("kind-not-allowed", kind=kind, form=form)
    for other, present in dossier.lines.items():
        if present.subject == subject and present.form == form:
            raise Refused("nominee-already-there", line=other)
    return [
        NomineeAdded(
            line=dossier.last_line + 1,
            subject=subject,
            kind=kind,
            name=Personal(subject, text=name),
            identity=Personal(subject, text=identity),
            form=form,
            achievement=achievement,
            added_by=by.official,
            position=None if not position else Personal(subject, text=position),
            belongs=None if not belongs else Personal(subject, text=",".join(sorted(belongs))),
        )
    ]


def remove_nominee(dossier: Dossier, *, line: int, reason: str, by: Acting) -> Sequence[Event]:
    own_unit(dossier, by, "specialist")
    _editable(dossier)
    line_of(dossier, line)
    return [NomineeRemoved(line, reason, by.official)]


def attach_paper(
    dossier: Dossier, *, kind: PaperKind, sha256: str, media_type: str, size: int, by: Acting
) -> Sequence[Event]:
    """The file's type and size were checked by the evidence store."""
    own_unit(dossier, by, "specialist")
    _editable(dossier)
    if Paper(kind, sha256, media_type, size) in dossier.papers:
        return []
    return [PaperAttached(kind, sha256, media_type, size, by.official)]


def submit(
    dossier: Dossier, campaign: Campaign | None, *, at: datetime, by: Acting
) -> Sequence[Event]:
    """The unit's leader submits what a specialist prepared; late is accepted and counted."""
    own_unit(dossier, by, "leader")
    if dossier.stage in ("submitted", "supplemented"):
        return []
    _editable(dossier)
    if by.among(dossier.prepared_by):
        raise Refused("same-person")
    if not dossier.lines:
        raise Refused("no-nominees")
    _complete(dossier, campaign)
    _all_offered(dossier, campaign)
    hashes = tuple(paper.sha256 for paper in dossier.papers)
    if campaign is not None and campaign.standing in ENDED:
        raise Refused("campaign-not-running", standing=campaign.standing)
    measured = 0 if campaign is None else campaign.guidance
    if dossier.stage == "returned":
        return [DossierSupplemented(dossier.campaign, dossier.unit, by.official, hashes, measured)]
    if campaign is None or campaign.intake_from is None or campaign.intake_until is None:
        raise Refused("guidance-missing")
    _takes_new_ones(campaign)
    if campaign.intake_closed:
        raise Refused("intake-closed")
    if not campaign.intake_open or at < campaign.intake_from:
        raise Refused("intake-not-open", opens=campaign.intake_from)
    return [
        DossierSubmitted(
            campaign=dossier.campaign,
            unit=dossier.unit,
            submitted_by=by.official,
            late_days=late_days(at, campaign.intake_until),
            intake_until=campaign.intake_until,
            papers=hashes,
            guidance=measured,
        )
    ]


def withdraw(dossier: Dossier, *, reason: str, by: Acting) -> Sequence[Event]:
    """Possible until the first line is appraised."""
    own_unit(dossier, by, "leader")
    if dossier.stage == "withdrawn":
        return []
    if dossier.stage not in WITHDRAWABLE:
        raise Refused("not-submitted", stage=dossier.stage)
    if any(line.verdict for line in dossier.lines.values()):
        raise Refused("already-appraised")
    return [DossierWithdrawn(dossier.campaign, dossier.unit, reason, by.official)]


def _takes_new_ones(campaign: Campaign) -> None:
    """What is in when a campaign is closed early or concluded goes on; nothing new comes."""
    if campaign.standing != "running":
        raise Refused("campaign-not-running", standing=campaign.standing)


def _editable(dossier: Dossier) -> None:
    if dossier.stage not in EDITABLE:
        raise Refused("not-a-draft", stage=dossier.stage)


def _complete(dossier: Dossier, campaign: Campaign | None) -> None:
    if missing := missing_papers(dossier, campaign):
        raise Refused("papers-missing", missing=missing)


def _all_offered(dossier: Dossier, campaign: Campaign | None) -> None:
    """What goes out is measured by the guidance in force, whatever it was begun under."""
    gone = [] if campaign is None else lines_gone(dossier, campaign)
    if gone:
        raise Refused("lines-not-offered", lines=[one.line for one in gone])
