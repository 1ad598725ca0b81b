"""Secrets of an installation: made once, for their owner, before anything is installed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

from deploy.compose.secrets import (
    CHECKOUT,
    FOLDER,
    IMAGE_UID,
    give_to_containers,
    make_secrets,
    write_environment,
)
from deploy.local.nats import authorization
from thidua.services import DATABASE_SERVICES


def test_made_for_their_owner_only_and_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    make_secrets(folder)
    made = {path.name: path.read_bytes() for path in folder.iterdir()}
    make_secrets(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == made
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_nothing_but_python_is_needed(tmp_path: Path) -> None:
    command = [sys.executable, "-I", "-S", "-c", _RUN, str(CHECKOUT), str(tmp_path / "secrets")]
    subprocess.run(command, check=True)
    assert (tmp_path / "secrets" / "kek").stat().st_size == 32


_RUN = """
import sys
sys.path.insert(0, sys.argv[1])
from deploy.compose.secrets import main
sys.exit(main(sys.argv[2:]))
"""


def test_compose_reads_every_secret_that_is_made(tmp_path: Path) -> None:
    make_secrets(tmp_path)
    compose = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
    read = {CHECKOUT / secret["file"] for secret in compose["secrets"].values()}
    assert read == {FOLDER / path.name for path in tmp_path.iterdir()}


def test_nats_knows_each_service_by_its_password(tmp_path: Path) -> None:
    make_secrets(tmp_path)
    passwords = {s: (tmp_path / f"nats-{s}").read_text() for s in DATABASE_SERVICES}
    assert (tmp_path / "nats-users.conf").read_text() == authorization(passwords) + "\n"


def test_containers_run_as_who_may_read_the_secrets(tmp_path: Path) -> None:
    (tmp_path / "kek").touch(0o600)
    uid = give_to_containers(tmp_path)
    assert (tmp_path / "kek").stat().st_uid == uid
    assert uid == (os.getuid() or IMAGE_UID)


@pytest.mark.parametrize("there", [None, "THIDUA_UID=7\n"])
def test_environment_of_the_operator_is_kept(tmp_path: Path, there: str | None) -> None:
    path = tmp_path / ".env"
    if there:
        path.write_text(there)
    write_environment(path, 1000)
    assert path.read_text().count("THIDUA_UID=1000\n") == (0 if there else 1)
