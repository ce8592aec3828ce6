"""Codes with parameters put into words: the sentence is translated, its parameters are formatted.

Parameters that end in `_cents` are amounts, in `_code` names of a code; ISO days are days by
whatever name; all others stand as they are.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext

from portal.shell.formatting import day, euro

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def worded(sentence: str, params: Mapping[str, Any], codes: Mapping[str, str] | None = None) -> str:
    """The sentence in the language of the page, with its parameters as people read them."""
    shown = {name: _shown(name, value, codes or {}) for name, value in params.items()}
    return str(gettext(sentence)).format_map(_Forgiving(shown))


def _shown(name: str, value: Any, codes: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if name.endswith("_cents"):
        return euro(int(value))
    if isinstance(value, date) or (isinstance(value, str) and ISO_DAY.fullmatch(value)):
        return _day(value)
    if name.endswith("_code"):
        return str(gettext(codes.get(str(value), str(value))))
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
