"""A campaign that no longer runs takes no dossiers. Pure."""

import pytest

from services.dossier.decisions import access
from services.dossier.decisions import dossier as decisions
from services.dossier.decisions.states import Dossier
from services.dossier.tests.cases import CAMPAIGN as ID
from services.dossier.tests.cases import (
    NOW,
    PAPERS,
    UNIT,
    appraiser,
    complete,
    differing,
    dossier,
    in_appraisal,
    leader,
    refused,
    returned,
    specialist,
)


@pytest.mark.parametrize("standing", ["closed", "concluded", "cancelled", "recalled", "replaced"])
def test_campaign_that_does_not_run_takes_no_new_dossier(standing: str) -> None:
    over = differing(standing=standing)
    opening = refused(
        "campaign-not-running", lambda: decisions.open_dossier(Dossier(), over, by=specialist)
    )
    sending = refused(
        "campaign-not-running",
        lambda: decisions.submit(dossier(*complete), over, at=NOW, by=leader),
    )
    assert [opening, sending] == [{"standing": standing}] * 2


@pytest.mark.parametrize("standing", ["closed", "concluded"])
def test_supplement_is_taken_by_a_campaign_closed_or_concluded_only(standing: str) -> None:
    sent_back = dossier(*in_appraisal, returned)
    closed = differing(standing=standing)
    (event,) = decisions.submit(sent_back, closed, at=NOW, by=leader)
    assert (event.unit, event.papers) == (UNIT, PAPERS)  # type: ignore[attr-defined]
    assert event.campaign == ID  # type: ignore[attr-defined]
    recalled = differing(standing="recalled")
    refused(
        "campaign-not-running", lambda: decisions.submit(sent_back, recalled, at=NOW, by=leader)
    )


def test_recalled_campaign_offers_nothing_to_units() -> None:
    recalled = differing(standing="recalled")
    assert access.offered(recalled, appraiser) is recalled
    refused("not-found", lambda: access.offered(recalled, specialist))
    running = differing()
    assert access.offered(running, specialist) is running
    refused("not-found", lambda: access.offered(None, appraiser))
