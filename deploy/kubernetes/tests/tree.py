"""The kustomize tree as the tests see it: with kubectl as it renders, without it file by file."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from deploy.compose.secrets import make_secrets

TREE = Path(__file__).resolve().parents[1]
TARGETS = ("base", "overlays/trial", "overlays/province")
INDEX = "kustomization.yaml"


def indexes() -> list[Path]:
    return sorted(TREE.rglob(INDEX))


def resource_files() -> list[Path]:
    return sorted(path for path in TREE.rglob("*.yaml") if path.name != INDEX)


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text())


def rendered(target: str, workplace: Path) -> list[dict[str, Any]]:
    """What `kubectl apply -k` would send, with secrets of its own; the plain files without kubectl.

    Files stand for themselves well enough: patches change single values in them.
    """
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        return [document for path in resource_files() for document in documents(path)]
    copied = workplace / "kubernetes"
    shutil.copytree(TREE, copied, ignore=shutil.ignore_patterns("files", "tests"))
    make_secrets(copied / "components/secrets/files")
    answer = subprocess.run(
        [kubectl, "kustomize", copied / target], capture_output=True, check=True, text=True
    )
    return list(yaml.safe_load_all(answer.stdout))


def documents(path: Path) -> Iterator[dict[str, Any]]:
    yield from yaml.safe_load_all(path.read_text())


def pods(resources: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and pod specification of everything that starts pods."""
    for resource in resources:
        if "template" in resource.get("spec", {}):
            yield resource["metadata"]["name"], resource["spec"]["template"]["spec"]
