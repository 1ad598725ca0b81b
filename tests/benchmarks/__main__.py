"""`python -m tests.benchmarks`: side by side in one run, ratios paired within a repeat."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.benchmarks import appending, commanding, replaying
from tests.benchmarks.report import Result, conclude, show
from tests.benchmarks.rig import Rig, flush_ms, rig

PARTS: Mapping[str, Callable[[Rig], Result]] = {
    "append": appending.measure,
    "command": commanding.measure_command,
    "pipeline": commanding.measure_pipeline,
    "replay": replaying.measure,
}


def main() -> None:
    chosen = _arguments()
    figures: dict[str, float | None] = {}
    with rig(chosen.repeats, chosen.seconds) as servers:
        disk = flush_ms(Path(servers.postgres.home))
        cores = len(os.sched_getaffinity(0))
        print(f"{cores} cores, {disk:.2f} ms to make 8 KB durable, load {os.getloadavg()[0]:.1f}")
        for name, measure in _parts(chosen.only).items():
            result = measure(servers)
            show(name, result)
            figures |= result.figures
    conclude(figures)


def _parts(only: str | None) -> Mapping[str, Callable[[Rig], Result]]:
    if only is not None:
        return {only: PARTS[only]}
    # The pipeline's part measures the command's variants in the same rounds.
    return {name: measure for name, measure in PARTS.items() if name != "command"}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--repeats", type=int, default=5, help="rounds of all variants (5)")
    parser.add_argument("--seconds", type=float, default=3.0, help="of each variant's turn (3)")
    parser.add_argument("--only", choices=tuple(PARTS), help="one part alone")
    return parser.parse_args(sys.argv[1:])


if __name__ == "__main__":
    main()
