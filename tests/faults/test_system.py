"""Parts of the whole system are killed while officials work: nothing lost, nothing twice.

One system for all of it, so later faults hit one that has been through the earlier ones.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from deploy.local.environments import free_ports
from deploy.local.layout import CHECKOUT, Layout
from deploy.local.supervisor import Supervisor
from tests.faults import invariants
from tests.faults.load import Work, acknowledging, launching, proposing
from tests.faults.system import System
from thidua.demo import launching as story
from thidua.demo.client import Addresses, Services
from thidua.demo.organisation import Organisation, Plan, set_up
from thidua.services import DATABASE_SERVICES

PLAN = CHECKOUT / "examples/chi-lang-2024/plan.txt"
ALL_ROLES = "api,relay,followers"
BACKLOG = 5  # letters: the sender has begun, and is far from its end


@pytest.fixture(scope="module")
def prepared() -> Iterator[tuple[System, list[Work]]]:
    """A system with a campaign whose intake is open, and the work of eight clients in it."""
    folder = Path(tempfile.mkdtemp(prefix="thidua-faults-"))
    try:
        # The portal keeps nothing that could be lost.
        with Supervisor(folder, free_ports(), services=DATABASE_SERVICES) as supervisor:
            text = PLAN.read_text(encoding="utf-8")
            organisation, campaign = asyncio.run(_organised(supervisor, text))
            system = System(supervisor, organisation)
            system.until("quiet", system.is_quiet)  # all know the campaign
            yield system, _works(organisation, campaign, text)
    finally:
        Layout(folder).remove()


@pytest.fixture
def system(prepared: tuple[System, list[Work]]) -> System:
    return prepared[0]


@pytest.fixture
def works(prepared: tuple[System, list[Work]]) -> list[Work]:
    return prepared[1]


def test_nats_killed_and_wiped_loses_nothing(system: System, works: list[Work]) -> None:
    load = system.under_load(works, system.kill_and_wipe_nats)
    invariants.check(system, load.office.answered)


def test_database_cut_off_loses_nothing(system: System, works: list[Work]) -> None:
    load = system.under_load(works, system.supervisor.postgres.kill)
    invariants.check(system, load.office.answered)


@pytest.mark.parametrize("service", ["campaign", "dossier"])
def test_service_killed_at_work_loses_nothing(
    system: System, works: list[Work], service: str
) -> None:
    load = system.under_load(works, lambda: system.kill(service))
    invariants.check(system, load.office.answered)


def test_appended_before_the_kill_is_published_once(system: System, works: list[Work]) -> None:
    system.restart_as("campaign", "api")
    before = system.published("campaign")
    with system.load(works[:2]) as load:
        system.until("appended", lambda: load.ended or load.office.of("campaign") >= 10)
    assert system.published("campaign") == before
    assert system.read_logs()["campaign"] > before[-1]

    system.restart_as("campaign", ALL_ROLES)
    system.until("quiet", system.is_quiet)
    invariants.check(system, load.office.answered)


def test_sender_killed_repeats_at_most_one_letter(system: System, works: list[Work]) -> None:
    def kill_while_sending() -> None:
        system.until("letters to send", lambda: system.unsent() >= BACKLOG)
        system.kill("notification")
        system.sender_kills += 1

    load = system.under_load(works, kill_while_sending)
    invariants.check(system, load.office.answered)


async def _organised(supervisor: Supervisor, text: str) -> tuple[Organisation, str]:
    environments = supervisor.environments
    urls = {name: environments.url(name) for name in environments.ports}
    password = environments.administrator_password().read_text()
    services = Services(Addresses(urls, password))
    try:
        organisation = await set_up(services, _plan())
        campaign = await story.prepare(organisation, text, PLAN.name)
        await story.launch(organisation, campaign)
        await story.open_intake(organisation, campaign, timedelta(hours=1))
    finally:
        await services.close()
    return organisation, campaign


def _plan() -> Plan:
    command = [sys.executable, "-m", "thidua", "plan", "read", str(PLAN)]
    read = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    return Plan(json.loads(read.stdout))


def _works(organisation: Organisation, campaign: str, text: str) -> list[Work]:
    return [
        *(launching(organisation, text) for _ in range(2)),
        *(proposing(organisation[f"unit-{n}"], campaign) for n in range(1, 5)),
        *(acknowledging(organisation[f"unit-{n}-head"]) for n in (5, 6)),
    ]
