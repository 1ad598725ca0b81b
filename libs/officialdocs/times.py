"""How wide a line is in Times New Roman: a DOCX is drawn elsewhere, its rules are cut here.

Advance widths in thousandths of the size, of the bold cut; marks and tones do not widen a letter.
"""

import unicodedata

_BOLD = {
    1000: "W",
    944: "M",
    833: "m",
    778: "GHKOQ",
    722: "ABCDENRUVXYw",
    667: "LPTZ",
    611: "F",
    556: "Sbdhknopqu",
    500: "Jagvxy0123456789",
    444: "ceerz",
    389: "Is",
    333: "fjt-()",
    278: "il/",
    250: " .,",
}
_OTHER = 600


def width_of(text: str, size: float) -> float:
    """The width of one line in bold, in the unit of `size`."""
    plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    letters = [letter for letter in plain if not unicodedata.combining(letter)]
    return sum(_width(letter) for letter in letters) * size / 1000


def _width(letter: str) -> int:
    return next((width for width, letters in _BOLD.items() if letter in letters), _OTHER)
