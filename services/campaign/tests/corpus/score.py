"""What the reader finds in the corpus: right, wrong, missed, field by field."""

import asyncio
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.campaign.files.reading import Reader
from services.campaign.plan.reader import read_plan
from services.campaign.tests.corpus.plans import PLANS, Plan
from services.campaign.tests.corpus.writing import file_of

READER = Reader(largest=2**20, seconds=60)


@dataclass(frozen=True)
class Outcome:
    """One value of one field of one plan. verdict: right, wrong or missed."""

    plan: str
    field: str
    verdict: str
    value: str


def score() -> list[Outcome]:
    return asyncio.run(scored())


async def scored(plans: Iterable[Plan] = PLANS) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for plan in plans:
        draft = read_plan((await READER.read(file_of(plan))).text)
        read: dict[str, Counter[str]] = {name: Counter() for name in FIELDS}
        for fact in draft.fields:
            value = FIELDS[fact.field](fact.value) if fact.field in FIELDS else None
            if value is not None:
                read[fact.field][_said(value)] += 1
        truth = _truth(plan)
        for name in FIELDS:
            outcomes += _compared(plan, name, truth[name], read[name])
    return outcomes


def table(outcomes: Iterable[Outcome]) -> str:
    """A line for each field and one for all, in Vietnamese."""
    counted: dict[str, Counter[str]] = {name: Counter() for name in (*FIELDS, "tất cả")}
    for one in outcomes:
        counted[one.field][one.verdict] += 1
        counted["tất cả"][one.verdict] += 1
    lines = [f"{'nội dung':<20}{'có':>6}{'đọc':>6}{'đúng':>6}{'sai':>6}{'sót':>6}"]
    for name, count in counted.items():
        there = count["right"] + count["missed"]
        found = count["right"] + count["wrong"]
        lines.append(
            f"{name:<20}{there:>6}{found:>6}{count['right']:>6}{count['wrong']:>6}{count['missed']:>6}"
        )
    return "\n".join(lines)


def _compared(plan: Plan, name: str, truth: Counter[str], read: Counter[str]) -> Iterable[Outcome]:
    for verdict, values in (
        ("right", truth & read),
        ("missed", truth - read),
        ("wrong", read - truth),
    ):
        for value in values.elements():
            yield Outcome(plan.name, name, verdict, value)


def _basis(value: Mapping[str, Any]) -> Any:
    return [value["kind"], value["number"], value["date"], value["issuer"]]


def _units(value: Mapping[str, Any]) -> Any:
    """None where the reader says that it cannot tell the units."""
    return (
        [value["assigned_units"], value["coordinating_units"]] if value["assigned_units"] else None
    )


def _moment(value: Mapping[str, Any] | None) -> Any:
    return value and [value["kind"], value["relation"], value["date"], value["event"]]


FIELDS: Mapping[str, Any] = {
    "issuing_authority": str,
    "superior_authority": str,
    "document_number": str,
    "document_symbol": str,
    "place": str,
    "document_date": str,
    "abstract": str,
    "legal_bases": _basis,
    "theme": str,
    "content_points": lambda value: value["text"],
    "period": lambda value: [_moment(value["starts"]), _moment(value["ends"])],
    "duties": _units,
    "lead_unit": str,
    "appraising_unit": str,
    "recipients": lambda value: [value["name"], value["purpose"]],
    "signer": lambda value: [value["name"], value["title"], value["form"]],
}


def _truth(plan: Plan) -> dict[str, Counter[str]]:
    name = plan.subject
    truth: dict[str, list[Any]] = {
        "issuing_authority": [" ".join(plan.authority)],
        "superior_authority": [" ".join(plan.superior)] if plan.superior else [],
        "document_number": [plan.number] if plan.number else [],
        "document_symbol": [plan.symbol],
        "place": [plan.place],
        "document_date": _day(plan.day),
        "abstract": [name.abstract],
        "legal_bases": [list(basis[:4]) for basis in plan.bases],
        "theme": [name.theme],
        "content_points": list(name.points),
        "period": [[_moment(plan.period[1]["starts"]), _moment(plan.period[1]["ends"])]],
        "duties": [[list(units), list(others)] for units, others, _ in plan.duties],
        "lead_unit": [plan.lead] if plan.lead else [],
        "appraising_unit": [plan.appraiser] if plan.appraiser else [],
        "recipients": [[*one] for one in (*plan.recipients, (plan.filing, "archive"))],
        "signer": [[plan.signature.name, plan.signature.title, plan.signature.form]],
    }
    return {field: Counter(map(_said, values)) for field, values in truth.items()}


def _day(written: str) -> list[str]:
    try:
        day, month, year = map(int, written.split("/"))
        return [date(year, month, day).isoformat()]
    except ValueError:
        return []


def _said(value: Any) -> str:
    """For comparison: composed letters, single spaces, one spelling of tones, no end mark."""
    if isinstance(value, list | tuple):
        return " | ".join("-" if part is None else _said(part) for part in value)
    text = unicodedata.normalize("NFC", str(value)).replace("uỷ", "ủy").replace("Uỷ", "Ủy")
    return re.sub(r"\s+", " ", text).strip(" .")
