"""A form shown again keeps what was typed, and says what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from starlette.datastructures import FormData

from services.portal.clients import Away, SaidNo
from services.portal.pages import Ask
from services.portal.parts import Field, Problem
from services.portal.refusals import explain

EMPTY_FIELD = "Ô này còn trống."


def refilled(ask: Ask, typed: Mapping[str, Sequence[str]], problems: Sequence[Problem] = ()) -> Ask:
    """The question with the answers given so far; each problem also stands at its field."""
    wrong = {problem.field: problem.text for problem in problems if problem.field}
    return replace(
        ask,
        fields=tuple(_refilled(field, typed, wrong) for field in ask.fields),
        problems=tuple(problems),
    )


def _refilled(field: Field, typed: Mapping[str, Sequence[str]], wrong: Mapping[str, str]) -> Field:
    value = field.value
    if typed and field.kind not in ("hidden", "file", "password"):
        # An unticked box posts nothing, so once something was typed, absent means unticked.
        given = typed.get(field.name, () if field.kind in ("checkbox", "radio") else (value,))
        value = " ".join(given) if field.kind == "checkbox" else next(iter(given), "")
    return replace(field, value=value, error=wrong.get(field.name, ""))


def typed_into(form: FormData) -> dict[str, list[str]]:
    """What was typed, by name; a file has to be chosen again."""
    typed: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            typed.setdefault(name, []).append(value)
    return typed


def missing(fields: Sequence[Field], form: FormData) -> list[Problem]:
    """Required fields left empty."""
    return [
        Problem(f"{field.label}: {EMPTY_FIELD.lower()}", field.name)
        for field in fields
        if field.required and field.kind != "hidden" and not _given(form, field)
    ]


def as_problem(no: SaidNo | Away) -> Problem:
    """A refusal in one sentence, for the top of the form it answers."""
    page = explain(no.code, no.facts if isinstance(no, SaidNo) else {})
    told = "; ".join(f"{fact.label}: {fact.value}" for fact in page.facts if fact.value)
    return Problem(
        " ".join(filter(None, (f"{page.title}.", page.why, f"({told})" if told else "")))
    )


def _given(form: FormData, field: Field) -> bool:
    return any(
        value.strip() if isinstance(value, str) else value.filename
        for value in form.getlist(field.name)
    )
