"""The whole running system for tests in a browser, with data set up as anybody would: over HTTP."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec

from deploy.local.environments import free_ports
from deploy.local.supervisor import Supervisor
from services.campaign.plan.reader import read_plan
from thidua.demo import launching, nominating
from thidua.demo.client import Addresses, Person, Services, until
from thidua.demo.organisation import Plan, set_up

PLAN = Path(__file__).parents[2] / "examples/chi-lang-2024/plan.txt"
PAPER = nominating.SAMPLE_PAPER
PASSWORD = "mot-cau-dai-de-nho-1"
INTAKE_FOR = timedelta(days=30)


@dataclass(frozen=True)
class System:
    """A running system with one organisation, a campaign that takes dossiers, and a draft."""

    portal: str
    addresses: Addresses
    session_key: str
    usernames: dict[str, str]
    campaign: str
    draft: str

    @asynccontextmanager
    async def people(self, *who: str) -> AsyncIterator[list[Person]]:
        """People who act beside the browser, over HTTP."""
        services = Services(self.addresses)
        try:
            yield [await services.sign_in(self.usernames[one], PASSWORD) for one in who]
        finally:
            await services.close()


@contextmanager
def running_system() -> Iterator[System]:
    data = Path(tempfile.mkdtemp(prefix="thidua-browser-"))
    try:
        with Supervisor(data, free_ports(), say=lambda _: None) as supervisor:
            environments = supervisor.environments
            addresses = Addresses(
                {name: environments.url(name) for name in environments.ports},
                environments.administrator_password().read_text(),
            )
            key = environments.secrets.text_key("session-key").read_text()
            made = asyncio.run(_made(addresses))
            yield System(environments.url("portal"), addresses, key, **made)
    finally:
        shutil.rmtree(data, ignore_errors=True)


async def _made(addresses: Addresses) -> dict[str, Any]:
    services = Services(addresses)
    try:
        text = PLAN.read_text(encoding="utf-8")
        organisation = await set_up(
            services, Plan(msgspec.to_builtins(read_plan(text))), password=PASSWORD
        )
        campaign = await launching.prepare(organisation, text, PLAN.name)
        await launching.launch(organisation, campaign)
        await launching.open_intake(organisation, campaign, INTAKE_FOR)
        await _intake_known(organisation["unit-1"], campaign)
        draft = await launching.prepare(organisation, text, PLAN.name, confirm=False)
        return {"usernames": organisation.usernames, "campaign": campaign, "draft": draft}
    finally:
        await services.close()


async def _intake_known(officer: Person, campaign: str) -> None:
    async def known() -> Any:
        items = (await officer.get("dossier", "/campaigns"))["items"]
        return [item for item in items if item["campaign"] == campaign and item["intake_open"]]

    await until("intake known to the dossier service", known)
