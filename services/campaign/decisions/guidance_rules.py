"""What makes a guidance whole, and the local settings it is drafted under.

None of the numbers is law: who signs, which register it is entered in and that points add up to a
hundred are an authority's own settings. Papers of every award dossier: Luật 06/2022/QH15 Đ84.2.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import msgspec

from libs.eventlog.events import Refused
from services.campaign.events import Criterion, GuidanceContent, GuidanceRules

NOMINEE_KINDS = frozenset({"individual", "collective", "household"})
SHARED = frozenset({"direct-workers", "women", "ethnic-minorities"})
SIGNERS = ("home-affairs", "chairman")
DEFAULT = (GuidanceRules(valid_from=date(2024, 1, 1)),)


def read_rules(path: str | None) -> tuple[GuidanceRules, ...]:
    """The rules of a JSON file (a list of `GuidanceRules`), or the default ones.

    Raises OSError, msgspec.ValidationError, ValueError for a signer nobody can be.
    """
    if path is None:
        return DEFAULT
    rules = msgspec.json.decode(Path(path).read_bytes(), type=tuple[GuidanceRules, ...])
    if wrong := {entry.signer for entry in rules} - set(SIGNERS):
        raise ValueError(f"signer: {sorted(wrong)}, known are {SIGNERS}")
    return rules or DEFAULT


def rules_on(rules: Sequence[GuidanceRules], day: date) -> GuidanceRules:
    """The entry that holds on `day`; the first one for days before it."""
    ordered = sorted(rules, key=lambda entry: entry.valid_from)
    holding = [entry for entry in ordered if entry.valid_from <= day]
    return holding[-1] if holding else ordered[0]


def check(content: GuidanceContent, rules: GuidanceRules) -> None:
    """Refused where a guidance could not be applied as it stands."""
    if not content.forms or not content.criteria:
        raise Refused(
            "guidance-incomplete", forms=len(content.forms), criteria=len(content.criteria)
        )
    if content.intake_until < content.intake_from:
        raise Refused("window-ends-before-it-begins")
    _known_kinds(content)
    _no_form_twice(content)
    for kind in sorted(NOMINEE_KINDS):
        _points_add_up([one for one in content.criteria if one.kind == kind], kind, rules)
    _quotas_fit(content)
    _shares_are_known(content)


def _known_kinds(content: GuidanceContent) -> None:
    kinds = {kind for form in content.forms for kind in form.kinds}
    if unknown := sorted((kinds | {one.kind for one in content.criteria}) - NOMINEE_KINDS):
        raise Refused("unknown-kind", kinds=unknown)


def _no_form_twice(content: GuidanceContent) -> None:
    if twice := _repeated(form.code for form in content.forms):
        raise Refused("form-twice", forms=twice)


def _points_add_up(criteria: Sequence[Criterion], kind: str, rules: GuidanceRules) -> None:
    """Criteria without points stand beside those with points: they are met or not met."""
    total = sum(one.max_points for one in criteria)
    if total not in (0, rules.points_total):
        raise Refused("points-do-not-add-up", kind=kind, total=total, needed=rules.points_total)


def _quotas_fit(content: GuidanceContent) -> None:
    quotas = {form.code: form.quota for form in content.forms}
    for one in content.group_quotas:
        if one.form not in quotas:
            raise Refused("quota-of-no-form", form=one.form)
        if one.quota > quotas[one.form]:
            raise Refused("quota-beyond-form", form=one.form, quota=one.quota)
    if twice := _repeated(f"{one.form}|{one.group}|{one.each}" for one in content.group_quotas):
        raise Refused("quota-twice", quotas=twice)


def _shares_are_known(content: GuidanceContent) -> None:
    if wrong := [one.of for one in content.shares if one.of not in SHARED]:
        raise Refused("unknown-share", shares=wrong)
    if twice := _repeated(one.of for one in content.shares):
        raise Refused("unknown-share", shares=twice)


def _repeated(values: Iterable[str]) -> list[str]:
    return sorted(value for value, times in Counter(values).items() if times > 1)
