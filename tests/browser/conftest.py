"""One running system and one browser for the tests in this folder."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser.screens import Screens
from tests.browser.system import System, running_system

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--headless",
    "--no-sandbox",  # the tests run as root in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    if not CHROMIUM.exists() and "CI" not in os.environ:
        pytest.skip(f"a browser test needs {CHROMIUM}: apt-get install chromium")
    with running_system() as running:
        yield running


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        await started.close()


@pytest.fixture
def screens(browser: Browser, system: System) -> Screens:
    return Screens(browser, system)
