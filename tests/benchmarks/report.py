"""What was measured against what was promised: a table, then one JSON object as the last line."""

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

AT_LEAST, AT_MOST = "≥", "≤"
TARGETS: Mapping[str, tuple[str, float]] = {
    "append_vs_library": (AT_LEAST, 15),
    "append_vs_message_db": (AT_LEAST, 5),
    "append_vs_pgbench": (AT_LEAST, 1.2),
    "command_vs_sqlalchemy": (AT_LEAST, 4),
    "command_vs_empty": (AT_LEAST, 0.4),
    "pipeline_vs_command": (AT_LEAST, 0.6),
    "follow_p50_ms": (AT_MOST, 15),
    "replay_events_per_s": (AT_LEAST, 150_000),
}
Repeat = Mapping[str, Mapping[str, float]]
"""One round of a part: what each variant measured, by the name of the quantity."""


@dataclass
class Result:
    """What one part found: its variants' measurements, the key figures, and remarks."""

    repeats: Sequence[Repeat]
    figures: dict[str, float | None]
    notes: list[str] = field(default_factory=list)


def values(repeats: Sequence[Repeat], variant: str, quantity: str = "rate") -> list[float]:
    return [r[variant][quantity] for r in repeats if quantity in r.get(variant, {})]


def median(repeats: Sequence[Repeat], variant: str, quantity: str) -> float | None:
    found = values(repeats, variant, quantity)
    return statistics.median(found) if found else None


def paired_ratio(repeats: Sequence[Repeat], variant: str, rival: str) -> float | None:
    """The median over the repeats of the ratio within one repeat; None without the rival."""
    ratios = [r[variant]["rate"] / r[rival]["rate"] for r in repeats if variant in r and rival in r]
    return statistics.median(ratios) if ratios else None


def show(title: str, result: Result) -> None:
    """A part's table: medians (least–most) over the repeats of what each variant measured."""
    variants = list(dict.fromkeys(name for repeat in result.repeats for name in repeat))
    quantities = list(
        dict.fromkeys(q for repeat in result.repeats for found in repeat.values() for q in found)
    )
    print(f"\n{title}")
    print("| variant | " + " | ".join(quantities) + " |")
    print("|---" * (len(quantities) + 1) + "|")
    for variant in variants:
        cells = [_cell(values(result.repeats, variant, quantity)) for quantity in quantities]
        print(f"| {variant} | " + " | ".join(cells) + " |")
    for note in result.notes:
        print(f"- {note}")


def conclude(figures: Mapping[str, float | None]) -> None:
    """The targets and whether each holds; the last line is the JSON object."""
    print("\n| figure | measured | target | holds |\n|---|---|---|---|")
    for name, (relation, target) in TARGETS.items():
        measured = figures.get(name)
        shown = "not measured" if measured is None else f"{measured:,.2f}"
        print(f"| {name} | {shown} | {relation} {target:,} | {_verdict(measured, name)} |")
    print(json.dumps({name: _rounded(figures.get(name)) for name in TARGETS}), flush=True)


def _verdict(measured: float | None, name: str) -> str:
    if measured is None:
        return "–"
    relation, target = TARGETS[name]
    holds = measured >= target if relation == AT_LEAST else measured <= target
    return "yes" if holds else "NO"


def _cell(found: Sequence[float]) -> str:
    if not found:
        return ""
    return f"{_number(statistics.median(found))} ({_number(min(found))}–{_number(max(found))})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
