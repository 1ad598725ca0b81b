"""Given a history that begins late, the page goes no further back than it. Pure."""

from typing import Any

from services.portal.known import Directory
from services.portal.present.history import history


def step(version: int) -> dict[str, Any]:
    told = {"version": version, "at": "2024-04-05T01:30:00+00:00", "event": "campaign.closed"}
    return told | {"actor": None, "role": "clerk", "unit": "", "data": {}}


def test_past_begins_with_the_first_step_that_is_told() -> None:
    told = history("/campaigns/1", [step(7), step(9)], Directory())
    assert (told.first, told.last) == (7, 9)
    nothing = history("/campaigns/1", [], Directory())
    assert (nothing.first, nothing.last) == (1, 0)
