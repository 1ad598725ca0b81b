"""Start here: the campaign service, wired."""

from fastapi import FastAPI

from libs.serving.service import Service, serve
from libs.serving.settings import read_settings
from services.campaign.events import events
from services.campaign.history import (
    campaigns_of,
    clusters_of,
    pledges_of,
    registers_of,
    registrations_of,
    reports_of,
)
from services.campaign.http import (
    clusters,
    guiding,
    launching,
    planning,
    reading,
    registering,
    reporting,
)
from services.campaign.http.doors import Parts
from services.campaign.messages import subscriptions
from services.campaign.settings import Settings
from services.campaign.views import projection


def create_app(settings: Settings) -> FastAPI:
    service = Service("campaign", settings, events, projection, broker=subscriptions(settings))
    parts = Parts(
        campaigns_of(service.log),
        registers_of(service.log),
        service.views,
        registrations_of(service.log),
        clusters_of(service.log),
        pledges_of(service.log),
        reports_of(service.log),
    )
    groups = (planning, launching, guiding, registering, clusters, reporting, reading)
    return service.app("Phong trào thi đua", [group.routes(parts) for group in groups])


def main() -> None:
    settings = read_settings(Settings)
    serve(create_app(settings), settings)
