"""Every letter of Vietnamese that carries a mark or a tone, composed, small and capital."""

import unicodedata

_TONES = ["\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
_BASES = [*"aăâeêioôơuưy", *"AĂÂEÊIOÔƠUƯY"]

# Base letter -> the letter in each of the five tones.
TONED = {base: [unicodedata.normalize("NFC", base + tone) for tone in _TONES] for base in _BASES}
EVERY_LETTER = [letter for base, toned in TONED.items() for letter in [base, *toned]] + ["đ", "Đ"]
