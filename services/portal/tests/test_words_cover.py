"""Every event and refusal code in the services' sources has its words here.

The sources are read as text: no service imports another, and neither does this test.
"""

import re
from pathlib import Path

from services.portal.explanations import EXPLANATIONS
from services.portal.words import EVENTS, FIELDS, ROLES

SERVICES = Path(__file__).parents[2]


def found(pattern: str, files: str) -> set[str]:
    """What the pattern's group matches in the services' own modules, tests left out."""
    sources = [path for path in SERVICES.glob(files) if "tests" not in path.parts]
    return {code for path in sources for code in re.findall(pattern, path.read_text())}


def test_every_event_has_its_history_line() -> None:
    assert found(r'events\.of\(\s*"([a-z.-]+)"', "*/events.py") - set(EVENTS) == set()


def test_every_refusal_is_explained() -> None:
    assert found(r'Refused\(\s*"([a-z-]+)"', "*/**/*.py") - set(EXPLANATIONS) == set()


def test_every_field_of_a_plan_and_every_role_has_its_label() -> None:
    plan = (SERVICES / "campaign" / "plan" / "draft.py").read_text()
    fields = re.findall(r'^    "([a-z_]+)",$', plan, re.MULTILINE)
    roles = found(r'require\("([a-z-]+)"', "*/**/*.py")
    assert (set(fields) - set(FIELDS), roles - set(ROLES)) == (set(), set())
