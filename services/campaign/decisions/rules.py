"""Local rules with the day they hold from. None of them is law; the office may set its own file.

What of a plan must be there before launch, how long a reason has to be, which documents share a
series of numbers: practice, not law, so dated configuration. `blocking` names items of the
readiness list; that every field is confirmed always blocks, whatever it says.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

SERIES = {"plan": "KH", "amendment": "KH", "correction": "CV"}  # by kind of document


class Rules(msgspec.Struct, frozen=True):
    """What holds from `valid_from` until the next entry. Lengths in characters."""

    valid_from: date
    shortest_reason: int = 20
    legal_bases: int = 2
    criteria: int = 3
    blocking: tuple[str, ...] = ("essentials", "legal-bases")
    funding: bool = False  # whether money has to be approved before launch
    series: Mapping[str, str] = msgspec.field(default_factory=lambda: dict(SERIES))


DEFAULT = (Rules(valid_from=date(2024, 1, 1)),)
CODES = "PT"  # the series of campaigns' own codes, no documents


def read_rules(path: str | None) -> tuple[Rules, ...]:
    """The rules of a JSON file (a list of `Rules`), or the default ones.

    Raises OSError, msgspec.ValidationError.
    """
    if path is None:
        return DEFAULT
    return msgspec.json.decode(Path(path).read_bytes(), type=tuple[Rules, ...])


def rules_on(rules: Sequence[Rules], day: date) -> Rules:
    """The entry that holds on `day`; the first one for days before it."""
    ordered = sorted(rules, key=lambda entry: entry.valid_from)
    holding = [entry for entry in ordered if entry.valid_from <= day]
    return holding[-1] if holding else ordered[0]
