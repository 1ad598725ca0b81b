"""What each service is told, and where things are kept."""

from importlib import import_module
from pathlib import Path

import pytest

from deploy.local.environments import Environments, PortUnreadable, chosen_ports, free_ports
from deploy.local.layout import CHECKOUT, LONGEST_SOCKET, SOCKET_NAME, Layout
from libs.serving.settings import read_settings
from thidua.services import SERVICES


def test_default_ports_move_one_by_one() -> None:
    moved = chosen_ports({"THIDUA_DOSSIER_PORT": "9083"})
    assert moved == chosen_ports({}) | {"dossier": 9083}


@pytest.mark.parametrize("given", ["", "http", "0", "65536", "-1"])
def test_port_that_is_none_is_refused_by_name(given: str) -> None:
    with pytest.raises(PortUnreadable, match="THIDUA_NATS_PORT"):
        chosen_ports({"THIDUA_NATS_PORT": given})


WRITTEN = [s for s in SERVICES if (CHECKOUT / "services" / s / "settings.py").exists()]


@pytest.mark.parametrize("service", WRITTEN)
def test_every_service_is_told_what_it_must_know(service: str, tmp_path: Path) -> None:
    environments = Environments(Layout(tmp_path), free_ports())
    environments.layout.secrets.mkdir()
    settings = import_module(f"services.{service}.settings").Settings
    read = read_settings(settings, environments.of(service))
    assert read.port == environments.ports[service]


def test_no_secret_stands_in_an_environment(tmp_path: Path) -> None:
    environments = Environments(Layout(tmp_path), free_ports())
    environments.layout.secrets.mkdir()
    told = "\n".join("\n".join(environments.of(service).values()) for service in SERVICES)
    secrets = [path.read_bytes() for path in environments.layout.secrets.iterdir()]
    assert [secret for secret in secrets if secret in told.encode()] == []


def test_only_the_signer_is_told_of_the_signing_key(tmp_path: Path) -> None:
    environments = Environments(Layout(tmp_path), free_ports())
    environments.layout.secrets.mkdir()
    told = {s for s in SERVICES if "THIDUA_SIGNING_KEY_FILE" in environments.of(s)}
    assert told == {"directory"}


def test_portal_is_told_of_no_database_and_no_bus(tmp_path: Path) -> None:
    environments = Environments(Layout(tmp_path), free_ports())
    environments.layout.secrets.mkdir()
    names = environments.of("portal").keys()
    assert sorted(n for n in names if not n.endswith("_URL")) == [
        "THIDUA_HOST",
        "THIDUA_PORT",
        "THIDUA_SESSION_KEY_FILE",
    ]


def test_socket_of_a_deep_data_folder_still_has_a_short_name(tmp_path: Path) -> None:
    socket = Layout(tmp_path / ("deep" * 30)).socket / SOCKET_NAME
    assert len(str(socket)) <= LONGEST_SOCKET
