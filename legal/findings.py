"""Findings: what a reader or a check has to say about a file, a row or an application.

A finding carries a code and parameters, never a finished sentence in one language. Every module
that makes findings declares the English sentence of each code in `MESSAGES`; the edge translates
that sentence and fills in the parameters.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

#: A code -> its English sentence or word; the edge translates it.
Words = Mapping[Any, str]


class Bilingual(str):
    """English words of a data file that carry their German beside them: the file is their home."""

    __slots__ = ("german",)
    german: str

    def __new__(cls, english: str, german: str) -> "Bilingual":
        made = super().__new__(cls, english)
        made.german = german
        return made


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"  # The row or application cannot be used as it is.
    WARNING = "warning"  # It can be used, but somebody should look.


def N_(message: str) -> str:  # noqa: N802 - the usual name of gettext's marker
    """Mark an English sentence for the translators without translating it here."""
    return message


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or worth a look, and where."""

    code: str
    severity: Severity
    field: str | None = None
    line: int | None = None  # Line or row of the file, counted from 1.
    params: Mapping[str, str | int] = dataclasses.field(default_factory=dict)

    def message(self, sentences: Mapping[str, str]) -> str:
        """The sentence for this finding, from the catalogue of its module."""
        return sentences[self.code].format_map(self.params)


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """A finding as it is kept; the edge words it."""
    kept = {
        "code": finding.code,
        "severity": finding.severity.value,
        "field": finding.field,
        "params": dict(finding.params),
    }
    return kept if finding.line is None else kept | {"line": finding.line}


def finding_from_json(kept: Mapping[str, Any]) -> Finding:
    """The finding that was kept."""
    return Finding(
        kept["code"],
        Severity(kept["severity"]),
        kept.get("field"),
        kept.get("line"),
        kept.get("params", {}),
    )
