"""Start here: the notification service, wired."""

from fastapi import FastAPI

from libs.eventlog.views import combined
from libs.serving.service import Service, serve
from libs.serving.settings import read_settings
from services.notification import board_papers, board_routes, boards
from services.notification.events import events
from services.notification.history import notices_of, reminders_of
from services.notification.http import routes
from services.notification.mail import Mailer
from services.notification.messages import subscriptions
from services.notification.reminders import Reminding
from services.notification.sending import Sender
from services.notification.settings import Settings
from services.notification.telling import Telling
from services.notification.views import projection


def create_app(settings: Settings) -> FastAPI:
    service = Service("notification", settings, events, combined(projection, boards.projection))
    notices = notices_of(service.log)
    service.broker = subscriptions(settings, Telling(notices))
    mailer = Mailer(
        settings.smtp_host, settings.smtp_port, settings.mail_from, timeout=settings.smtp_timeout
    )
    service.workers = [Sender(notices, service.views, mailer).run]
    reminding = Reminding(notices, reminders_of(service.log), service.views)
    board = board_routes.routes(reminding, service.views)
    papers = board_papers.routes(service.views)
    return service.app("Thông báo", [routes(notices, service.views), board, papers])


def main() -> None:
    settings = read_settings(Settings)
    serve(create_app(settings), settings)
