"""How names sort: a key made in Python, so that the schema needs no collation or extension."""

import unicodedata

#: Small letters that Unicode does not take apart into a base letter and an accent.
_WHOLE = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
                        "ı": "i"})  # fmt: skip


def sort_name(name: str) -> str:
    """The key a name is sorted and searched by: lower case, without accents (DIN 5007-1).

    Umlauts sort like their base letter; runs of anything but letters and digits become one blank.
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    plain = letters.translate(_WHOLE).casefold()  # Some signs fall apart into capitals.
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())
