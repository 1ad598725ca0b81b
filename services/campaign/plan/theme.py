"""What a campaign is about: its theme and the points of its content."""

import re

from services.campaign.plan.draft import Found, Missing
from services.campaign.plan.layout import items, paragraphs
from services.campaign.plan.sections import Section
from services.campaign.plan.text import Source, Text

_QUOTED = re.compile(r'"([^"]{8,400})"')


def theme_facts(
    source: Source, sections: list[Section], abstract: Text
) -> tuple[list[Found], list[Missing]]:
    """The section's quoted theme or only paragraph; without a section, a quote in the abstract."""
    if len(sections) > 1:
        return [], [Missing("theme", "Có nhiều phần về chủ đề.")]
    texts = [p.text for p in paragraphs(sections[0].parts)] if sections else [abstract]
    quoted = [text.group(match, 1) for text in texts for match in _QUOTED.finditer(text.plain)]
    if len(quoted) == 1:
        return [source.found("theme", quoted[0].chars, quoted[0])], []
    if sections and len(texts) == 1 and not quoted:
        return [source.found("theme", texts[0].chars, texts[0])], []
    if not sections:
        return [], [Missing("theme", "Không thấy phần chủ đề.")]
    reason = "Phần chủ đề có nhiều đoạn, chưa rõ đoạn nào là chủ đề." if texts else ""
    return [], [Missing("theme", reason or "Phần chủ đề để trống.")]


def content_facts(source: Source, sections: list[Section]) -> tuple[list[Found], list[Missing]]:
    """Each numbered or bulleted point; a section without points gives its paragraphs."""
    found = []
    for section in sections:
        intro, points, _ = items(section.parts)
        rows = [(point.number, point.body, point.whole) for point in points]
        for number, body, whole in rows or [(None, p.text, p.text) for p in intro]:
            value = {"number": number, "text": body.chars}
            found.append(source.found("content_points", value, whole))
    if found:
        return found, []
    reason = "Phần nội dung để trống." if sections else "Không thấy phần nội dung thi đua."
    return [], [Missing("content_points", reason)]
