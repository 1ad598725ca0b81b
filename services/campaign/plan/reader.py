"""Reads the text of a plan into a draft, or says why it is no plan."""

import re
import unicodedata

from services.campaign.plan.awards import award_facts
from services.campaign.plan.draft import FIELDS, Found, Missing, NotAPlan, PlanDraft
from services.campaign.plan.duties import organising_facts
from services.campaign.plan.footer import find_foot, foot_facts
from services.campaign.plan.header import Head, count_plans, find_head, head_facts
from services.campaign.plan.layout import Piece, paragraphs, pieces
from services.campaign.plan.period import period_facts
from services.campaign.plan.preamble import preamble_facts
from services.campaign.plan.sections import Outline, outline
from services.campaign.plan.text import Source, Text, normalised
from services.campaign.plan.theme import content_facts, theme_facts

LONGEST_BYTES = 2 * 1024 * 1024
_NOT_TEXT_SHARE = 0.01
_VIETNAMESE_SHARE = 0.03
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9àáãèéìíòóõùúýÀÁÃÈÉÌÍÒÓÕÙÚÝ]")
_EMULATION = re.compile(r"thi ?dua", re.IGNORECASE)
_TOPICS = ("theme", "content", "period", "organising")


def read_plan(text: str) -> PlanDraft:
    """Reads a plan of at most LONGEST_BYTES in UTF-8. Raises NotAPlan for anything else.

    Offsets in the draft count characters of `text` as given, whatever its Unicode form and
    line ends. Nothing is invented: what is absent or could mean two things is in `missing`.
    """
    _refuse_unreadable(text)
    source, parts = Source(text), pieces(_vietnamese(text))
    head = find_head(parts)
    if head is None:
        raise NotAPlan("no-title", "Không thấy tên loại văn bản “KẾ HOẠCH” trong văn bản này.")
    _refuse_other_kinds(head, parts)
    foot = find_foot(parts, head.end)
    body = outline(parts[head.end : foot.start])
    _refuse_other_plans(head, body)
    found, missing = head_facts(source, head)
    for facts, gaps in (_body_facts(source, head, body, found), foot_facts(source, foot)):
        found = found + facts
        missing = missing + gaps
    return PlanDraft(_in_order(found), _in_field_order(missing))


def _body_facts(
    source: Source, head: Head, body: Outline, known: list[Found]
) -> tuple[list[Found], list[Missing]]:
    found: list[Found] = []
    missing: list[Missing] = []
    authority_known = any(fact.field == "issuing_authority" for fact in known)
    for facts, gaps in (
        preamble_facts(source, body.preamble, body.of("purpose"), authority_known=authority_known),
        theme_facts(source, body.named("theme"), head.abstract),
        content_facts(source, body.of("content")),
        period_facts(source, body.named("period")),
        organising_facts(source, body.of("organising")),
        award_facts(source, _texts(body)),
    ):
        found += facts
        missing += gaps
    return found, missing


def _texts(body: Outline) -> list[Text]:
    return [block.text for section in body.sections for block in paragraphs(section.parts)]


def _refuse_unreadable(text: str) -> None:
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST_BYTES:
        raise NotAPlan("too-long", "Văn bản dài quá 2 MB nên không được đọc.")
    if not text.strip("\ufeff \t\r\n\f\v\u00a0\u200b"):
        raise NotAPlan("empty", "Văn bản không có chữ nào.")
    strange = sum(map(_is_strange, text))
    if "\0" in text or strange > _NOT_TEXT_SHARE * len(text):
        raise NotAPlan("not-text", "Đây không phải văn bản chữ (có thể là tệp nhị phân).")


def _is_strange(char: str) -> bool:
    if char in "\n\r\t\f\v\x85":
        return False
    return char == "\ufffd" or unicodedata.category(char) in {"Cc", "Cn", "Co", "Cs"}


def _vietnamese(text: str) -> Text:
    whole = normalised(text)
    letters = sum(map(str.isalpha, whole.chars))
    if len(_VIETNAMESE.findall(whole.chars)) <= _VIETNAMESE_SHARE * letters:
        reason = (
            "Văn bản không phải tiếng Việt có dấu (hoặc dùng phông chữ cũ, không phải Unicode)."
        )
        raise NotAPlan("not-vietnamese", reason)
    return whole


def _refuse_other_kinds(head: Head, parts: list[Piece]) -> None:
    if head.kind != "Kế hoạch":
        reason = f"Đây là {head.kind}, không phải Kế hoạch phát động phong trào thi đua."
        raise NotAPlan("other-kind", reason)
    if count_plans(parts) > 1:
        raise NotAPlan("several-plans", "Văn bản chứa nhiều kế hoạch; xin tách ra từng tệp.")


def _refuse_other_plans(head: Head, body: Outline) -> None:
    headings = " ".join(section.heading.plain for section in body.sections)
    if not _EMULATION.search(f"{head.abstract.plain} {headings}"):
        reason = "Kế hoạch này không phát động phong trào thi đua nào."
        raise NotAPlan("not-emulation", reason)
    if not any(body.of(topic) for topic in _TOPICS):
        reason = "Kế hoạch không có phần chủ đề, nội dung, thời gian hay tổ chức thực hiện nào."
        raise NotAPlan("no-sections", reason)


def _in_order(found: list[Found]) -> tuple[Found, ...]:
    ordered = sorted(found, key=lambda f: (FIELDS.index(f.field), f.span.start, f.span.end))
    return tuple(ordered)


def _in_field_order(missing: list[Missing]) -> tuple[Missing, ...]:
    return tuple(sorted(missing, key=lambda gap: FIELDS.index(gap.field.partition(".")[0])))
