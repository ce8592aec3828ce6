"""The tone of a letter: words that do not belong in a first letter, or in any letter.

Our first letter is neutral and asks for the reason; no letter pretends an authority we lack.
Law: UWG §§ 4a, 5; StGB § 240. The words are rows of `data/threat_words.csv`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from legal.de.tables import read_rows
from legal.demand import LetterWords, Occasion


@dataclass(frozen=True, slots=True)
class Threat:
    """Words of a letter that must go, and why."""

    words: str
    why: str
    law: str


@cache
def _patterns() -> tuple[tuple[bool, re.Pattern[str], str, str], ...]:
    return tuple(
        (
            row["occasion"] == "first",
            re.compile(rf"(?<!\w)(?:{row['pattern']})", re.IGNORECASE),
            row["why"],
            row["law"],
        )
        for row in read_rows("threat_words.csv")
    )


def find_threats(text: str) -> Iterator[Threat]:
    """Words that no letter may have; of each pattern those of its first occurrence."""
    yield from _find(text, of_first=False)


def find_announcements(text: str) -> Iterator[Threat]:
    """Words that a first letter may not have, and a later one only if it means them."""
    yield from _find(text, of_first=True)


def _find(text: str, *, of_first: bool) -> Iterator[Threat]:
    for only_first, pattern, why, law in _patterns():
        if only_first is of_first and (match := pattern.search(text)):
            yield Threat(match[0], why, law)


# What words do, whatever their writer meant: found, so that a duty can bind the letter.
# Law: RDG § 13a(3), (4); BDSG § 31(2); GDPR Art. 5; BGB § 241a; UWG §§ 4a, 5.
_ACKNOWLEDGEMENT = re.compile(
    r"schuldanerkenntnis|anerkenntnis\w*|\b(?:erkenne|erkennen|anerkenne|anerkennen)\b[^.]{0,80}"
    r"\b(?:forderung|schuld|an)\b|acknowledge\w* (?:the|this|your) (?:debt|claim)",
    re.IGNORECASE,
)
_CREDIT_BUREAU = re.compile(r"\bschufa|\bauskunftei|\bcreditreform|credit bureau", re.IGNORECASE)
_UNORDERED = re.compile(
    r"\b(?:unbestellt|unverlangt|unaufgefordert|ohne bestellung|unordered|unsolicited)",
    re.IGNORECASE,
)
#: On the outside of an envelope these words would tell everybody of the debt.
_OUTSIDE = re.compile(
    r"\b(?:mahnung|mahnverfahren|schuldner(?:in)?|zahlungsaufforderung|inkassosache|"
    r"forderungssache|offene forderung|debtor)\b",
    re.IGNORECASE,
)


def circumstances_in_words(words: LetterWords) -> Iterator[str]:
    """Circumstances of the duties table that the words themselves bring about."""
    if Occasion.ACKNOWLEDGEMENT not in words.occasions and _ACKNOWLEDGEMENT.search(words.text):
        yield "hidden_acknowledgement"
    if _CREDIT_BUREAU.search(words.text):
        yield "credit_bureau_notice"
    if any(_OUTSIDE.search(line) for line in words.window):
        yield "open_mailing"
    if any(_UNORDERED.search(subject) for subject in words.subjects):
        yield "unordered_goods"
    if any(threat.law.startswith("UWG") for threat in find_threats(words.text)):
        yield "false_legal_consequence"
