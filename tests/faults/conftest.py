"""The stage of the follower's tests: on the shared servers, or with a NATS of its own to hurt."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.stage import Stage, stage
from tests.infrastructure import Nats, Postgres

pytest.register_assert_rewrite("tests.faults.invariants")  # else they fail without saying what


@pytest.fixture
async def scene(postgres: Postgres, nats_server: Nats, tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(postgres, nats_server, tmp_path) as set_up:
        yield set_up


@pytest.fixture
async def fragile_nats(
    postgres: Postgres, fresh_nats: Nats, tmp_path: Path
) -> AsyncIterator[Stage]:
    async with stage(postgres, fresh_nats, tmp_path) as set_up:
        yield set_up
