import json

import pytest
import typst

from libs.officialdocs.tests.vietnamese import EVERY_LETTER, TONED

SOUND_CUTS = [(400, "normal"), (400, "italic"), (600, "normal"), (600, "italic")]


def ink_heights(weight: int, style: str) -> dict[str, float]:
    """The height of each letter from its lowest to its highest drawn point, in points."""
    markup = f"""
        #set text(font: "Libertinus Serif", weight: {weight}, style: "{style}", lang: "vi",
          fallback: false, top-edge: "bounds", bottom-edge: "bounds")
        #let letters = json(bytes(sys.inputs.letters))
        #context [#metadata(letters.map(letter => measure(letter).height.pt()))<ink>]
    """
    letters = {"letters": json.dumps(EVERY_LETTER)}
    compiler = typst.Compiler(markup.encode(), ignore_system_fonts=True, sys_inputs=letters)
    heights = json.loads(compiler.query("<ink>", field="value", one=True))
    return dict(zip(EVERY_LETTER, heights, strict=True))


def toned_letters_without_body(weight: int, style: str) -> list[str]:
    """Letters drawn clearly lower than the one they add a tone to: a part of it is missing.

    A tenth is allowed, since a tilde may be lower than the dot of the i that it replaces.
    """
    ink = ink_heights(weight, style)
    return [toned for base in TONED for toned in TONED[base] if ink[toned] < 0.9 * ink[base]]


@pytest.mark.parametrize(("weight", "style"), SOUND_CUTS)
def test_every_toned_letter_is_drawn_whole(weight: int, style: str) -> None:
    assert toned_letters_without_body(weight, style) == []


def test_bold_italic_would_lose_letters() -> None:
    # The reason why the templates set bold as semibold; once this fails, they need not.
    assert toned_letters_without_body(700, "italic") == ["ỉ", "ợ", "ự", "Ớ", "Ợ", "Ự"]
