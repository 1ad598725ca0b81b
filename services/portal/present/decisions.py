"""A decision as its page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from services.portal.known import Directory
from services.portal.parts import Act, Cell, Fact, Line, State, Table
from services.portal.vietnamese import day

Answer = Mapping[str, Any]
ORDER = ("award", "refer", "none")
Acts = Callable[[dict[str, Any]], tuple[Act, ...]]


def what(decision: Answer) -> str:
    counts = dict.fromkeys(("award", "refer", "none"), 0)
    for line in decision["lines"]:
        counts[line["outcome"]] += 1
    parts = [f"khen thưởng {counts['award']} trường hợp"]
    if counts["refer"]:
        parts.append(f"đề nghị cấp trên {counts['refer']}")
    if counts["none"]:
        parts.append(f"không khen thưởng {counts['none']}")
    said = ", ".join(parts)
    number = number_of(decision)
    if not number:
        return f"Dự thảo: {said}."
    return f"Quyết định số {number} ngày {day(decision['issued_on'])}: {said}."


def number_of(decision: Answer) -> str:
    """05/QĐ-UBND, empty while there is no number."""
    number = decision["number"]
    return f"{number:02}/{decision['symbol']}" if number else ""


def facts(decision: Answer, directory: Directory) -> tuple[Fact, ...]:
    found = [
        Fact("Phong trào", decision["campaign_title"], href=f"/campaigns/{decision['campaign']}"),
        Fact("Người soạn", directory.person(decision["drafted_by"])),
    ]
    if decision["signed_by"]:
        found.append(Fact("Người ký", decision["signer"], day(decision["signed_on"])))
    return tuple(found)


def lines(
    decision: Answer, forms: Mapping[str, str], acts: Acts, *outcomes: str
) -> tuple[Line, ...]:
    return tuple(
        _line(number, line, forms, acts(line))
        for number, line in _numbered(decision)
        if line["outcome"] in outcomes
    )


def differing(decision: Answer, forms: Mapping[str, str]) -> tuple[Line, ...]:
    return tuple(
        _line(number, line, forms, ()) for number, line in _numbered(decision) if line["differs"]
    )


def listing(decisions: Sequence[Answer], titles: Mapping[str, str]) -> Table:
    rows = tuple(
        (
            Cell(_title(one), f"/decisions/{one['id']}"),
            Cell(titles.get(one["campaign"], "")),
            Cell("", state=State("decision", one["state"])),
            Cell(str(one["lines"]), number=True),
        )
        for one in decisions
    )
    columns = ("Quyết định", "Phong trào", "Trạng thái", "Trường hợp")
    return Table("Các quyết định", columns, rows, "Chưa có quyết định nào.")


def _title(row: Answer) -> str:
    number = number_of(row)
    if not number:
        return f"Dự thảo ngày {day(row['drafted_at'])}"
    return f"Quyết định số {number} ngày {day(row['issued_on'])}"


def _numbered(decision: Answer) -> list[tuple[int, dict[str, Any]]]:
    """In the order of the page: those awarded first, so that they keep their number in the book."""
    ordered = sorted(decision["lines"], key=lambda line: ORDER.index(line["outcome"]))
    return list(enumerate(ordered, 1))


def _line(number: int, line: Answer, forms: Mapping[str, str], acts: tuple[Act, ...]) -> Line:
    return Line(
        number=number,
        name=line["name"] or "(đã xóa tên)",
        kind=line["kind"],
        about=line["unit_name"],
        form=forms.get(line["form"], line["form"]),
        appraisal=State("line", "held") if line["held"] else None,
        council=State("line", line["council"]) if line["council"] else None,
        outcome=State("line", line["outcome"]),
        outcome_reason=line["reason"],
        acts=acts,
    )
