"""From a plan's text to the fields of a campaign draft, each with its place in the text."""

from collections import Counter

import msgspec

from services.campaign.events import PlanField, Unfound
from services.campaign.plan.reader import read_plan

UNTITLED = "Phong trào thi đua"


class Draft(msgspec.Struct, frozen=True):
    title: str
    fields: tuple[PlanField, ...]
    missing: tuple[Unfound, ...]


def drafted_from(text: str) -> Draft:
    """Raises NotAPlan. Field ids are `<field>.<n>`, counted per field in the order of the text."""
    plan = read_plan(text)
    count: Counter[str] = Counter()
    fields = []
    for found in plan.fields:
        id = f"{found.field}.{count[found.field]}"
        count[found.field] += 1
        span = found.span
        fields.append(PlanField(id, found.field, found.value, span.start, span.end, found.line))
    values = {field.field: field.value for field in reversed(fields)}
    title = values.get("abstract") or values.get("theme") or UNTITLED
    missing = tuple(Unfound(m.field, m.reason_vi) for m in plan.missing)
    return Draft(str(title), tuple(fields), missing)
