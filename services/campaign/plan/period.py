"""When a campaign begins and ends: on a day, in a month or year, or by some event."""

import itertools
import re
from typing import Any

from services.campaign.plan.dates import DATE, iso_month, read_date
from services.campaign.plan.draft import Found, Missing
from services.campaign.plan.layout import paragraphs
from services.campaign.plan.sections import Section
from services.campaign.plan.text import Source, Text

_SENTENCE_END = re.compile(r"[.;](?= |$|/)")
_FROM = re.compile(r"\b[Tt]ừ(?= )")
_TO = re.compile(r"(?:,| và)? (?:kéo dài |cho )?(?:đến|tới|kết thúc)(?= )")
_RELATION = re.compile(r"(?:(truoc|het|sau|vao|khi|luc)\b ?){0,2}(?:thoi diem |ngay )?")
_AROUND = re.compile(r"(?:dien ra|to chuc) ")
_DAY = re.compile(rf"(?P<date>{DATE})(?: \(.{{0,80}}\))?,?")
_MONTH = re.compile(r"thang (\d{1,2}) ?(?:/ ?|nam )(\d{4})")
_YEAR = re.compile(r"(?:cuoi |dau )?nam (\d{4})")
_NO_YEAR = re.compile(r"\d{1,2} ?(?:[/.-]|thang) ?\d{1,2}(?! ?[/.-] ?\d)(?! nam)")
_RELATIONS = {"truoc": "before", "het": "through", "sau": "after"}


def period_facts(source: Source, sections: list[Section]) -> tuple[list[Found], list[Missing]]:
    """One period with both its ends; an end that cannot be read is null and reported."""
    if len(sections) != 1:
        reason = "Có nhiều phần về thời gian." if sections else "Không thấy phần thời gian."
        return [], [Missing("period", reason)]
    texts = [paragraph.text for paragraph in paragraphs(sections[0].parts)]
    ranges = [found for text in texts for found in _ranges(text)]
    if not ranges:
        return [], [Missing("period", "Phần thời gian không ghi “từ … đến …”.")]
    if len(ranges) > 1:
        return [], [Missing("period", "Phần thời gian ghi nhiều khoảng, chưa rõ khoảng nào.")]
    whole, first, last = ranges[0]
    starts, no_start = _moment(first)
    ends, no_end = _moment(last)
    missing = [Missing("period.starts", no_start)] if no_start else []
    missing += [Missing("period.ends", no_end)] if no_end else []
    if starts is None and ends is None:
        return [], missing
    return [source.found("period", {"starts": starts, "ends": ends}, whole)], missing


def _ranges(text: Text) -> list[tuple[Text, Text, Text]]:
    stops = [match.start() for match in _SENTENCE_END.finditer(text.plain)]
    edges = [0, *stops, len(text)]
    found = []
    for start, end in itertools.pairwise(edges):
        begin = _FROM.search(text.chars, start, end)
        until = _TO.search(text.chars, begin.end(), end) if begin else None
        if begin and until:
            first = text.cut(begin.end(), until.start())
            found.append((text.cut(begin.start(), end), first, text.cut(until.end(), end)))
    return found


def _moment(text: Text) -> tuple[dict[str, Any] | None, str | None]:
    """A moment as JSON, or why it cannot be read."""
    lead = _RELATION.match(text.plain)
    rest = text.cut(lead.end() if lead else 0)
    value: dict[str, Any] = {
        "kind": "date",
        "relation": _relation(text.plain[: lead.end()] if lead else ""),
        "date": None,
        "event": None,
        "text": text.chars,
    }
    if day := _DAY.fullmatch(rest.plain):
        written = read_date(day["date"])
        if not written or not written.iso:
            return None, f"Văn bản ghi “{text.chars}”: không có ngày này."
        return value | {"date": written.iso}, None
    if month := _MONTH.fullmatch(rest.plain):
        iso = iso_month(int(month[2]), int(month[1]))
        if iso is None:
            return None, f"Văn bản ghi “{text.chars}”: không có tháng này."
        return value | {"kind": "month", "date": iso}, None
    if year := _YEAR.fullmatch(rest.plain):
        return value | {"kind": "year", "date": year[1]}, None
    return _event(value, text, rest)


def _event(
    value: dict[str, Any], text: Text, rest: Text
) -> tuple[dict[str, Any] | None, str | None]:
    if _NO_YEAR.match(rest.plain):
        return None, f"Văn bản ghi “{text.chars}”: thiếu năm."
    if not any(map(str.isalpha, rest.chars)):
        return None, f"Không đọc được thời điểm “{text.chars}”."
    around = _AROUND.match(rest.plain)
    event = rest.cut(around.end() if around else 0)
    return value | {"kind": "event", "event": event.chars}, None


def _relation(lead: str) -> str:
    for word in lead.split():
        if word in _RELATIONS:
            return _RELATIONS[word]
    return "on"
