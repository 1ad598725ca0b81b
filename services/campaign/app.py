"""Start here: the campaign service, wired."""

from fastapi import FastAPI

from libs.serving.service import Service, serve
from libs.serving.settings import read_settings
from services.campaign.events import events
from services.campaign.history import campaigns_of, registers_of
from services.campaign.http import guiding, launching, planning, reading
from services.campaign.http.doors import Parts
from services.campaign.messages import subscriptions
from services.campaign.settings import Settings
from services.campaign.views import projection


def create_app(settings: Settings) -> FastAPI:
    service = Service("campaign", settings, events, projection)
    campaigns = campaigns_of(service.log)
    service.broker = subscriptions(settings, campaigns)
    parts = Parts(campaigns, registers_of(service.log), service.views)
    groups = (planning, launching, guiding, reading)
    return service.app("Phong trào thi đua", [group.routes(parts) for group in groups])


def main() -> None:
    settings = read_settings(Settings)
    serve(create_app(settings), settings)
