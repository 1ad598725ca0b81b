"""From a plan's text to the fields of a campaign draft, each with its place in the text."""

from collections import Counter

import msgspec

from services.campaign.events import PlanField, Unfound
from services.campaign.naming import name_of
from services.campaign.plan.reader import read_plan


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
    title = name_of({field.id: field.value for field in fields})
    missing = tuple(Unfound(m.field, m.reason_vi) for m in plan.missing)
    return Draft(title, tuple(fields), missing)
