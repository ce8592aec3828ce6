"""The form in which a country's courts are applied to: drafted, checked and written from a case.

Adding a country's is adding a folder beside `cases.filings.de` and one line below; what its courts
send and how its proceedings move stands in `legal.court`.
"""

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Protocol

from cases.claims.law import CourtNotBuiltIn
from cases.claims.models import Case
from cases.claims.queries import DebtorInCase
from cases.filings.applications.case_facts import CaseFacts
from cases.filings.applications.models import Filing, FilingKind
from cases.filings.proceedings.models import Proceeding
from legal.findings import Finding

#: Law of a case -> the module whose `FORM` writes its applications, imported when first asked.
FORMS = {"de": "cases.filings.de.form"}

Notation = dict[str, Any]  # An application in its published notation.


class ProposedCosts(Protocol):
    """What a proceeding will cost; a proposal, never an entry."""

    @property
    def court_fee_cents(self) -> int:
        """What the court asks for the first application."""

    @property
    def litigation_advance_cents(self) -> int:
        """What going on to litigation costs on top."""


@dataclass(frozen=True, slots=True)
class Later:
    """What an application after the first says beside the records of the case."""

    proceeding: Proceeding
    debtor: DebtorInCase
    payments: Sequence[tuple[date, int]] = ()  # Since the order.
    asked: Mapping[str, Any] | None = None  # The court's message that is answered.
    filed: Mapping[str, Any] = field(default_factory=dict)  # Typed into the first application.


@dataclass(frozen=True, slots=True)
class FileName:
    """What a file of applications is called, and by whom it is made."""

    kind: FilingKind
    number: str
    made_on: date


class ApplicationForm(Protocol):
    """How applications to a country's courts are written."""

    @property
    def needs_reason(self) -> frozenset[str]:
        """Warnings under which a person files with a reason only."""

    @property
    def suffix(self) -> str:
        """How the name of a file ends."""

    def propose_costs(self, facts: CaseFacts) -> ProposedCosts | None:
        """Proposed costs for what is open; None where no table of fees reaches."""

    def find_court(self, facts: CaseFacts, entries: Mapping[str, Any]) -> str | None:
        """The code of the competent court, if what is known says it."""

    def draft_first(
        self,
        facts: CaseFacts,
        own_ref: str,
        entries: Mapping[str, Any],
        costs: ProposedCosts | None,
    ) -> Notation:
        """The application that begins a proceeding; entries of a person come last and win."""

    def draft_later(
        self, kind: FilingKind, entries: Mapping[str, Any], later: Later, today: date
    ) -> Notation:
        """An application in a proceeding that runs."""

    def check(self, filing: Filing, facts: CaseFacts, notation: Notation) -> list[Finding]:
        """What stands against it: in its form, and in what the records say.

        Raises:
            KennzifferMissing: the house has no number by which the courts know it.
        """

    def encode(
        self, name: FileName, applications: Sequence[Notation], *, is_typed: bool
    ) -> bytes | None:
        """The bytes of one file; None where an application cannot be understood.

        `is_typed`: no court sees it, so that places nobody has confirmed may be written.
        """

    def may_be_entered(self, path: str) -> bool:
        """Whether a person may enter a value at this place of an application."""


def form_of(case: Case) -> ApplicationForm:
    """The form for a case, by its law; raises CourtNotBuiltIn."""
    if case.jurisdiction not in FORMS:
        raise CourtNotBuiltIn
    return _load(case.jurisdiction)


@cache
def _load(code: str) -> ApplicationForm:
    form: ApplicationForm = importlib.import_module(FORMS[code]).FORM
    return form
