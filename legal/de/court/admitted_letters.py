"""Names with letters that the court files do not know, written with those that they do.

A proposal for a person, never done silently: the name is also the one that a title bears.
"""

import unicodedata

from legal.de.court.eda.codec import ADMITTED

#: Letters that do not fall apart into a base letter and a mark, as passports write them.
_WRITTEN = {
    "Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "Ø": "OE", "ø": "oe", "Æ": "AE", "æ": "ae",
    "Å": "AA", "å": "aa", "Œ": "OE", "œ": "oe", "Þ": "TH", "þ": "th", "Ð": "D", "ð": "d",
    "ẞ": "SS", "ı": "i", "Ħ": "H", "ħ": "h", "Ŋ": "N", "ŋ": "n", "Ŧ": "T", "ŧ": "t",
    "–": "-", "—": "-", "‐": "-", "’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"',
    "„": '"', "\u00a0": " ", "…": "...",
}  # fmt: skip


def in_admitted_letters(text: str) -> str | None:
    """The text as it can be written, None where a letter has no such form (another alphabet)."""
    found = [_one(letter) for letter in unicodedata.normalize("NFC", text)]
    return None if None in found else "".join(part for part in found if part)


def _one(letter: str) -> str | None:
    if ADMITTED.fullmatch(letter):
        return letter
    if letter in _WRITTEN:
        return _WRITTEN[letter]
    parts = unicodedata.normalize("NFD", letter)
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return plain if plain and ADMITTED.fullmatch(plain) else None
