"""What docker-compose.yml promises: every part watched, restricted, and closed to the network."""

import re
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from deploy.compose.secrets import CHECKOUT
from deploy.local.environments import DEFAULT_PORTS, variable
from thidua.services import SERVICES

COMPOSE: dict[str, Any] = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
PARTS: dict[str, dict[str, Any]] = COMPOSE["services"]
ONCE = {"migrate"}  # ends when it is done


def test_parts_are_the_six_services_and_what_they_need() -> None:
    assert set(PARTS) == {*SERVICES, "postgres", "nats", "mailbox", *ONCE}


def test_mailbox_is_no_part_of_production() -> None:
    assert {name: p["profiles"] for name, p in PARTS.items() if "profiles" in p} == {
        "mailbox": ["mailbox"]
    }


@pytest.mark.parametrize("name", PARTS)
def test_part_is_restricted(name: str) -> None:
    part = PARTS[name]
    assert {
        "read_only": part["read_only"],
        "cap_drop": part["cap_drop"],
        "security_opt": part["security_opt"],
        "limited": {"mem_limit", "cpus", "pids_limit"} <= part.keys(),
    } == {
        "read_only": True,
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges:true"],
        "limited": True,
    }


def test_only_postgres_starts_as_root_and_gives_that_up() -> None:
    assert {name for name, part in PARTS.items() if "user" not in part} == {"postgres"}
    assert {name for name, part in PARTS.items() if "cap_add" in part} == {"postgres"}


@pytest.mark.parametrize("name", sorted(set(PARTS) - ONCE))
def test_part_is_watched_and_started_again(name: str) -> None:
    assert "test" in PARTS[name]["healthcheck"]
    assert PARTS[name]["restart"] == "unless-stopped"


def test_ports_are_open_to_this_host_only() -> None:
    published = {name: part["ports"] for name, part in PARTS.items() if "ports" in part}
    assert published == {
        name: [f"127.0.0.1:${{{variable(name)}:-{DEFAULT_PORTS[name]}}}:{DEFAULT_PORTS[name]}"]
        for name in SERVICES
    }


def test_nats_writes_through_to_the_disk() -> None:
    configuration = (CHECKOUT / "deploy/compose/nats.conf").read_text()
    assert re.findall(r"^\s*sync_interval: (\w+)$", configuration, re.MULTILINE) == ["always"]


def test_no_password_has_a_default() -> None:
    given = [
        f"{variable}={value}"
        for part in PARTS.values()
        for variable, value in part.get("environment", {}).items()
        if re.search("PASSWORD|TOKEN|KEY|KEK", variable)
        and not (variable.endswith("_FILE") and str(value).startswith("/run/secrets/"))
        and variable != "THIDUA_KEYS_DSN"
    ]
    assert given == []
