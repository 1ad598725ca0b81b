"""How a service reaches NATS and follows the other services."""

from faststream.security import SASLPlaintext

from libs.eventlog.follower import FollowerOptions, LogBroker, LogFollower
from libs.serving.settings import ServiceSettings


def log_broker(settings: ServiceSettings) -> LogBroker:
    """A broker with the service's own NATS user."""
    if settings.nats_user is None:
        return LogBroker(settings.nats_url)
    security = SASLPlaintext(username=settings.nats_user, password=settings.nats_password or "")
    return LogBroker(settings.nats_url, security=security)


def follow(
    broker: LogBroker,
    settings: ServiceSettings,
    *,
    reader: str,
    service: str,
    url: str,
    options: FollowerOptions | None = None,
) -> LogFollower:
    """`reader` follows `service`, whose HTTP address is `url`."""
    return broker.follow(
        service,
        name=f"{reader}.{service}",
        dsn=settings.database_dsn,
        password=settings.database_password,
        log_url=f"{url}/log",
        log_token=settings.log_token,
        options=options,
    )
