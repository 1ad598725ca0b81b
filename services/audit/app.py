"""Audit: every event of every service in one sealed log, signed checkpoints, verification."""

from fastapi import FastAPI

from libs.serving.service import Service, serve
from libs.serving.settings import read_settings
from services.audit.events import events
from services.audit.http import routes
from services.audit.messages import subscriptions
from services.audit.notes import Signer
from services.audit.sealer import Sealer
from services.audit.settings import Settings
from services.audit.verifying import Verifier
from services.audit.views import projection


def create_app(settings: Settings) -> FastAPI:
    broker = subscriptions(settings)
    signer = Signer(settings.origin, settings.audit_key)

    async def seal_for_ever() -> None:
        await sealer.run()

    service = Service("audit", settings, events, projection, broker=broker, workers=[seal_for_ever])
    log, views = service.log, service.views
    sealer = Sealer(log, views, signer, every=settings.seal_every)
    verifier = Verifier(settings.urls(), settings.log_token, signer)
    return service.app("Kiểm toán", [routes(log, views, broker, sealer, verifier, signer)])


def main() -> None:
    settings = read_settings(Settings)
    serve(create_app(settings), settings)
