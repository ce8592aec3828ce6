"""How names sort: a key made in Python, so that the schema needs no collation or extension."""

import unicodedata

#: Shorter words are looked for whole.
LEAST_BEGINNING = 3
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


#: Letters with marks and what `sort_name` makes of them, for the database's own form of it.
_MARKED = "ÄÖÜäöüÀÁÂÃÅàáâãåÈÉÊËèéêëÌÍÎÏìíîïÒÓÔÕØòóôõøÙÚÛùúûÇçÑñŞşĞğİıŁłŚśŹźŻżĆćŃńĘęĄąŠšŽžČčŘřĐđÝýÿ"
_PLAIN = "aouaouaaaaaaaaaaeeeeeeeeiiiiiiiioooooooooouuuuuuccnnssggiillsszzzzccnneeaasszzccrrddyyy"


def sort_name_sql(column: str) -> str:
    """The same key made by the database, for indexes over what is stored as it was typed."""
    plain = f"translate({column}, '{_MARKED}', '{_PLAIN}')"
    return f"regexp_replace(replace(lower({plain}), 'ß', 'ss'), '[^[:alnum:]]+', ' ', 'g')"


def beginnings(text: str) -> str:
    """What somebody typed as a query for words that begin so, each also as if typed for umlauts.

    "oeztuerk" finds Öztürk, which sorts as ozturk. Words of one or two letters are names of their
    own (Li, Xu): as beginnings they would fit a fifth of all names.
    """
    return " & ".join(f"({' | '.join(_forms(word))})" for word in sort_name(text).split())


def _forms(word: str) -> list[str]:
    bare = word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    forms = dict.fromkeys((word, bare))
    return [form if len(form) < LEAST_BEGINNING else f"{form}:*" for form in forms]
