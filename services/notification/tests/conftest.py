"""A stage per test: a database and a mail server of its own."""

from collections.abc import AsyncIterator

import pytest

from services.notification.tests.mail_server import MailServer, mail_server
from services.notification.tests.stage import Stage, stage
from tests.infrastructure import Postgres


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    async with mail_server() as taking:
        yield taking


@pytest.fixture
async def on_stage(postgres: Postgres, mail: MailServer) -> AsyncIterator[Stage]:
    async with stage(postgres, mail) as set_up:
        yield set_up
