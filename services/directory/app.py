"""The directory: units over time, officials and their appointments, accounts, sessions, tokens."""

from datetime import timedelta
from pathlib import Path

import msgspec
from fastapi import FastAPI
from joserfc.jwk import OKPKey

from libs.eventlog.vault import read_kek
from libs.eventlog.views import combined
from libs.serving.acting import published
from libs.serving.service import Service, serve
from libs.serving.settings import Secret, read_settings
from services.directory import succession
from services.directory.bootstrap import open_first_account
from services.directory.events import events
from services.directory.history import Histories
from services.directory.http import (
    accounts,
    delegations,
    importing,
    officials,
    reorganisations,
    sessions,
    units,
)
from services.directory.http.doors import Parts
from services.directory.passwords import Passwords
from services.directory.permissions import projection as permissions
from services.directory.reorganisations import Reorganisations
from services.directory.sessions import Sessions
from services.directory.settings import Settings
from services.directory.views import projection


def create_app(settings: Settings) -> FastAPI:
    key = OKPKey.import_key(settings.signing_key)
    keys = published(key)
    # The directory believes its own key alone and need not ask itself for it.
    own = Secret(msgspec.json.encode(keys.as_dict(private=False)).decode())
    service = Service(
        "directory",
        msgspec.structs.replace(settings, directory_keys=own),
        events,
        combined(projection, succession.projection, permissions),
        kek=read_kek(Path(settings.kek_file)),
        starting=[lambda: open_first_account(histories, passwords, settings.admin_password)],
    )
    histories, views = Histories(service.log), service.views
    passwords = Passwords(views)
    lasts = timedelta(hours=settings.session_hours)
    signing_in = Sessions(
        histories,
        views,
        passwords,
        key,
        lasts=lasts,
        idle=timedelta(minutes=settings.session_idle_minutes),
        one_session=settings.one_session,
    )
    parts = Parts(histories, views, passwords)
    together = Reorganisations(histories, views)
    service.workers = [together.run]
    return service.app(
        "Danh bạ",
        [
            sessions.routes(signing_in, keys),
            units.routes(parts),
            officials.routes(parts),
            reorganisations.routes(parts, together),
            accounts.routes(parts, signing_in),
            delegations.routes(parts),
            importing.routes(parts),
        ],
    )


def main() -> None:
    settings = read_settings(Settings)
    serve(create_app(settings), settings)
