"""The award guidance of a launched campaign, and the intake of dossiers."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from libs.eventlog.events import Event, Refused
from libs.serving.acting import Acting
from services.campaign.decisions.access import own, running
from services.campaign.decisions.states import Campaign, Stage
from services.campaign.events import AwardForm, Criterion, GuidanceIssued, IntakeOpened

NOMINEE_KINDS = frozenset({"individual", "collective", "household"})


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
    own(campaign, by)
    by.require("leader", duty="home-affairs")
    if campaign.stage is not Stage.launched:
        raise Refused("not-launched", stage=campaign.stage)
    running(campaign)
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
    own(campaign, by)
    by.require("leader", "specialist", duty="home-affairs")
    if campaign.guidance is None:
        raise Refused("guidance-missing")
    if campaign.intake_open:
        return []
    running(campaign)
    return [IntakeOpened(id)]
