"""The numbers that Word draws before paragraphs: they stand in no text, yet people cite them."""

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "-"
Level = tuple[str, str, int]  # format, text with %1 …, first number


class Numbering:
    """Gives the label of each numbered paragraph, in the order of the document."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._abstract: dict[str, str] = {}  # two lists of one definition count together
        self._counts: dict[str, dict[int, int]] = {}
        if numbering is not None:
            self._read(numbering)
        if styles is not None:
            for style in styles.iter(f"{W}style"):
                if found := _number_of(style.find(f"{W}pPr")):
                    self._styles[style.get(f"{W}styleId", "")] = found

    def label(self, paragraph: Any) -> str:
        """ "II. " or "- ", empty for a paragraph without one."""
        properties = paragraph.find(f"{W}pPr")
        found = _number_of(properties)
        if found is None and properties is not None:
            style = properties.find(f"{W}pStyle")
            found = self._styles.get("" if style is None else style.get(f"{W}val", ""))
        if found is None:
            return ""
        list_id, depth = found
        levels = self._levels.get(list_id, {})
        if depth not in levels:
            return ""
        if levels[depth][0] == "bullet":
            return f"{BULLET} "
        counts = self._counts.setdefault(self._abstract[list_id], {})
        counts[depth] = counts.get(depth, levels[depth][2] - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return _drawn(levels, counts, depth)

    def _read(self, numbering: Any) -> None:
        defined = {
            one.get(f"{W}abstractNumId"): {
                int(level.get(f"{W}ilvl", "0")): _level(level) for level in one.iter(f"{W}lvl")
            }
            for one in numbering.iter(f"{W}abstractNum")
        }
        for one in numbering.iter(f"{W}num"):
            base = one.find(f"{W}abstractNumId")
            name = "" if base is None else base.get(f"{W}val", "")
            list_id = one.get(f"{W}numId", "")
            anew = one.find(f"{W}lvlOverride") is not None
            self._abstract[list_id] = f"num {list_id}" if anew else name
            self._levels[list_id] = defined.get(name, {})


def _number_of(properties: Any | None) -> tuple[str, int] | None:
    number = None if properties is None else properties.find(f"{W}numPr")
    list_id = None if number is None else number.find(f"{W}numId")
    if number is None or list_id is None:
        return None
    level = number.find(f"{W}ilvl")
    return list_id.get(f"{W}val", ""), 0 if level is None else int(level.get(f"{W}val", "0"))


def _level(level: Any) -> Level:
    def said(name: str, default: str) -> str:
        found = level.find(f"{W}{name}")
        return default if found is None else str(found.get(f"{W}val", default))

    return said("numFmt", "decimal"), said("lvlText", ""), int(said("start", "1"))


def _drawn(levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
    text = levels[depth][1]
    for level in range(depth + 1):
        form = levels.get(level, ("decimal", "", 1))
        number = counts.get(level, form[2])
        text = text.replace(f"%{level + 1}", _figure(form[0], number))
    return f"{text} " if text.strip() else ""


def _figure(form: str, number: int) -> str:
    match form:
        case "upperRoman" | "lowerRoman":
            roman = _roman(number)
            return roman if form == "upperRoman" else roman.lower()
        case "upperLetter" | "lowerLetter":
            letter = chr(ord("A") + (number - 1) % 26)
            return letter if form == "upperLetter" else letter.lower()
        case "decimalZero":
            return f"{number:02}"
        case "none":
            return ""
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            written += letters
            number -= value
    return written
