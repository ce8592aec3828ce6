"""One cell of a list: cleaning its text, and saying why its value cannot be read.

Sources: upload_hardening (bidi controls, zero-width characters, stacks of combining marks).
"""

import re
import unicodedata
from collections.abc import Mapping

from legal.findings import N_

#: Unicode allows endless marks on one letter; no name of a living language needs more than three.
MAX_MARKS = 3
#: Characters that change what a reader sees without being visible themselves.
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_BLANKS = re.compile(r"\s+")

MESSAGES = {
    "text_cleaned": N_(
        "Invisible or control characters were removed from this text. Please check that it reads "
        "as intended."
    ),
}


class CellUnreadable(Exception):
    """A cell does not say what its column promises; the code names the reason."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, str | int] = params


def clean_text(text: str) -> tuple[str, bool]:
    """The text normalised (NFC, single blanks), and whether anything was taken out of it."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()), False
    visible = _few_marks(unicodedata.normalize("NFC", INVISIBLE.sub("", text)))
    composed = unicodedata.normalize("NFC", text)
    return _BLANKS.sub(" ", visible).strip(), len(visible) != len(composed)


def _few_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def shown(text: str, limit: int = 60) -> str:
    """A cell as a message may quote it: cleaned and short."""
    cleaned = clean_text(text[: 4 * limit])[0]
    return cleaned if len(cleaned) <= limit else cleaned[: limit - 1] + "…"
