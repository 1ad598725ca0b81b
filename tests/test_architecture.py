"""The structure as it is promised: who imports whom, what is documented, what is not there."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SERVICES = ("directory", "campaign", "dossier", "notification", "audit", "portal")
LIBRARIES = ("eventlog", "serving", "officialdocs")
# Each may import only those before it (and helpers of its own service).
ORDER = ("events", "decisions", "history", "views", "http", "messages", "app")
DOMAIN_WORDS = re.compile(
    r"\b(campaign|dossier|nominee|award|council|commune|emulation|certificate)", re.IGNORECASE
)
NAMES_THAT_SAY_NOTHING = {"utils", "common", "helpers", "misc"}


def sources(folder: str) -> list[Path]:
    return sorted(p for p in (ROOT / folder).rglob("*.py") if "tests" not in p.parts)


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / line for line in listed.stdout.splitlines()]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_imports_another(service: str) -> None:
    others = tuple(f"services.{other}" for other in SERVICES if other != service)
    assert [
        (path.name, name)
        for path in sources(f"services/{service}")
        for name in imports(path)
        if name.startswith(others)
    ] == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_libraries_know_no_service(library: str) -> None:
    assert [
        (path.name, name)
        for path in sources(f"libs/{library}")
        for name in imports(path)
        if name.startswith(("services", "thidua", "deploy", "tests"))
    ] == []


@pytest.mark.parametrize("service", SERVICES)
def test_modules_import_in_the_written_order(service: str) -> None:
    wrong = []
    for path in sources(f"services/{service}"):
        layer = path.relative_to(ROOT / "services" / service).with_suffix("").parts[0]
        if layer not in ORDER:
            continue
        later = {f"services.{service}.{name}" for name in ORDER[ORDER.index(layer) + 1 :]}
        # views, http and messages are siblings: http may read views, messages may not know http
        wrong += [
            (path.name, name)
            for name in imports(path)
            if any(name == module or name.startswith(f"{module}.") for module in later)
        ]
    assert wrong == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_is_read_from_app(service: str) -> None:
    modules = {path.name for path in (ROOT / "services" / service).iterdir()}
    eight = {"app.py", "settings.py", "http.py", "events.py", "decisions.py", "history.py"}
    eight |= {"messages.py", "views.py"}
    if service == "directory":  # it is told by people only
        eight -= {"messages.py"}
    if service == "portal":  # no rule, no database: it asks the others
        eight = {"app.py", "settings.py", "http.py"}
    folders = {f"{name}.py" for name in modules if not name.endswith(".py")}
    assert eight - modules - folders == set()


def test_event_log_has_no_word_of_the_domain() -> None:
    found = {
        (path.name, match.group())
        for path in sources("libs/eventlog")
        for match in DOMAIN_WORDS.finditer(_without_examples(path.read_text(encoding="utf-8")))
    }
    assert found == set()


def _without_examples(text: str) -> str:
    """Docstrings may show how a service uses the library; code may not know the service."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [
        str(path.relative_to(ROOT))
        for path in tracked("*.py")
        if NAMES_THAT_SAY_NOTHING & {path.stem, *path.relative_to(ROOT).parts}
    ] == []


def test_documented_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    documented = {
        target
        for page in tracked("*.md")
        for target in re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))
    }
    assert documented - targets == set()


def test_documented_settings_exist() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in tracked("*.py", "*.yml", "*.yaml", "Makefile", "Dockerfile")
    )
    fields = {f"THIDUA_{name.upper()}" for name in re.findall(r"^    (\w+): ", code, re.MULTILINE)}
    fields |= {f"{name}_FILE" for name in fields} | set(re.findall(r"THIDUA_[A-Z_]+", code))
    documented = {
        variable
        for page in tracked("*.md")
        for variable in re.findall(r"`(THIDUA_[A-Z_]+)", page.read_text(encoding="utf-8"))
    }
    assert documented - fields == set()


def test_documents_link_to_files_that_exist() -> None:
    broken = [
        (page.name, link)
        for page in tracked("*.md")
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert broken == []
