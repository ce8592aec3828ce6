"""Which passwords nobody may choose: short ones, ones from lists of stolen ones, trivial ones.

The list (`data/stolen_passwords.csv`) holds what is found most often in ten million stolen
passwords (as packaged by zxcvbn 4.5, MIT). A stolen word with figures behind it is no better.
"""

import csv
import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from cases.core.errors import Invalid
from cases.people.passwords import MIN_PASSWORD_LENGTH, PasswordTooShort

LIST = Path(__file__).parent / "data" / "stolen_passwords.csv"
LEAST_DIFFERENT_SIGNS = 5
#: So long must a word of one's own name be to count as part of the password.
LEAST_OWN_WORD = 4
#: What is written for letters, so that p4ssw0rd is read as what it is.
_LOOKALIKES = str.maketrans("013457@$!", "oieastasi")


class PasswordTooEasy(Invalid):
    """This password is too easily guessed: many people use it, or it is a row of keys or your own
    name. A sentence of your own is good."""


def require_strong(password: str, own_words: Iterable[str] = ()) -> None:
    """Refuse a password that would be guessed; `own_words` are names and addresses.

    Raises:
        PasswordTooShort, PasswordTooEasy.
    """
    if len(password) < MIN_PASSWORD_LENGTH:
        raise PasswordTooShort(length=MIN_PASSWORD_LENGTH)
    folded = password.lower()
    if len(set(folded)) < LEAST_DIFFERENT_SIGNS or _is_row(folded) or _is_stolen(folded):
        raise PasswordTooEasy
    rest = folded
    for word in _words(own_words):
        rest = rest.replace(word, "")
    if rest != folded and len(rest) < MIN_PASSWORD_LENGTH // 2:
        raise PasswordTooEasy


def _is_stolen(folded: str) -> bool:
    core = _without_edges(folded)
    shapes = {folded, core, folded.translate(_LOOKALIKES), core.translate(_LOOKALIKES)}
    shapes.add(_once(folded))
    return not shapes.isdisjoint(_stolen())


def _without_edges(folded: str) -> str:
    """The word without figures and signs before and behind it."""
    letters = [at for at, sign in enumerate(folded) if sign.isalpha()]
    return folded[letters[0] : letters[-1] + 1] if letters else ""


def _once(folded: str) -> str:
    """A word that is written several times, once: `dragondragon` is `dragon`."""
    again = (folded + folded).find(folded, 1)
    return folded[:again]


def _is_row(folded: str) -> bool:
    """Whether each sign follows the one before, up or down: abcdefghijkl, 210987654321."""
    steps = {(ord(b) - ord(a)) % 10 for a, b in pairwise(folded)}
    return len(steps) == 1


def _words(own_words: Iterable[str]) -> list[str]:
    found = {part for word in own_words for part in re.split(r"\W+", word.lower())}
    return sorted((part for part in found if len(part) >= LEAST_OWN_WORD), key=len, reverse=True)


@cache
def _stolen() -> frozenset[str]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return frozenset(row["password"] for row in csv.DictReader(file, quoting=csv.QUOTE_NONE))
