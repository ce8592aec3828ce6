"""Codes put into words: a vocabulary finds them, sentences are translated, parameters formatted.

Parameters that end in `_cents` are amounts, in `_code` names of a code; ISO days are days by
whatever name; all others stand as they are.
"""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import ModuleType
from typing import Any

from flask_babel import gettext

from legal.findings import Bilingual, Words
from portal.shell.formatting import day, euro, language

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def said(words: str) -> str:
    """Words in the language of the page: those of a data file carry their German with them."""
    if isinstance(words, Bilingual):
        return words.german if language() == "de" else str(words)
    return str(gettext(words))


def worded(
    sentence: str,
    params: Mapping[str, Any],
    codes: Mapping[str, str] | None = None,
    currency: str = "EUR",
) -> str:
    """The sentence in the language of the page, with its parameters as people read them."""
    shown = {name: _shown(name, value, codes or {}, currency) for name, value in params.items()}
    return said(sentence).format_map(_Forgiving(shown))


class Vocabulary:
    """The words of several modules, found by the type of a code or the name of a parameter.

    A module of words has `TABLES` (each words one enumeration) and, where sentences carry its
    codes, `CODES` (name of the parameter -> table).
    """

    def __init__(self, *modules: ModuleType) -> None:
        self.tables: dict[type[StrEnum], Words] = {
            type(next(iter(table))): table
            for module in modules
            for table in getattr(module, "TABLES", ())
        }
        self.codes: dict[str, Words] = {}
        for module in modules:
            self.codes.update(getattr(module, "CODES", {}))

    def word(self, code: StrEnum | None) -> str:
        """A code in the language of the page, nothing for none."""
        return "" if code is None else said(self.tables[type(code)][code])

    def choices(self, codes: type[StrEnum]) -> list[tuple[str, str]]:
        """Value and words of every member, for fields to choose from."""
        return [(code.value, self.word(code)) for code in codes]

    def sentence(self, sentence: str, params: Mapping[str, Any], currency: str = "EUR") -> str:
        """A sentence in the language of the page, the codes among its parameters in words."""
        found: dict[str, str] = {}
        for name, value in params.items():
            table = self.codes.get(name, {})
            if value in table:
                found[str(value)] = table[value]
        return worded(sentence, params, found, currency)


def _shown(name: str, value: Any, codes: Mapping[str, str], currency: str) -> str:
    if value is None:
        return ""
    if name.endswith("_cents"):
        return euro(int(value), currency)
    if isinstance(value, date) or (isinstance(value, str) and ISO_DAY.fullmatch(value)):
        return _day(value)
    if name.endswith("_code"):
        return said(codes.get(str(value), str(value)))
    return str(value)


def _day(value: Any) -> str:
    try:
        return day(value if isinstance(value, date) else date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


class _Forgiving(dict[str, str]):
    """A parameter that an old record lacks leaves a gap instead of an error page."""

    def __missing__(self, name: str) -> str:
        return "…"
