"""What the campaign service learns from others over NATS."""

import msgspec

from libs.eventlog.follower import LogBroker, Message, Tx
from libs.serving.bus import follow, log_broker
from services.campaign.settings import Settings


class UnitEstablished(msgspec.Struct, frozen=True):
    """What we need of the directory's unit.established.v1."""

    code: str
    name: str
    kind: str
    authority: str


def subscriptions(settings: Settings) -> LogBroker:
    broker = log_broker(settings)
    directory = follow(
        broker,
        settings,
        reader="campaign",
        service="directory",
        url=settings.directory_url,
    )

    @directory.on("unit.established.v1")
    def on_unit_established(message: Message[UnitEstablished], tx: Tx) -> None:
        unit = message.data
        tx.execute(
            "INSERT INTO following.unit (code, name, kind, authority) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind",
            [unit.code, unit.name, unit.kind, unit.authority],
        )

    return broker
