"""Local rules with the day they hold from. None of them is law; the office may set its own file.

The law asks for proposal letter, achievement report and minutes (Luật 06/2022/QH15 Đ84.2), for
numbers that run through the year (NĐ 30/2020/NĐ-CP Đ15) and makes the council advisory (Luật
06/2022/QH15 Đ90.1). Returns, quorum and threshold at this level are local.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from services.dossier.terms import CouncilRules, Share

PAPERS_OF_LAW = ("proposal-letter", "achievement-report", "minutes")


class Rules(msgspec.Struct, frozen=True):
    """What holds from `valid_from` until the next entry; `regime` names the law in force."""

    valid_from: date
    regime: str
    returns_allowed: int = 1
    council: CouncilRules = CouncilRules(
        quorum=Share(2, 3), threshold=Share(1, 2, of="present", strictly=True)
    )
    decision_symbol: str = "QĐ-UBND"


DEFAULT = (Rules(valid_from=date(2024, 1, 1), regime="law-06-2022-qh15"),)


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
