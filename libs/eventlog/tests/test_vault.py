"""Personal values: no other process, no container and no other place gets round their key."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID, uuid4

import pytest

from libs.eventlog import vault as vaults
from libs.eventlog.events import Event, Personal, Registry
from libs.eventlog.vault import ERASED, Erased, Vault
from libs.serving.tests.databases import service_databases
from tests.infrastructure import Postgres

TOPIC, STREAM, NAME = "box.given.v1", uuid4(), "Nông Thị Mẫu"


class Given(Event):
    to: Personal


@pytest.fixture
async def replicas(postgres: Postgres) -> AsyncIterator[tuple[Vault, Vault]]:
    """Two processes of one service."""
    databases, kek = service_databases(postgres, "dossier"), os.urandom(32)
    async with AsyncExitStack() as stack:
        both = []
        for _ in range(2):
            vault = Vault(databases.keys_dsn, kek=kek, schema="dossier")
            await vault.open_store()
            stack.push_async_callback(vault.close_store)
            both.append(vault)
        yield both[0], both[1]


async def sealed(vault: Vault, person: UUID) -> Event:
    return await vault.seal(Given(Personal(person, text=NAME)), TOPIC, STREAM, 1)


async def test_erasure_is_seen_by_other_processes(
    replicas: tuple[Vault, Vault], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = replicas
    person = uuid4()
    given = await sealed(here, person)
    assert await there.open(given, TOPIC, STREAM, 1) == Given(Personal(person, text=NAME))
    await here.erase(person)
    monkeypatch.setattr(vaults, "KEPT", 0.0)  # what is kept in memory has grown old
    assert await there.open(given, TOPIC, STREAM, 1) == Given(Personal(person, text=ERASED))
    with pytest.raises(Erased):
        await sealed(there, person)


async def test_box_cannot_be_recorded_again(replicas: tuple[Vault, Vault]) -> None:
    given = await sealed(replicas[0], uuid4())
    with pytest.raises(ValueError, match="another place"):
        await replicas[0].seal(given, TOPIC, STREAM, 2)


@pytest.mark.parametrize("kind", [list[Personal], dict[str, Personal], frozenset[Personal]])
def test_event_cannot_hide_persons_from_the_vault(kind: Any) -> None:
    hiding = type("Hiding", (Event,), {"__annotations__": {"people": kind}})
    with pytest.raises(TypeError, match="stand in tuples"):
        Registry("shelf").of("box.hiding")(hiding)
