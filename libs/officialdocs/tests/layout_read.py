"""Where and how a produced PDF sets its words and lines, read back from its content streams."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader

MM = 72 / 25.4  # points


@dataclass(frozen=True)
class Run:
    """Words set in one go: points from the left and from the bottom of the page."""

    text: str
    x: float
    y: float
    size: float
    cut: str


@dataclass(frozen=True)
class Rule:
    """A horizontal stroke."""

    x: float
    y: float
    length: float
    dashed: bool


@dataclass(frozen=True)
class Box:
    """A drawn rectangle, in millimetres."""

    width: float
    height: float


@dataclass(frozen=True)
class Sheet:
    """`ends`: where each run ends on the right, by the place where it begins."""

    width: float
    height: float
    runs: tuple[Run, ...]
    rules: tuple[Rule, ...]
    boxes: tuple[Box, ...]
    ends: dict[tuple[int, int], float]

    def run(self, text: str) -> Run:
        """The one run that begins with the words."""
        (found,) = [one for one in self.runs if one.text.startswith(text)]
        return found

    def end_of(self, run: Run) -> float:
        return self.ends[_place(run.x, run.y)]

    def rule_below(self, run: Run) -> Rule:
        """The nearest stroke under a run, within one and a half of its size."""
        near = [
            one
            for one in self.rules
            if 0 < run.y - one.y < run.size * 1.5 and run.x <= one.x < self.end_of(run)
        ]
        return min(near, key=lambda one: run.y - one.y)


def sheets(pdf: bytes) -> list[Sheet]:
    return [_Reading(page).sheet() for page in PdfReader(BytesIO(pdf)).pages]


def _place(x: float, y: float) -> tuple[int, int]:
    return round(x * 10), round(y * 10)


class _Reading:
    def __init__(self, page: Any) -> None:
        self.page, self.fonts = page, page["/Resources"]["/Font"]
        self.runs: list[Run] = []
        self.rules: list[Rule] = []
        self.boxes: list[Box] = []
        self.ends: dict[tuple[int, int], float] = {}
        self.path: list[tuple[float, float]] = []
        self.dashed, self.font, self.size = False, "", 0.0

    def sheet(self) -> Sheet:
        self.page.extract_text(visitor_text=self.said, visitor_operand_before=self.drawn)
        box = self.page.mediabox
        return Sheet(
            float(box.width),
            float(box.height),
            tuple(self.runs),
            tuple(self.rules),
            tuple(self.boxes),
            self.ends,
        )

    def said(self, text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        if text.strip() and font:
            at = (tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5])
            cut = str(font["/BaseFont"]).partition("+")[2].removesuffix("-Identity-H")
            self.runs.append(Run(" ".join(text.split()), *at, size, cut))

    def drawn(self, operator: bytes, operands: Any, cm: Any, _: Any) -> None:
        match operator:
            case b"d":
                self.dashed = bool(operands[0])
            case b"Tf":
                self.font, self.size = str(operands[0]), float(operands[1])
            case b"TJ":
                self.ends[_place(cm[4], cm[5])] = cm[4] + self.width(operands[0])
            case b"Tj":
                self.ends[_place(cm[4], cm[5])] = cm[4] + self.width(operands)
            case b"m":
                self.path = [(float(operands[0]), float(operands[1]))]
            case b"l":
                self.path.append((float(operands[0]), float(operands[1])))
            case b"re":
                self.boxes.append(Box(abs(float(operands[2])) / MM, abs(float(operands[3])) / MM))
            case b"S" | b"s":
                self.stroke(cm)

    def stroke(self, cm: Any) -> None:
        across, up = zip(*self.path, strict=True) if self.path else ((), ())
        if len(self.path) == 2 and up[0] == up[1]:
            at = (cm[4] + min(across) * cm[0], cm[5] + up[0] * cm[3])
            self.rules.append(Rule(*at, (max(across) - min(across)) * abs(cm[0]), self.dashed))
        elif len(self.path) >= 4:
            sides = (max(across) - min(across), max(up) - min(up))
            self.boxes.append(Box(*(side / MM for side in sides)))
        self.path = []

    def width(self, shown: Any) -> float:
        """How far a TJ goes: the advances of its glyphs less what is taken back between them."""
        advances = _advances(self.fonts[self.font]["/DescendantFonts"][0]["/W"])
        total = 0.0
        for part in shown:
            if isinstance(part, int | float):
                total -= float(part)
            else:
                codes = part.original_bytes
                total += sum(
                    advances[int.from_bytes(codes[at : at + 2], "big")]
                    for at in range(0, len(codes), 2)
                )
        return total * self.size / 1000


def _advances(listed: Any) -> dict[int, float]:
    """Glyph widths from a font's W array: `first [w w …]` or `first last w`."""
    found: dict[int, float] = {}
    parts = list(listed)
    while parts:
        first, second = int(parts.pop(0)), parts.pop(0)
        if isinstance(second, list):
            found |= {first + at: float(width) for at, width in enumerate(second)}
        else:
            found |= dict.fromkeys(range(first, int(second) + 1), float(parts.pop(0)))
    return found
