"""What one version of a guidance says otherwise than another, field by field. Pure."""

from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any

import msgspec

from services.campaign.events import GuidanceContent, GuidanceIssued

CONTENT = tuple(field.name for field in msgspec.structs.fields(GuidanceContent))


class Changed(msgspec.Struct, frozen=True):
    """`field` with the key of the entry in `of`; `before` or `after` None: not there."""

    field: str
    of: str
    before: Any
    after: Any


def content_of(issued: GuidanceIssued) -> GuidanceContent:
    return GuidanceContent(**{name: getattr(issued, name) for name in CONTENT})


def differences(before: GuidanceContent, after: GuidanceContent) -> list[Changed]:
    """What was there before in its order, then what is new; [] for two that say the same."""
    old, new = _entries(before), _entries(after)
    keys = dict.fromkeys([*old, *new])
    return [
        Changed(*key, old.get(key), new.get(key)) for key in keys if old.get(key) != new.get(key)
    ]


def _entries(content: GuidanceContent) -> Mapping[tuple[str, str], Any]:
    """Everything a guidance says by what it is about, so that the same stands beside the same."""
    found: dict[tuple[str, str], Any] = {
        ("intake_from", ""): content.intake_from.astimezone(UTC).isoformat(),
        ("intake_until", ""): content.intake_until.astimezone(UTC).isoformat(),
        ("who", ""): content.who,
    }
    for form in content.forms:
        found["form", form.code] = form.name
        found["form.kinds", form.code] = sorted(form.kinds)
        found["form.quota", form.code] = form.quota
        if form.papers:
            found["form.papers", form.code] = sorted(form.papers)
    found |= {
        ("group-quota", f"{one.form}|{one.group}|{'each' if one.each else 'all'}"): one.quota
        for one in content.group_quotas
    }
    found |= _listed("condition", content.conditions)
    for one in content.criteria:
        found[f"criterion.{one.kind}", one.text] = one.max_points
    found |= {("share", one.of): one.percent for one in content.shares}
    return found | _listed("paper", content.papers)


def _listed(field: str, values: Iterable[str]) -> dict[tuple[str, str], Any]:
    return {(field, value): value for value in values}
