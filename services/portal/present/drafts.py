"""A plan's draft beside its text: every field where it was read, and what was not found."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.parts import Act, DraftField, Excerpt, Field, Piece
from services.portal.present.values import boxes, field_label, sentence

AROUND = 60  # characters of text shown before and after a span
Answer = Mapping[str, Any]


def draft_fields(
    campaign: Answer, text: str, *, may_edit: bool
) -> tuple[tuple[DraftField, ...], tuple[DraftField, ...]]:
    """What was read, in the order of the draft; and what is missing."""
    found = tuple(_found(campaign, field, text, may_edit) for field in campaign["fields"])
    there = {field["field"] for field in campaign["fields"]}
    missing = tuple(
        _missing(campaign, one, may_edit)
        for one in campaign["missing"]
        if one["field"] not in there
    )
    return found, missing


def unconfirmed(campaign: Answer) -> list[str]:
    """Ids of the fields that nobody has confirmed yet."""
    return [field["id"] for field in campaign["fields"] if not field["confirmed"]]


def plan_pieces(campaign: Answer, text: str) -> tuple[Piece, ...]:
    """The whole text, cut where fields were read; a span within another is not marked twice."""
    spans: list[tuple[int, int, str]] = sorted(
        (field["span"]["start"], field["span"]["end"], field["id"])
        for field in campaign["fields"]
        if field["span"]
    )
    pieces: list[Piece] = []
    at = 0
    for start, end, id in _apart(spans):
        pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], _anchor(id), field_label(id)))
        at = end
    return (*(piece for piece in pieces if piece.text), Piece(text[at:]))


def _apart(spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _found(campaign: Answer, field: Answer, text: str, may_edit: bool) -> DraftField:
    id, value = field["id"], field["value"]
    state = "found"
    if field["confirmed"]:
        state = "changed" if field["corrected"] else "confirmed"
    confirm = Act("Đúng, xác nhận", f"/campaigns/{campaign['id']}/fields/{id}/confirmation", "post")
    shown = tuple(_named(id, box) for box in boxes(value))
    span = field["span"]
    return DraftField(
        id,
        field_label(id),
        sentence(field["field"], value),
        state,
        _excerpt(text, span, id) if span else None,
        confirm if may_edit else None,
        shown if may_edit else (),
        "" if span else "Nhập tay, không có trong văn bản.",
    )


def _named(id: str, box: Field) -> Field:
    """Boxes of different fields stand on one page, so each carries its field's name."""
    return Field(f"{id}:{box.name}", box.label, box.kind, box.value, required=box.required)


def _missing(campaign: Answer, one: Answer, may_edit: bool) -> DraftField:
    name = one["field"]
    add = Act("Nhập", f"/campaigns/{campaign['id']}/fields", "post")
    box = Field(f"{name}:value", field_label(name))
    return DraftField(
        name,
        field_label(name),
        "",
        "missing",
        None,
        add if may_edit else None,
        (Field(f"{name}:field", "", "hidden", name), box) if may_edit else (),
        one["reason"],
    )


def _excerpt(text: str, span: Answer, id: str) -> Excerpt:
    start, end = span["start"], span["end"]
    before = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    after = text[end : end + AROUND].partition("\n")[0]
    cut_before = "…" if len(before) == AROUND else ""
    cut_after = "…" if len(after) == AROUND else ""
    return Excerpt(
        cut_before + before, text[start:end], after + cut_after, span["line"], _anchor(id)
    )


def _anchor(id: str) -> str:
    return f"text-{id}"
