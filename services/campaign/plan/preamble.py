"""Between title and first heading: cited documents, purpose, and the authority that acts."""

import re

from services.campaign.plan.draft import Found, Missing
from services.campaign.plan.layout import Item, Piece, items, paragraphs
from services.campaign.plan.references import legal_bases
from services.campaign.plan.sections import Section
from services.campaign.plan.text import Source, Text, joined

_ACTS = re.compile(
    r"(?:^|[,;.] )(?P<who>(?:Uy ban nhan dan|UBND) (?:huyen|thi xa|thanh pho|tinh|xa|phuong)"
    r"(?: [A-Z]\w{0,12}){0,4})(?: \w{1,12}){0,6}?"
    r" (?:phat dong|ban hanh|xay dung|to chuc|trien khai)\b"
)
_PURPOSE = re.compile(r"(?:De(?! nghi| an| cuong| xuat)|Nham) ")
_AIMED = re.compile(r"\b(?P<aim>nham [^.;:]{3,400})")
_PURPOSE_LABEL = re.compile(r"Muc dich(?: thi dua)? ?[:.]? ?", re.IGNORECASE)
_DEMANDS = re.compile(r"yeu cau", re.IGNORECASE)


def preamble_facts(
    source: Source, preamble: list[Piece], purposes: list[Section], *, authority_known: bool
) -> tuple[list[Found], list[Missing]]:
    """Facts of the preamble. `purposes` are sections on purpose, which count beside it."""
    citing, acting, aims = [], [], []
    for paragraph in paragraphs(preamble):
        act = _ACTS.search(paragraph.text.plain)
        if act:
            acting.append(paragraph.text.group(act, "who"))
            if aimed := _AIMED.search(paragraph.text.plain, act.end()):
                aims.append(paragraph.text.group(aimed, "aim"))
        before = paragraph.text.cut(0, act.start() if act else None)
        if _PURPOSE.match(before.plain):
            aims.append(before)
        elif len(before):
            citing.append(Piece(before, paragraph.after_blank))
    found, missing = legal_bases(source, citing)
    for facts, gaps in (
        _purpose(source, aims, purposes),
        ([], []) if authority_known else _authority(source, acting),
    ):
        found += facts
        missing += gaps
    return found, missing


def _authority(source: Source, acting: list[Text]) -> tuple[list[Found], list[Missing]]:
    names = {text.plain.lower(): text for text in reversed(acting)}
    if len(names) == 1:
        return [source.found("issuing_authority", acting[0].chars, acting[0])], []
    reason = "Không thấy cơ quan ban hành ở phần đầu văn bản hay trong lời phát động."
    if names:
        listed = "; ".join(text.chars for text in acting)
        reason = f"Chưa rõ cơ quan nào ban hành: {listed}."
    return [], [Missing("issuing_authority", reason)]


def _purpose(
    source: Source, aims: list[Text], sections: list[Section]
) -> tuple[list[Found], list[Missing]]:
    missing: list[Missing] = []
    aims = list(aims)
    for section in sections:
        stated = _stated(section)
        aims += stated
        if not stated:
            reason = "Mục đích và yêu cầu viết chung một phần, chưa tách được mục đích."
            missing.append(Missing("purpose", reason))
    if not aims and not missing:
        missing.append(Missing("purpose", "Không thấy câu nào nêu mục đích (“Để …”, “Nhằm …”)."))
    return [source.found("purpose", aim.chars, aim) for aim in aims], missing


def _stated(section: Section) -> list[Text]:
    """The point named "Mục đích", or the whole section if it speaks of nothing else."""
    _, points, _ = items(section.parts)
    labelled = [text for text in map(_labelled, points) if text is not None]
    if labelled or _DEMANDS.search(section.heading.plain):
        return labelled
    whole = joined(part.text for part in section.parts)
    return [whole] if len(whole) else []


def _labelled(item: Item) -> Text | None:
    label = _PURPOSE_LABEL.match(item.body.plain)
    return item.body.cut(label.end()) if label else None
