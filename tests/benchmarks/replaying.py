"""Reading a million events back into state, through the registry, as a rebuild does."""

import statistics

from libs.serving.tests.databases import service_databases
from tests.benchmarks.replay_worker import EVENTS, STREAMS, load
from tests.benchmarks.report import Result, values
from tests.benchmarks.rig import Rig

REPLAY = "replay"


def measure(rig: Rig) -> Result:
    databases = service_databases(rig.postgres, "dossier")
    average = load(databases.owner_dsn)
    told = {"dsn": databases.dsn}
    repeats = rig.interleaved({REPLAY: lambda: rig.child("replay_worker", told)})
    what = f"{EVENTS:,} events of {average:.0f} bytes in {STREAMS:,} streams, COPYed in once"
    notes = [f"{what}; one process reads them, decodes typed events and folds them into states"]
    rate = statistics.median(values(repeats, REPLAY))
    return Result(repeats, {"replay_events_per_s": rate}, notes)
