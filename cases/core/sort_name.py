"""How names sort: a key made in Python, so that the schema needs no collation or extension."""

import unicodedata

_GERMAN = str.maketrans({"ß": "ss", "ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "œ": "oe", "ł": "l"})


def sort_name(name: str) -> str:
    """The key a name is sorted and searched by: lower case, without accents (DIN 5007-1).

    Umlauts sort like their base letter; runs of anything but letters and digits become one blank.
    """
    decomposed = unicodedata.normalize("NFKD", name.translate(_GERMAN))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())
