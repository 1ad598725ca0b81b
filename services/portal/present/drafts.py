"""A plan's draft beside its text: every field where it was read, and what was not found."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from services.portal.known import Directory
from services.portal.parts import Act, DraftField, Excerpt, Field, Piece
from services.portal.present.values import boxes, field_label, sentence
from services.portal.vietnamese import instant

AROUND = 60  # characters of text shown before and after a span
Answer = Mapping[str, Any]
Span = tuple[int, int, str]  # start, end, id of a field


def draft_fields(
    campaign: Answer, text: str, directory: Directory, *, may_edit: bool
) -> tuple[tuple[DraftField, ...], tuple[DraftField, ...]]:
    """What was read, in the order of the draft; and what is missing of it."""
    marked = {anchor for piece in plan_pieces(campaign, text) for anchor in _anchors(piece)}
    found = tuple(
        _found(campaign, field, text, directory, marked, may_edit) for field in campaign["fields"]
    )
    added = {field["field"] for field in campaign["fields"] if not field["span"]}
    missing = tuple(
        _missing(campaign, one, at, may_edit)
        for at, one in enumerate(campaign["missing"])
        if one["field"] not in added
    )
    return found, missing


def unconfirmed(campaign: Answer) -> list[str]:
    """Ids of the fields that nobody has confirmed yet."""
    return [field["id"] for field in campaign["fields"] if not field["confirmed"]]


def plan_pieces(campaign: Answer, text: str) -> tuple[Piece, ...]:
    """The whole text, cut where fields were read; a span within another is cut out of it."""
    spans: list[Span] = sorted(
        (field["span"]["start"], -field["span"]["end"], field["id"])
        for field in campaign["fields"]
        if field["span"]
    )
    return _cut(text, [(start, -end, id) for start, end, id in spans], 0, len(text))


def _cut(text: str, spans: Sequence[Span], at: int, stop: int) -> tuple[Piece, ...]:
    """`spans` begin in order, longer ones first; what overlaps without lying within is left out."""
    pieces: list[Piece] = []
    for position, (start, end, id) in enumerate(spans):
        if start < at or end > stop:
            continue
        inner = [span for span in spans[position + 1 :] if span[0] < end and span[1] <= end]
        cut = _cut(text, inner, start, end) if inner else ()
        pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], _anchor(id), field_label(id), cut))
        at = end
    return tuple(piece for piece in (*pieces, Piece(text[at:stop])) if piece.text)


def _anchors(piece: Piece) -> Iterator[str]:
    yield piece.anchor
    for inner in piece.inner:
        yield from _anchors(inner)


def _found(
    campaign: Answer,
    field: Answer,
    text: str,
    directory: Directory,
    marked: Collection[str],
    may_edit: bool,
) -> DraftField:
    id, value = field["id"], field["value"]
    state = "found"
    if field["confirmed"]:
        state = "changed" if field["corrected"] else "confirmed"
    address = f"/campaigns/{campaign['id']}/fields/{id}/confirmation"
    confirm = Act("Đúng, xác nhận", address, "post", campaign["version"])
    shown = tuple(_named(id, box) for box in boxes(value))
    span = field["span"]
    return DraftField(
        id,
        field_label(id),
        sentence(field["field"], value),
        state,
        _excerpt(text, span, id, marked) if span else None,
        confirm if may_edit else None,
        shown if may_edit else (),
        _origin(field, directory),
    )


def _origin(field: Answer, directory: Directory) -> str:
    """Where the value comes from: the text, or a person who put it right or added it."""
    by, at = field.get("by"), field.get("at")
    who = f" {directory.person(by)}, {instant(at)}." if by and at else ""
    if not field["span"]:
        return f"Nhập tay, không có trong văn bản.{who}"
    if not field["confirmed"]:
        return ""  # its state says so
    said = "Đọc từ văn bản, đã sửa." if field["corrected"] else "Đọc từ văn bản, đã xác nhận."
    return f"{said}{who}"


def _named(id: str, box: Field) -> Field:
    """Boxes of different fields stand on one page, so each carries its field's name."""
    return replace(box, name=f"{id}:{box.name}")


def _missing(campaign: Answer, one: Answer, at: int, may_edit: bool) -> DraftField:
    """A part of a field, such as the end of a period, is put right where that field stands."""
    name = one["field"]
    whole = may_edit and "." not in name
    add = Act("Nhập", f"/campaigns/{campaign['id']}/fields", "post", campaign["version"])
    box = Field(f"missing-{at}:value", field_label(name))
    edits = (Field(f"missing-{at}:field", "", "hidden", name), box)
    reason = one["reason"] if "." not in name else f"{one['reason']} Sửa ở mục bên dưới."
    return DraftField(
        f"missing-{at}",
        field_label(name),
        "",
        "missing",
        None,
        add if whole else None,
        edits if whole else (),
        reason,
    )


def _excerpt(text: str, span: Answer, id: str, marked: Collection[str]) -> Excerpt:
    start, end = span["start"], span["end"]
    before = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    after = text[end : end + AROUND].partition("\n")[0]
    cut_before = "…" if len(before) == AROUND else ""
    cut_after = "…" if len(after) == AROUND else ""
    anchor = _anchor(id) if _anchor(id) in marked else ""
    return Excerpt(cut_before + before, text[start:end], after + cut_after, span["line"], anchor)


def _anchor(id: str) -> str:
    return f"text-{id}"
