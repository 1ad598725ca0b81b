"""What a campaign is called: after its plan's abstract, without the verb of launching."""

import re
from collections.abc import Mapping
from typing import Any

UNTITLED = "Phong trào thi đua"
_LAUNCHING = re.compile(
    r"^(về việc |v/v )?(phát động|tổ chức) (?=phong trào|đợt thi đua|thi đua)", re.IGNORECASE
)


def name_of(values: Mapping[str, Any]) -> str:
    """`values` by field id: the first abstract, else the first theme, begins with a capital."""
    title = str(values.get("abstract.0") or values.get("theme.0") or UNTITLED).strip().rstrip(".")
    name = _LAUNCHING.sub("", title)
    return name[:1].upper() + name[1:]
