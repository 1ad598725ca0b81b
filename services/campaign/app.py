"""Start here: the campaign service, wired."""

from pathlib import Path

from fastapi import FastAPI

from libs.serving.evidence import Evidence
from libs.serving.service import Service, serve
from libs.serving.settings import read_settings
from services.campaign.events import events
from services.campaign.files.reading import Reader
from services.campaign.history import campaigns_of, registers_of
from services.campaign.http import guiding, importing, launching, planning, reading
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
        Evidence(Path(settings.evidence_dir)),
        Reader(largest=settings.largest_file, seconds=settings.reading_seconds),
    )
    groups = (importing, planning, launching, guiding, reading)
    return service.app("Phong trào thi đua", [group.routes(parts) for group in groups])


def main() -> None:
    settings = read_settings(Settings)
    serve(create_app(settings), settings)
