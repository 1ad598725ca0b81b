"""Start here: the campaign service, wired."""

from pathlib import Path

from fastapi import FastAPI

from libs.serving.evidence import Evidence
from libs.serving.service import Service, serve
from libs.serving.settings import read_settings
from libs.serving.working_days import read_calendar
from services.campaign.clocks import Clockwork, Kind
from services.campaign.deadlines import Deadlines, read_limits
from services.campaign.decisions import guidance_rules
from services.campaign.decisions.falling_due import fall_due
from services.campaign.decisions.rules import read_rules
from services.campaign.difficulties_history import difficulties_of
from services.campaign.events import events
from services.campaign.files.reading import Reader
from services.campaign.history import (
    campaigns_of,
    clusters_of,
    pledges_of,
    registers_of,
    registrations_of,
    reports_of,
)
from services.campaign.http import (
    amending,
    changing,
    clusters,
    describing,
    difficulties,
    guiding,
    importing,
    launching,
    papers,
    papers_of_changes,
    planning,
    reading,
    registering,
    registers,
    reporting,
    writing,
)
from services.campaign.http.doors import Parts
from services.campaign.messages import subscriptions
from services.campaign.settings import Settings
from services.campaign.views import difficulties as difficulties_seen
from services.campaign.views import projection

OF_PLANS = (
    planning,  # first: routes are tried in order, and fields are confirmed one by one
    writing,
    papers,
    papers_of_changes,
    importing,
    launching,
    describing,
    changing,
    amending,
)
GROUPS = (*OF_PLANS, guiding, registering, clusters, reporting, reading, registers)


def create_app(settings: Settings) -> FastAPI:
    service = Service("campaign", settings, events, projection)
    campaigns = campaigns_of(service.log)
    service.broker = subscriptions(settings, campaigns)
    parts = Parts(
        campaigns,
        registers_of(service.log),
        service.views,
        registrations_of(service.log),
        clusters_of(service.log),
        pledges_of(service.log),
        reports_of(service.log),
        Evidence(Path(settings.evidence_dir)),
        Reader(largest=settings.largest_file, seconds=settings.reading_seconds),
        read_rules(settings.rules_file),
        guidance_rules.read_rules(settings.guidance_rules_file),
    )
    deadlines = Deadlines(read_limits(settings.limits_file), read_calendar(settings.calendar_file))
    service.workers = [clockwork_of(service, deadlines).run]
    return service.app(
        "Phong trào thi đua",
        [*(group.routes(parts) for group in GROUPS), difficulties.routes(parts, deadlines)],
    )


def clockwork_of(service: Service, deadlines: Deadlines) -> Clockwork:
    """Every kind of stream on which time acts."""
    of_difficulties = Kind(
        "difficulty",
        difficulties_of(service.log),
        difficulties_seen.due,
        lambda state, due, at: fall_due(state, due.step, deadlines=deadlines, at=at),
    )
    return Clockwork(service.views, [of_difficulties], service.troubles)


def main() -> None:
    settings = read_settings(Settings)
    serve(create_app(settings), settings)
