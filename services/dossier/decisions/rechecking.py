"""A dossier measured by the guidance in force: what differs, and what a person has to decide.

Nothing is moved or taken out by it. Pure; sources: domain.md 1.3, guidance may come or change late.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from libs.eventlog.events import Event
from services.dossier.decisions.rules import PAPERS_OF_LAW
from services.dossier.decisions.states import Campaign, Dossier
from services.dossier.events import DossierRechecked
from services.dossier.terms import OF_A_LINE, Difference

ON_ITS_WAY = frozenset({"submitted", "supplemented", "received", "returned"})
FOR_INFORMATION = frozenset({"window", "late"})


def recheck(
    dossier: Dossier, campaign: Campaign, *, unit_kind: str, submitted_at: datetime | None
) -> Sequence[Event]:
    """[] when it is measured by this version already, or when nothing of it is open any more."""
    if dossier.guidance >= campaign.guidance or dossier.stage not in ON_ITS_WAY:
        return []
    found = (
        *lines_gone(dossier, campaign),
        *(Difference("paper-missing", of=paper) for paper in missing_papers(dossier, campaign)),
        *_over_quota(dossier, campaign, unit_kind),
        *_window(dossier, campaign, submitted_at),
    )
    return [
        DossierRechecked(
            campaign=dossier.campaign,
            unit=dossier.unit,
            guidance=campaign.guidance,
            before=dossier.guidance,
            differences=found,
        )
    ]


def needs_a_person(difference: Difference) -> bool:
    """Another window is told; everything else has to be put right or decided."""
    return difference.what not in FOR_INFORMATION


def still_open(dossier: Dossier, difference: Difference) -> bool:
    """Whether somebody still has to do something about it."""
    if not needs_a_person(difference) or dossier.stage not in ON_ITS_WAY:
        return False
    if difference.what in OF_A_LINE:
        return difference.line in dossier.lines and bool(dossier.lines[difference.line].marked)
    if difference.what == "paper-missing":
        return difference.of not in {paper.paper for paper in dossier.papers}
    return sum(line.form == difference.of for line in dossier.lines.values()) > int(
        difference.after
    )


def lines_gone(dossier: Dossier, campaign: Campaign) -> list[Difference]:
    """Lines without a decision whose form, or whose kind for it, is offered no longer."""
    found = []
    for number, line in dossier.lines.items():
        form = campaign.form(line.form)
        if line.outcome:
            continue
        if form is None:
            found.append(Difference("form-gone", number, line.form))
        elif line.kind not in form.kinds:
            found.append(Difference("kind-gone", number, line.form, before=line.kind))
    return found


def missing_papers(dossier: Dossier, campaign: Campaign | None) -> list[str]:
    """Those of every dossier and those that its forms ask for, in this order, without doubles."""
    required = list((campaign.papers if campaign is not None else ()) or PAPERS_OF_LAW)
    for line in dossier.lines.values():
        form = None if campaign is None else campaign.form(line.form)
        required += () if form is None else form.papers
    there = {paper.paper for paper in dossier.papers}
    return [paper for paper in dict.fromkeys(required) if paper not in there]


def _over_quota(dossier: Dossier, campaign: Campaign, unit_kind: str) -> Iterator[Difference]:
    """Against what each unit of its kind may propose, and what there is of the form at all."""
    count = Counter(line.form for line in dossier.lines.values())
    limits = {form.code: form.quota for form in campaign.forms if form.quota is not None}
    for one in campaign.group_quotas:
        if one.group == unit_kind:
            limits[one.form] = min(limits.get(one.form, one.quota), one.quota)
    for form, limit in limits.items():
        if count[form] > limit:
            yield Difference("quota-exceeded", of=form, before=str(count[form]), after=str(limit))


def _window(
    dossier: Dossier, campaign: Campaign, submitted_at: datetime | None
) -> Iterator[Difference]:
    """What is recorded as late stays so; what it would be now is shown beside it."""
    before, after = dossier.intake_until, campaign.intake_until
    if before is None or after is None or before == after:
        return
    yield Difference("window", before=before.isoformat(), after=after.isoformat())
    if submitted_at is not None and (late := late_days(submitted_at, after)) != dossier.late_days:
        yield Difference("late", before=str(dossier.late_days), after=str(late))


def late_days(at: datetime, until: datetime) -> int:
    """Begun days after the last moment; 0 in time."""
    return max(0, math.ceil((at - until) / timedelta(days=1)))
