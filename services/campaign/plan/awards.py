"""Award forms a plan mentions, who decides them, and the council that advises."""

import re
from collections.abc import Iterator

from services.campaign.plan.draft import Found, Missing
from services.campaign.plan.text import Source, Text

_FORM = r"(?:[Gg]iay khen|[Bb]ang khen|[Cc]o [Tt]hi dua|[Hh]uan chuong|[Kk]y niem chuong)"
_AUTHORITY = (
    r"(?P<authority>Chu tich (?:UBND|Uy ban nhan dan) (?:huyen|tinh|thanh pho|thi xa|xa|phuong)"
    r"(?: [A-Z]\w{0,12}){0,4}|Thu tuong Chinh phu)"
)
_FORMS = re.compile(_FORM + r"\b")
_GIVES = re.compile(
    rf"{_AUTHORITY},? (?:xem xet,? )?(?:quyet dinh )?(?:tang thuong|tang|khen thuong)\b"
    rf"(?:,? (?P<form>{_FORM}))?"
)
_GIVEN_BY = re.compile(rf"(?P<form>{_FORM}) cua {_AUTHORITY}")
_COUNCIL = re.compile(
    r"Hoi dong (?:TD-?,? ?KT|[Tt]hi dua(?:,| -|,? va)? ?[Kk]hen thuong)"
    r"(?: cap)?(?: (?P<level>huyen|tinh|thanh pho|thi xa|xa)\b(?: [A-Z]\w{0,12}){0,3})?"
)


def award_facts(source: Source, texts: list[Text]) -> tuple[list[Found], list[Missing]]:
    """Each form once, each authority with the form it gives once, the one council."""
    forms = {text.plain.lower(): text for text in _matches(_FORMS, texts)}
    found = [source.found("award_forms", form.chars, form) for form in forms.values()]
    missing = [] if forms else [Missing("award_forms", "Không nhắc tới hình thức khen thưởng nào.")]
    authorities = _authorities(source, texts)
    found += authorities
    if not authorities:
        reason = "Không ghi ai quyết định khen thưởng."
        missing.append(Missing("award_authority", reason))
    councils, gaps = _council(source, texts)
    return found + councils, missing + gaps


def _matches(pattern: re.Pattern[str], texts: list[Text]) -> Iterator[Text]:
    """Last to first, so that a dict keeps the place of the first mention."""
    for text in reversed(texts):
        for match in reversed(list(pattern.finditer(text.plain))):
            yield text.group(match)


def _authorities(source: Source, texts: list[Text]) -> list[Found]:
    found: dict[tuple[str, str], Found] = {}
    for text in texts:
        for match in (*_GIVES.finditer(text.plain), *_GIVEN_BY.finditer(text.plain)):
            authority, form = text.group(match, "authority"), text.group(match, "form")
            value = {"authority": authority.chars, "form": form.chars or None}
            key = (authority.plain, form.plain.lower())
            found.setdefault(key, source.found("award_authority", value, text.group(match)))
    return list(found.values())


def _council(source: Source, texts: list[Text]) -> tuple[list[Found], list[Missing]]:
    levels: dict[str | None, Text] = {}
    for text in texts:
        for match in _COUNCIL.finditer(text.plain):
            levels.setdefault(match["level"], text.group(match))
    named = {level: text for level, text in levels.items() if level} or levels
    if len(named) == 1:
        council = next(iter(named.values()))
        return [source.found("council", council.chars, council)], []
    reason = "Không nhắc tới Hội đồng thi đua, khen thưởng."
    if named:
        reason = "Nhắc tới hội đồng của nhiều cấp, chưa rõ hội đồng nào xét."
    return [], [Missing("council", reason)]
