"""What the service once stored it can always read; what it tells others it keeps to."""

from pathlib import Path

from libs.serving.tests.stored import check_contracts, check_stored_events
from services.notification.events import events


def test_every_stored_event_still_loads() -> None:
    check_stored_events(events, Path(__file__).parent / "stored_events")


def test_contracts_say_what_is_sent() -> None:
    check_contracts(events)
