"""Organising the campaign: duties of units, and who leads, appraises and hears difficulties."""

import re
from dataclasses import dataclass

from services.campaign.plan.draft import Found, Missing
from services.campaign.plan.layout import Item, Piece, items
from services.campaign.plan.sections import Section
from services.campaign.plan.text import Source, Text
from services.campaign.plan.units import Assignment, read_assignment

_SENTENCE_END = re.compile(r"\.(?= [A-Z])")
_INSTRUCTS = re.compile(r"(?:.{0,60} )?(?:[Yy]eu cau|[Dd]e nghi|[Gg]iao) ")
_APPRAISES = re.compile(r"\b[Tt]ham dinh\b")
_DIFFICULTY = re.compile(r"vuong mac")
_CHANNEL = re.compile(
    r"(?:phan anh|bao cao|gui|thong tin|trao doi|lien he)(?: \w{1,8}){0,4}? (?:ve|den|toi|voi) "
    r"(?P<to>[^(.;]{2,120}?)"
    r"(?: ?\((?:thong )?qua (?P<within>[^)]{3,120})\)|,? (?:thong )?qua (?P<after>[^(.;]{3,120}?))?"
    r"(?=,? (?:de|tong hop|xem xet|kip thoi|giai quyet)\b|[.;]|$)"
)


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty or instruction and, if it could be read, who it is given to."""

    item: Item
    assignment: Assignment | None


def organising_facts(source: Source, sections: list[Section]) -> tuple[list[Found], list[Missing]]:
    """Duties, the lead and the appraising unit, the feedback channel."""
    if not sections:
        reason = "Không thấy phần tổ chức thực hiện."
        names = ("duties", "lead_unit", "appraising_unit", "feedback_channel")
        return [], [Missing(name, reason) for name in names]
    duties: list[Duty] = []
    closing: list[Piece] = []
    for section in sections:
        intro, points, after = items(section.parts)
        duties += [Duty(item, read_assignment(item.body)) for item in points]
        closing += after if points else intro
    duties += _instructions(closing)
    found, missing = _duty_facts(source, duties)
    for field, chosen, reason in (
        ("lead_unit", [d for d in duties if d.assignment and d.assignment.chairs], _NO_LEAD),
        ("appraising_unit", [d for d in duties if _appraises(d)], _NO_APPRAISER),
    ):
        facts, gaps = _one_unit(source, field, chosen, reason)
        found += facts
        missing += gaps
    facts, gaps = _feedback(source, [*(duty.item.whole for duty in duties), *_texts(closing)])
    return found + facts, missing + gaps


_NO_LEAD = "Không thấy đơn vị nào được giao chủ trì."
_NO_APPRAISER = "Không thấy đơn vị nào được giao thẩm định hồ sơ."


def _texts(parts: list[Piece]) -> list[Text]:
    return [part.text for part in parts]


def _instructions(closing: list[Piece]) -> list[Duty]:
    """An instruction without a number; what follows its first sentence is not part of it."""
    duties = []
    for block in closing:
        end = _SENTENCE_END.search(block.text.plain)
        sentence = block.text.cut(0, end.end() if end else None)
        assignment = read_assignment(sentence)
        if assignment and _INSTRUCTS.match(sentence.plain):
            duties.append(Duty(Item(None, sentence, sentence), assignment))
    return duties


def _duty_facts(source: Source, duties: list[Duty]) -> tuple[list[Found], list[Missing]]:
    found, missing = [], []
    for duty in duties:
        item, assigned = duty.item, duty.assignment
        value = {
            "number": item.number,
            "text": item.body.chars,
            "assigned_units": [unit.chars for unit in assigned.units] if assigned else [],
            "lead_unit": assigned.lead.chars if assigned and assigned.lead else None,
            "coordinating_units": [u.chars for u in assigned.coordinating] if assigned else [],
            "what": assigned.work.chars if assigned else item.body.chars,
        }
        found.append(source.found("duties", value, item.whole))
        if not assigned:
            missing.append(Missing("duties", f"Chưa rõ giao cho đơn vị nào: {_name(item)}."))
        elif not assigned.lead:
            missing.append(Missing("duties", f"Giao cho nhiều đơn vị: {_name(item)}."))
        if assigned and not assigned.understood:
            missing.append(Missing("duties", f"Chưa rõ phối hợp với đơn vị nào: {_name(item)}."))
    if not duties:
        missing.append(Missing("duties", "Phần tổ chức thực hiện không có nhiệm vụ nào."))
    return found, missing


def _name(item: Item) -> str:
    return f"nhiệm vụ {item.number}" if item.number else f"đoạn “{item.body.chars[:50].rstrip()}…”"


def _appraises(duty: Duty) -> bool:
    return bool(_APPRAISES.search(duty.item.body.plain))


def _one_unit(
    source: Source, field: str, duties: list[Duty], reason: str
) -> tuple[list[Found], list[Missing]]:
    units: dict[str, Text] = {}
    for duty in duties:
        if duty.assignment:
            for unit in duty.assignment.units:
                units.setdefault(unit.plain.lower(), unit)
    if len(units) == 1:
        unit = next(iter(units.values()))
        return [source.found(field, unit.chars, unit)], []
    if units:
        names = "; ".join(unit.chars for unit in units.values())
        reason = f"Chưa rõ là đơn vị nào trong các đơn vị: {names}."
    return [], [Missing(field, reason)]


def _feedback(source: Source, texts: list[Text]) -> tuple[list[Found], list[Missing]]:
    for text in texts:
        trouble = _DIFFICULTY.search(text.plain)
        match = _CHANNEL.search(text.plain, trouble.end()) if trouble else None
        if match:
            via = text.group(match, "within" if match["within"] else "after")
            value = {"to": text.group(match, "to").chars, "via": via.chars or None}
            return [source.found("feedback_channel", value, text.group(match))], []
    reason = "Không thấy nơi nhận phản ánh khó khăn, vướng mắc."
    return [], [Missing("feedback_channel", reason)]
