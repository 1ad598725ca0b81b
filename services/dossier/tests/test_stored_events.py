"""What the dossier service once stored it can always read; what it tells others it keeps to."""

from pathlib import Path

from libs.serving.tests.stored import CONTRACTS, check_contracts, check_stored_events
from services.dossier import messages
from services.dossier.events import events
from services.dossier.tests.conftest import HANDLED


def test_every_stored_event_still_loads() -> None:
    check_stored_events(events, Path(__file__).parent / "stored_events")


def test_contracts_say_what_is_sent() -> None:
    check_contracts(events)


def test_examples_of_what_is_followed_are_understood() -> None:
    for topic in messages.CAMPAIGN | messages.DIRECTORY:
        example = (CONTRACTS / f"{topic}.example.json").read_bytes()
        HANDLED[topic].model_validate_json(example)
