"""The dossier service, wired: read this first."""

from pathlib import Path

from fastapi import FastAPI

from libs.eventlog.vault import read_kek
from libs.serving.evidence import Evidence
from libs.serving.service import Service, serve
from libs.serving.settings import read_settings
from services.dossier.decisions.rules import read_rules
from services.dossier.events import events
from services.dossier.history import Histories
from services.dossier.http import appraising, deciding, meeting, preparing, reading
from services.dossier.http.doors import Parts
from services.dossier.messages import subscriptions
from services.dossier.pseudonyms import Pseudonyms
from services.dossier.rechecking import Rechecking
from services.dossier.settings import Settings
from services.dossier.signers import Signers
from services.dossier.succeeding import Succeeding
from services.dossier.together import Together
from services.dossier.views import projection


def create_app(settings: Settings) -> FastAPI:
    service = Service(
        "dossier",
        settings,
        events,
        projection,
        kek=read_kek(Path(settings.kek_file)),
    )
    histories = Histories(service.log)
    service.broker = subscriptions(settings, Succeeding(histories))
    parts = Parts(
        histories=histories,
        together=Together(histories, read_rules(settings.rules_file)),
        views=service.views,
        evidence=Evidence(Path(settings.evidence_dir)),
        pseudonyms=Pseudonyms(settings.pseudonym_key),
        signers=Signers(settings.directory_url),
    )
    service.workers = [Rechecking(histories, service.views).run]
    groups = (reading, preparing, appraising, meeting, deciding)
    return service.app("Hồ sơ", [group.routes(parts) for group in groups])


def main() -> None:
    settings = read_settings(Settings)
    serve(create_app(settings), settings)
