"""Settings are declared once; the embedded run, compose and Kubernetes give these and no others."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import pytest
import yaml  # type: ignore[import-untyped]

from deploy.local.environments import Environments, free_ports
from deploy.local.layout import CHECKOUT, Layout
from libs.serving.settings import Secret, ServiceSettings
from thidua.services import SERVICES

KUBERNETES = CHECKOUT / "deploy/kubernetes"
Given = Callable[[str, Path], set[str]]


def embedded(service: str, workplace: Path) -> set[str]:
    environments = Environments(Layout(workplace), free_ports())
    environments.layout.secrets.mkdir()
    return set(environments.of(service))


def compose(service: str, _: Path) -> set[str]:
    return set(_compose()["services"][service]["environment"])


def kubernetes(service: str, _: Path) -> set[str]:
    lines = (KUBERNETES / "base" / service / "settings.env").read_text().split()
    return {line.partition("=")[0] for line in lines}


@pytest.mark.parametrize("given", [embedded, compose, kubernetes])
@pytest.mark.parametrize("service", SERVICES)
def test_service_is_given_what_it_declares_and_must_have(
    service: str, given: Given, tmp_path: Path
) -> None:
    known, needed = declared(service)
    found = given(service, tmp_path)
    assert (sorted(found - known), sorted(needed - found)) == ([], [])


@pytest.mark.parametrize("service", SERVICES)
def test_operators_are_told_of_every_setting_that_nothing_gives(
    service: str, tmp_path: Path
) -> None:
    """With its real name; what all services have alike is for those who run parts of them apart."""
    common = {f"THIDUA_{name.upper()}" for name in ServiceSettings.__struct_fields__}
    common |= {f"{name}_FILE" for name in common}  # secrets
    given = compose(service, tmp_path) | embedded(service, tmp_path)
    readme = (CHECKOUT / "deploy/README.md").read_text(encoding="utf-8")
    silent = {name for name in declared(service)[0] - given - common if f"`{name}`" not in readme}
    assert silent == set()


def test_overlays_change_only_what_is_declared() -> None:
    unknown = [
        (service, name)
        for index in (KUBERNETES / "overlays").rglob("kustomization.yaml")
        for service, name in _changed(yaml.safe_load(index.read_text()))
        if name not in declared(service)[0]
    ]
    assert unknown == []


@pytest.mark.parametrize("service", SERVICES)
def test_compose_mounts_every_secret_where_it_is_read(service: str) -> None:
    part = _compose()["services"][service]
    values = map(str, part["environment"].values())
    read = {value for value in values if value.startswith("/run/secrets/")}
    assert {f"/run/secrets/{_target(secret)}" for secret in part["secrets"]} == read


def declared(service: str) -> tuple[set[str], set[str]]:
    """The variables a service may be given, and those it cannot start without."""
    settings = import_module(f"services.{service}.settings").Settings
    hints = get_type_hints(settings)
    known, needed = set(), set()
    for field in msgspec.structs.fields(settings):
        secret = hints[field.name] in (Secret, Secret | None)
        variable = f"THIDUA_{field.name.upper()}{'_FILE' if secret else ''}"
        known.add(variable)
        if field.required:
            needed.add(variable)
    return known, needed


def _compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
    return loaded


def _changed(index: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (generator["name"].removeprefix("settings-"), literal.partition("=")[0])
        for generator in index.get("configMapGenerator", [])
        for literal in generator.get("literals", [])
    ]


def _target(secret: str | dict[str, str]) -> str:
    return secret if isinstance(secret, str) else secret["target"]
