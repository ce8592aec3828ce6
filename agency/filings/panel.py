"""The panel beside the workbench: what is wrong with one application and the fields to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from agency.filings.words import cents_of, passed_checks
from cases.claims.queries import get_case_by_id
from cases.filings.applications.case_facts import CaseFacts, gather
from cases.filings.applications.memory import PERFORMANCE, list_kept
from cases.filings.applications.models import CourtDeclaration, Filing, FilingKind
from cases.filings.applications.readiness import Checked, check_with, may_be_typed
from cases.filings.de.fields_to_mend import (
    DECLARATIONS,
    Entry,
    entries_always,
    entries_for,
    entry_of,
)
from cases.filings.de.payment_order import trial_court_of
from cases.filings.queries import FilingRow
from legal.findings import Finding


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding as the panel shows it."""

    code: str
    params: dict[str, Any]
    field: str | None
    blocks: bool
    entries: tuple[Entry, ...]
    needs_reason: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class Remembered:
    """An entry that nobody made in this case, and where it is from."""

    entry: Entry
    case_number: str  # Blank: the directory of courts.


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything the panel shows about one application."""

    row: FilingRow
    problems: tuple[Problem, ...]
    declarations: tuple[str, ...]  # Which ones are missing.
    entries: tuple[Entry, ...]  # What this kind of application asks for anyway.
    passed: tuple[str, ...]
    payments: tuple[tuple[date, int], ...]  # Since the order.
    costs: Any
    remembered: tuple[Remembered, ...]
    declaration: CourtDeclaration | None  # On performance.
    declared_for_all: bool  # Later applications of this creditor begin with it.
    may_be_typed: bool

    @property
    def typed(self) -> dict[str, Any]:
        """What people have entered so far, by the name of its field."""
        shown = (*self.entries, *(each for problem in self.problems for each in problem.entries))
        content = self.row.filing.content
        return {f"entry.{entry.path}": content.get(entry.path) for entry in shown}

    @property
    def has_entries(self) -> bool:
        """Whether there is something to save."""
        return bool(self.entries or self.remembered) or any(p.entries for p in self.problems)


def panel_of(row: FilingRow) -> Panel:
    """The application as it would be sent today, with its problems, the blocking ones first."""
    filing = row.filing
    facts = gather(get_case_by_id(filing.case_id))
    checked = check_with(filing, facts)
    always = tuple(entries_always(filing.kind, checked.notation))
    shown = {entry.path for entry in always}
    problems = []
    for finding in sorted(checked.findings, key=lambda f: not checked.blocks(f, filing.reasons)):
        problems.append(_problem(finding, checked, filing.reasons, shown))
    wanted = {DECLARATIONS[f.field] for f in checked.findings if f.field in DECLARATIONS}
    return Panel(
        row=row,
        problems=tuple(problems),
        declarations=tuple(sorted(wanted)),
        entries=always,
        passed=tuple(passed_checks({f.code for f in checked.findings}))
        if filing.kind is FilingKind.PAYMENT_ORDER
        else (),
        payments=tuple(
            (date.fromisoformat(paid["date"]), cents_of(paid["amount"]))
            for paid in checked.notation.get("payments", ())
        ),
        costs=checked.costs,
        remembered=tuple(each for each in _remembered(filing, facts, checked)
                         if each.entry.path not in shown),
        declaration=facts.declarations.get(PERFORMANCE)
        if filing.kind is FilingKind.PAYMENT_ORDER
        else None,
        declared_for_all=PERFORMANCE in list_kept(filing.creditor_id),
        may_be_typed=may_be_typed(filing),
    )  # fmt: skip


def _remembered(filing: Filing, facts: CaseFacts, checked: Checked) -> Iterator[Remembered]:
    """What is known from other cases: entries of the creditor, then courts for litigation."""
    if filing.kind is not FilingKind.PAYMENT_ORDER:
        return
    for path, number in sorted(filing.remembered.items()):
        yield Remembered(entry_of(path, checked.notation), number)
    for index, party in enumerate(facts.debtors):
        base = f"defendants[{index}].prozessgericht."
        court = trial_court_of(facts, party)
        if court is None or any(path.startswith(base) for path in filing.content):
            continue
        for part in ("pgm", "plz", "place"):
            yield Remembered(entry_of(base + part, checked.notation), court.typed_in)


def _problem(
    finding: Finding, checked: Checked, reasons: dict[str, Any], shown: set[str]
) -> Problem:
    """Each field is offered once, with the first finding that needs it."""
    entries = tuple(
        entry
        for entry in entries_for(finding.code, finding.field, checked.notation)
        if entry.path not in shown
    )
    shown.update(entry.path for entry in entries)
    return Problem(
        code=finding.code,
        params=dict(finding.params),
        field=finding.field,
        blocks=checked.blocks(finding, reasons),
        entries=entries,
        needs_reason=finding.code in checked.needs_reason,
        reason=reasons.get(finding.code),
    )
