"""Every manifest is known to Kubernetes to its last field, restricted, and listed in its index."""

from pathlib import Path
from typing import Any

import pytest
from kubernetes_validate import validate  # type: ignore[import-untyped]

from deploy.kubernetes.tests.tree import (
    INDEX,
    TARGETS,
    TREE,
    documents,
    indexes,
    pods,
    read,
    rendered,
    resource_files,
)
from thidua.services import SERVICES

VERSIONS = ("1.30", "1.37")
SECRETS = "/run/secrets/thidua/"


def _named(path: Path) -> str:
    return str(path.relative_to(TREE))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("path", resource_files(), ids=_named)
def test_file_holds_one_resource_that_is_valid(path: Path, version: str) -> None:
    (resource,) = documents(path)
    validate(resource, version, strict=True)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("target", TARGETS)
def test_everything_that_would_be_applied_is_valid(
    target: str, version: str, tmp_path: Path
) -> None:
    for resource in rendered(target, tmp_path):
        validate(resource, version, strict=True)


@pytest.mark.parametrize("index", indexes(), ids=_named)
def test_index_lists_exactly_the_files_beside_it(index: Path) -> None:
    listed = read(index)
    configured = [
        *_sources(listed.get("configMapGenerator", [])),
        *listed.get("resources", []),
        *listed.get("components", []),
    ]
    here = {name for name in configured if not name.startswith("..")}
    beside = {path.name for path in index.parent.iterdir()} - {INDEX}
    assert here == beside - NOT_LISTED.get(_named(index.parent), set())
    assert [name for name in configured if not (index.parent / name).exists()] == []


# `service` is what the folders of the services list; `files` is what an operator makes.
NOT_LISTED = {"base": {"service"}, "components/secrets": {"files"}}


@pytest.mark.parametrize("target", TARGETS)
def test_no_pod_may_more_than_it_needs(target: str, tmp_path: Path) -> None:
    found = dict(pods(rendered(target, tmp_path)))
    assert {name: _restrictions(pod) for name, pod in found.items()} == dict.fromkeys(
        found, RESTRICTED
    )


RESTRICTED = {
    "non-root": True,
    "seccomp": "RuntimeDefault",
    "token": False,
    "escalation": [False],
    "read-only": [True],
    "dropped": [["ALL"]],
    "limits": [["cpu", "memory"]],
}


def _restrictions(pod: dict[str, Any]) -> dict[str, Any]:
    containers = pod["containers"]
    return {
        "non-root": pod["securityContext"]["runAsNonRoot"],
        "seccomp": pod["securityContext"]["seccompProfile"]["type"],
        "token": pod["automountServiceAccountToken"],
        "escalation": [c["securityContext"]["allowPrivilegeEscalation"] for c in containers],
        "read-only": [c["securityContext"]["readOnlyRootFilesystem"] for c in containers],
        "dropped": [c["securityContext"]["capabilities"]["drop"] for c in containers],
        "limits": [sorted(c["resources"]["limits"]) for c in containers],
    }


@pytest.mark.parametrize("path", resource_files(), ids=_named)
def test_no_secret_stands_in_the_tree(path: Path) -> None:
    assert [r["kind"] for r in documents(path) if r["kind"] == "Secret"] == []


@pytest.mark.parametrize("service", SERVICES)
def test_service_is_given_exactly_the_secrets_it_reads(service: str) -> None:
    settings = (TREE / "base" / service / "settings.env").read_text().splitlines()
    values = [line.partition("=")[2] for line in settings]
    paths = {value.removeprefix(SECRETS) for value in values if value.startswith(SECRETS)}
    generated = read(TREE / "components/secrets" / INDEX)["secretGenerator"]
    (own,) = [secret for secret in generated if secret["name"] == f"thidua-{service}"]
    assert {_key(given) for given in own["files"]} == paths


@pytest.mark.parametrize("service", SERVICES)
def test_service_starts_itself_with_its_own_secrets(service: str) -> None:
    (patch, *_) = read(TREE / "base" / service / INDEX)["patches"]
    assert f"/args/-, value: {service}}}" in patch["patch"]
    assert f"/secret/secretName, value: thidua-{service}}}" in patch["patch"]


def _sources(generators: list[dict[str, Any]]) -> list[str]:
    return [
        given.rpartition("=")[2]
        for generator in generators
        for given in (*generator.get("files", ()), *generator.get("envs", ()))
    ]


def _key(given: str) -> str:
    """`key=files/name`, or `files/key`."""
    key, named, _ = given.partition("=")
    return key if named else Path(key).name
