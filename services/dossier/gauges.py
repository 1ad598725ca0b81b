"""How much of each quota is used, and how near a list is to its share targets. Local, never law."""

from collections.abc import Mapping
from typing import Any

from services.dossier.decisions.states import Campaign, Dossier
from services.dossier.history import Nominee

Counts = Mapping[tuple[str, str], int]  # lines by form and unit
Answer = dict[str, Any]


def gauges_of(
    campaign: Campaign, counts: Counts, kinds: Mapping[str, str], own: str | None
) -> list[Answer]:
    """For each form: all lines, then group by group. `own`: only what limits this unit.

    `group` is a kind of unit and "" for all; `unit` is set where each unit has the quota alone.
    """
    found = []
    for form in campaign.forms:
        if form.quota is not None:
            of_form = sum(lines for (code, _), lines in counts.items() if code == form.code)
            found.append(_gauge(form.code, form.name, of_form, form.quota))
        for one in campaign.group_quotas:
            if one.form != form.code or (own is not None and kinds.get(own) != one.group):
                continue
            of_group = {
                unit: lines
                for (code, unit), lines in counts.items()
                if code == form.code and kinds.get(unit) == one.group
            }
            if not one.each:
                value = sum(of_group.values())
                found.append(_gauge(form.code, form.name, value, one.quota, one.group))
                continue
            units = of_group if own is None else {own: of_group.get(own, 0)}
            found += [
                _gauge(form.code, form.name, lines, one.quota, one.group, unit)
                for unit, lines in sorted(units.items())
            ]
    return found


def _gauge(form: str, name: str, value: int, limit: int, group: str = "", unit: str = "") -> Answer:
    return {
        "form": form,
        "form_name": name,
        "group": group,
        "unit": unit,
        "value": value,
        "limit": limit,
    }


def shares_of(
    dossier: Dossier, campaign: Campaign, nominees: Mapping[int, Nominee]
) -> list[Answer]:
    """Each target against the individuals of the list; who said nothing of a group is not of it."""
    people = [id_ for id_, line in dossier.lines.items() if line.kind == "individual"]
    found = []
    for target in campaign.shares:
        of = sum(target.of in nominees[id_].belongs for id_ in people if id_ in nominees)
        found.append(
            {
                "of": target.of,
                "percent": target.percent,
                "value": of,
                "total": len(people),
                "reached": of * 100 >= target.percent * len(people),
            }
        )
    return found
