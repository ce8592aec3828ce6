"""The tone of a letter: words that do not belong in a first letter, or in any letter.

Our first letter is neutral and asks for the reason; no letter pretends an authority we lack.
Law: UWG §§ 4a, 5; StGB § 240. The words are rows of `data/threat_words.csv`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from legal.de.tables import read_rows


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


def find_threats(text: str, *, is_first: bool) -> Iterator[Threat]:
    """Each pattern that occurs, with the words of its first occurrence."""
    for only_first, pattern, why, law in _patterns():
        if only_first and not is_first:
            continue
        if match := pattern.search(text):
            yield Threat(match[0], why, law)
